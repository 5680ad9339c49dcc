import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../common/actor.js';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem, Refusal } from '../database/transaction.js';
import { alignBlocks } from './align-blocks.js';
import { refuseLine, refuseSlug, refuseText } from './check-text.js';
import { isSlugTaken } from './keep-slugs.js';
import { mergeTexts } from './merge-texts.js';
import { readRevisions } from './read-revisions.js';
import { refreshOutdated } from './refresh-outdated.js';
import type { TextContent } from './revision-text.js';
import type { Basis } from './source-changes.js';
import { findText, findTextForUpdate, type TextState } from './text-state.js';
import { EditConflict, NothingToSave, SlugTaken } from './texts.problems.js';
import { type NextText, writeRevision, writeWorkingText } from './write-texts.js';

/** What somebody writes; what is left out stays as it is. */
export interface TextEdit {
  readonly headline?: string | undefined;
  /** Null takes it away. */
  readonly dek?: string | null | undefined;
  readonly body?: string | undefined;
  /** The slug that the next revision is to have. */
  readonly slug?: string | undefined;
}

/** Which text is meant, and which of its states was read. */
export interface TextAt {
  readonly translationId: string;
  readonly expectedVersion: number;
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
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A text as it is now; null where there is none. Never another language's: what nobody has written is empty. */
  async find(translationId: string): Promise<TextState | null> {
    return findText(this.dataSource.manager, translationId);
  }

  /** Keeps what somebody is writing, without a revision. Gives the text as it is then. */
  async autosave(actor: Actor, at: TextAt, edit: TextEdit): Promise<TextState | WritingProblem> {
    return inTransactionUnlessProblem<TextState, WritingProblem>(this.dataSource, async (manager) => {
      const text = await this.#open(manager, at, edit);
      return this.#write(manager, actor, text, edit);
    });
  }

  /**
   * Makes a revision of what is in hand, with what else is written in the same call. With `sourceRevisionId`, the text
   * is said to be made from that revision of its source now, all of it.
   */
  async saveRevision(
    actor: Actor,
    at: TextAt,
    { reason, sourceRevisionId, ...edit }: TextEdit & { readonly reason: string; readonly sourceRevisionId?: string },
  ): Promise<SavedRevision | WritingProblem | NothingToSave> {
    const refused = refuseLine('reason', reason);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<SavedRevision | InvalidValue | NothingToSave, WritingProblem>(
      this.dataSource,
      async (manager) => {
        let text = await this.#open(manager, at, edit);
        const basis = sourceRevisionId === undefined ? undefined : await newerBasis(manager, text, sourceRevisionId);
        text = await this.#write(manager, actor, text, edit, basis);
        if (!text.isUnsaved) return new NothingToSave();
        if (text.headline.trim() === '') return new InvalidValue('headline', 'must not be empty');
        const revisionId = await writeRevision(manager, actor, text, reason);
        return { revisionId, text: await reread(manager, text) };
      },
    );
  }

  /**
   * Puts an earlier revision of the same text in hand: what it says, and what of its source it was made from. It is a
   * draft, and what readers have stays.
   */
  async restore(actor: Actor, at: TextAt, revisionId: string): Promise<TextState | WritingProblem | NothingToSave> {
    return inTransactionUnlessProblem<TextState | NotFound | NothingToSave, WritingProblem>(
      this.dataSource,
      async (manager) => {
        const text = await this.#open(manager, at, {});
        const revision = (await readRevisions(manager, [revisionId])).get(revisionId);
        if (revision?.translationId !== text.translationId) return new NotFound('revisionId');
        if (!text.isUnsaved && text.revision?.id === revisionId) return new NothingToSave();
        const { headline, dek, body, blocks, sourceRevisionId, settled } = revision;
        const basis = sourceRevisionId === null ? null : { sourceRevisionId, settled };
        await writeWorkingText(manager, actor, text, { headline, dek, body, blocks, slug: null, basis });
        await refreshOutdated(manager, [text.translationId]);
        return reread(manager, text);
      },
    );
  }

  /** The text that somebody means to change, in the state that they have read. Throws a Refusal where there is none. */
  async #open(manager: EntityManager, { translationId, expectedVersion }: TextAt, edit: TextEdit): Promise<TextState> {
    const text = await findTextForUpdate(manager, translationId);
    if (text === null) throw new Refusal(new NotFound('translationId'));
    const refused = refuseText(contentOf(text, edit)) ?? (edit.slug === undefined ? null : refuseSlug(edit.slug));
    if (refused !== null) throw new Refusal(refused);
    if (text.version !== expectedVersion) throw new Refusal(await conflictOf(manager, text, expectedVersion, edit));
    if (edit.slug !== undefined && (await isSlugTaken(manager, text.articleId, edit.slug))) {
      throw new Refusal(new SlugTaken(edit.slug));
    }
    return text;
  }

  async #write(
    manager: EntityManager,
    actor: Actor,
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
    const blocks = content.body === text.body ? text.blocks : alignBlocks(text.blocks, content.body);
    const next: NextText = { ...content, blocks, basis, slug: edit.slug ?? text.wantedSlug };
    await writeWorkingText(manager, actor, text, next);
    if (basis !== text.basis) await refreshOutdated(manager, [text.translationId]);
    return reread(manager, text);
  }
}

function contentOf(text: TextContent, edit: TextEdit): TextContent {
  return {
    headline: edit.headline ?? text.headline,
    dek: edit.dek === undefined ? text.dek : edit.dek,
    body: edit.body ?? text.body,
  };
}

async function reread(manager: EntityManager, { translationId }: TextState): Promise<TextState> {
  const text = await findText(manager, translationId);
  if (text === null) throw new TypeError('a text vanished while it was locked');
  return text;
}

/** What a text is made from, once it is said to be made from a newer revision of the same source. */
async function newerBasis(manager: EntityManager, { basis }: TextState, sourceRevisionId: string): Promise<Basis> {
  const refuse = (): Refusal => new Refusal(new NotFound('sourceRevisionId'));
  if (basis === null) throw refuse();
  const revisions = await readRevisions(manager, [basis.sourceRevisionId, sourceRevisionId]);
  const [before, now] = [revisions.get(basis.sourceRevisionId), revisions.get(sourceRevisionId)];
  if (now === undefined || now.translationId !== before?.translationId || now.number < before.number) throw refuse();
  return { sourceRevisionId, settled: {} };
}

/** Both states of a text that two have changed, and what they come to. */
async function conflictOf(
  manager: EntityManager,
  theirs: TextState,
  expectedVersion: number,
  edit: TextEdit,
): Promise<EditConflict> {
  const [base] = await manager.query<TextContent[]>(BASE, [theirs.translationId, expectedVersion]);
  const yours = contentOf(base ?? theirs, edit);
  if (base === undefined) return new EditConflict(theirs, { base: null, yours, merged: null, conflicts: [] });
  const { text: merged, conflicts } = mergeTexts(base, yours, theirs);
  return new EditConflict(theirs, { base, yours, merged, conflicts });
}

/** The state that was read; where it is kept no longer, the newest revision that was made before. */
const BASE = `
select b.headline, b.dek, b.body from (
  select e.version, e.headline, e.dek, e.body from desk.earlier_text e where e.translation_id = $1 and e.version = $2
  union all
  select r.text_version, r.headline, r.dek, r.body from desk.revision r
  where r.translation_id = $1 and r.text_version <= $2) b
order by b.version desc limit 1`;
