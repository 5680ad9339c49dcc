import type { DataSource } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import type { ArticleKind } from '../common/vocabulary.js';
import type { EditionContent } from '../editions/edition-content.js';
import type { TombstoneFacts } from '../editions/tombstone.type.js';
import type { PublisherFacts } from '../publishers/publisher.type.js';

/** An article as it stands at the desk, without its texts and the lists of its parts. Moments are as Postgres writes them. */
export interface ArticleFacts {
  readonly id: string;
  readonly version: number;
  readonly kind: ArticleKind;
  readonly publishedOn: PartialDate;
  readonly originalLanguage: LanguageTag;
  readonly pageLanguage: LanguageTag;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly publisher: PublisherFacts;
  readonly origin: EditionContent['origin'];
  /** What readers get; null where they get nothing. */
  readonly edition: {
    readonly number: number;
    readonly issuedAt: string;
    readonly languages: readonly LanguageTag[];
  } | null;
  /** The newest edition's number, whether readers get it or not; null where none was issued. */
  readonly lastEdition: number | null;
  /** What readers are told of an article that was withdrawn; null where it was not. */
  readonly tombstone: TombstoneFacts | null;
}

/** The facts of an article `a` as one JSON value. */
export const ARTICLE_AS_JSON = `json_build_object('id', a.id, 'version', a.version, 'kind', a.kind,
  'publishedOn', a.published_on, 'originalLanguage', a.original_language, 'pageLanguage', a.page_language,
  'createdAt', a.created_at, 'updatedAt', a.updated_at,
  'publisher', (select json_build_object('id', p.id, 'slug', p.slug, 'name', p.name, 'legalName', p.legal_name,
    'url', p.url, 'language', p.language) from desk.publisher p where p.id = a.publisher_id),
  'origin', (select json_build_object('relation', o.relation, 'source', (select json_build_object('id', s.id,
    'slug', s.slug, 'name', s.name, 'url', s.url) from desk.source s where s.id = o.source_id), 'url', o.url,
    'title', o.title, 'language', o.language, 'publishedOn', o.published_on)
    from desk.origin o where o.article_id = a.id),
  'edition', (select json_build_object('number', c.number, 'issuedAt', c.issued_at, 'languages', c.languages)
    from edition.current_article c where c.article_id = a.id),
  'lastEdition', (select max(e.number) from edition.edition e where e.article_id = a.id),
  'tombstone', (select json_build_object('articleId', t.article_id, 'reason', t.reason, 'language', t.language,
    'withdrawnAt', t.withdrawn_at) from edition.tombstone t where t.article_id = a.id))`;

/** Articles by their ids, by one statement; those that there are not are left out. */
export async function listArticleFacts(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, ArticleFacts>> {
  const rows = await dataSource.query<{ article: ArticleFacts }[]>(
    `select ${ARTICLE_AS_JSON} as article from desk.article a where a.id = any ($1)`,
    [articleIds],
  );
  return new Map(rows.map(({ article }) => [article.id, article]));
}
