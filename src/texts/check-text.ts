import { InvalidValue } from '../common/problem.type.js';
import { DocumentRefused } from '../reading/document-refused.js';
import { countMarks, refuseIntricate } from '../reading/refuse-intricate.js';
import type { TextContent } from './revision-text.js';

/** Characters, counted in UTF-16 units. Longer bodies would keep the Markdown parser busy, and all requests waiting. */
const LONGEST = { headline: 1000, dek: 10_000, body: 300_000, reason: 1000, tool: 300, translator: 600 } as const;

/** Each line may be a block, and what compares blocks has to come to an end. */
const MOST_LINES = 4000;

/** Each asterisk, bracket, cell of a table, and quote around a line costs as much as dozens of letters. */
const MOST_MARKS = 20_000;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_SLUG = 120;

/**
 * Why a text can not be kept; null where it can. An import may have brought a longer body: that is worked on all the same,
 * as long as it does not grow.
 */
export function refuseText({ headline, dek, body }: TextContent, before?: TextContent): InvalidValue | null {
  return (
    refuseLine('headline', headline) ??
    refusePart('dek', dek ?? '') ??
    refusePart('body', body, Math.max(LONGEST.body, before?.body.length ?? 0)) ??
    refuseLines(body, Math.max(MOST_LINES, before === undefined ? 0 : linesOf(before.body))) ??
    refuseMarks(body, Math.max(MOST_MARKS, before === undefined ? 0 : countMarks(before.body))) ??
    refuseMarkdown('dek', dek ?? '') ??
    refuseMarkdown('body', body)
  );
}

/** Why a line of text can not be kept; null where it can. */
export function refuseLine(part: keyof typeof LONGEST, line: string): InvalidValue | null {
  return /[\r\n]/.test(line) ? new InvalidValue(part, 'must be one line') : refusePart(part, line);
}

function refusePart(part: keyof typeof LONGEST, text: string, longest: number = LONGEST[part]): InvalidValue | null {
  if (text.length > longest) {
    return new InvalidValue(part, `must have at most ${longest.toLocaleString('en')} characters`);
  }
  return text.includes('\0') || !text.isWellFormed() ? new InvalidValue(part, 'must be plain text') : null;
}

function refuseLines(body: string, most: number): InvalidValue | null {
  if (linesOf(body) <= most) return null;
  return new InvalidValue('body', `must have at most ${most.toLocaleString('en')} lines`);
}

function refuseMarks(body: string, most: number): InvalidValue | null {
  if (countMarks(body) <= most) return null;
  return new InvalidValue('body', `must have at most ${most.toLocaleString('en')} marks such as *, [, | and >`);
}

function linesOf(body: string): number {
  return body.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function refuseMarkdown(part: 'dek' | 'body', text: string): InvalidValue | null {
  try {
    refuseIntricate(text);
    return null;
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return new InvalidValue(part, `must be simpler: ${error.message}`);
  }
}

/** Why what somebody gives as a reason can not be kept; null where it can, and where none was given. */
export function refuseReason(reason: string | null | undefined): InvalidValue | null {
  if (reason == null) return null;
  return reason.trim() === '' ? new InvalidValue('reason', 'must not be empty') : refusePart('reason', reason);
}

/** Why a slug is none; null where it is one. */
export function refuseSlug(slug: string): InvalidValue | null {
  if (SLUG.test(slug) && slug.length <= LONGEST_SLUG) return null;
  return new InvalidValue(
    'slug',
    `must have at most ${LONGEST_SLUG} characters: words of a-z and 0-9, parted by hyphens`,
  );
}
