import type { CursorKey } from '../common/cursor.js';
import { canonicalLanguageTag, type LanguagePreference } from '../common/language-tag.js';
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

/** Up to where hits are counted, and looked at in no order. */
export interface SearchBounds {
  /** Words that are found in more texts than this are counted in the newest so many articles alone. */
  readonly counted: number;
  /** Up to so many hits are sorted as they come; of more, the newest are looked for era by era. */
  readonly unordered: number;
}

const BOUNDS: SearchBounds = { counted: 10_000, unordered: 512 };

/** Where a text has the words, best first: each row of article_search has a vector for it, with the words of those before. */
const RANKS = [
  { score: 3, vector: 'headline', better: null },
  { score: 2, vector: 'head', better: 'headline' },
  { score: 1, vector: 'document', better: 'head' },
] as const;

type Rank = (typeof RANKS)[number];
type Vector = Rank['vector'];

/** The best score that there is. */
export const BEST_SCORE = RANKS[0].score;

/**
 * The statement of one page of what is found, with one row more than asked for, and of what is counted. Its text depends
 * on the shape of what is asked, never on values. With a count or facets, there is one row at least.
 */
export function searchQuery(request: SearchRequest, page: SearchPage, bounds = BOUNDS): ReadQuery {
  return new SearchStatement(request, page, bounds).toQuery();
}

/**
 * Headlines come first, then heads (dek, names, and the words that the text repeats), then texts; of each, the newest. Where
 * the better ones fill the page, the others are not looked at, however many have the words. What is not needed for a
 * page is part of its statement, but is not run.
 */
class SearchStatement {
  readonly #conditions = new Conditions();
  readonly #isSearched: string;
  readonly #demanded: Condition;
  readonly #configurations: readonly SearchConfiguration[];
  readonly #words: string;
  readonly #limit: string;
  readonly #after: { readonly score: number; readonly place: string } | null;

  constructor(
    private readonly request: SearchRequest,
    private readonly page: SearchPage,
    private readonly bounds: SearchBounds,
  ) {
    this.#words = this.#conditions.value(soughtText(request.text));
    this.#isSearched = isSearchedSql(this.#conditions, request, 'c');
    this.#demanded = filterConditions(this.#conditions, request.filter);
    this.#configurations = configurationsOf(request);
    this.#limit = this.#conditions.value(page.size + 1);
    const [score, place] = page.after ?? [];
    this.#after = score == null ? null : { score: Number(score), place: `${this.#conditions.value(place)}::uuid` };
  }

