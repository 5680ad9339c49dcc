import { Injectable } from '@nestjs/common';
import type { Asker } from '../common/asker.js';
import type { LanguagePreference } from '../common/language-tag.js';
import { SHARE } from '../database/asked-statement.js';
import { ReadPool, type ReadQuery } from '../database/read-pool.js';
import { addLanguages, Conditions } from './article-conditions.js';
import type { Fallback } from './article.inputs.js';
import { articleListQuery, type ListRequest } from './article-list.js';
import type { SortedRow } from './article-orders.js';
import { fetchArticles, questionFor } from './fetch-articles.js';
import { areCards, articleColumns, type PublishedArticle, type Wanted } from './article-row.js';

/** An article of a list, with what the list is sorted by. */
export type ListedArticle = PublishedArticle & SortedRow;

/** More articles at once are not sent together with what others ask. */
const BRIEF_IDS_MAX = 25;

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
    const question = questionFor(wanted, () => {
      const conditions = new Conditions();
      conditions.add(`c.article_id = (select article_id from article_slug where slug = ${conditions.value(slug)})`);
      addLanguages(conditions, preference, fallback);
      return { ...articlesQuery(conditions, wanted, preference), share: SHARE.brief };
    });
    const [article] = await fetchArticles<PublishedArticle>(this.pool, question, wanted, asker);
    return article ?? null;
  }

  /** The articles with these ids, in no particular order; those that are not published are left out. */
  async listArticlesByIds(
    ids: readonly string[],
    wanted: Wanted,
    preference: LanguagePreference,
    asker?: Asker,
  ): Promise<PublishedArticle[]> {
    const question = questionFor(wanted, () => {
      const conditions = new Conditions();
      conditions.add(`c.article_id = any (${conditions.value(ids)})`);
      return {
        ...articlesQuery(conditions, wanted, preference),
        share: ids.length <= BRIEF_IDS_MAX && areCards(wanted) ? SHARE.brief : SHARE.whole,
      };
    });
    return fetchArticles(this.pool, question, wanted, asker);
  }

  /** A page of articles with one more row than asked for, in list order, and how many there are where it is asked. */
  async listArticles(request: Omit<ListRequest, 'sortedMax'>, asker?: Asker): Promise<ListedArticles> {
    const { wanted } = request;
    const question = questionFor(wanted, () => articleListQuery({ ...request, sortedMax: this.sortedMax }));
    const rows = await fetchArticles<ListedRow>(this.pool, question, wanted, asker);
    const articles = rows.filter((row): row is ListedRow & ListedArticle => row.place !== null);
    return {
      articles: request.page.fromEnd ? articles.reverse() : articles,
      totalCount: rows[0]?.totalCount ?? null,
    };
  }
}

/** Asks for the articles that conditions hold for. */
export function articlesQuery(conditions: Conditions, wanted: Wanted, preference: LanguagePreference): ReadQuery {
  const columns = articleColumns(conditions, wanted, preference);
  return { text: `select ${columns} from current_article c where ${conditions.toSql()}`, values: conditions.values };
}

/** A count comes with a row even where the page is empty. */
type ListedRow = (ListedArticle | { readonly place: null }) & { readonly totalCount?: number };
