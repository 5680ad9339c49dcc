import { isDay, isName, isUuid, type PagedList } from '../common/cursor.js';
import type { LanguagePreference } from '../common/language-tag.js';
import type { ArticleOrder } from './article.inputs.js';

/** How a list of articles is sorted: by a value, and within it by their places. */
export interface ListOrder {
  /** What it is sorted by before the places, as SQL over `c`, a row of current_article, or `h`, one of article_headline. */
  readonly by: 'PLACE' | 'HEADLINE' | { readonly origin: string };
  readonly direction: 'asc' | 'desc';
}

/** Articles whose origin has no date come last: theirs counts as the end of the order. */
export const LIST_ORDERS: Readonly<Record<ArticleOrder, ListOrder>> = {
  PUBLISHED_ON_DESC: { by: 'PLACE', direction: 'desc' },
  PUBLISHED_ON_ASC: { by: 'PLACE', direction: 'asc' },
  ORIGIN_PUBLISHED_ON_DESC: { by: { origin: `coalesce(c.origin_on, '-infinity')` }, direction: 'desc' },
  ORIGIN_PUBLISHED_ON_ASC: { by: { origin: `coalesce(c.origin_on, 'infinity')` }, direction: 'asc' },
  HEADLINE_ASC: { by: 'HEADLINE', direction: 'asc' },
  HEADLINE_DESC: { by: 'HEADLINE', direction: 'desc' },
};

/** What a row is sorted by: a place alone, or a day or headline with it. */
export interface SortedRow {
  readonly place: string;
  readonly sortedBy: string | null;
}

const isDayOrEnd = (value: unknown): boolean => isDay(value) || value === 'infinity' || value === '-infinity';

/** The list that cursors are of: who asks for other languages has other headlines in another order. */
export function articleList(orderBy: ArticleOrder, { order }: LanguagePreference): PagedList {
  const { by } = LIST_ORDERS[orderBy];
  if (by === 'PLACE') return { name: `articles:${orderBy}`, key: [isUuid] };
  if (by === 'HEADLINE') return { name: `articles:${orderBy}:${order.join()}`, key: [isName, isUuid] };
  return { name: `articles:${orderBy}`, key: [isDayOrEnd, isUuid] };
}

/** The key of a row in such a list. */
export function keyOf({ place, sortedBy }: SortedRow): readonly string[] {
  return sortedBy === null ? [place] : [sortedBy, place];
}
