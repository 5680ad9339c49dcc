import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditedState } from '../accounts/audit/audit-entry.entity.js';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Worker } from '../accounts/viewer.js';
import { TranslationEntity } from '../articles/translation.entity.js';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { InvalidValue, NotFound, type Problem } from '../common/problem.type.js';
import type { TranslationMethod } from '../common/vocabulary.js';
import { isStorableName } from '../database/name-length.js';
import { inTransactionUnlessProblem } from '../database/transaction.js';
import { SourcesService } from '../sources/sources.service.js';
import { refuseLine, refuseReason, refuseText } from './check-text.js';
import { notTranslated, openTextAt, type OpeningProblem, recordText, rereadText, type TextAt } from './open-text.js';
import { readRevisions } from './read-revisions.js';
import { refreshOutdated } from './refresh-outdated.js';
import type { TextContent } from './revision-text.js';
import { findTextForUpdate, type TextState } from './text-state.js';
import { loadTextWork } from './text-work.js';
import { LanguageTaken, NotSaved, PublishedOnce, StepRefused } from './texts.problems.js';
import { needsSaved, transitionFor, type TranslationStep } from './translation-states.js';
import { keepEarlier, writeRevision, writeWorkingText } from './write-texts.js';

/** How a translation is made, and who is credited. */
export interface TranslationCredit {
  readonly method: TranslationMethod;
  /** The machine, where one has translated; null where none has. */
  readonly tool: string | null;
  /** The name of who is credited with the translation; null for nobody. */
  readonly translator: string | null;
}

/** A translation to begin. */
export interface TranslationStart extends TranslationCredit {
  /** The revision of the original, or of another translation, that it is made from. */
  readonly sourceRevisionId: string;
  readonly language: LanguageTag;
  /** The text that a machine has made: it is the first revision. Without it there is nothing yet, in no language. */
  readonly text?: TextContent | undefined;
}

/** Tags of BCP 47 for what is in several languages, in none, or in one that is not known. */
const NO_LANGUAGE = /^(?:mis|mul|und|zxx)(?:-|$)/;

/** Has one language of an article be the task of whoever begins it, or nobody's any more; a problem where they may not. */
export type TakeLanguage<P extends Problem> = (
  manager: EntityManager,
  at: { readonly articleId: string; readonly language: LanguageTag },
) => Promise<P | null>;

/** A step that people take with a text; publishing is the editions' matter. */
export type DeskStep = Exclude<TranslationStep, 'edit' | 'publish' | 'unpublish'>;

