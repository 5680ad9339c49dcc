import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type CursorKey, decodeCursor, encodeCursor, type PagedList } from './cursor.js';
import { userInputError } from './user-input-error.js';

/** The paging arguments of a connection, as the caller gave them. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A page to fetch: `size` rows from one end of the rows between two keys. */
export interface PageRequest {
  readonly size: number;
  readonly fromEnd: boolean;
  readonly after: CursorKey | null;
  readonly before: CursorKey | null;
}

/** Where a row stands in a list. Its cursor is written only when it is asked for. */
export class Place {
  constructor(
    private readonly list: PagedList,
    private readonly key: CursorKey,
  ) {}

  get cursor(): string {
    return encodeCursor(this.list, this.key);
  }
}

@ObjectType({ description: 'Where a page stands in its list. Source: Relay, Cursor Connections Specification.' })
export class PageInfo {
  constructor(
    private readonly isMore: { readonly after: boolean; readonly before: boolean },
    private readonly ends: { readonly first: Place | undefined; readonly last: Place | undefined },
  ) {}

  @Field(() => Boolean, { description: 'Whether more follow after this page.' })
  get hasNextPage(): boolean {
    return this.isMore.after;
  }

  @Field(() => Boolean, { description: 'Whether there are some before this page.' })
  get hasPreviousPage(): boolean {
    return this.isMore.before;
  }

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  get startCursor(): string | null {
    return this.ends.first?.cursor ?? null;
  }

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null on an empty page.' })
  get endCursor(): string | null {
    return this.ends.last?.cursor ?? null;
  }
}

/** One page of a list as Relay shapes it. */
export interface Connection<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: PageInfo;
}

/** The page size taken when the caller names none. */
export const DEFAULT_PAGE_SIZE = 20;

/**
 * Checks the paging arguments of the named list.
 * Throws BAD_USER_INPUT naming the argument: negative or over the cap, `first` and `last` together,
 * a cursor that the list did not give out.
 */
export function pageRequest(list: PagedList, page: PageArguments, pageSizeMax: number): PageRequest {
  const { first, last, after, before } = page;
  if (first != null && last != null) throw userInputError('last', 'can not be given together with "first"');
  for (const [argument, value] of [
    ['first', first],
    ['last', last],
  ] as const) {
    if (value == null) continue;
    if (value < 0) throw userInputError(argument, 'must be 0 or more');
    if (value > pageSizeMax) throw userInputError(argument, `must be at most ${pageSizeMax}`);
  }
  return {
    size: last ?? first ?? Math.min(DEFAULT_PAGE_SIZE, pageSizeMax),
    fromEnd: last != null,
    after: after == null ? null : decodeCursor(list, after, 'after'),
    before: before == null ? null : decodeCursor(list, before, 'before'),
  };
}

/**
 * Shapes fetched rows into a connection.
 * `rows` are up to `size + 1` rows in list order, except that a page from the end has its extra row in front.
 */
export function toConnection<Row, Edge>(
  list: PagedList,
  request: PageRequest,
  rows: readonly Row[],
  keyOf: (row: Row) => CursorKey,
  edgeOf: (row: Row, place: Place) => Edge,
): Connection<Edge> {
  const isMore = rows.length > request.size;
  const kept = !isMore ? rows : request.fromEnd ? rows.slice(rows.length - request.size) : rows.slice(0, request.size);
  const placeOf = (row: Row): Place => new Place(list, keyOf(row));
  const [first, last] = [kept[0], kept.at(-1)];
  return {
    edges: kept.map((row) => edgeOf(row, placeOf(row))),
    pageInfo: new PageInfo(
      {
        after: request.fromEnd ? request.before !== null : isMore,
        before: request.fromEnd ? isMore : request.after !== null,
      },
      { first: first && placeOf(first), last: last && placeOf(last) },
    ),
  };
}

/** Up to how many a list is counted: more nobody reads, and to count them takes long. */
export const COUNT_MAX = 10_000;

/** How a connection tells how many there are. */
export const TOTAL_COUNT = {
  type: () => Int,
  description:
    'How many there are in all, up to 10,000: `totalCountIsCapped` tells whether there are more. Counted only when ' +
    'asked for.',
} as const;

/** How a connection tells that there are more than it counts. */
export const IS_CAPPED = {
  type: () => Boolean,
  description: 'Whether there are more than `totalCount` says.',
} as const;

/** Whether a query that selects these fields asks how many there are. */
export function isCounted(selected: ReadonlySet<string>): boolean {
  return selected.has('totalCount') || selected.has('totalCountIsCapped');
}

/** What a connection tells of a count that went one beyond the cap at most; nothing of one that nobody asked for. */
export function cappedCount(count: number | null): {
  readonly totalCount: number | null;
  readonly totalCountIsCapped: boolean | null;
} {
  return count === null
    ? { totalCount: null, totalCountIsCapped: null }
    : { totalCount: Math.min(count, COUNT_MAX), totalCountIsCapped: count > COUNT_MAX };
}
