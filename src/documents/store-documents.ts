import type { EntityManager } from 'typeorm';
import { insertRows } from '../database/insert-rows.js';
import { DocumentEntity, DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import { ArticleDocumentEntity, EvidenceEntity } from './provenance.entity.js';
import type { EvidenceOf, Reading } from '../reading/reading.js';
import type { TextSketch } from './text-sketch.js';

/** A document that was read, with the bytes that it was read from. */
export interface ReadDocument {
  /** For people: where it came from. */
  readonly path: string;
  readonly reading: StoredReading;
  readonly bytes: Uint8Array;
  /** The id that its article gets, if it is a new one. */
  readonly newArticleId: string;
  /** Of the body; null where it is too short to tell one text from another. */
  readonly sketch: TextSketch | null;
  /** The reader and the wrappers that read it: another time, the same would come of it. */
  readonly readWith: string;
}

/** What is stored of a reading: the text is the document's bytes. */
export type StoredReading = Omit<Reading, 'text'>;

/** A document at the desk, and the article that it brings. */
export interface DocumentToStore extends ReadDocument {
  readonly documentId: string;
  readonly articleId: string;
  /** Whether its bytes are stored already. */
  readonly isKnown: boolean;
  /** Whether it is this article's newest document already, and is only read anew. */
  readonly isReadAnew: boolean;
}

/** Stores documents with what they were read as: parts, fields, and that they brought their articles. */
export async function storeDocuments(manager: EntityManager, documents: readonly DocumentToStore[]): Promise<void> {
  await insertRows(
    manager,
    DocumentEntity,
    documents
      .filter(({ isKnown }) => !isKnown)
      .map(({ documentId: id, bytes, reading: { sha256, sizeBytes, fileName, format, form } }) => ({
        id,
        sha256,
        bytes: `\\x${Buffer.from(bytes).toString('hex')}`,
        sizeBytes,
        fileName,
        format,
        form,
      })),
  );
  await clearReadings(
    manager,
    documents.filter(({ isKnown }) => isKnown).map(({ documentId }) => documentId),
  );
  await insertRows(
    manager,
    DocumentReadingEntity,
    documents.map(({ documentId, readWith, reading: { article, wrapper, findings } }) => ({
      documentId,
      readWith,
      article,
      wrapper,
      findings,
    })),
  );
  await insertRows(
    manager,
    DocumentPartEntity,
    documents.flatMap(({ documentId, reading }) =>
      reading.parts.map(({ start, end, ...part }, position) => ({
        ...part,
        documentId,
        position,
        startOffset: start,
        endOffset: end,
      })),
    ),
  );
  const bringing = documents.filter(({ isReadAnew }) => !isReadAnew);
  if (bringing.length === 0) return;
  await manager.query(BRING_ARTICLES, [
    bringing.map(({ documentId }) => documentId),
    bringing.map(({ articleId }) => articleId),
  ]);
}

const BRING_ARTICLES = `
insert into desk.article_document (document_id, article_id, number)
select b.document_id, b.article_id,
  1 + (select coalesce(max(l.number), 0) from desk.article_document l where l.article_id = b.article_id)
from unnest($1::uuid[], $2::uuid[]) as b(document_id, article_id)`;

/** Takes away what documents were read as; their bytes stay. */
export async function clearReadings(manager: EntityManager, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return;
  await manager.query('delete from desk.document_part where document_id = any ($1)', [documentIds]);
  await manager.query('delete from desk.document_reading where document_id = any ($1)', [documentIds]);
}

/** The evidence of an article, in the order of its document. */
export interface ArticleEvidence {
  readonly articleId: string;
  readonly documentId: string;
  readonly evidence: readonly EvidenceOf[];
}

/** Makes these the evidence of their articles. */
export async function storeEvidence(manager: EntityManager, articles: readonly ArticleEvidence[]): Promise<void> {
  const known = articles.map(({ articleId }) => articleId);
  await manager.query('delete from desk.evidence where article_id = any ($1)', [known]);
  await insertRows(
    manager,
    EvidenceEntity,
    articles.flatMap(({ articleId, documentId, evidence }) =>
      evidence.map(({ start, end, ...found }, position) => ({
        ...found,
        articleId,
        documentId,
        position,
        startOffset: start,
        endOffset: end,
      })),
    ),
  );
}

/** The document that the next import of an article is compared with: its id. */
export async function listNewestDocuments(
  manager: EntityManager,
  articleIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await manager
    .createQueryBuilder(ArticleDocumentEntity, 'l')
    .distinctOn(['l.articleId'])
    .where('l.articleId = any (:articleIds)', { articleIds })
    .orderBy('l.articleId')
    .addOrderBy('l.number', 'DESC')
    .getMany();
  return new Map(rows.map(({ articleId, documentId }) => [articleId, documentId]));
}
