import { type CursorKey } from '../common/cursor.js';
import { canonicalLanguageTag, type LanguagePreference } from '../common/language-tag.js';
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
 * The language of `c`, a row of current_article, that serves the reader; null where none does.
 * It is LanguagePreference.choose in SQL; readers who ask for no language are served the publisher's.
 */
export function servedLanguage(conditions: Conditions, { asked, order }: LanguagePreference): string {
  if (asked.length === 0) return 'c.publisher_language';
  if (order.length === 0) return 'null';
  const cases = order.map((candidate) => {
    const language = conditions.value(canonicalLanguageTag(candidate) ?? candidate);
    return `when ${language} = any (c.languages) then ${language}`;
  });
  return `case ${cases.join(' ')} end`;
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
export function addLanguages(conditions: Conditions, preference: LanguagePreference, fallback: Fallback): void {
  if (fallback === 'ORIGINAL') return;
  conditions.add(`${servedLanguage(conditions, preference)} is not null`);
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
