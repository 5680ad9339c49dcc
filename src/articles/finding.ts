import type { LanguageTag } from '../common/language-tag.js';
import type { Severity } from '../common/vocabulary.js';

/** Every remark that Colophon makes about an article, with whether it blocks publishing. */
export const FINDING_SEVERITIES = {
  ORIGIN_URL_MISSING: 'WARNING',
  ORIGIN_DATE_MISSING: 'WARNING',
  ORIGIN_SOURCE_MISSING: 'ERROR',
  ORIGIN_AFTER_PUBLICATION: 'ERROR',
  ORIGIN_RELATION_UNKNOWN: 'ERROR',
  PUBLISHER_UNKNOWN: 'ERROR',
  NOT_PUBLISHED_AT_SOURCE: 'ERROR',
  CREDIT_MISSING: 'ERROR',
  COPYRIGHT_NOTICE_MISSING: 'ERROR',
  SOURCES_DISAGREE: 'ERROR',
  DATES_DISAGREE: 'ERROR',
  TEXT_MISSING: 'ERROR',
  TEXT_LANGUAGE_UNKNOWN: 'ERROR',
  CLAUSE_NOT_UNDERSTOOD: 'ERROR',
  PART_NOT_UNDERSTOOD: 'ERROR',
  TERM_UNKNOWN: 'WARNING',
  LINK_TRUNCATED: 'WARNING',
  LINK_UNSAFE: 'WARNING',
  IMPORT_CONFLICT: 'WARNING',
} as const satisfies Record<string, Severity>;

export type FindingCode = keyof typeof FINDING_SEVERITIES;

/** Both values of a field that a document and a person at the desk have changed, each otherwise, and the one before. */
export interface FindingConflict {
  readonly base: unknown;
  readonly document: unknown;
  readonly desk: unknown;
}

/** A typed remark about an article; an ERROR blocks publishing. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The language whose publishing it concerns; null where it concerns all of them. */
  readonly language: LanguageTag | null;
  /** The field that it is about: `origin.url`, `links[3].url`. */
  readonly path: string;
  /** The line of the document, counted from 1; null where it is about something missing. */
  readonly line: number | null;
  /** One sentence for people that says what is so, and what mends it. */
  readonly message: string;
  readonly conflict?: FindingConflict | null;
}

/** Whether the findings keep the language from being published. */
export function blocksPublishing(findings: readonly Finding[], language: LanguageTag): boolean {
  return findings.some((f) => f.severity === 'ERROR' && (f.language === null || f.language === language));
}

/** What a finding is about, as text: a waiver holds while this is the same. The sentence names all that was found. */
export function causeOf({ message }: Finding): string {
  return message;
}
