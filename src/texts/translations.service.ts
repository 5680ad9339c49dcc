import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { TranslationEntity } from '../articles/translation.entity.js';
import type { Actor } from '../common/actor.js';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import type { TranslationMethod } from '../common/vocabulary.js';
import { isStorableName } from '../database/name-length.js';
import { inTransactionUnlessProblem, Refusal } from '../database/transaction.js';
import { SourcesService } from '../sources/sources.service.js';
import { refuseLine, refuseText } from './check-text.js';
import { readRevisions, type RevisionText } from './read-revisions.js';
import { refreshOutdated } from './refresh-outdated.js';
import type { TextContent } from './revision-text.js';
import { revisionsOf, settle } from './source-changes.js';
import { blocksOf } from './text-blocks.js';
import { findTextForUpdate, type TextState } from './text-state.js';
import { EditConflict, LanguageTaken, NotSaved, type SlugTaken, StepRefused } from './texts.problems.js';
import { transitionFor, type TranslationStep } from './translation-states.js';
import type { TextAt } from './working-texts.service.js';
import { writeRevision, writeWorkingText } from './write-texts.js';

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
  readonly text?: TextContent;
}

/** A step that people take with a text; publishing is the editions' matter. */
export type DeskStep = Exclude<TranslationStep, 'edit' | 'publish' | 'unpublish'>;

/** What any work on a text that was read before may come to. */
type OpeningProblem = NotFound | EditConflict;

