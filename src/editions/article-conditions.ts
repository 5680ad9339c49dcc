import { type CursorKey } from '../common/cursor.js';
import { type LanguageTag, lookupOrder } from '../common/language-tag.js';
import { firstDayOf } from '../common/partial-date.js';
import type { ArticleFilter, Fallback } from './article.inputs.js';

/** Gathers conditions of an SQL statement with their values; nothing of a caller's is ever put into the text. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #conditions: string[] = [];

  /** Adds a value and gives the place that stands for it. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  add(condition: string): void {
    this.#conditions.push(condition);
  }

  /** All conditions as one; `true` where there are none. */
  toSql(): string {
    return this.#conditions.length === 0 ? 'true' : this.#conditions.join(' and ');
  }
}

/**
 * The language of `c`, a row of current_article, that serves the languages asked for; null where none does.
 * It is lookupLanguage in SQL.
 */
export function servedLanguage(conditions: Conditions, asked: readonly LanguageTag[]): string {
  return (
    `(select p.language from unnest(${conditions.value(lookupOrder(asked))}::text[]) with ordinality w(candidate, place) ` +
    `join unnest(c.languages) p(language) on lower(p.language) = w.candidate order by w.place limit 1)`
  );
}

/** Adds what a filter demands of `c`, a row of current_article. */
export function addFilter(conditions: Conditions, filter: ArticleFilter | null | undefined): void {
  if (filter == null) return;
  const {
    publisher,
    source,
    region,
    theme,
    report,
    kinds,
    originRelation,
    availableIn,
    publishedFrom,
    publishedBefore,
  } = filter;
  const reference = (kind: string, slug: string): string =>
    `(select id from reference where kind = '${kind}' and slug = ${conditions.value(slug)})`;
  const filedUnder = (kind: string, slug: string): string =>
    `exists (select 1 from article_reference r where r.article_id = c.article_id and r.kind = '${kind}'` +
    ` and r.reference_id = ${reference(kind, slug)})`;
  if (publisher != null) conditions.add(`c.publisher_id = ${reference('PUBLISHER', publisher)}`);
  if (source != null) conditions.add(`c.source_id = ${reference('SOURCE', source)}`);
  if (region != null) conditions.add(filedUnder('REGION', region));
  if (theme != null) conditions.add(filedUnder('THEME', theme));
  if (report != null) conditions.add(filedUnder('REPORT', report));
  if (kinds != null) conditions.add(`c.kind = any (${conditions.value(kinds)})`);
  if (originRelation != null) conditions.add(`c.relation = ${conditions.value(originRelation)}`);
  if (availableIn != null) conditions.add(`${conditions.value(availableIn)} = any (c.languages)`);
  if (publishedFrom != null) conditions.add(`c.published_on >= ${conditions.value(firstDayOf(publishedFrom))}`);
  if (publishedBefore != null) conditions.add(`c.published_on < ${conditions.value(firstDayOf(publishedBefore))}`);
}

/** Leaves out articles that have none of the languages asked for, when no fallback is wanted. */
export function addLanguages(conditions: Conditions, asked: readonly LanguageTag[], fallback: Fallback): void {
  if (fallback === 'ORIGINAL') return;
  const served = asked.length === 0 ? 'c.publisher_language' : servedLanguage(conditions, asked);
  conditions.add(`${served} is not null`);
}

/** Goes on after, or before, a row: `columns` sort the list, all in the same direction. */
export function addKeyset(
  conditions: Conditions,
  columns: readonly string[],
  direction: 'asc' | 'desc',
  after: CursorKey | null,
  before: CursorKey | null,
): void {
  const row = `(${columns.join(', ')})`;
  const place = (key: CursorKey): string => `(${key.map((value) => conditions.value(value)).join(', ')})`;
  if (after !== null) conditions.add(`${row} ${direction === 'asc' ? '>' : '<'} ${place(after)}`);
  if (before !== null) conditions.add(`${row} ${direction === 'asc' ? '<' : '>'} ${place(before)}`);
}