/** Translations: begun from a revision, taken through their states, brought up to date passage by passage. */
@Injectable()
export class TranslationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sources: SourcesService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Begins a translation from a revision. It is empty: what it is made from is never its text. `take` is asked, with the
   * article kept from others, whether the language is free for whoever begins; a problem of its ends all.
   */
  async start<P extends Problem = never>(
    worker: Worker,
    start: TranslationStart,
    take?: TakeLanguage<P>,
  ): Promise<TextState | NotFound | InvalidValue | LanguageTaken | P> {
    const { sourceRevisionId, language, text, method, tool } = start;
    worker.demand('translation.start', language);
    if (canonicalLanguageTag(language) !== language) {
      return new InvalidValue('language', 'must be a BCP 47 tag in canonical form');
    }
    if (NO_LANGUAGE.test(language)) return new InvalidValue('language', 'must be one language');
    const refused = refuseCredit(start) ?? (text === undefined ? null : refuseText(text));
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<TextState | NotFound | InvalidValue | LanguageTaken | P>(
      this.dataSource,
      async (manager) => {
        const source = (await readRevisions(manager, [sourceRevisionId])).get(sourceRevisionId);
        // The translation that it is made from stays as it is; its article is kept from others.
        const of = source && (await findTextForUpdate(manager, source.translationId));
        if (source === undefined || of == null) return new NotFound('sourceRevisionId');
        const { articleId } = of;
        const former = await manager.findOneBy(TranslationEntity, { articleId, language });
        if (former !== null && former.state !== 'ABANDONED') return new LanguageTaken(language);
        if (former !== null && (await isMadeFrom(manager, source.translationId, former.id))) {
          return new InvalidValue('sourceRevisionId', 'must not be of the text that was given up, or made from it');
        }
        const taken = (await take?.(manager, { articleId, language })) ?? null;
        if (taken !== null) return taken;
        const translationId = former?.id ?? randomUUID();
        const begun = { isOriginal: false, slug: null, sourceRevisionId, ...(await this.#creditOf(manager, start)) };
        if (former === null)
          await manager.insert(TranslationEntity, { id: translationId, articleId, language, ...begun });
        else {
          // What was given up stays in the record, below what is written now.
          const afresh = { state: 'DRAFT', settled: {}, blockPairs: {} } as const;
          await manager.update(TranslationEntity, { id: translationId }, { ...begun, ...afresh });
        }
        await manager.query('update desk.article set updated_at = now() where id = $1', [articleId]);
        const empty = await rereadText(manager, { translationId });
        const written = text ?? { headline: '', dek: null, body: '' };
        const blocks = (await loadTextWork()).blocksOf(written.body, null);
        await writeWorkingText(manager, worker.actor, empty, { ...written, blocks, slug: null, basis: empty.basis });
        if (text === undefined) await refreshOutdated(manager, [translationId]);
        else if (text.headline.trim() === '') return new InvalidValue('headline', 'must not be empty');
        else {
          const inHand = await rereadText(manager, empty);
          await writeRevision(manager, worker.actor, inHand, `Translated${tool === null ? '' : ` by ${tool}`}`);
        }
        const after = await rereadText(manager, empty);
        const further = { from: { language: of.language, revision: source.number }, method, tool };
        await recordText(this.trail, manager, worker, { operation: 'translation.start', after, further });
        return after;
      },
    );
  }

  /**
   * Gives up a translation that readers never had. Its revisions stay in the record; it is nobody's task, nothing of it is
   * scheduled, and its language may be begun again. `release` is asked, with the article kept from others, whether it is
   * another's task; a problem of its ends all.
   */
  async abandon<P extends Problem = never>(
    worker: Worker,
    at: TextAt,
    reason: string,
    release?: TakeLanguage<P>,
  ): Promise<TextState | InvalidValue | PublishedOnce | OpeningProblem | P> {
    const refused = refuseReason(reason);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<TextState | InvalidValue | PublishedOnce | P, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const before = await openTextAt(manager, worker, at, 'edit');
        if (before.isOriginal) return notTranslated();
        const { translationId, articleId, language } = before;
        const published = await manager.query<unknown[]>(PUBLISHED_ONCE, [articleId, language]);
        if (published.length > 0) return new PublishedOnce();
        const kept = (await release?.(manager, { articleId, language })) ?? null;
        if (kept !== null) return kept;
        const [schedule = null] = await manager.query<object[]>(ABANDON, [translationId, articleId, language]);
        await refreshOutdated(manager, [translationId]);
        const after = await rereadText(manager, before);
        const operation = 'translation.abandon';
        await recordText(this.trail, manager, worker, { operation, before, after, formerly: { schedule }, reason });
        return after;
      },
    );
  }

  /** Says otherwise how a translation is made, and by whom. */
  async credit(
    worker: Worker,
    at: TextAt,
    credit: TranslationCredit,
  ): Promise<TextState | InvalidValue | OpeningProblem> {
    const refused = refuseCredit(credit);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<TextState | InvalidValue, OpeningProblem>(this.dataSource, async (manager) => {
      const before = await openTextAt(manager, worker, at, 'edit');
      if (before.isOriginal) return notTranslated();
      const formerly = await creditedSoFar(manager, before);
      await manager.update(TranslationEntity, { id: before.translationId }, await this.#creditOf(manager, credit));
      await keepEarlier(manager, before);
      await manager.query(AFRESH, [before.translationId]);
      const after = await rereadText(manager, before);
      const further = { ...credit };
      const operation = 'translation.credit';
      await recordText(this.trail, manager, worker, { operation, before, after, formerly, further });
      return after;
    });
  }

  /**
   * Takes a text a step further, or back. A state vouches for the newest revision: who takes it further looks at the text
   * as it stands, so nothing may be in hand; who sends it back need not wait for what somebody is typing.
   */
  async take(
    worker: Worker,
    step: DeskStep,
    at: TextAt,
    reason?: string | null,
  ): Promise<TextState | InvalidValue | StepRefused | NotSaved | OpeningProblem> {
    const refused = refuseReason(reason);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<TextState | StepRefused | NotSaved, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const before = await openTextAt(manager, worker, at, step);
        const transition = transitionFor(step, before.state, before.isOriginal);
        if (transition === null) return new StepRefused(step, before.state);
        if (before.revision === null || (before.isUnsaved && needsSaved(step))) return new NotSaved();
        await manager.update(TranslationEntity, { id: before.translationId }, { state: transition.to });
        const after = await rereadText(manager, before);
        await recordText(this.trail, manager, worker, { operation: `translation.${step}`, before, after, reason });
        return after;
      },
    );
  }

  async #creditOf(
    manager: EntityManager,
    { method, tool, translator }: TranslationCredit,
  ): Promise<Pick<TranslationEntity, 'method' | 'tool' | 'translatorId'>> {
    const agent = translator === null ? null : await this.sources.findOrAddAgent(manager, translator);
    return { method, tool, translatorId: agent?.id ?? null };
  }
}

