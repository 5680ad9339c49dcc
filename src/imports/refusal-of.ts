import { ColophonError } from '../common/colophon-error.js';
import { LONGEST_NAME, NameTooLongError } from '../database/name-length.js';
import { DocumentRefused } from '../reading/document-refused.js';
import type { Refusal } from '../reading/reading.js';

/** Why a document is not taken; null where it is not at fault. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof DocumentRefused) return error.refusal;
  if (error instanceof NameTooLongError) {
    const expected = `names and labels of at most ${LONGEST_NAME} characters`;
    return { code: 'NAME_TOO_LONG', line: null, expected, found: error.message };
  }
  if (error instanceof ColophonError && error.constructor === ColophonError) {
    return { code: 'DOCUMENT_UNREADABLE', line: null, expected: 'a readable file', found: error.message };
  }
  return null;
}
