import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../common/connection.js';
import type { LanguagePreference } from '../common/language-tag.js';
import { ReadPool } from '../database/read-pool.js';
import { addFilter, addKeyset, addLanguages, Conditions } from './article-conditions.js';
import type { ArticleFilter, ArticleOrder, Fallback } from './article.inputs.js';
import { articleColumns, type PublishedArticle, type Wanted } from './article-row.js';

/** A row of a list of articles; `publishedOn` is the day that it is sorted by. */
export interface ListedArticle extends PublishedArticle {
  readonly publishedOn: string;
}

/** Which articles a list has. */
export interface ArticleSelection {
  readonly filter: ArticleFilter | null | undefined;
  readonly preference: LanguagePreference;
  readonly fallback: Fallback;
}

/** Reads of what is published. They see nothing else. */
@Injectable()
export class EditionsQueries {
  constructor(private readonly pool: ReadPool) {}

  /** The article that the slug leads to, now or formerly; null where none does. */
  async findArticleBySlug(
    slug: string,
    wanted: Wanted,
    preference: LanguagePreference,
    fallback: Fallback,
  ): Promise<PublishedArticle | null> {
    const conditions = new Conditions();
    conditions.add(`c.article_id = (select article_id from article_slug where slug = ${conditions.value(slug)})`);
    addLanguages(conditions, preference, fallback);
    const [article] = await this.pool.query<PublishedArticle>({
      text: `select ${articleColumns(conditions, wanted, preference)} from current_article c where ${conditions.toSql()}`,
      values: conditions.values,
    });
    return article ?? null;
  }

  /** The articles with these ids, in no particular order; those that are not published are left out. */
  async listArticlesByIds(
    ids: readonly string[],
    wanted: Wanted,
    preference: LanguagePreference,
  ): Promise<PublishedArticle[]> {
    const conditions = new Conditions();
    conditions.add(`c.article_id = any (${conditions.value(ids)})`);
    return this.pool.query<PublishedArticle>({
      text: `select ${articleColumns(conditions, wanted, preference)} from current_article c where ${conditions.toSql()}`,
      values: conditions.values,
    });
  }

  /** A page of articles with one more row than asked for, in list order. */
  async listArticles(
    { filter, preference, fallback }: ArticleSelection,
    orderBy: ArticleOrder,
    page: PageRequest,
    wanted: Wanted,
  ): Promise<ListedArticle[]> {
    const conditions = new Conditions();
    addFilter(conditions, filter);
    addLanguages(conditions, preference, fallback);
    const listDirection = orderBy === 'PUBLISHED_ON_DESC' ? 'desc' : 'asc';
    addKeyset(conditions, ['c.published_on', 'c.article_id'], listDirection, page.after, page.before);
    const direction = page.fromEnd ? (listDirection === 'desc' ? 'asc' : 'desc') : listDirection;
    const rows = await this.pool.query<ListedArticle>({
      text:
        `select ${articleColumns(conditions, wanted, preference)}, c.published_on::text as "publishedOn" from current_article c ` +
        `where ${conditions.toSql()} order by c.published_on ${direction}, c.article_id ${direction} ` +
        `limit ${conditions.value(page.size + 1)}`,
      values: conditions.values,
    });
    return page.fromEnd ? rows.reverse() : rows;
  }

  /** How many articles the selection has in all. */
  async countArticles({ filter, preference, fallback }: ArticleSelection): Promise<number> {
    const conditions = new Conditions();
    addFilter(conditions, filter);
    addLanguages(conditions, preference, fallback);
    const [row] = await this.pool.query<{ count: number }>({
      text: `select count(*)::integer as count from current_article c where ${conditions.toSql()}`,
      values: conditions.values,
    });
    return row?.count ?? 0;
  }
}
