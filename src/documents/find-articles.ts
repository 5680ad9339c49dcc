import type { EntityManager } from 'typeorm';
import { foldLabel } from '../common/fold-label.js';
import type { PartialDate } from '../common/partial-date.js';
import { toSlug } from '../common/slug.js';
import type { ReadDocument } from './store-documents.js';
import { similarityOf } from './text-sketch.js';

/** A document's bytes are known already; its article is null where that was taken back. */
export interface KnownDocument {
  readonly sha256: string;
  readonly documentId: string;
  readonly articleId: string | null;
  /** Whether no other document has brought the article since. */
  readonly isNewest: boolean;
}

/** An article that a document may be a later state of. */
export interface Candidate {
  readonly articleId: string;
  readonly slug: string;
  readonly headline: string;
  readonly publishedOn: PartialDate;
  /** How much of the two texts is the same: 0 to 1; null where one of them is too short to tell. */
  readonly similarity: number | null;
}

/** What a document is to the articles that the publisher has. */
export type Match =
  | { readonly type: 'NEW' }
  | { readonly type: 'SAME'; readonly articleId: string }
  /** For a person to say. */
  | { readonly type: 'QUESTION'; readonly candidates: readonly Candidate[] };

interface CandidateRow extends Omit<Candidate, 'similarity'> {
  readonly place: number;
  readonly language: string;
  readonly url: string | null;
  readonly slugs: readonly string[];
  /** What the newest document said, whatever a person has made of it since. */
  readonly readHeadline: string | null;
  readonly readUrl: string | null;
  readonly hashes: readonly number[] | null;
}

/** Texts with less in common are taken for different ones. */
const ALIKE = 0.5;

/** A text that was worked over still has this much in common with what it was. */
const RELATED = 0.2;

/** Which of these documents are stored already, by SHA-256. */
export async function findKnownDocuments(
  manager: EntityManager,
  sha256s: readonly string[],
): Promise<Map<string, KnownDocument>> {
  const rows = await manager.query<KnownDocument[]>(KNOWN_DOCUMENTS, [sha256s]);
  return new Map(rows.map((row) => [row.sha256, row]));
}

const KNOWN_DOCUMENTS = `
select d.sha256, d.id as "documentId", l.article_id as "articleId",
  not exists (select from desk.article_document n where n.article_id = l.article_id and n.number > l.number) as "isNewest"
from desk.document d left join desk.article_document l on l.document_id = d.id
where d.sha256 = any ($1)`;

/**
 * Finds the articles that documents are later states of, in their order: by the address at the source, which the desk has
 * or the newest document gave, then by publisher and slug. What only reads alike, or agrees in one and contradicts in
 * another, is a question.
 */
export async function matchArticles(manager: EntityManager, documents: readonly ReadDocument[]): Promise<Match[]> {
  if (documents.length === 0) return [];
  const wanted = documents.map(({ reading: { article }, sketch }, place) => ({
    place,
    publisher: article.publisherSlug,
    url: addressOf(article.origin.url),
    slug: toSlug(article.headline),
    bands: sketch?.bands ?? null,
  }));
  const rows = await manager.query<CandidateRow[]>(CANDIDATES, [JSON.stringify(wanted)]);
  return documents.map((document, place) =>
    matchOf(
      document,
      rows.filter((row) => row.place === place),
    ),
  );
}

