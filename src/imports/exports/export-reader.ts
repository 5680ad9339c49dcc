import type { EntityManager } from 'typeorm';
import type { EditionContent, EditionText } from '../../editions/edition-content.js';
import {
  ARTICLE_IDS,
  ARTICLES,
  DOCUMENT_IDS,
  DOCUMENTS,
  EDITION_IDS,
  EDITIONS,
  PAGES,
  RECORD_COUNTS,
  REVISION_IDS,
  REVISIONS,
} from './export-queries.js';
import {
  type ExportedArticle,
  type ExportedDocument,
  type ExportedEdition,
  type ExportedFormerArticle,
  type ExportedRecord,
  type ExportedRevision,
  RECORD_TYPES,
  type RecordCounts,
} from './export-records.js';

/** An article with all that follows it in an export. */
export interface ExportedGroup {
  readonly head: ExportedArticle | ExportedFormerArticle;
  readonly revisions: readonly ExportedRevision[];
  readonly editions: readonly ExportedEdition[];
}

/** Small things that are fetched together, large ones, and how many bytes of documents. */
const PAGE = { things: 500, articles: 20, texts: 20, documents: 50, bytes: 4 * 1024 * 1024 };

const FIRST = '00000000-0000-0000-0000-000000000000';

/** How many lines of each type an export of this state has. */
export async function countRecords(manager: EntityManager): Promise<RecordCounts> {
  const [counts] = await manager.query<RecordCounts[]>(RECORD_COUNTS);
  if (counts === undefined) throw new TypeError('nothing was counted');
  return Object.fromEntries(RECORD_TYPES.map((type) => [type, counts[type]])) as RecordCounts;
}

/** Everything that an export holds, each thing after those that it refers to, a page at a time. */
export async function* readRecords(manager: EntityManager): AsyncGenerator<ExportedRecord> {
  for (const type of ['publisher', 'source', 'agent', 'term', 'contactPoint', 'notice', 'reuseTerm'] as const) {
    for await (const rows of pages(manager, PAGES[type], PAGE.things)) {
      for (const row of rows) yield { type, ...row } as ExportedRecord;
    }
  }
  yield* readDocuments(manager);
  for await (const rows of pages(manager, ARTICLE_IDS, PAGE.articles)) {
    yield* readArticles(
      manager,
      rows.map(({ id }) => id),
    );
  }
  for await (const rows of pages(manager, PAGES.formerArticle, PAGE.things)) {
    for (const row of rows) {
      yield { type: 'formerArticle', ...row } as ExportedFormerArticle;
      const editions = await listIds(manager, EDITION_IDS, [row.id]);
      yield* fetchEditions(manager, editions);
    }
  }
}

/** The articles of these ids, as an export would have them now: those that there are. */
export async function listGroups(manager: EntityManager, articleIds: readonly string[]): Promise<ExportedGroup[]> {
  const groups: { head: ExportedArticle; revisions: ExportedRevision[]; editions: ExportedEdition[] }[] = [];
  if (articleIds.length === 0) return groups;
  for await (const record of readArticles(manager, articleIds)) {
    if (record.type === 'article') groups.push({ head: record, revisions: [], editions: [] });
    else if (record.type === 'revision') groups.at(-1)?.revisions.push(record);
    else groups.at(-1)?.editions.push(record);
  }
  return groups;
}

/** All editions of these articles, whether the articles are at the desk or not. */
export async function listEditions(manager: EntityManager, articleIds: readonly string[]): Promise<ExportedEdition[]> {
  const editions: ExportedEdition[] = [];
  if (articleIds.length === 0) return editions;
  const ids = await listIds(manager, EDITION_IDS, articleIds);
  for await (const edition of fetchEditions(manager, ids)) editions.push(edition);
  return editions;
}

interface Identified {
  readonly id: string;
}