async function creditedSoFar(
  manager: EntityManager,
  { translationId: id, method, tool }: TextState,
): Promise<AuditedState> {
  const translation = await manager.findOne(TranslationEntity, { where: { id }, relations: { translator: true } });
  return { method, tool, translator: translation?.translator?.name ?? null };
}

/** Whether a text is another one, or was made from it, or from what was made from it. */
async function isMadeFrom(manager: EntityManager, translationId: string, otherId: string): Promise<boolean> {
  return (await manager.query<unknown[]>(MADE_FROM, [translationId, otherId])).length > 0;
}

const MADE_FROM = `
with recursive source as (
  select $1::uuid as id
  union
  select r.translation_id from source s
  join desk.translation t on t.id = s.id join desk.revision r on r.id = t.source_revision_id)
select 1 from source where id = $2`;

const PUBLISHED_ONCE = `
select 1 from edition.edition e join edition.edition_text t on t.edition_id = e.id
where e.article_id = $1 and t.language = $2 limit 1`;

/** What is to come of it is called off, nobody has it before their eyes, and what it lacked blocks nothing. Gives what was scheduled. */
const ABANDON = `
with off as (
  delete from desk.publication_schedule where article_id = $2 and language = $3 returning version, due_at, local_time
), unlocked as (
  delete from desk.text_lock where translation_id = $1
), found as (
  delete from desk.finding where article_id = $2 and language = $3
), abandoned as (
  update desk.translation set state = 'ABANDONED', slug = null, text_version = text_version + 1, updated_at = now()
  where id = $1
), touched as (
  update desk.article set updated_at = now() where id = $2)
select version, due_at as "dueAt", local_time as "localTime" from off`;

/** What vouches for a text vouches for its credit too. */
const AFRESH = `
update desk.translation set state = 'DRAFT', text_version = text_version + 1, updated_at = now() where id = $1`;

function refuseCredit({ method, tool, translator }: TranslationCredit): InvalidValue | null {
  if (tool !== null) {
    const refused = refuseLine('tool', tool);
    if (refused !== null) return refused;
  }
  if ((method === 'HUMAN') !== (tool === null) || tool?.trim() === '') {
    return new InvalidValue('tool', 'must name the machine where one has translated, and nothing else');
  }
  if (translator === null) return null;
  if (translator.trim() === '' || !isStorableName(translator)) {
    return new InvalidValue('translator', 'must have 1 to 300 characters');
  }
  return refuseLine('translator', translator);
}
