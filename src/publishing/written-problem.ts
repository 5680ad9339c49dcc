import { InvalidValue } from '../common/problem.type.js';

const WRITTEN_LENGTH_MAX = 2_000;

/** What is wrong with something that somebody wrote; null where nothing is, or nothing was written and need not be. */
export function writtenProblem(field: string, text: string | null | undefined): InvalidValue | null {
  if (text == null) return null;
  const isWritten = text.trim() !== '' && [...text].length <= WRITTEN_LENGTH_MAX;
  if (!isWritten) return new InvalidValue(field, 'must have 1 to 2,000 characters');
  return text.isWellFormed() && !text.includes('\0') ? null : new InvalidValue(field, 'must be plain text');
}
