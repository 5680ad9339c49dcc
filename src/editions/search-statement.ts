import type { CursorKey } from '../common/cursor.js';
import { canonicalLanguageTag, type LanguagePreference } from '../common/language-tag.js';
import { SHARE } from '../database/asked-statement.js';
import type { ReadQuery } from '../database/read-pool.js';
import { conditionSql, Conditions, servedLanguage } from './article-conditions.js';
import type { ArticleFilter, Fallback } from './article.inputs.js';
import { areCards, articleColumns, type Wanted } from './article-row.js';
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
  /** Up to so many hits of a score are looked at, and sorted; that there are more is told. */
  readonly unordered: number;
  /** The same of headlines: the newest of those are found without a look at the others. */
  readonly headlines: number;
}

/** The bounds of what readers search. */
export const SEARCH_BOUNDS: SearchBounds = { counted: 10_000, unordered: 512, headlines: 64 };

/** A page of more hits is not sent together with what others ask. */
const SHORT_PAGE_MAX = 50;

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
 * on the shape of what is asked, never on values. With a count or facets, there is one row at least. Rows say `isCut`
 * where hits were left out that may be newer: the words are frequent, and what `isFrequent` adds to the statement finds
 * the newest of them.
 */
export function searchQuery(
  request: SearchRequest,
  page: SearchPage,
  {
    isFrequent = false,
    bounds = SEARCH_BOUNDS,
  }: { readonly isFrequent?: boolean; readonly bounds?: SearchBounds } = {},
): ReadQuery {
  return new SearchStatement(request, page, isFrequent, bounds).toQuery();
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
  readonly #sought: string;
  readonly #words: string;
  readonly #limit: string;
  readonly #after: { readonly score: number; readonly place: string } | null;

  constructor(
    private readonly request: SearchRequest,
    private readonly page: SearchPage,
    private readonly isFrequent: boolean,
    private readonly bounds: SearchBounds,
  ) {
    this.#sought = soughtText(request.text);
    this.#words = this.#conditions.value(this.#sought);
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
      'page.score, page.place, page."isCut"',
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
    return { text, values: this.#conditions.values, share: this.#isShort() ? SHARE.short : SHARE.whole };
  }

  /** Whether it looks at no more hits than it is bound to, and does nothing else with them than to show a page. */
  #isShort(): boolean {
    const { size, hasMatches, hasFacets, isCounted } = this.page;
    const isMore = hasMatches || hasFacets || isCounted || this.request.filter != null || this.#after !== null;
    // A phrase is looked for in every text that has its words.
    const isPhrase = this.#sought.includes('"');
    return !this.isFrequent && !isMore && !isPhrase && size <= SHORT_PAGE_MAX && areCards(this.page.wanted);
  }

  /** The words as each configuration reads them. */
  #askedSql(): string {
    const values = this.#configurations.map(
      (name) => `('public.${name}'::regconfig, websearch_to_tsquery('public.${name}', ${this.#words}))`,
    );
    return (
      "asked as materialized (select configuration, query, query || $$'.'$$::tsquery as any_word " +
      // Words that all are stop words in a language lead to none of its texts, in whatever era.
      `from (values ${values.join(', ')}) as a (configuration, query) where numnode(query) > 0)`
    );
  }

  /** The page, rank by rank; `isCut` says that some rank has more hits than were looked at. */
  #pageSql(): string {
    const ranks = RANKS.filter(({ score }) => this.#after === null || score <= this.#after.score);
    const looked = ranks.map((rank, i) => {
      const better = ranks.slice(0, i).map(({ vector }) => `(select count(*) from of_${vector})`);
      const isWanted = better.length === 0 ? 'true' : `${better.join(' + ')} < ${this.#limit}`;
      return `of_${rank.vector} as (${this.#isInOrder(rank) ? this.#newestOfSql(rank, 'true') : this.#fewOfSql(rank, isWanted)})`;
    });
    const rows = ranks.map(({ score, vector }) => `select ${score} as score, h.* from of_${vector} h`);
    if (!this.isFrequent) {
      const isCut = ranks.map((rank) => `(select sum(texts) > ${this.#lookedAt(rank)} from of_${rank.vector})`);
      const page = `select score, place, ${isCut.join(' or ')} as "isCut" from (${rows.join(' union all ')}) p`;
      return [...looked, this.#bestSql(page)].join(', ');
    }
    const newest = ranks
      .filter((rank) => !this.#isInOrder(rank))
      .map((rank) => {
        const isMore = `(select sum(texts) > ${this.#lookedAt(rank)} from of_${rank.vector})`;
        return `(select ${rank.score}, n.* from (${this.#newestOfSql(rank, isMore)}) n)`;
      });
    const page = `select score, place, false as "isCut" from (${[...rows, ...newest].join(' union all ')}) p group by score, place`;
    return [...this.#erasSql(), ...looked, this.#bestSql(page)].join(', ');
  }

  #bestSql(hits: string): string {
    const best = `${hits} order by p.score desc, p.place desc limit ${this.#roomFor}`;
    return `page as (select * from (${best}) p limit ${this.#limit})`;
  }

  /** Up to how many hits of a rank are sorted as they come. */
  #lookedAt({ vector }: Rank): number {
    return vector === 'headline' ? this.bounds.headlines : this.bounds.unordered;
  }

  /** Whether the hits of a rank are found in the order of their eras, however few they are. */
  #isInOrder({ vector }: Rank): boolean {
    return this.isFrequent && vector === 'headline';
  }

  /** The hits of a rank as they come, up to one more than are sorted. */
  #fewOfSql(rank: Rank, isWanted: string): string {
    const hits = `select * from (${this.#rankedSql(rank, ASKED)}) h where ${isWanted} limit ${this.#lookedAt(rank) + 1}`;
    return this.#hasOneText
      ? `select place, 1 as texts from (${hits}) h`
      : `select place, count(*) as texts from (${hits}) h group by place`;
  }

  /**
   * A few dozen rows, written out: of a limit that is a value, Postgres expects a tenth of all rows, takes the statement for
   * dear, and would plan it anew for the values of each search.
   */
  get #roomFor(): number {
    return 2 ** Math.ceil(Math.log2(this.page.size + 1));
  }

  /** The newest hits of a rank, era by era until the page is full. */
  #newestOfSql(rank: Rank, isWanted: string): string {
    // All hits of an era are taken by their words, and sorted: to walk along places until some fit may take for ever.
    return (
      `select h.place, 0 as texts from ${this.#isAfter(rank) ? 'eras_after' : 'eras'} e cross join lateral (` +
      `select n.place from (select * from (${this.#rankedSql(rank, askedOfEra(rank.vector))}) h offset 0) n ` +
      `group by n.place order by n.place desc limit ${this.#roomFor}) h where ${isWanted} limit ${this.#roomFor}`
    );
  }

  #erasSql(): readonly string[] {
    const eras = `eras as materialized (${ERAS_SQL('')})`;
    if (this.#after === null) return [eras];
    return [eras, `eras_after as materialized (${ERAS_SQL(`where place <= ${this.#after.place} `)})`];
  }

  /** Texts that have the words where a rank wants them, and whose articles have no text of a better one. */
  #rankedSql(rank: Rank, asked: string): string {
    const { vector, better } = rank;
    const rest = [
      ...(vector === 'document' ? [] : this.#leavesNothingOut('c', 'a')),
      ...(better === null ? [] : [this.#isNoBetter(better)]),
      ...(this.#isAfter(rank) ? [`c.place < ${this.#after?.place ?? ''}`] : []),
    ];
    return this.#hitsSql(vector, asked, 'c.place', rest);
  }

  /** Whether each article is searched in one text of it, or in all. */
  get #hasOneText(): boolean {
    return this.request.preference.asked.length > 0;
  }

  /** Whether the page before ended among the hits of a rank. */
  #isAfter({ score }: Rank): boolean {
    return score === this.#after?.score;
  }

  /** A word that is to be left out is so wherever the text has it, not where the others stand. */
  #leavesNothingOut(row: string, asked: string): readonly string[] {
    return this.request.text.includes('-') ? [`${row}.document @@ ${asked}.query`] : [];
  }

  #isNoBetter(better: Vector): string {
    const has = (row: string, asked: string): string =>
      [`${row}.${better} @@ ${asked}.query`, ...this.#leavesNothingOut(row, asked)].join(' and ');
    const own = `not (${has('c', 'a')})`;
    // Another of its texts may be the better.
    if (this.#hasOneText) return own;
    return (
      `${own} and not exists (select from article_search o join asked b on b.configuration = o.configuration ` +
      `where o.place = c.place and ${has('o', 'b')})`
    );
  }

  /** Everything that is found, to be counted; of very frequent words, what of it is in heads or among the newest. */
  #foundSql(): string {
    const columns = ['place', ...(this.page.hasFacets ? FACET_COLUMNS : [])].map((column) => `c.${column}`).join(', ');
    const upTo = (vector: Vector, isRun: string): string =>
      `select * from (${this.#hitsSql(vector, ASKED, columns, [])}) h where ${isRun} ` +
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
  #hitsSql(vector: Vector, asked: string, columns: string, rest: readonly string[]): string {
    const isFiltered = !(this.#demanded.is === 'all' && this.#demanded.of.length === 0);
    const demanded = [this.#isSearched, ...(isFiltered ? [conditionSql(this.#demanded)] : []), ...rest].join(' and ');
    return this.#configurations
      .map(
        (name) =>
          `select ${columns} from ${asked} a, article_search c ` +
          `where a.configuration = 'public.${name}'::regconfig and c.configuration = 'public.${name}'::regconfig ` +
          `and c.${vector} @@ a.sought and ${demanded}`,
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
  `select e.* from (select published_on from article_search ${where}order by place desc limit 1) n, ` +
  'eras_before(n.published_on) e order by e.rank';

/** What is asked, and what a vector is to have for it. */
const ASKED = '(select *, query as sought from asked)';

/** The same in an era `e`. It is worked out once: where phrases are sought, the index has each hit compared with it. */
function askedOfEra(vector: Vector): string {
  const sought = vector === 'headline' ? 'sought_in_era(query, e.era, e.years, e.is_rest)' : 'query && e.era';
  return `(select *, ${sought} as sought from asked offset 0)`;
}

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
    // How many texts are in this language does not matter: Postgres is not to make a plan for each.
    return `coalesce(${row}.language = ${conditions.value(canonicalLanguageTag(only) ?? only)}, false)`;
  }
  const served = servedLanguage(conditions, preference, row);
  return `${row}.language = ${fallback === 'NONE' ? served : `coalesce(${served}, ${row}.languages[1])`}`;
}

function configurationsOf({ preference, fallback }: SearchRequest): readonly SearchConfiguration[] {
  if (fallback === 'ORIGINAL' || preference.order.length === 0) return SEARCH_CONFIGURATIONS;
  const wanted = new Set(preference.order.map(configurationOf));
  return SEARCH_CONFIGURATIONS.filter((configuration) => wanted.has(configuration));
}
