import { DocumentRefused } from '../reading/document-refused.js';
import { refuseIntricate } from '../reading/refuse-intricate.js';
import type { TextContent } from './revision-text.js';
import { TextRefused } from './texts.problems.js';

/** Characters, counted in UTF-16 units. */
const LONGEST = { headline: 1000, dek: 10_000, body: 1_000_000, reason: 1000, tool: 300 } as const;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_SLUG = 120;

/** Why a text can not be kept; null where it can. */
export function refuseText({ headline, dek, body }: TextContent): TextRefused | null {
  const refused = refuseLine('headline', headline) ?? refusePart('dek', dek ?? '') ?? refusePart('body', body);
  if (refused !== null) return refused;
  try {
    refuseIntricate(body);
    refuseIntricate(dek ?? '');
    return null;
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return new TextRefused(`The text can not be read: ${error.message}.`, 'body');
  }
}

/** Why a line of text can not be kept; null where it can. */
export function refuseLine(path: keyof typeof LONGEST, line: string): TextRefused | null {
  if (/[\r\n]/.test(line)) return new TextRefused(`The ${path} has to be one line.`, path);
  return refusePart(path, line);
}

function refusePart(path: keyof typeof LONGEST, text: string): TextRefused | null {
  if (text.length > LONGEST[path]) {
    return new TextRefused(`The ${path} has more than ${LONGEST[path]} characters.`, path);
  }
  if (text.includes('\0') || !text.isWellFormed()) {
    return new TextRefused(`The ${path} has a NUL character, or half of a character.`, path);
  }
  return null;
}

/** Why a slug is none; null where it is one. */
export function refuseSlug(slug: string): TextRefused | null {
  if (SLUG.test(slug) && slug.length <= LONGEST_SLUG) return null;
  return new TextRefused(
    `A slug is of at most ${LONGEST_SLUG} characters: words of a-z and 0-9, parted by hyphens.`,
    'slug',
  );
}
