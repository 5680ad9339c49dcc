import type { PageRequest } from '../common/connection.js';
import type { CursorKey } from '../common/cursor.js';
import type { LanguagePreference } from '../common/language-tag.js';
import { SHARE } from '../database/asked-statement.js';
import type { ReadQuery } from '../database/read-pool.js';
import { conditionSql, Conditions, servedLanguage } from './article-conditions.js';
import type { ArticleFilter, ArticleOrder, Fallback } from './article.inputs.js';
import { LIST_ORDERS, type ListOrder } from './article-orders.js';
import { areCards, articleColumns, type Wanted } from './article-row.js';
import { type Condition, filterConditions, type OriginCondition, setCondition } from './filter-conditions.js';
import {
  areDirect,
  areDriven,
  areLedByOrigin,
  areUnordered,
  type Branches,
  branchesOf,
  placesSql,
} from './list-branches.js';

/** Which articles a list has. */
export interface ArticleSelection {
  readonly filter: ArticleFilter | null | undefined;
  readonly preference: LanguagePreference;
  readonly fallback: Fallback;
}

/** What of a list is asked for. */
export interface ListRequest {
  readonly selection: ArticleSelection;
  readonly orderBy: ArticleOrder;
  readonly page: PageRequest;
  readonly wanted: Wanted;
  /** Up to how many articles the whole list is counted; null where nobody asks. */
  readonly countMax: number | null;
  /**
   * How many articles are sorted for a page at most. Where a filter leaves more, they lie close enough together to walk
   * along the order instead.
   */
  readonly sortedMax: number;
}

/** Usual sizes of pages, each with the one row more that tells whether there is a next. */
const USUAL_ROWS = [2, 6, 11, 13, 21, 25, 26, 31, 41, 51, 61, 76, 101];

/** A page of more rows is not sent together with what others ask. */
const BRIEF_ROWS_MAX = 51;

/**
 * How many rows a page's statement is planned for, which has to stand in its text: Postgres takes a number that it does
 * not know for a tenth of the table. There are few such texts, whatever sizes are asked for.
 */
function plannedRows(rows: number): number {
  return USUAL_ROWS.find((usual) => usual >= rows) ?? Math.ceil(rows / 100) * 100 + 1;
}

/**
 * The statement of one page of a list with one row more than asked for, and of its count. Its text depends on the shape
 * of what is asked, never on values. With a count, there is one row at least.
 */
export function articleListQuery(request: ListRequest): ReadQuery {
  return new ArticleListStatement(request).toQuery();
}

class ArticleListStatement {
  readonly #conditions = new Conditions();
  readonly #order: ListOrder;
  readonly #direction: 'asc' | 'desc';
  readonly #demanded: Condition;
  readonly #branches: Branches;
  readonly #planned: number;

  constructor(private readonly request: ListRequest) {
    const { selection, orderBy, page } = request;
    this.#order = LIST_ORDERS[orderBy];
    this.#direction = page.fromEnd ? opposite(this.#order.direction) : this.#order.direction;
    this.#demanded = demandedBy(this.#conditions, selection);
    this.#branches = branchesOf(this.#demanded);
    this.#planned = plannedRows(page.size + 1);
  }

  toQuery(): ReadQuery {
    const { selection, wanted, countMax, page: asked } = this.request;
    const columns = articleColumns(this.#conditions, wanted, selection.preference);
    const sortedBy = this.#order.by === 'PLACE' ? 'null' : 'p.sorted_by::text';
    const select = `select ${columns}, p.place, ${sortedBy} as "sortedBy"`;
    const page = `(${this.#pageSql()}) p join current_article c on c.place = p.place`;
    const from =
      countMax === null
        ? `${select} from ${page}`
        : `${select}, counted."totalCount" from (${this.#countSql(countMax)}) counted left join (${page}) on true`;
    const end = `order by ${this.#sorted('p')} limit ${this.#conditions.value(asked.size + 1)}`;
    return {
      text: `${from} ${end}`,
      values: this.#conditions.values,
      share: this.#isBrief() ? SHARE.brief : SHARE.whole,
    };
  }

  /** Whether the rows of an index are the page, and are few and small. */
  #isBrief(): boolean {
    const isAlongIndex = this.#order.by === 'PLACE' && areDirect(this.#branches);
    const isSmall = this.#planned <= BRIEF_ROWS_MAX && areCards(this.request.wanted);
    return isAlongIndex && this.request.countMax === null && isSmall;
  }

