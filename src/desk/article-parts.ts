import type { DataSource } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import type { WholeArticle } from '../articles/articles.queries.js';
import { groupBy } from '../common/group-by.js';
import type { LanguageTag } from '../common/language-tag.js';
import { type RelationTree, rowAsJson } from '../database/row-as-json.js';
import { buildEdition } from '../editions/build-edition.js';
import type { EditionContent, EditionEvidence } from '../editions/edition-content.js';

/** What belongs to an article beside its texts, as an edition of now would show it. */
export type ArticleParts = Pick<
  EditionContent,
  'credits' | 'regions' | 'themes' | 'reports' | 'rights' | 'contactPoints' | 'links'
>;

/** What an edition is built from; texts, findings and the page's lines are no part of this. */
const PARTS: RelationTree = {
  publisher: {},
  origin: { source: {} },
  copyright: {},
  credits: { agent: {} },
  terms: { term: { labels: {} } },
  links: {},
  notices: { notice: { statedBy: {} } },
  reuseTerms: { reuseTerm: { statedBy: {}, contactPoint: {} } },
  contactPoints: { contactPoint: {} },
};

/** The parts of articles by the article's id, by one statement: read by the code that builds editions. */
export async function listArticleParts(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, ArticleParts>> {
  const rows = await dataSource.query<{ article: WholeArticle }[]>(
    `select ${rowAsJson(dataSource.getMetadata(ArticleEntity), 'a', PARTS)} as article
     from desk.article a where a.id = any ($1)`,
    [articleIds],
  );
  return new Map(
    rows.map(({ article }) => {
      const whole = { ...article, translations: [], findings: [], wrapperLines: [] };
      return [article.id, buildEdition(whole, [], [], new Set())];
    }),
  );
}

/** Which characters of which document gave the values of articles, by the article's id, in the order of reading. */
export async function listEvidence(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, EditionEvidence[]>> {
  const rows = await dataSource.query<{ articleId: string; evidence: EditionEvidence }[]>(EVIDENCE, [articleIds]);
  return listsBy(rows, ({ evidence }) => evidence);
}

const EVIDENCE = `
select v.article_id as "articleId", json_build_object('path', v.path, 'documentSha256', d.sha256,
  'start', v.start_offset, 'end', v.end_offset, 'exact', v.exact, 'prefix', v.prefix, 'suffix', v.suffix) as evidence
from desk.evidence v join desk.document d on d.id = v.document_id
where v.article_id = any ($1) order by v.article_id, v.position`;

/** A document that has brought an article, or a later state of it. */
export interface DocumentFacts {
  readonly number: number;
  readonly fileName: string;
  readonly format: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly receivedAt: string;
}

/** The documents that articles came in, by the article's id, the first one first. */
export async function listDocuments(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, DocumentFacts[]>> {
  const rows = await dataSource.query<{ articleId: string; document: DocumentFacts }[]>(DOCUMENTS, [articleIds]);
  return listsBy(rows, ({ document }) => document);
}

const DOCUMENTS = `
select l.article_id as "articleId", json_build_object('number', l.number, 'fileName', d.file_name,
  'format', d.format, 'sha256', d.sha256, 'sizeBytes', d.size_bytes, 'receivedAt', d.received_at) as document
from desk.article_document l join desk.document d on d.id = l.document_id
where l.article_id = any ($1) order by l.article_id, l.number`;

/** Every slug that leads to articles, now or formerly, by the article's id. */
export async function listSlugs(dataSource: DataSource, articleIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await dataSource.query<{ articleId: string; slug: string }[]>(
    `select article_id as "articleId", slug from desk.slug where article_id = any ($1)
     order by article_id, slug collate "C"`,
    [articleIds],
  );
  return listsBy(rows, ({ slug }) => slug);
}

/** Which revision of a language readers have. */
export interface ServedRevision {
  readonly language: LanguageTag;
  readonly revisionId: string;
}

/** Which revisions readers have of articles, by the article's id. */
export async function listServedRevisions(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, ServedRevision[]>> {
  const rows = await dataSource.query<({ articleId: string } & ServedRevision)[]>(SERVED, [articleIds]);
  return listsBy(rows, ({ language, revisionId }) => ({ language, revisionId }));
}

const SERVED = `
select c.article_id as "articleId", x.language, x."revisionId"
from edition.current_article c join edition.edition e on e.id = c.edition_id
cross join lateral jsonb_to_recordset(e.content->'texts') as x ("language" text, "revisionId" uuid)
where c.article_id = any ($1)`;

function listsBy<Row extends { readonly articleId: string }, Value>(
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = groupBy(rows, ({ articleId }) => articleId);
  return new Map([...groups].map(([id, group]) => [id, group.map(valueOf)]));
}
