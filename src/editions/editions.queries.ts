import { Injectable } from '@nestjs/common';
import type { Asker } from '../common/asker.js';
import type { LanguagePreference } from '../common/language-tag.js';
import { ReadPool } from '../database/read-pool.js';
import { addLanguages, Conditions } from './article-conditions.js';
import type { Fallback } from './article.inputs.js';
import { articleListQuery, type ListRequest } from './article-list.js';
import type { SortedRow } from './article-orders.js';
import { articleColumns, type PublishedArticle, type Wanted, readArticles } from './article-row.js';

/** An article of a list, with what the list is sorted by. */
export type ListedArticle = PublishedArticle & SortedRow;

/** A page of a list; the count of the whole is null where it was not asked for. */
export interface ListedArticles {
  readonly articles: readonly ListedArticle[];
  readonly totalCount: number | null;
}

/** Reads of what is published. They see nothing else. */
@Injectable()
export class EditionsQueries {
  /** How many articles are sorted for a page of a filtered list at most. */
  sortedMax = 5000;

  constructor(private readonly pool: ReadPool) {}

  /** The article that the slug leads to, now or formerly; null where none does. */
  async findArticleBySlug(
    slug: string,
    wanted: Wanted,
    preference: LanguagePreference,
    fallback: Fallback,
    asker?: Asker,
  ): Promise<PublishedArticle | null> {
    const conditions = new Conditions();
    conditions.add(`c.article_id = (select article_id from article_slug where slug = ${conditions.value(slug)})`);
    addLanguages(conditions, preference, fallback);
    const text = `select ${articleColumns(conditions, wanted, preference)} from current_article c where ${conditions.toSql()}`;
    const rows = await this.pool.query({ text, values: conditions.values }, asker);
    return readArticles(rows, wanted)[0] ?? null;
  }

  /** The articles with these ids, in no particular order; those that are not published are left out. */
  async listArticlesByIds(
    ids: readonly string[],
    wanted: Wanted,
    preference: LanguagePreference,
    asker?: Asker,
  ): Promise<PublishedArticle[]> {
    const conditions = new Conditions();
    conditions.add(`c.article_id = any (${conditions.value(ids)})`);
    const text = `select ${articleColumns(conditions, wanted, preference)} from current_article c where ${conditions.toSql()}`;
    const rows = await this.pool.query({ text, values: conditions.values }, asker);
    return readArticles(rows, wanted);
  }

  /** A page of articles with one more row than asked for, in list order, and how many there are where it is asked. */
  async listArticles(request: Omit<ListRequest, 'sortedMax'>, asker?: Asker): Promise<ListedArticles> {
    const rows = await this.pool.query<ListedRow>(articleListQuery({ ...request, sortedMax: this.sortedMax }), asker);
    const found = rows.filter((row) => row.place !== null);
    const articles = readArticles<ListedArticle>(found, request.wanted);
    return {
      articles: request.page.fromEnd ? articles.reverse() : articles,
      totalCount: rows[0]?.totalCount ?? null,
    };
  }
}

/** A count comes with a row even where the page is empty. */
type ListedRow = (ListedArticle | { readonly place: null }) & { readonly totalCount?: number };