  toQuery(): ReadQuery {
    const { wanted, shown, hasMatches, hasFacets, isCounted } = this.page;
    const columns = [
      articleColumns(this.#conditions, wanted, shown),
      'page.score, page.place',
      `${hasMatches ? `(${MATCHES_SQL(isSearchedSql(this.#conditions, this.request, 's'))})` : 'null'} as matches`,
    ].join(', ');
    const order = 'order by page.score desc, page.place desc';
    const parts = `with ${this.#askedSql()}, ${this.#pageSql()}`;
    const text =
      isCounted || hasFacets
        ? `${parts}, ${this.#foundSql()} select ${columns}, ${wholeColumns(hasFacets)} ` +
          `from (values (1)) one left join ((select *, row_number() over (${order}) as rank from page) page ` +
          `join current_article c on c.place = page.place) on true ${order}`
        : `${parts} select ${columns} from page join current_article c on c.place = page.place ${order}`;
    return { text, values: this.#conditions.values };
  }

  /** The words as each configuration reads them. */
  #askedSql(): string {
    const values = this.#configurations.map(
      (name) => `('public.${name}'::regconfig, websearch_to_tsquery('public.${name}', ${this.#words}))`,
    );
    return (
      "asked as materialized (select configuration, query, query || $$'.'$$::tsquery as any_word " +
      `from (values ${values.join(', ')}) as a (configuration, query))`
    );
  }

  /** The page, rank by rank. */
  #pageSql(): string {
    const ranks = RANKS.filter(({ score }) => this.#after === null || score <= this.#after.score);
    const parts = ranks.flatMap((rank, i) => {
      const { vector } = rank;
      const isAfter = rank.score === this.#after?.score;
      const before = ranks.slice(0, i).map((one) => `select from page_${one.vector}`);
      const isWanted =
        before.length === 0 ? 'true' : `(select count(*) from (${before.join(' union all ')}) p) < ${this.#limit}`;
      const isMany = `(select count(*) > ${this.bounds.unordered} from few_${vector})`;
      const few =
        `select * from (${this.#rankedSql(rank, isAfter, 'a.query')}) h ` +
        `where ${isWanted} limit ${this.bounds.unordered + 1}`;
      // All hits of an era are taken by their words, and sorted: to walk along places until some fit may take for ever.
      const newest =
        `select h.place from ${isAfter ? 'eras_after' : 'eras'} e cross join lateral (` +
        `select n.place from (select * from (${this.#rankedSql(rank, isAfter, '(a.query && e.era)')}) h offset 0) n ` +
        `group by n.place order by n.place desc limit ${this.#limit}) h where ${isMany} limit ${this.#limit}`;
      return [
        `few_${vector} as materialized (${few})`,
        `page_${vector} as materialized (select ${rank.score} as score, f.place from (` +
          `select distinct place from few_${vector} where not ${isMany} union all (${newest})) f ` +
          `order by f.place desc limit ${this.#limit})`,
      ];
    });
    const pages = ranks.map(({ vector }) => `select * from page_${vector}`).join(' union all ');
    return [
      `eras as materialized (${ERAS_SQL('')})`,
      ...(this.#after === null
        ? []
        : [`eras_after as materialized (${ERAS_SQL(`where place <= ${this.#after.place} `)})`]),
      ...parts,
      `page as (select * from (${pages}) p order by p.score desc, p.place desc limit ${this.#limit})`,
    ].join(', ');
  }

  /** Texts that have the words where a rank wants them, and whose articles have no text of a better one. */
  #rankedSql({ vector, better }: Rank, isAfter: boolean, query: string): string {
    const rest = [
      ...(vector === 'document' ? [] : this.#leavesNothingOut('c', 'a')),
      ...(better === null ? [] : [this.#isNoBetter(better)]),
      ...(isAfter && this.#after !== null ? [`c.place < ${this.#after.place}`] : []),
    ];
    return this.#hitsSql(vector, query, 'c.place', rest);
  }

  /** A word that is to be left out is so wherever the text has it, not where the others stand. */
  #leavesNothingOut(row: string, asked: string): readonly string[] {
    return this.request.text.includes('-') ? [`${row}.document @@ ${asked}.query`] : [];
  }

  #isNoBetter(better: Vector): string {
    const has = (row: string, asked: string): string =>
      [`${row}.${better} @@ ${asked}.query`, ...this.#leavesNothingOut(row, asked)].join(' and ');
    const own = `not (${has('c', 'a')})`;
    // Each article is searched in one text of it, or in all: then another one may be the better.
    if (this.request.preference.asked.length > 0) return own;
    return (
      `${own} and not exists (select from article_search o join asked b on b.configuration = o.configuration ` +
      `where o.place = c.place and ${has('o', 'b')})`
    );
  }

  /** Everything that is found, to be counted; of very frequent words, what of it is in heads or among the newest. */
  #foundSql(): string {
    const columns = ['place', ...(this.page.hasFacets ? FACET_COLUMNS : [])].map((column) => `c.${column}`).join(', ');
    const upTo = (vector: Vector, isRun: string): string =>
      `select * from (${this.#hitsSql(vector, 'a.query', columns, [])}) h where ${isRun} ` +
      `limit ${this.bounds.counted + 1}`;
    const candidates = [
      `select * from every where not ${isMore('every')}`,
      `select * from best where ${isMore('every')} and not ${isMore('best')}`,
      `(${this.#newestSql(columns)})`,
    ].join(' union all ');
    return [
      `every as materialized (${upTo('document', 'true')})`,
      this.#isMoreSql('every'),
      `best as materialized (${upTo('head', isMore('every'))})`,
      this.#isMoreSql('best'),
      `found as materialized (select distinct on (h.place) h.* from (${candidates}) h order by h.place)`,
    ].join(', ');
  }

  /** Texts that have the words in a vector of theirs. */
  #hitsSql(vector: Vector, query: string, columns: string, rest: readonly string[]): string {
    const isFiltered = !(this.#demanded.is === 'all' && this.#demanded.of.length === 0);
    const demanded = [this.#isSearched, ...(isFiltered ? [conditionSql(this.#demanded)] : []), ...rest].join(' and ');
    return this.#configurations
      .map(
        (name) =>
          `select ${columns} from asked a, article_search c ` +
          `where a.configuration = 'public.${name}'::regconfig and c.configuration = 'public.${name}'::regconfig ` +
          `and c.${vector} @@ ${query} and ${demanded}`,
      )
      .join(' union all ');
  }

  /** The words in the newest of the articles that the filter demands; in their heads, where that is enough. */
  #newestSql(columns: string): string {
    const newest = placesSql(branchesOf(this.#demanded), {
      bounds: () => [],
      direction: 'desc',
      limit: this.bounds.counted,
    });
    return (
      // Planned for one article at a time: few are looked at, whatever the planner makes of it.
      `select ${columns} from (${newest}) n ` +
      'cross join lateral (select * from article_search t where t.place = n.place offset 0) c ' +
      'join asked a on a.configuration = c.configuration ' +
      `where (c.head @@ a.query or not ${isMore('best')} and c.document @@ a.query) ` +
      `and ${this.#isSearched} and ${isMore('every')}`
    );
  }

  /** Whether there are more hits than are counted, to be looked up by `isMore`. */
  #isMoreSql(hits: string): string {
    return `more_${hits} as materialized (select count(*) > ${this.bounds.counted} as yes from ${hits})`;
  }
}

function isMore(hits: 'best' | 'every'): string {
  return `(select yes from more_${hits})`;
}

/** Eras from that of the newest article, or of one, back; each is a query that vectors of its articles fit. */
const ERAS_SQL = (where: string): string =>
  `select e.era from (select published_on from article_search ${where}order by place desc limit 1) n, ` +
  'eras_before(n.published_on) e order by e.rank';

/** What is told of everything found, in the first row alone. */
function wholeColumns(hasFacets: boolean): string {
  return (
    `(select count(*)::integer from found) as "totalCount", ${isMore('every')} as "isCapped", ` +
    `${hasFacets ? `case when coalesce(page.rank, 1) = 1 then (${FACETS_SQL}) end` : 'null'} as facets`
  );
}

/** Which rows of article_search are searched: those of all texts, or of the one that each reader would be served. */
function isSearchedSql(conditions: Conditions, { preference, fallback }: SearchRequest, row: string): string {
  if (preference.asked.length === 0) return 'true';
  const [only, ...others] = preference.order;
  if (fallback === 'NONE' && only !== undefined && others.length === 0) {
    return `${row}.language = ${conditions.value(canonicalLanguageTag(only) ?? only)}`;
  }
  const served = servedLanguage(conditions, preference, row);
  return `${row}.language = ${fallback === 'NONE' ? served : `coalesce(${served}, ${row}.languages[1])`}`;
}

function configurationsOf({ preference, fallback }: SearchRequest): readonly SearchConfiguration[] {
  if (fallback === 'ORIGINAL' || preference.order.length === 0) return SEARCH_CONFIGURATIONS;
  const wanted = new Set(preference.order.map(configurationOf));
  return SEARCH_CONFIGURATIONS.filter((configuration) => wanted.has(configuration));
}
