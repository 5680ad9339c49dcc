import { type CursorKey } from '../common/cursor.js';
import { canonicalLanguageTag, type LanguagePreference } from '../common/language-tag.js';
import type { ArticleFilter, Fallback } from './article.inputs.js';
import { type Condition, filterConditions } from './filter-conditions.js';
import { wordsAreIn } from './words-sql.js';

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
 * The language of `c`, a row of current_article, or of another row with its languages, that serves the reader; null
 * where none does. It is LanguagePreference.choose in SQL; readers who ask for no language are served the publisher's.
 */
export function servedLanguage(conditions: Conditions, { asked, order }: LanguagePreference, row = 'c'): string {
  if (asked.length === 0) return `${row}.publisher_language`;
  if (order.length === 0) return 'null';
  const cases = order.map((candidate) => {
    const language = conditions.value(canonicalLanguageTag(candidate) ?? candidate);
    return `when ${language} = any (${row}.languages) then ${language}`;
  });
  return `case ${cases.join(' ')} end`;
}

/** Adds what a filter demands of `c`, a row of current_article. */
export function addFilter(conditions: Conditions, filter: ArticleFilter | null | undefined): void {
  if (filter != null) conditions.add(conditionSql(filterConditions(conditions, filter)));
}

/** What a condition demands of `c`, a row of current_article. It is never null. */
export function conditionSql(condition: Condition): string {
  switch (condition.is) {
    case 'all':
      return condition.of.length === 0 ? 'true' : `(${condition.of.map(conditionSql).join(' and ')})`;
    case 'any':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map(conditionSql).join(' or ')})`;
    case 'place':
      return `c.place ${condition.operator} ${condition.sql}`;
    case 'fact':
      return negated(condition, condition.isMany ? `c.facts && ${condition.sql}` : `${condition.sql} = any (c.facts)`);
    case 'origin':
      return negated(condition, `coalesce(c.origin_on ${condition.operator} ${condition.sql}, false)`);
    case 'words':
      return negated(condition, wordsAreIn(condition.sql));
  }
}

function negated({ isNot }: { readonly isNot: boolean }, sql: string): string {
  return isNot ? `not (${sql})` : sql;
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
