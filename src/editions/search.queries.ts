import { Injectable } from '@nestjs/common';
import type { Asker } from '../common/asker.js';
import { ReadPool } from '../database/read-pool.js';
import { fetchArticles, questionFor } from './fetch-articles.js';
import { type PublishedArticle } from './article-row.js';
import type { FetchedFacets } from './search-facets.js';
import { type FetchedMatch, readMatches } from './search-matches.js';
import { likelyWordsQuery, type LikelyWord, spelledWith, wordsToSpell } from './search-spelling.js';
import { type SearchPage, searchQuery, type SearchRequest } from './search-statement.js';

/** An article that a search found, with what it is sorted by: the score, then the place. */
export interface FoundArticle extends PublishedArticle {
  readonly score: number;
  readonly place: string;
  readonly matches: readonly FetchedMatch[];
}

/** What a search came to; what was not asked for is null. */
export interface Found {
  readonly articles: readonly FoundArticle[];
  readonly totalCount: number | null;
  /** Whether the words are so frequent that not all that has them was searched. */
  readonly isCapped: boolean | null;
  readonly facets: FetchedFacets | null;
  /** What was searched for instead, since some words are in no text. */
  readonly correctedText: string | null;
}

/** Searches what is published. */
@Injectable()
export class SearchQueries {
  constructor(private readonly pool: ReadPool) {}

  /**
   * A page of what is found, the best first, with one row more than asked for. Where nothing is found, names that are
   * written a little otherwise are searched for instead: two statements more, that nobody else pays for.
   */
  async search(request: SearchRequest, page: SearchPage, asker?: Asker): Promise<Found> {
    const found = await this.#searchFor(request, page, null, asker);
    if (found.articles.length > 0) return found;
    const correctedText = await this.#spell(request.text, asker);
    if (correctedText === null) return found;
    const corrected = await this.#searchFor({ ...request, text: correctedText }, page, correctedText, asker);
    return corrected.articles.length > 0 ? corrected : found;
  }

  async #searchFor(
    request: SearchRequest,
    page: SearchPage,
    correctedText: string | null,
    asker?: Asker,
  ): Promise<Found> {
    const { wanted } = page;
    // What is corrected is another question of the same request.
    const asked = correctedText === null ? wanted : { ...wanted, variables: {} };
    const question = questionFor(asked, () => searchQuery(request, page));
    const rows = await fetchArticles<FetchedRow>(this.pool, question, wanted, asker);
    const [first] = rows;
    const found = rows.filter((row): row is FetchedRow & FetchedArticle => row.place !== null);
    return {
      articles: found.map((row) => ({
        ...row,
        matches: readMatches(row.matches),
      })),
      totalCount: first?.totalCount ?? null,
      isCapped: first?.isCapped ?? null,
      facets: first?.facets ?? null,
      correctedText,
    };
  }

  async #spell(text: string, asker?: Asker): Promise<string | null> {
    const words = wordsToSpell(text);
    if (words.length === 0) return null;
    return spelledWith(text, await this.pool.query<LikelyWord>(likelyWordsQuery(words), asker));
  }
}

type FetchedArticle = Omit<FoundArticle, 'matches'> & { readonly matches: readonly FetchedMatch[] | null };

/** Counts come with a row even where the page is empty. */
type FetchedRow = (FetchedArticle | { readonly place: null }) & {
  readonly totalCount?: number;
  readonly isCapped?: boolean;
  readonly facets?: FetchedFacets | null;
};
