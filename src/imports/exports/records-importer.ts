import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ArticlesQueries } from '../../articles/articles.queries.js';
import { sqlState } from '../../database/database-errors.js';
import { fieldsOfDesk } from '../../documents/article-fields.js';
import { lockImports } from '../../documents/import-documents.js';
import type { Refusal } from '../../reading/reading.js';
import type { DeskTransactions } from '../desk-transactions.js';
import type { ExportedGroup } from './export-reader.js';
import type { ExportedArticle } from './export-records.js';
import { hashOfFields, type ImportedDocument, type ImportRun, type Publication } from '../import-run.js';
import { PendingReissueEntity } from '../pending-reissue.entity.js';
import { type ArticlePlan, headlineOf, planArticles } from './records-articles.js';
import type { IncomingRecords } from './records-apart.js';
import { storeExportedDocuments } from './records-documents.js';
import { storeExportedEditions } from './records-editions.js';
import { IdMap } from './records-ids.js';
import { type Piece, readPieces } from './records-reader.js';
import { storeReferences } from './records-references.js';
import { storeExportedArticles } from './records-rows.js';
import { refusalOf } from '../refusal-of.js';

/** What an export's import needs of the run that it is part of. */
export interface RecordsRun {
  readonly desk: DeskTransactions;
  readonly run: ImportRun;
  /** Hears of each article, and of each line that did not go in. */
  readonly tell: (document: ImportedDocument) => void;
  readonly onFault: (error: unknown) => void;
}

/** Pieces that go in together, and their characters. */
const BATCH = { pieces: 50, length: 4 * 1024 * 1024 };

type Plans = readonly { readonly plan: ArticlePlan; readonly isRecalled: boolean }[];

/** Brings exports in: references, documents, articles, editions, in batches, each in a transaction of its own. */
@Injectable()
export class RecordsImporter {
  constructor(private readonly articles: ArticlesQueries) {}

  /** Imports all lines of an export. What is there already and says the same stays; nothing is ever overwritten. */
  async import(incoming: IncomingRecords, run: RecordsRun): Promise<void> {
    const state: ImportState = { ...run, path: incoming.path, ids: new IdMap(), isReissueRequested: false };
    let batch: Piece[] = [];
    let length = 0;
    const flush = async (): Promise<void> => {
      await this.#importBatch(batch, state);
      batch = [];
      length = 0;
    };
    for await (const piece of readPieces(incoming.records)) {
      if ('refusal' in piece) {
        // Told in its place.
        await flush();
        tellRefusal(state, piece.refusal);
        continue;
      }
      batch.push(piece);
      length += piece.length;
      if (batch.length >= BATCH.pieces || length >= BATCH.length) await flush();
    }
    await flush();
  }

  async #importBatch(batch: readonly Piece[], state: ImportState): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    try {
      const done = await state.desk.inTransaction((manager, isRepeated) =>
        this.#store(manager, batch, state, isRepeated),
      );
      state.ids = done.ids;
      state.isReissueRequested = done.isReissueRequested;
      for (const told of done.told) {
        if ('refusal' in told) tellRefusal(state, told.refusal);
        else state.tell(told);
      }
    } catch (error) {
      if (state.desk.isAway(error)) throw error;
      if (batch.length > 1) {
        for (const piece of batch) await this.#importBatch([piece], state);
        return;
      }
      const refusal = refusalOf(error) ?? refusalOfRules(error, first.line);
      if (refusal !== null) {
        tellRefusal(state, refusal);
        return;
      }
      state.onFault(error);
      state.tell({ path: pathOf(state, first.line), outcome: 'failed' });
    }
  }

  /** Stores a batch: all of it or nothing. */
  async #store(
    manager: EntityManager,
    batch: readonly Piece[],
    state: ImportState,
    isRepeated: boolean,
  ): Promise<Stored> {
    await lockImports(manager);
    const ids = new IdMap(state.ids);
    const told: Stored['told'][number][] = [];
    let isOtherwise = false;
    for (const stretch of stretchesOf(batch)) {
      const references = stretch.flatMap((piece) => (piece.kind === 'reference' ? [piece] : []));
      isOtherwise = (await storeReferences(manager, references, ids)) || isOtherwise;
      const documents = stretch.flatMap((piece) => (piece.kind === 'document' ? [piece] : []));
      await storeExportedDocuments(manager, documents, ids);
      const articles = stretch.flatMap((piece) => (piece.kind === 'article' ? [piece] : []));
      if (articles.length > 0) {
        const planned = await planArticles(manager, articles, ids);
        const plans = await recalled(manager, planned, state, isRepeated);
        await this.#add(manager, plans, state);
        told.push(...plans.flatMap((one) => toldOf(one, state)));
      }
    }
    const isReissueRequested = state.isReissueRequested || isOtherwise;
    if (isReissueRequested && !state.isReissueRequested) {
      await manager.insert(PendingReissueEntity, { reason: 'Reference data is another than in the export' });
    }
    return { ids, told, isReissueRequested };
  }

  async #add(manager: EntityManager, plans: Plans, { run, path }: ImportState): Promise<void> {
    const added = plans.flatMap(({ plan }) => (plan.outcome === 'add' ? [plan] : []));
    const atDesk = added.flatMap(({ line, group }) =>
      group.head.type === 'article' ? [{ line, article: group.head, revisions: group.revisions }] : [],
    );
    await storeExportedArticles(manager, atDesk);
    await storeExportedEditions(
      manager,
      added.map(({ group, editions }) => ({ editions, served: servedOf(group) })),
    );
    const hashes = await this.#hashesOf(
      manager,
      atDesk.map(({ article }) => article.id),
    );
    await run.record(
      manager,
      atDesk.map(({ line, article }) => ({
        path: `${path}:${line}`,
        outcome: 'ADDED' as const,
        documentId: article.documents.at(-1) ?? null,
        articleId: article.id,
        editionBefore: null,
        editionNumber: article.editions === 0 ? null : lastNumberOf(added, article.id),
        fieldsHash: hashes.get(article.id) ?? '',
        before: null,
      })),
    );
  }

  /** What the fields of articles hash to: by that, a run that is taken back sees whether they were edited since. */
  async #hashesOf(manager: EntityManager, articleIds: readonly string[]): Promise<Map<string, string>> {
    const articles = await this.articles.listWholeForUpdate(manager, articleIds);
    const originals = articles.flatMap(({ translations }) => translations.filter(({ isOriginal }) => isOriginal));
    const revisions = await this.articles.listLatestRevisions(
      manager,
      originals.map(({ id }) => id),
    );
    const inHand = await this.articles.listInHand(
      manager,
      originals.map(({ id }) => id),
    );
    return new Map(
      originals.flatMap((translation) => {
        const article = articles.find(({ id }) => id === translation.articleId);
        const revision = revisions.get(translation.id);
        if (article === undefined || revision === undefined) return [];
        return [
          [
            article.id,
            hashOfFields(fieldsOfDesk(article, translation, inHand.get(translation.id) ?? revision)),
          ] as const,
        ];
      }),
    );
  }
}

