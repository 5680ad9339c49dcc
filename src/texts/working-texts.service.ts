import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Worker } from '../accounts/viewer.js';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem, Refusal } from '../database/transaction.js';
import { refuseReason, refuseSlug, refuseText } from './check-text.js';
import { isSlugTaken } from './keep-slugs.js';
import { readRevisions } from './read-revisions.js';
import { refreshOutdated } from './refresh-outdated.js';
import type { TextContent } from './revision-text.js';
import type { Basis } from './source-changes.js';
import { openText, openTextAt, type OpeningProblem, recordText, rereadText, type TextAt } from './open-text.js';
import { findText, type TextState } from './text-state.js';
import { loadTextWork } from './text-work.js';
import { EditConflict, NothingToSave, SlugTaken } from './texts.problems.js';
import {
  dropWorkingText,
  isNewestRevision,
  isRevised,
  KEPT_STATES,
  type NextText,
  writeRevision,
  writeWorkingText,
} from './write-texts.js';

/** What somebody writes; what is left out stays as it is. */
export interface TextEdit {
  readonly headline?: string | undefined;
  /** Null takes it away. */
  readonly dek?: string | null | undefined;
  readonly body?: string | undefined;
  /** The slug that the next revision is to have. */
  readonly slug?: string | undefined;
}

/** A revision that was made, and the text as it is then. */
export interface SavedRevision {
  readonly revisionId: string;
  readonly text: TextState;
}

/** What writing a text may come to beside the text. */
export type WritingProblem = NotFound | InvalidValue | SlugTaken | EditConflict;

/** People's writing: what is typed is kept as it is typed, and becomes a revision when somebody says so. */
@Injectable()
export class WorkingTextsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /** A text as it is now; null where there is none. Never another language's: what nobody has written is empty. */
  async find(translationId: string): Promise<TextState | null> {
    return findText(this.dataSource.manager, translationId);
  }

  /** Keeps what somebody is writing, without a revision. Typing is no decision: the trail has nothing of it. */
  async autosave(worker: Worker, at: TextAt, edit: TextEdit): Promise<TextState | WritingProblem> {
    return inTransactionUnlessProblem<TextState, WritingProblem>(this.dataSource, async (manager) => {
      const text = await this.#open(manager, worker, at, edit);
      return this.#write(manager, worker, text, edit);
    });
  }

  /**
   * Makes a revision of what is in hand, with what else is written in the same call. With `sourceRevisionId`, the text
   * is said to be made from that revision of its source now, all of it.
   */
  async saveRevision(
    worker: Worker,
    at: TextAt,
    {
      reason,
      sourceRevisionId,
      ...edit
    }: TextEdit & { readonly reason: string; readonly sourceRevisionId?: string | undefined },
  ): Promise<SavedRevision | WritingProblem | NothingToSave> {
    const refused = refuseReason(reason);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<SavedRevision | InvalidValue | NothingToSave, WritingProblem>(
      this.dataSource,
      async (manager) => {
        const before = await this.#open(manager, worker, at, edit);
        const newer = sourceRevisionId === undefined ? undefined : await newerBasis(manager, before, sourceRevisionId);
        const text = await this.#write(manager, worker, before, edit, newer?.basis);
        if (!text.isUnsaved) return new NothingToSave();
        if (text.headline.trim() === '') return new InvalidValue('headline', 'must not be empty');
        const revisionId = await writeRevision(manager, worker.actor, text, reason);
        const after = await rereadText(manager, text);
        const further = newer === undefined ? {} : { with: newer.number };
        await recordText(this.trail, manager, worker, { operation: 'text.save', before, after, further, reason });
        return { revisionId, text: after };
      },
    );
  }

  /**
   * Puts an earlier revision of the same text in hand: what it says, and what of its source it was made from. What is
   * approved and what readers have stays. The newest is what is left when nothing is in hand.
   */
  async restore(worker: Worker, at: TextAt, revisionId: string): Promise<TextState | OpeningProblem | NothingToSave> {
    return inTransactionUnlessProblem<TextState | NotFound | NothingToSave, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const text = await openTextAt(manager, worker, at, 'edit');
        const revision = (await readRevisions(manager, [revisionId])).get(revisionId);
        if (revision?.translationId !== text.translationId) return new NotFound('revisionId');
        if (!text.isUnsaved && text.revision?.id === revisionId) return new NothingToSave();
        const { headline, dek, body, blocks, sourceRevisionId, settled } = revision;
        const basis = sourceRevisionId === null ? null : { sourceRevisionId, settled };
        if (isRevised(text) && text.revision.id === revisionId) await dropWorkingText(manager, text);
        else {
          await writeWorkingText(manager, worker.actor, text, { headline, dek, body, blocks, slug: null, basis });
          await refreshOutdated(manager, [text.translationId]);
        }
        const after = await rereadText(manager, text);
        const further = { restored: revision.number };
        await recordText(this.trail, manager, worker, { operation: 'text.restore', before: text, after, further });
        return after;
      },
    );
  }

  /**
   * Throws away what is in hand: the text is its newest revision again, with whatever state vouches for that; where there
   * is none yet, it is empty again.
   */
  async discard(worker: Worker, at: TextAt): Promise<TextState | OpeningProblem | NothingToSave> {
    return inTransactionUnlessProblem<TextState | NothingToSave, OpeningProblem>(this.dataSource, async (manager) => {
      const text = await openTextAt(manager, worker, at, 'edit');
      const { headline, dek, body, basis } = text;
      if (!text.isUnsaved) return new NothingToSave();
      if (isRevised(text)) await dropWorkingText(manager, text);
      else if (headline === '' && dek === null && body === '' && text.wantedSlug === null) return new NothingToSave();
      else {
        const empty = { headline: '', dek: null, body: '', blocks: [], slug: null, basis };
        await writeWorkingText(manager, worker.actor, text, empty);
      }
      const after = await rereadText(manager, text);
      await recordText(this.trail, manager, worker, { operation: 'text.discard', before: text, after });
      return after;
    });
  }

  /** The text that somebody means to change, in the state that they have read. Throws a Refusal where there is none. */
  async #open(
    manager: EntityManager,
    worker: Worker,
    { translationId, expectedVersion }: TextAt,
    edit: TextEdit,
  ): Promise<TextState> {
    const text = await openText(manager, worker, translationId, 'edit');
    const refused = refuseText(contentOf(text, edit), text) ?? (edit.slug === undefined ? null : refuseSlug(edit.slug));
    if (refused !== null) throw new Refusal(refused);
    if (text.version !== expectedVersion) throw new Refusal(await conflictOf(manager, text, expectedVersion, edit));
    if (edit.slug !== undefined && (await isSlugTaken(manager, text, edit.slug))) {
      throw new Refusal(new SlugTaken(edit.slug));
    }
    return text;
  }

  async #write(
    manager: EntityManager,
    worker: Worker,
    text: TextState,
    edit: TextEdit,
    basis: Basis | null = text.basis,
  ): Promise<TextState> {
    const content = contentOf(text, edit);
    const isSame =
      content.headline === text.headline &&
      content.dek === text.dek &&
      content.body === text.body &&
      (edit.slug === undefined || edit.slug === text.slug) &&
      basis === text.basis;
    if (isSame) return text;
    const slug = edit.slug ?? text.wantedSlug;
    // What is typed back is in hand no longer.
    if (isRevised(text) && (await isNewestRevision(manager, text, { ...content, slug, basis }))) {
      if (text.isUnsaved) await dropWorkingText(manager, text);
      return text.isUnsaved ? rereadText(manager, text) : text;
    }
    const { alignBlocks } = await loadTextWork();
    const blocks = content.body === text.body ? text.blocks : alignBlocks(text.blocks, content.body);
    const next: NextText = { ...content, blocks, basis, slug };
    await writeWorkingText(manager, worker.actor, text, next);
    if (basis !== text.basis) await refreshOutdated(manager, [text.translationId]);
    return rereadText(manager, text);
  }
}

