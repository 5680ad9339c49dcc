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

@ObjectType({ description: 'Where a page stands in its list. Source: Relay, Cursor Connections Specification.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are some before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null on an empty page.' })
  endCursor!: string | null;
}

/** One page of a list as Relay shapes it; `totalCount` is counted only when it is asked for. */
export interface Connection<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: PageInfo;
  readonly totalCount: Promise<number>;
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
  edgeOf: (row: Row, cursor: string) => Edge,
  count: () => Promise<number>,
): Connection<Edge> {
  const isMore = rows.length > request.size;
  const kept = !isMore ? rows : request.fromEnd ? rows.slice(rows.length - request.size) : rows.slice(0, request.size);
  const cursors = kept.map((row) => encodeCursor(list, keyOf(row)));
  return {
    edges: kept.map((row, i) => edgeOf(row, cursors[i] ?? '')),
    pageInfo: {
      hasNextPage: request.fromEnd ? request.before !== null : isMore,
      hasPreviousPage: request.fromEnd ? isMore : request.after !== null,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    get totalCount() {
      return count();
    },
  };
}

export const TOTAL_COUNT = {
  type: () => Int,
  description: 'How many there are in all. Counted only when asked for.',
} as const;
