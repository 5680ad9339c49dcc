import type { CursorKey } from '../common/cursor.js';
import type { LanguagePreference } from '../common/language-tag.js';
import type { ReadQuery } from '../database/read-pool.js';
import { conditionSql, Conditions, servedLanguage } from './article-conditions.js';
import type { ArticleFilter, Fallback } from './article.inputs.js';
import { articleColumns, type Wanted } from './article-row.js';
import { type Condition, filterConditions } from './filter-conditions.js';
import { branchesOf, placesSql } from './list-branches.js';
import { configurationOf, SEARCH_CONFIGURATIONS, type SearchConfiguration } from './search-configurations.js';
import { FACET_COLUMNS, FACETS_SQL } from './search-facets.js';
import { MATCHES_SQL } from './search-matches.js';
import { soughtText } from './searched-words.js';

/** What is searched for, and where. */
export interface SearchRequest {
  readonly text: string;
  readonly filter: ArticleFilter | null | undefined;
  /** The languages that the reader wants; none: every text is searched. */
  readonly preference: LanguagePreference;
  /** Whether a text in another language is searched where none of them is published. */
  readonly fallback: Fallback;
}

/** What of a search is asked for. */
export interface SearchPage {
  readonly size: number;
  readonly after: CursorKey | null;
  readonly wanted: Wanted;
  readonly hasMatches: boolean;
  readonly hasFacets: boolean;
  readonly isCounted: boolean;
  /** The languages in which articles are shown. */
  readonly shown: LanguagePreference;
}

/** Words that are found in more texts than this are looked for in the newest so many articles alone. */
export const SEARCHED_MAX = 10_000;

/** What a text that has the words in its head comes before: ranks, in thousandths, are below it. */
const HEAD_SCORE = 1000;

/**
 * The statement of one page of what is found, with one row more than asked for, and of what is counted. Its text depends
 * on the shape of what is asked, never on values. With a count or facets, there is one row at least.
 */
export function searchQuery(request: SearchRequest, page: SearchPage, searchedMax = SEARCHED_MAX): ReadQuery {
  return new SearchStatement(request, page, searchedMax).toQuery();
}

/**
 * Heads are headline, dek, names, and the words that the text repeats. They are small and have an index of their own:
 * where they fill the page, bodies are not looked at, however many have the words. What is not needed for a page is
 * part of its statement, but is not run.
 */
class SearchStatement {
  readonly #conditions = new Conditions();
  readonly #isSearched: string;
  readonly #demanded: Condition;
  readonly #configurations: readonly SearchConfiguration[];
  readonly #words: string;
  readonly #limit: string;
  readonly #isWhole: boolean;

  constructor(
    private readonly request: SearchRequest,
    private readonly page: SearchPage,
    private readonly searchedMax: number,
  ) {
    this.#words = this.#conditions.value(soughtText(request.text));
    this.#isSearched = isSearchedSql(this.#conditions, request, 'c');
    this.#demanded = filterConditions(this.#conditions, request.filter);
    this.#configurations = configurationsOf(request);
    this.#limit = this.#conditions.value(page.size + 1);
    this.#isWhole = page.isCounted || page.hasFacets;
  }

  toQuery(): ReadQuery {
    const { wanted, shown, hasMatches, hasFacets } = this.page;
    const columns = [
      articleColumns(this.#conditions, wanted, shown),
      'page.score, page.place',
      `${hasMatches ? `(${MATCHES_SQL(isSearchedSql(this.#conditions, this.request, 's'))})` : 'null'} as matches`,
    ].join(', ');
    const order = 'order by page.score desc, page.place desc';
    const text = this.#isWhole
      ? `with ${this.#askedSql()}, ${this.#wholeSql()} select ${columns}, ${wholeColumns(hasFacets)} ` +
        `from (values (1)) one left join ((select *, row_number() over (${order}) as rank from page) page ` +
        `join current_article c on c.place = page.place) on true ${order}`
      : `with ${this.#askedSql()}, ${this.#quickSql()} select ${columns} ` +
        `from page join current_article c on c.place = page.place ${order}`;
    return { text, values: this.#conditions.values };
  }

  /** The words as each configuration reads them; ranked by whichever of them are there. */
  #askedSql(): string {
    const values = this.#configurations.map(
      (name) => `('public.${name}'::regconfig, websearch_to_tsquery('public.${name}', ${this.#words}))`,
    );
    return (
      "asked as materialized (select configuration, query, query || $$'.'$$::tsquery as any_word " +
      `from (values ${values.join(', ')}) as a (configuration, query))`
    );
  }

  /** A page alone: from the heads, where they fill it. */
  #quickSql(): string {
    return [
      `best as materialized (${this.#hitsSql('head', 'true')})`,
      this.#isMoreSql('best'),
      `lead as materialized (${this.#pageSql(this.#foundSql('best'))})`,
      `full_lead as materialized (select count(*) = ${this.#limit} and not ${isMore('best')} as yes from lead)`,
      `every as materialized (${this.#hitsSql('document', `not (${IS_FULL} or ${isMore('best')})`)})`,
      this.#isMoreSql('every'),
      this.#candidatesSql(`${isMore('best')} or ${isMore('every')}`),
      `page as (select * from lead where ${IS_FULL} union all (${this.#pageSql(this.#foundSql('candidates'))}))`,
    ].join(', ');
  }

  /** Everything that is found, for the page and to be counted. */
  #wholeSql(): string {
    return [
      `every as materialized (${this.#hitsSql('document', 'true')})`,
      this.#isMoreSql('every'),
      `best as materialized (${this.#hitsSql('head', isMore('every'))})`,
      this.#isMoreSql('best'),
      this.#candidatesSql(isMore('every')),
      `found as materialized (${this.#foundSql('candidates')})`,
      `page as materialized (${this.#pageSql('select * from found')})`,
    ].join(', ');
  }

  /** What is ranked: all that is found, or, of very frequent words, the best and the newest. */
  #candidatesSql(isFrequent: string): string {
    const all = `select * from every where not ${isMore('every')}`;
    const best = `select * from best where ${isMore('every')} and not ${isMore('best')}`;
    return `candidates as materialized (${all} union all ${best} union all (${this.#newestSql(isFrequent)}))`;
  }

  /** Texts that have the words in a vector of theirs, up to one more than is searched. */
  #hitsSql(vector: 'head' | 'document', isRun: string): string {
    const score = vector === 'head' ? `${HEAD_SCORE} + ${RANK_SQL}` : SCORE_SQL;
    const isFiltered = !(this.#demanded.is === 'all' && this.#demanded.of.length === 0);
    const filter = isFiltered ? ` and ${conditionSql(this.#demanded)}` : '';
    const hits = this.#configurations.map(
      (name) =>
        `select ${this.#hitColumns()}, ${score} as score from asked a, article_search c ` +
        `where a.configuration = 'public.${name}'::regconfig and c.configuration = 'public.${name}'::regconfig ` +
        `and c.${vector} @@ a.query and ${this.#isSearched}${filter}`,
    );
    return `select * from (${hits.join(' union all ')}) h where ${isRun} limit ${this.searchedMax + 1}`;
  }

