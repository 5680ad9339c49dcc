import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LanguagePreference } from '../common/language-tag.js';
import { ReadPool } from '../database/read-pool.js';
import { addFilter, addLanguages, Conditions } from './article-conditions.js';
import type { ArticleFilter, Fallback } from './article.inputs.js';
import { articlesQuery } from './editions.queries.js';
import { fetchArticles, questionFor } from './fetch-articles.js';
import { type PublishedArticle, type Wanted } from './article-row.js';

/** An article was published or withdrawn: what happened, and where it stands in the order of what happens. */
export interface EditionEvent {
  readonly position: number;
  readonly articleId: string;
  /** As Postgres writes it. */
  readonly at: string;
}

/** The positions of the oldest and of the newest event that is kept; null where there is none. */
export interface EventBounds {
  readonly oldest: number | null;
  readonly newest: number | null;
}

/** Which articles a follower is told of, and how much of each. */
export interface Followed {
  readonly filter: ArticleFilter | null;
  readonly preference: LanguagePreference;
  readonly fallback: Fallback;
  readonly wanted: Wanted;
}

/** Reads of what happened to editions. */
@Injectable()
export class EditionEventsQueries {
  constructor(
    private readonly pool: ReadPool,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  async bounds(): Promise<EventBounds> {
    const [row] = await this.pool.query<EventBounds>({
      text: 'select min(position)::float8 as oldest, max(position)::float8 as newest from edition_event',
    });
    return row ?? { oldest: null, newest: null };
  }

  /** The next publications, or withdrawals, after a position. Of each article the last event alone counts. */
  async listAfter(position: number, isWithdrawal: boolean, limit: number): Promise<EditionEvent[]> {
    return this.pool.query<EditionEvent>({
      text: `select e.position::float8 as position, e.article_id as "articleId", e.at from edition_event e
        where e.is_withdrawal = $2 and e.position > $1 and not exists (
          select 1 from edition_event later where later.article_id = e.article_id and later.position > e.position)
        order by e.position limit $3`,
      values: [position, isWithdrawal, limit],
    });
  }

  /** Those of the articles that are published and are followed, by their ids. */
  async findFollowed(ids: readonly string[], followed: Followed): Promise<Map<string, PublishedArticle>> {
    const { filter, preference, fallback, wanted } = followed;
    const conditions = new Conditions();
    conditions.add(`c.article_id = any (${conditions.value(ids)})`);
    addFilter(conditions, filter);
    addLanguages(conditions, preference, fallback);
    const question = questionFor(wanted, () => articlesQuery(conditions, wanted, preference));
    const articles = await fetchArticles<PublishedArticle>(this.pool, question, wanted);
    return new Map(articles.map((article) => [article.articleId, article]));
  }

  /** Forgets what is older than so many days. The newest event stays: who has read up to it has missed nothing. */
  async prune(days: number): Promise<void> {
    if (!this.dataSource.isInitialized) return;
    await this.dataSource.query(
      `delete from edition.edition_event where at < now() - make_interval(days => $1)
       and position < (select max(position) from edition.edition_event)`,
      [days],
    );
  }
}