function contentOf(text: TextContent, edit: TextEdit): TextContent {
  return {
    headline: edit.headline ?? text.headline,
    dek: edit.dek === undefined ? text.dek : edit.dek,
    body: edit.body ?? text.body,
  };
}

/** What a text is made from, once it is said to be made from a newer revision of the same source, and that one's number. */
async function newerBasis(
  manager: EntityManager,
  { basis }: TextState,
  sourceRevisionId: string,
): Promise<{ readonly basis: Basis; readonly number: number }> {
  const refuse = (): Refusal => new Refusal(new NotFound('sourceRevisionId'));
  if (basis === null) throw refuse();
  const revisions = await readRevisions(manager, [basis.sourceRevisionId, sourceRevisionId]);
  const [before, now] = [revisions.get(basis.sourceRevisionId), revisions.get(sourceRevisionId)];
  if (now === undefined || now.translationId !== before?.translationId || now.number < before.number) throw refuse();
  const isKnown = basis.sourceRevisionId === sourceRevisionId && Object.keys(basis.settled).length === 0;
  return { basis: isKnown ? basis : { sourceRevisionId, settled: {} }, number: now.number };
}

/** Both states of a text that two have changed, and what they come to. */
async function conflictOf(
  manager: EntityManager,
  theirs: TextState,
  expectedVersion: number,
  edit: TextEdit,
): Promise<EditConflict> {
  const [base] = await manager.query<TextContent[]>(BASE, [theirs.translationId, expectedVersion, KEPT_STATES]);
  const yours = contentOf(base ?? theirs, edit);
  if (base === undefined) return new EditConflict(theirs, { base: null, yours, merged: null, conflicts: [] });
  const { mergeTexts } = await loadTextWork();
  const { text: merged, conflicts } = mergeTexts(base, yours, theirs);
  return new EditConflict(theirs, { base, yours, merged, conflicts });
}

/**
 * The state that was read: kept for a while where it was in hand, and else the newest revision then. Nothing where it is
 * too long ago to tell the two apart, or is still to come.
 */
const BASE = `
select b.headline, b.dek, b.body from (
  select e.version, e.headline, e.dek, e.body from desk.earlier_text e where e.translation_id = $1 and e.version = $2
  union all
  select r.text_version, r.headline, r.dek, r.body from desk.revision r
  join desk.translation t on t.id = r.translation_id
  where r.translation_id = $1 and r.text_version <= $2 and $2 <= t.text_version
    and (r.text_version = $2 or t.text_version - $2 <= $3)) b
order by b.version desc limit 1`;