  /** The words in the newest of the articles that the filter demands; in their heads, where that is enough. */
  #newestSql(isRun: string): string {
    const newest = placesSql(branchesOf(this.#demanded), {
      bounds: () => [],
      direction: 'desc',
      limit: this.searchedMax,
    });
    return (
      // Planned for one article at a time: few are looked at, whatever the planner makes of it.
      `select ${this.#hitColumns()}, ${SCORE_SQL} as score from (${newest}) n ` +
      'cross join lateral (select * from article_search t where t.place = n.place offset 0) c ' +
      'join asked a on a.configuration = c.configuration ' +
      `where (c.head @@ a.query or not ${isMore('best')} and c.document @@ a.query) ` +
      `and ${this.#isSearched} and (${isRun})`
    );
  }

  #hitColumns(): string {
    return ['place', ...(this.page.hasFacets ? FACET_COLUMNS : [])].map((column) => `c.${column}`).join(', ');
  }

  /** Each article once, by its best text. */
  #foundSql(hits: string): string {
    return this.page.hasFacets
      ? `select distinct on (h.place) h.* from ${hits} h order by h.place, h.score desc`
      : `select h.place, max(h.score) as score from ${hits} h group by h.place`;
  }

  #pageSql(found: string): string {
    const { after } = this.page;
    const [score, place] = (after ?? []).map((value) => this.#conditions.value(value));
    const keyset = after === null ? '' : `where (f.score, f.place) < (${score}::integer, ${place}::uuid) `;
    return `select f.place, f.score from (${found}) f ${keyset}order by f.score desc, f.place desc limit ${this.#limit}`;
  }

  /** Whether there are more hits than are searched, to be looked up by `isMore`. */
  #isMoreSql(hits: string): string {
    return `more_${hits} as materialized (select count(*) > ${this.searchedMax} as yes from ${hits})`;
  }
}

const IS_FULL = '(select yes from full_lead)';

function isMore(hits: 'best' | 'every'): string {
  return `(select yes from more_${hits})`;
}

/** What is told of everything found, in the first row alone. */
function wholeColumns(hasFacets: boolean): string {
  return (
    `(select count(*)::integer from found) as "totalCount", ${isMore('every')} as "isCapped", ` +
    `${hasFacets ? `case when coalesce(page.rank, 1) = 1 then (${FACETS_SQL}) end` : 'null'} as facets`
  );
}

/** How well a head fits, in thousandths; whatever else the query demands, each word that is there counts. */
const RANK_SQL = `(ts_rank(c.head, a.any_word) * ${HEAD_SCORE})::integer`;
const SCORE_SQL = `case when c.head @@ a.query then ${HEAD_SCORE} else 0 end + ${RANK_SQL}`;

/** Which rows of article_search are searched: those of all texts, or of the one that each reader would be served. */
function isSearchedSql(conditions: Conditions, { preference, fallback }: SearchRequest, row: string): string {
  if (preference.asked.length === 0) return 'true';
  const served = servedLanguage(conditions, preference, row);
  return `${row}.language = ${fallback === 'NONE' ? served : `coalesce(${served}, ${row}.languages[1])`}`;
}

function configurationsOf({ preference, fallback }: SearchRequest): readonly SearchConfiguration[] {
  if (fallback === 'ORIGINAL' || preference.order.length === 0) return SEARCH_CONFIGURATIONS;
  const wanted = new Set(preference.order.map(configurationOf));
  return SEARCH_CONFIGURATIONS.filter((configuration) => wanted.has(configuration));
}