const CANDIDATES = `
with wanted as (
  select w.place, p.id as publisher_id, w.url, w.slug, w.bands
  from jsonb_to_recordset($1::jsonb) as w(place integer, publisher text, url text, slug text, bands integer[])
  join desk.publisher p on p.slug = w.publisher),
found as (
  select w.place, a.id from wanted w join desk.origin o on o.url = w.url
    join desk.article a on a.id = o.article_id and a.publisher_id = w.publisher_id
  union
  select w.place, a.id from wanted w
    cross join lateral (select d.document_id from desk.document_reading d
      where d.article -> 'origin' ->> 'url' = w.url offset 0) d
    join desk.article_document l on l.document_id = d.document_id and not exists (
      select from desk.article_document n where n.article_id = l.article_id and n.number > l.number)
    join desk.article a on a.id = l.article_id and a.publisher_id = w.publisher_id
  union
  select w.place, a.id from wanted w join desk.slug s on s.slug in (w.slug, w.slug || '-' || (
      select p.slug from desk.publisher p where p.id = w.publisher_id))
    join desk.article a on a.id = s.article_id and a.publisher_id = w.publisher_id
  union
  select w.place, a.id from wanted w join desk.text_sketch k on k.bands && w.bands
    join desk.article a on a.id = k.article_id and a.publisher_id = w.publisher_id)
select f.place, a.id as "articleId", a.published_on as "publishedOn", t.language, t.slug, o.url,
  (select r.headline from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) as headline,
  array(select s.slug from desk.slug s where s.article_id = a.id) as slugs,
  n.headline as "readHeadline", n.url as "readUrl", k.hashes
from found f join desk.article a on a.id = f.id join desk.origin o on o.article_id = a.id
left join lateral (
  select d.article ->> 'headline' as headline, d.article -> 'origin' ->> 'url' as url
  from desk.article_document l join desk.document_reading d using (document_id)
  where l.article_id = a.id order by l.number desc limit 1) n on true
join desk.translation t on t.article_id = a.id and t.is_original
left join desk.text_sketch k on k.article_id = a.id
order by f.place, a.id`;

function matchOf({ reading: { article }, sketch }: ReadDocument, rows: readonly CandidateRow[]): Match {
  const url = addressOf(article.origin.url);
  const similarity = (row: CandidateRow): number | null =>
    sketch === null || row.hashes === null ? null : similarityOf(sketch.hashes, row.hashes);
  // Pages of a series may share an address or a headline: then their texts have nothing in common.
  const isPlausible = (row: CandidateRow): boolean => {
    const alike = similarity(row);
    return alike === null ? row.publishedOn === article.publishedOn : alike >= RELATED;
  };
  const question = (asked: readonly CandidateRow[]): Match => ({
    type: 'QUESTION',
    candidates: asked
      .map((row) => ({
        articleId: row.articleId,
        slug: row.slug,
        headline: row.headline,
        publishedOn: row.publishedOn,
        similarity: similarity(row),
      }))
      .sort((a, b) => (b.similarity ?? 0) - (a.similarity ?? 0)),
  });
  const settle = (found: readonly CandidateRow[]): Match | null => {
    const [only] = found;
    if (only === undefined) return null;
    return found.length === 1 && isPlausible(only) ? { type: 'SAME', articleId: only.articleId } : question(found);
  };

  const isFrom = (row: CandidateRow): boolean => row.url === url || row.readUrl === url;
  const byUrl = url === null ? [] : rows.filter((row) => row.url === url && row.language === article.language);
  // A person has corrected the address that stood in the document: it may be another article's by right.
  const byReadUrl =
    url === null ? [] : rows.filter((row) => isFrom(row) && row.language === article.language && isPlausible(row));
  const slug = toSlug(article.headline);
  const isNamedAlike = ({ headline, readHeadline }: CandidateRow): boolean =>
    [headline, readHeadline].some((one) => one !== null && foldLabel(one) === foldLabel(article.headline));
  const bySlug = rows.filter(
    (row) => row.slugs.some((one) => one === slug || one.startsWith(`${slug}-`)) && isNamedAlike(row),
  );
  const contradicting = bySlug.filter((row) => url !== null && addressOf(row.url) !== null && !isFrom(row));
  const alike = rows.filter((row) => (similarity(row) ?? 0) >= ALIKE);
  return (
    settle(byUrl.some(isPlausible) || byReadUrl.length === 0 ? byUrl : byReadUrl) ??
    (contradicting.length > 0 ? question(bySlug) : settle(bySlug)) ??
    (alike.length > 0 ? question(alike) : { type: 'NEW' })
  );
}

/** An address that names one article: a site's front page names none. */
function addressOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? null : url;
}
