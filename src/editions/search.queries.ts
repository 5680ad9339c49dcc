import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Asker } from '../common/asker.js';
import { ReadPool } from '../database/read-pool.js';
import { fetchArticles, questionFor } from './fetch-articles.js';
import { type PublishedArticle } from './article-row.js';
import type { FetchedFacets } from './search-facets.js';
import { type FetchedMatch, readMatches } from './search-matches.js';
import { likelyWordsQuery, type LikelyWord, spelledWith, wordsToSpell } from './search-spelling.js';
import {
  SEARCH_BOUNDS,
  type SearchBounds,
  type SearchPage,
  searchQuery,
  type SearchRequest,
} from './search-statement.js';
import { soughtText } from './searched-words.js';

/** Searches that are remembered for how frequent their words are, and the characters of all of them. */
const FREQUENT = { max: 5_000, maxSize: 500_000, sizeCalculation: (_: true, words: string) => words.length + 1 };

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
  readonly #frequent = new LRUCache<string, true>(FREQUENT);

  constructor(private readonly pool: ReadPool) {}

  /**
   * A page of what is found, the best first, with one row more than asked for. Where nothing is found, names that are
   * written a little otherwise are searched for instead: two statements more, that nobody else pays for. Words that turn
   * out to be frequent take a second statement the first time.
   */
  async search(request: SearchRequest, page: SearchPage, asker?: Asker, bounds = SEARCH_BOUNDS): Promise<Found> {
    const found = await this.#searchFor(request, page, asker, bounds);
    if (found.articles.length > 0) return found;
    const text = await this.#spell(request.text, asker);
    if (text === null) return found;
    // What is corrected is another question of the same request.
    const asked = { ...page, wanted: { ...page.wanted, variables: {} } };
    const corrected = await this.#searchFor({ ...request, text }, asked, asker, bounds);
    return corrected.articles.length > 0 ? { ...corrected, correctedText: text } : found;
  }

  async #searchFor(
    request: SearchRequest,
    page: SearchPage,
    asker: Asker | undefined,
    bounds: SearchBounds,
  ): Promise<Found> {
    const { wanted } = page;
    const words = soughtText(request.text);
    const question = questionFor(wanted, () =>
      searchQuery(request, page, { isFrequent: this.#frequent.has(words), bounds }),
    );
    const rows = await fetchArticles<FetchedRow>(this.pool, question, wanted, asker);
    const [first] = rows;
    if (first?.isCut === true) {
      this.#frequent.set(words, true);
      wanted.shelf?.questions.delete(wanted.variables);
      return this.#searchFor(request, page, asker, bounds);
    }
    const found = rows.filter((row): row is FetchedRow & FetchedArticle => row.place !== null);
    return {
      articles: found.map((row) => ({
        ...row,
        matches: readMatches(row.matches),
      })),
      totalCount: first?.totalCount ?? null,
      isCapped: first?.isCapped ?? null,
      facets: first?.facets ?? null,
      correctedText: null,
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
  readonly isCut: boolean | null;
  readonly totalCount?: number;
  readonly isCapped?: boolean;
  readonly facets?: FetchedFacets | null;
};