async function* pages<Row extends Identified>(
  manager: EntityManager,
  sql: string,
  limit: number,
): AsyncGenerator<Row[]> {
  for (let after = FIRST; ;) {
    const rows = await manager.query<Row[]>(sql, [after, limit]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.id;
  }
}

async function* readDocuments(manager: EntityManager): AsyncGenerator<ExportedDocument> {
  for await (const rows of pages<Identified & { sizeBytes: number }>(manager, DOCUMENT_IDS, PAGE.documents)) {
    let ids: string[] = [];
    let bytes = 0;
    for (const { id, sizeBytes } of rows) {
      ids.push(id);
      bytes += sizeBytes;
      if (bytes < PAGE.bytes) continue;
      yield* fetchDocuments(manager, ids);
      ids = [];
      bytes = 0;
    }
    yield* fetchDocuments(manager, ids);
  }
}

async function* fetchDocuments(manager: EntityManager, ids: readonly string[]): AsyncGenerator<ExportedDocument> {
  for await (const row of fetchByIds<Omit<ExportedDocument, 'bytes'> & { readonly bytes: Buffer }>(
    manager,
    DOCUMENTS,
    ids,
  )) {
    const { reading, parts, bytes, ...facts } = row;
    yield { ...facts, type: 'document', bytes: bytes.toString('base64'), reading, parts };
  }
}

async function* readArticles(
  manager: EntityManager,
  articleIds: readonly string[],
): AsyncGenerator<ExportedArticle | ExportedRevision | ExportedEdition> {
  const articles = await manager.query<Omit<ExportedArticle, 'type'>[]>(ARTICLES, [articleIds]);
  const revisions = fetchByIds<ExportedRevision>(manager, REVISIONS, await listIds(manager, REVISION_IDS, articleIds));
  const editions = fetchEditions(manager, await listIds(manager, EDITION_IDS, articleIds));
  for (const article of articles) {
    yield { type: 'article', ...article };
    for (let i = 0; i < article.revisions; i++) yield { ...(await nextOf(revisions)), type: 'revision' };
    for (let i = 0; i < article.editions; i++) yield await nextOf(editions);
  }
}

async function* fetchEditions(manager: EntityManager, ids: readonly string[]): AsyncGenerator<ExportedEdition> {
  type Row = Omit<ExportedEdition, 'content'> & {
    readonly content: EditionContent;
    readonly bodies: Readonly<Record<string, string>>;
  };
  for await (const { content, evidence, bodies, ...facts } of fetchByIds<Row>(manager, EDITIONS, ids)) {
    const textOf = ({ dek, ...text }: EditionText): ExportedEdition['content']['texts'][number] => {
      const body = bodies[text.language];
      if (body === undefined) throw new TypeError('a text of an edition has no body');
      return { ...text, dek: dek?.markdown ?? null, body };
    };
    yield { ...facts, type: 'edition', content: { ...content, texts: content.texts.map(textOf) }, evidence };
  }
}

/** Rows by their ids, in the ids' order, a few at a time. */
async function* fetchByIds<Row extends Identified>(
  manager: EntityManager,
  sql: string,
  ids: readonly string[],
): AsyncGenerator<Row> {
  for (let start = 0; start < ids.length; start += PAGE.texts) {
    const some = ids.slice(start, start + PAGE.texts);
    const rows = new Map((await manager.query<Row[]>(sql, [some])).map((row) => [row.id, row]));
    for (const id of some) {
      const row = rows.get(id);
      if (row === undefined) throw new TypeError('a row vanished from a snapshot');
      yield row;
    }
  }
}

async function listIds(manager: EntityManager, sql: string, articleIds: readonly string[]): Promise<string[]> {
  const rows = await manager.query<Identified[]>(sql, [articleIds]);
  return rows.map(({ id }) => id);
}

async function nextOf<T>(things: AsyncGenerator<T>): Promise<T> {
  const next = await things.next();
  if (next.done === true) throw new TypeError('an article has fewer texts than were counted');
  return next.value;
}
