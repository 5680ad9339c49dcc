import { createHash, randomUUID } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import type { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { ArticlesQueries } from '../articles/articles.queries.js';
import type { Finding } from '../articles/finding.js';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { insertRows } from '../database/insert-rows.js';
import type { ArticleFields } from '../documents/article-fields.js';
import type { Candidate } from '../documents/find-articles.js';
import {
  type DocumentImporter,
  type ImportAnswers,
  type Imported,
  lockImports,
} from '../documents/import-documents.js';
import type { FieldChange, FieldConflict } from '../documents/merge-fields.js';
import type { Refusal } from '../reading/reading.js';
import type { EditionsService, Published } from '../editions/editions.service.js';
import type { ToPublish } from '../editions/editions.service.js';
import type { DeskTransactions } from './desk-transactions.js';
import { ImportItemEntity, ImportRunEntity, type RunCounts } from './import-run.entity.js';
import type { ReadResult } from './read-incoming.js';
import { refusalOf } from './refusal-of.js';

/** What readers get of an article after its import. */
export type Publication =
  | Published
  /** A later state is at the desk; readers get what they got. */
  | { readonly outcome: 'kept'; readonly number: number };

/** Whoever has documents brought in, as the audit trail has it. */
const IMPORTER: Actor = { kind: 'IMPORT', accountId: null, name: 'colophon seed' };

/** What an import did with one thing that came in. */
export type ImportedDocument =
  | {
      readonly path: string;
      readonly outcome: 'added' | 'changed' | 'unchanged';
      readonly articleId: string;
      readonly headline: string;
      readonly publication: Publication;
      readonly findings: readonly Finding[];
      /** Of a changed article, field by field; empty for others. */
      readonly changes: readonly FieldChange[];
      readonly conflicts: readonly FieldConflict[];
    }
  /** Whether it is one of these is for a person to say: nothing was stored. */
  | {
      readonly path: string;
      readonly outcome: 'question';
      readonly headline: string;
      readonly candidates: readonly Candidate[];
    }
  | { readonly path: string; readonly outcome: 'refused'; readonly refusal: Refusal }
  /** No article: an attachment of an archive. */
  | { readonly path: string; readonly outcome: 'passed over'; readonly reason: string }
  /** Our own fault: the log says more. */
  | { readonly path: string; readonly outcome: 'failed' };

/** An article that a run has added or changed, as it is noted. */
export type RecordedItem = Omit<ImportItemEntity, 'runId' | 'run' | 'position' | 'document'>;

/** How a run imports. */
export interface ImportOptions {
  /** The files and folders that were named. */
  readonly inputs: readonly string[];
  /** Whether later states of published articles are published too. */
  readonly isPublishing: boolean;
  readonly answers: ImportAnswers;
}

/** One run of an import: batches of documents, each in a transaction of its own, recorded so that it can be taken back. */
export class ImportRun {
  readonly #id = randomUUID();
  #recorded = 0;

  constructor(
    private readonly desk: DeskTransactions,
    private readonly importer: DocumentImporter,
    private readonly articles: ArticlesQueries,
    private readonly editions: EditionsService,
    private readonly trail: AuditTrail,
    private readonly options: ImportOptions,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /**
   * Imports and publishes a batch of documents: all of them or none. If one of them can not be imported, each goes in
   * alone, so that the others are unaffected. Throws when the database stays away.
   */
  async importBatch(batch: readonly ReadResult[]): Promise<ImportedDocument[]> {
    const [first] = batch;
    if (first === undefined) return [];
    try {
      return await this.desk.inTransaction((manager, isRepeated) => this.#import(manager, batch, isRepeated));
    } catch (error) {
      if (this.desk.isAway(error)) throw error;
      if (batch.length > 1) {
        const alone: ImportedDocument[] = [];
        for (const document of batch) alone.push(...(await this.importBatch([document])));
        return alone;
      }
      const { path } = first;
      const refusal = refusalOf(error);
      if (refusal !== null) return [{ path, outcome: 'refused', refusal }];
      this.onFault(error);
      return [{ path, outcome: 'failed' }];
    }
  }

  /** Notes that the run came to its end, and what it did. A run that brought nothing leaves no trace. */
  async finish(counts: RunCounts): Promise<void> {
    if (this.#recorded === 0) return;
    await this.desk.inTransaction((manager) =>
      manager.update(ImportRunEntity, { id: this.#id }, { counts, finishedAt: () => 'now()' }),
    );
  }

  async #import(
    manager: EntityManager,
    batch: readonly ReadResult[],
    isRepeated: boolean,
  ): Promise<ImportedDocument[]> {
    await lockImports(manager);
    // The answer to a commit may be lost with the connection: then it is done, and not done again.
    const earlier = isRepeated ? await this.#listRecorded(manager, batch) : new Map<string, ImportItemEntity>();
    const open = batch.filter(({ path }) => !earlier.has(path));
    const imported = await this.importer.import(manager, open, this.options.answers);
    const publications = await this.#publish(manager, open, imported);
    await this.#record(manager, open, imported, publications);
    const told = new Map(
      open.map((document, i) => [
        document.path,
        this.#toldOf(document, imported[i] ?? neverImported(), publications.now),
      ]),
    );
    return batch.map((document) => told.get(document.path) ?? recalled(document, earlier.get(document.path)));
  }

  /**
   * Publishes what was never published before, and with `isPublishing` what waits, but nothing that a person has written
   * and nobody approved; the trail tells of each. Gives what readers get of every
   * article of the batch, and what they got before.
   */
  async #publish(
    manager: EntityManager,
    batch: readonly ReadResult[],
    imported: readonly Imported[],
  ): Promise<Publications> {
    const known = imported.filter((one) => one.outcome === 'changed' || one.outcome === 'unchanged');
    const knownIds = known.map(({ articleId }) => articleId);
    const before = await this.editions.listCurrentNumbers(manager, knownIds);
    const { isPublishing } = this.options;
    const languages = isPublishing
      ? await this.articles.listOriginalLanguages(manager, knownIds)
      : new Map<string, LanguageTag>();
    // Of an article that comes in twice, readers get the later state.
    const toPublish = new Map<string, ToPublish>();
    for (const [i, one] of imported.entries()) {
      if (one.outcome === 'added' || (one.outcome === 'changed' && (isPublishing || !before.has(one.articleId)))) {
        const { articleId, fields } = one;
        toPublish.set(articleId, { articleId, language: fields['text.language'], body: batch[i]?.body });
      } else if (one.outcome === 'unchanged' && isPublishing && !toPublish.has(one.articleId)) {
        const language = languages.get(one.articleId);
        if (language !== undefined) toPublish.set(one.articleId, { articleId: one.articleId, language });
      }
    }
    const now = new Map<string, Publication>(
      await this.editions.publishAll(manager, [...toPublish.values()], 'Imported'),
    );
    await this.trail.recordAll(
      manager,
      IMPORTER,
      [...toPublish.values()].flatMap(({ articleId, language }) => {
        const edition = editionNumberOf(now.get(articleId));
        if (edition === null) return [];
        const states = { before: { edition: before.get(articleId) ?? null }, after: { edition } };
        return [{ operation: 'article.publish', objectType: 'Article', objectId: articleId, language, ...states }];
      }),
    );
    for (const { articleId, outcome, findings } of known) {
      if (now.has(articleId)) continue;
      const number = before.get(articleId);
      if (number === undefined) now.set(articleId, { outcome: 'blocked', findings });
      else now.set(articleId, { outcome: outcome === 'changed' ? 'kept' : 'unchanged', number });
    }
    return { before, now };
  }

  async #record(
    manager: EntityManager,
    batch: readonly ReadResult[],
    imported: readonly Imported[],
    { before, now }: Publications,
  ): Promise<void> {
    const items = imported.flatMap((one, i): RecordedItem[] =>
      one.outcome === 'added' || one.outcome === 'changed'
        ? [
            {
              path: batch[i]?.path ?? '',
              outcome: one.outcome === 'added' ? 'ADDED' : 'CHANGED',
              documentId: one.documentId,
              articleId: one.articleId,
              editionBefore: before.get(one.articleId) ?? null,
              editionNumber: editionNumberOf(now.get(one.articleId)),
              fieldsHash: hashOfFields(one.fields),
              before: one.outcome === 'changed' ? one.before : null,
            },
          ]
        : [],
    );
    await this.record(manager, items);
  }

  /** Notes within the caller's transaction what the run has added or changed, so that it can be taken back. */
  async record(manager: EntityManager, items: readonly RecordedItem[]): Promise<void> {
    if (items.length === 0) return;
    const { inputs } = this.options;
    await manager.query(BEGIN_RUN, [this.#id, inputs]);
    await insertRows(
      manager,
      ImportItemEntity,
      items.map((item, i) => ({ ...item, runId: this.#id, position: this.#recorded + i })),
    );
    this.#recorded += items.length;
  }

  /** Which of these paths the run has noted already. */
  async listRecordedPaths(manager: EntityManager, paths: readonly string[]): Promise<Set<string>> {
    const items = await manager.findBy(ImportItemEntity, { runId: this.#id, path: In([...paths]) });
    return new Set(items.map(({ path }) => path));
  }

  #toldOf(
    { path, reading }: ReadResult,
    imported: Imported,
    publications: ReadonlyMap<string, Publication>,
  ): ImportedDocument {
    const { headline } = reading.article;
    if (imported.outcome === 'question') return { path, headline, ...imported };
    const { outcome, articleId, findings } = imported;
    const { changes, conflicts } = outcome === 'changed' ? imported : { changes: [], conflicts: [] };
    const published = publications.get(articleId) ?? neverImported();
    // A document that comes in twice is told twice, and was published once.
    const isTwin = outcome === 'unchanged' && published.outcome === 'published' && !this.options.isPublishing;
    const publication: Publication = isTwin ? { outcome: 'unchanged', number: published.number } : published;
    return { path, outcome, articleId, headline, publication, findings, changes, conflicts };
  }

  async #listRecorded(manager: EntityManager, batch: readonly ReadResult[]): Promise<Map<string, ImportItemEntity>> {
    const items = await manager.findBy(ImportItemEntity, {
      runId: this.#id,
      path: In(batch.map(({ path }) => path)),
    });
    return new Map(items.map((item) => [item.path, item]));
  }
}

/** What readers get of articles, and the editions that they got before. */
interface Publications {
  readonly before: ReadonlyMap<string, number>;
  readonly now: ReadonlyMap<string, Publication>;
}

/** Numbers have no gaps: whoever imports holds the lock of imports. */
const BEGIN_RUN = `
insert into desk.import_run (id, number, inputs, counts)
select $1, 1 + (select coalesce(max(number), 0) from desk.import_run), $2, '{}' on conflict (id) do nothing`;

/** A number that is another when any field is another; the order of properties does not matter. */
export function hashOfFields(fields: ArticleFields): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(fields, sorted)).digest('hex');
}

function editionNumberOf(publication: Publication | undefined): number | null {
  return publication?.outcome === 'published' ? publication.number : null;
}

/** What is told of a document whose import was committed though nobody heard of it. */
function recalled({ path, reading }: ReadResult, item: ImportItemEntity | undefined): ImportedDocument {
  if (item === undefined) return neverImported();
  const { articleId, outcome, editionBefore, editionNumber } = item;
  const number = editionNumber ?? editionBefore;
  return {
    path,
    outcome: outcome === 'ADDED' ? 'added' : 'changed',
    articleId,
    headline: reading.article.headline,
    publication:
      number === null
        ? { outcome: 'blocked', findings: reading.findings }
        : { outcome: editionNumber === null ? 'kept' : 'published', number },
    findings: reading.findings,
    changes: [],
    conflicts: [],
  };
}

function neverImported(): never {
  throw new TypeError('a document was left out of its import');
}
