import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../common/connection.js';
import type { LanguageTag } from '../common/language-tag.js';
import { ReadPool } from '../database/read-pool.js';
import { addFilter, addKeyset, addLanguages, Conditions } from './article-conditions.js';
import type { ArticleFilter, ArticleOrder, Fallback } from './article.inputs.js';
import type { PublishedArticle } from './article.type.js';
import { type BodyFormat, FORMAT_KEYS } from './text.type.js';

/** What of an article is fetched beside its content. */
export interface Wanted {
  /** Formats of the texts' bodies; none: no bodies. */
  readonly bodies: readonly BodyFormat[];
  readonly evidence: boolean;
}

/** A row of a list of articles; `publishedOn` is the day that it is sorted by. */
export interface ListedArticle extends PublishedArticle {
  readonly publishedOn: string;
}

/** Which articles a list has. */
export interface ArticleSelection {
  readonly filter: ArticleFilter | null | undefined;
  readonly asked: readonly LanguageTag[];
  readonly fallback: Fallback;
}

/** Each format was written when the edition was issued: nothing is parsed for a reader. */
const BODY_COLUMNS: Readonly<Record<BodyFormat, string>> = { MARKDOWN: 't.body', HTML: 't.html', PLAIN: 't.plain' };

function bodyColumn(format: BodyFormat): string {
  return `'${FORMAT_KEYS[format]}', ${BODY_COLUMNS[format]}`;
}

/** The columns of a published article, from `c`, a row of current_article. */
export function articleColumns({ bodies, evidence }: Wanted): string {
  return [
    'c.article_id as "articleId"',
    'c.number',
    'c.issued_at as "issuedAt"',
    'c.content',
    bodies.length > 0
      ? `(select json_object_agg(t.language, json_build_object(${bodies.map(bodyColumn).join(', ')})) ` +
        'from edition_text t where t.edition_id = c.edition_id) as bodies'
      : 'null as bodies',
    evidence ? '(select e.evidence from edition e where e.id = c.edition_id) as evidence' : 'null as evidence',
  ].join(', ');
}

function statementName(name: string, { bodies, evidence }: Wanted): string {
  return [name, ...bodies, ...(evidence ? ['evidence'] : [])].join('+');
}

/** Reads of what is published. They see nothing else. */
@Injectable()
export class EditionsQueries {
  constructor(private readonly pool: ReadPool) {}

  /** The article that the slug leads to, now or formerly; null where none does. */
  async findArticleBySlug(
    slug: string,
    wanted: Wanted,
    asked: readonly LanguageTag[],
    fallback: Fallback,
  ): Promise<PublishedArticle | null> {
    const conditions = new Conditions();
    conditions.add(`c.article_id = (select article_id from article_slug where slug = ${conditions.value(slug)})`);
    addLanguages(conditions, asked, fallback);
    const [article] = await this.pool.query<PublishedArticle>({
      ...(fallback === 'ORIGINAL' ? { name: statementName('article by slug', wanted) } : {}),
      text: `select ${articleColumns(wanted)} from current_article c where ${conditions.toSql()}`,
      values: conditions.values,
    });
    return article ?? null;
  }

  /** The articles with these ids, in no particular order; those that are not published are left out. */
  async listArticlesByIds(ids: readonly string[], wanted: Wanted): Promise<PublishedArticle[]> {
    return this.pool.query<PublishedArticle>({
      name: statementName('articles by id', wanted),
      text: `select ${articleColumns(wanted)} from current_article c where c.article_id = any ($1)`,
      values: [ids],
    });
  }

  /** A page of articles with one more row than asked for, in list order. */
  async listArticles(
    { filter, asked, fallback }: ArticleSelection,
    orderBy: ArticleOrder,
    page: PageRequest,
    wanted: Wanted,
  ): Promise<ListedArticle[]> {
    const conditions = new Conditions();
    addFilter(conditions, filter);
    addLanguages(conditions, asked, fallback);
    const listDirection = orderBy === 'PUBLISHED_ON_DESC' ? 'desc' : 'asc';
    addKeyset(conditions, ['c.published_on', 'c.article_id'], listDirection, page.after, page.before);
    const direction = page.fromEnd ? (listDirection === 'desc' ? 'asc' : 'desc') : listDirection;
    const rows = await this.pool.query<ListedArticle>({
      text:
        `select ${articleColumns(wanted)}, c.published_on::text as "publishedOn" from current_article c ` +
        `where ${conditions.toSql()} order by c.published_on ${direction}, c.article_id ${direction} ` +
        `limit ${conditions.value(page.size + 1)}`,
      values: conditions.values,
    });
    return page.fromEnd ? rows.reverse() : rows;
  }

  /** How many articles the selection has in all. */
  async countArticles({ filter, asked, fallback }: ArticleSelection): Promise<number> {
    const conditions = new Conditions();
    addFilter(conditions, filter);
    addLanguages(conditions, asked, fallback);
    const [row] = await this.pool.query<{ count: number }>({
      text: `select count(*)::integer as count from current_article c where ${conditions.toSql()}`,
      values: conditions.values,
    });
    return row?.count ?? 0;
  }
}