/** Translations: begun from a revision, taken through their states, brought up to date passage by passage. */
@Injectable()
export class TranslationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sources: SourcesService,
  ) {}

  /** Begins a translation from a revision. It is empty: what it is made from is never its text. */
  async start(
    actor: Actor,
    start: TranslationStart,
  ): Promise<TextState | NotFound | InvalidValue | LanguageTaken | SlugTaken> {
    const { sourceRevisionId, language, text } = start;
    if (canonicalLanguageTag(language) !== language) {
      return new InvalidValue('language', 'must be a BCP 47 tag in canonical form');
    }
    const refused = refuseCredit(start) ?? (text === undefined ? null : refuseText(text));
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<TextState | NotFound | InvalidValue | LanguageTaken, NotFound | SlugTaken>(
      this.dataSource,
      async (manager) => {
        const source = (await readRevisions(manager, [sourceRevisionId])).get(sourceRevisionId);
        const of = source && (await findTextForUpdate(manager, source.translationId));
        if (source === undefined || of == null) return new NotFound('sourceRevisionId');
        const { articleId } = of;
        if (await manager.existsBy(TranslationEntity, { articleId, language })) {
          return new LanguageTaken(language);
        }
        const translationId = randomUUID();
        await manager.insert(TranslationEntity, {
          id: translationId,
          articleId,
          language,
          isOriginal: false,
          slug: null,
          sourceRevisionId,
          ...(await this.#creditOf(manager, start)),
        });
        await touchArticle(manager, articleId);
        const empty = await open(manager, translationId);
        const written = text ?? { headline: '', dek: null, body: '' };
        const blocks = blocksOf(written.body, null);
        await writeWorkingText(manager, actor, empty, { ...written, blocks, slug: null, basis: empty.basis });
        const begun = await open(manager, translationId);
        if (text === undefined) await refreshOutdated(manager, [translationId]);
        else if (text.headline.trim() === '') return new InvalidValue('headline', 'must not be empty');
        else await writeRevision(manager, actor, begun, `Translated${start.tool === null ? '' : ` by ${start.tool}`}`);
        return open(manager, translationId);
      },
    );
  }

  /** Says otherwise how a translation is made, and by whom. */
  async credit(
    _actor: Actor,
    at: TextAt,
    credit: TranslationCredit,
  ): Promise<TextState | InvalidValue | OpeningProblem> {
    const refused = refuseCredit(credit);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<TextState | InvalidValue, OpeningProblem>(this.dataSource, async (manager) => {
      const text = await openAt(manager, at);
      if (text.isOriginal) return notTranslated();
      await manager.update(TranslationEntity, { id: text.translationId }, await this.#creditOf(manager, credit));
      await manager.query(AFRESH, [text.translationId]);
      return open(manager, text.translationId);
    });
  }

  /**
   * Takes a text a step further, or back. Who may is for the caller to see to: `transitionFor` names the permission.
   * A state vouches for the newest revision, so nothing may be in hand.
   */
  async take(_actor: Actor, step: DeskStep, at: TextAt): Promise<TextState | StepRefused | NotSaved | OpeningProblem> {
    return inTransactionUnlessProblem<TextState | StepRefused | NotSaved, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const text = await openAt(manager, at);
        const transition = transitionFor(step, text.state, text.isOriginal);
        if (transition === null) return new StepRefused(step, text.state);
        if (text.isUnsaved || text.revision === null) return new NotSaved();
        await manager.update(TranslationEntity, { id: text.translationId }, { state: transition.to });
        return open(manager, text.translationId);
      },
    );
  }

  /**
   * Says that passages of the text are up to date with a revision of its source, whether they were written anew or hold
   * as they are. It is work in hand, and reaches readers as every other does: saved, approved, published.
   */
  async bringUpToDate(
    actor: Actor,
    at: TextAt,
    { passageIds, sourceRevisionId }: { readonly passageIds: readonly string[]; readonly sourceRevisionId: string },
  ): Promise<TextState | InvalidValue | OpeningProblem> {
    return inTransactionUnlessProblem<TextState | InvalidValue | NotFound, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const text = await openAt(manager, at);
        const { basis } = text;
        if (basis === null) return notTranslated();
        const revisions = await readRevisions(manager, [sourceRevisionId, basis.sourceRevisionId]);
        const [now, before] = [revisions.get(sourceRevisionId), revisions.get(basis.sourceRevisionId)];
        if (now === undefined || now.translationId !== before?.translationId || now.number < before.number) {
          return new NotFound('sourceRevisionId');
        }
        const isKnown = await knownPassages(manager, [now, before], Object.values(basis.settled));
        if (!passageIds.every((id) => isKnown.has(id))) return new NotFound('passageIds');
        const { headline, dek, body, blocks, wantedSlug: slug } = text;
        const settled = settle(basis, passageIds, sourceRevisionId);
        await writeWorkingText(manager, actor, text, { headline, dek, body, blocks, slug, basis: settled });
        await refreshOutdated(manager, [text.translationId]);
        return open(manager, text.translationId);
      },
    );
  }

  /** Notes which blocks of the source some blocks of the text are; null parts them. */
  async pairBlocks(
    _actor: Actor,
    at: TextAt,
    pairs: Readonly<Record<string, string | null>>,
  ): Promise<TextState | InvalidValue | OpeningProblem> {
    return inTransactionUnlessProblem<TextState | InvalidValue | NotFound, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const text = await openAt(manager, at);
        const sources = await readRevisions(manager, text.basis === null ? [] : revisionsOf(text.basis));
        if (text.basis === null) return notTranslated();
        const own = new Set(text.blocks.map(({ id }) => id));
        const theirs = new Set([...sources.values()].flatMap(({ blocks }) => blocks.map(({ id }) => id)));
        const isThere = ([id, partner]: [string, string | null]): boolean =>
          own.has(id) && (partner === null || theirs.has(partner));
        if (!Object.entries(pairs).every(isThere)) return new NotFound('pairs');
        const noted = Object.fromEntries(
          Object.entries({ ...text.blockPairs, ...pairs }).filter((pair): pair is [string, string] => pair[1] !== null),
        );
        await manager.update(TranslationEntity, { id: text.translationId }, { blockPairs: noted });
        return open(manager, text.translationId);
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

/** What vouches for a text vouches for its credit too. */
const AFRESH = `
update desk.translation set state = 'DRAFT', text_version = text_version + 1, updated_at = now() where id = $1`;

function notTranslated(): InvalidValue {
  return new InvalidValue('translationId', 'must be a translation: this is the original');
}

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

async function open(manager: EntityManager, translationId: string): Promise<TextState> {
  const text = await findTextForUpdate(manager, translationId);
  if (text === null) throw new Refusal(new NotFound('translationId'));
  return text;
}

async function openAt(manager: EntityManager, { translationId, expectedVersion }: TextAt): Promise<TextState> {
  const text = await open(manager, translationId);
  if (text.version !== expectedVersion) throw new Refusal(new EditConflict(text, null));
  return text;
}

async function touchArticle(manager: EntityManager, articleId: string): Promise<void> {
  await manager.query('update desk.article set updated_at = now() where id = $1', [articleId]);
}

async function knownPassages(
  manager: EntityManager,
  revisions: readonly RevisionText[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const all = [...revisions, ...(await readRevisions(manager, ids)).values()];
  return new Set(['headline', 'dek', ...all.flatMap(({ blocks }) => blocks.map(({ id }) => id))]);
}