  /** The places of the page, with what they are sorted by. */
  #pageSql(): string {
    const { by } = this.#order;
    const { sortedMax } = this.request;
    if (by === 'PLACE' && !areUnordered(this.#branches)) {
      const bounds = (row: string): string[] => this.#keyset([`${row}.place`]);
      return placesSql(this.#branches, { bounds, direction: this.#direction, limit: this.#planned });
    }
    const isWalked = typeof by !== 'string' && areLedByOrigin(this.#branches);
    if (isWalked || !areDriven(this.#branches)) return this.#walkSql([]);
    const few = placesSql(this.#branches, {
      bounds: () => [],
      direction: null,
      limit: sortedMax + 1,
    });
    const isFew = `(select count(*) from few) <= ${sortedMax}`;
    const columns = by === 'PLACE' ? 'place' : 'place, sorted_by';
    return (
      `with few as materialized (${few}) select ${columns} from ` +
      `((${this.#sortSql([isFew])}) union all (${this.#walkSql([`not (${isFew})`])})) u ` +
      `order by ${this.#sorted('u')} limit ${this.#planned}`
    );
  }

  /** Along the order, passing over what is not demanded. */
  #walkSql(start: readonly string[]): string {
    const { by } = this.#order;
    const isFiltered = !(this.#demanded.is === 'all' && this.#demanded.of.length === 0);
    const rest = isFiltered ? [conditionSql(this.#demanded)] : [];
    if (by !== 'HEADLINE') return this.#articlesSql('current_article c', [...start, ...rest, ...this.#originBounds()]);
    const joined = isFiltered ? 'article_headline h join current_article c on c.place = h.place' : 'article_headline h';
    const served = this.#servedHeadline();
    const where = ['h.language_set = s.fact', `h.language = ${served}`, ...rest, ...this.#keyset(HEADLINE_KEY)];
    const ofSet =
      `select h.place, h.headline as sorted_by from ${joined} where ${where.join(' and ')} ` +
      `order by h.headline ${this.#direction}, h.place ${this.#direction} limit ${this.#planned}`;
    return (
      `select w.place, w.sorted_by from language_set s cross join lateral (${ofSet}) w ` +
      `${whereSql(start)} order by ${this.#sorted('w')} limit ${this.#planned}`
    );
  }

  /** Those few that are demanded, in order. */
  #sortSql(start: readonly string[]): string {
    if (this.#order.by !== 'HEADLINE') {
      // Each looked up by itself: they are few, whatever the planner makes of it.
      const article = 'select * from current_article a where a.place = few.place offset 0';
      return this.#articlesSql(`few cross join lateral (${article}) c`, start);
    }
    const served =
      'select h.place, h.headline from article_headline h join language_set s on s.fact = h.language_set ' +
      `where h.place = few.place and h.language = ${this.#servedHeadline()} limit 1`;
    return (
      `select h.place, h.headline as sorted_by from few cross join lateral (${served}) h ` +
      `${whereSql([...start, ...this.#keyset(HEADLINE_KEY)])} ` +
      `order by h.headline ${this.#direction}, h.place ${this.#direction} limit ${this.#planned}`
    );
  }

  #articlesSql(from: string, where: readonly string[]): string {
    const { by } = this.#order;
    const sorts = typeof by === 'string' ? [] : [by.origin];
    const key = [...sorts, 'c.place'];
    return (
      `select ${['c.place', ...sorts.map((sort) => `${sort} as sorted_by`)].join(', ')} from ${from} ` +
      `${whereSql([...where, ...this.#keyset(key)])} ` +
      `order by ${key.map((column) => `${column} ${this.#direction}`).join(', ')} limit ${this.#planned}`
    );
  }

  #countSql(max: number): string {
    const places = placesSql(this.#branches, { bounds: () => [], direction: null, limit: max + 1 });
    return `select count(*)::integer as "totalCount" from (${places}) of_list`;
  }

  /** The language of the headline that the reader is served. */
  #servedHeadline(): string {
    const { preference, fallback } = this.request.selection;
    const served = servedLanguage(this.#conditions, preference, 's');
    return fallback === 'NONE' ? served : `coalesce(${served}, s.languages[1])`;
  }

  /** A range of the origin's date, told of the column that the list is sorted by too: the index begins there. */
  #originBounds(): string[] {
    const { by } = this.#order;
    if (typeof by === 'string') return [];
    const all = this.#demanded.is === 'all' ? this.#demanded.of : [];
    return all
      .filter((condition): condition is OriginCondition => condition.is === 'origin' && !condition.isNot)
      .map(({ operator, sql }) => `${by.origin} ${operator} ${sql}`);
  }

  /** Goes on after, or before, the rows that cursors name. */
  #keyset(columns: readonly string[]): string[] {
    const { after, before } = this.request.page;
    const { direction } = this.#order;
    const place = (key: CursorKey): string => `(${key.map((value) => this.#conditions.value(value)).join(', ')})`;
    return [
      ...(after === null ? [] : [`(${columns.join(', ')}) ${direction === 'asc' ? '>' : '<'} ${place(after)}`]),
      ...(before === null ? [] : [`(${columns.join(', ')}) ${direction === 'asc' ? '<' : '>'} ${place(before)}`]),
    ];
  }

  #sorted(row: string): string {
    const columns = this.#order.by === 'PLACE' ? ['place'] : ['sorted_by', 'place'];
    return columns.map((column) => `${row}.${column} ${this.#direction}`).join(', ');
  }
}

const HEADLINE_KEY = ['h.headline', 'h.place'];

/** What the filter demands, and that a language asked for is published where no fallback is wanted. */
function demandedBy(conditions: Conditions, { filter, preference, fallback }: ArticleSelection): Condition {
  const filtered = filterConditions(conditions, filter);
  if (fallback === 'ORIGINAL') return filtered;
  const isServed = `${servedLanguage(conditions, preference, 's')} is not null`;
  const parts = filtered.is === 'all' ? filtered.of : [filtered];
  return { is: 'all', of: [...parts, setCondition('LANGUAGES', 'language_set', isServed, false)] };
}

function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

function opposite(direction: 'asc' | 'desc'): 'asc' | 'desc' {
  return direction === 'asc' ? 'desc' : 'asc';
}