/** How far an export's import has come. */
interface ImportState extends RecordsRun {
  readonly path: string;
  ids: IdMap;
  isReissueRequested: boolean;
}

/** What a batch has come to, once it is committed. */
interface Stored {
  readonly ids: IdMap;
  readonly isReissueRequested: boolean;
  readonly told: readonly (ImportedDocument | { readonly refusal: Refusal })[];
}

/** Pieces of one kind that stand together. */
function stretchesOf(batch: readonly Piece[]): Piece[][] {
  const stretches: Piece[][] = [];
  for (const piece of batch) {
    const last = stretches.at(-1);
    if (last?.[0]?.kind === piece.kind) last.push(piece);
    else stretches.push([piece]);
  }
  return stretches;
}

/** The answer to a commit may be lost with the connection: what is there as it should be was added then. */
async function recalled(
  manager: EntityManager,
  plans: readonly ArticlePlan[],
  { run, path }: ImportState,
  isRepeated: boolean,
): Promise<Plans> {
  const paths = isRepeated
    ? await run.listRecordedPaths(
        manager,
        plans.map(({ line }) => `${path}:${line}`),
      )
    : new Set();
  return plans.map((plan) => ({ plan, isRecalled: paths.has(`${path}:${plan.line}`) }));
}

function servedOf({ head, editions }: ExportedGroup): Parameters<typeof storeExportedEditions>[1][number]['served'] {
  if (head.type === 'formerArticle' || head.served === null) return null;
  const { edition: number, slugs } = head.served;
  const edition = editions.find((one) => one.number === number);
  return edition === undefined ? null : { edition, slugs };
}

function lastNumberOf(plans: readonly { readonly group: ExportedGroup }[], articleId: string): number | null {
  const group = plans.find((one) => one.group.head.id === articleId)?.group;
  return group === undefined ? null : Math.max(...group.editions.map(({ number }) => number));
}

function toldOf({ plan, isRecalled }: Plans[number], state: ImportState): Stored['told'] {
  if (plan.outcome === 'refuse') return [{ refusal: plan.refusal }];
  const { group, line } = plan;
  if (group.head.type === 'formerArticle') return [];
  const outcome = plan.outcome === 'add' || isRecalled ? 'added' : 'unchanged';
  const { id: articleId, findings } = group.head;
  const publication = publicationOf(group.head, outcome);
  const none = { changes: [], conflicts: [] };
  return [
    { path: pathOf(state, line), outcome, articleId, headline: headlineOf(group), publication, findings, ...none },
  ];
}

function publicationOf({ served, findings }: ExportedArticle, outcome: 'added' | 'unchanged'): Publication {
  if (served === null) return { outcome: 'blocked', findings };
  return { outcome: outcome === 'added' ? 'published' : 'unchanged', number: served.edition };
}

function pathOf({ path }: ImportState, line: number): string {
  return `${path}:${line}`;
}

function tellRefusal({ tell, path }: ImportState, refusal: Refusal): void {
  tell({ path, outcome: 'refused', refusal });
}

/** A rule of the database that a line breaks beside what is there; null for every other error. */
function refusalOfRules(error: unknown, line: number): Refusal | null {
  if (!/^(?:22|23|54)/.test(sqlState(error) ?? '')) return null;
  const { constraint } = (error as { readonly driverError?: { readonly constraint?: unknown } }).driverError ?? {};
  const rule = typeof constraint === 'string' ? ` (${constraint})` : '';
  const expected = 'a thing that can be beside those that are here';
  return { code: 'EXPORT_CONTRADICTS', line, expected, found: `one that breaks a rule of the database${rule}` };
}
