import { createHash } from 'node:crypto';
import { userInputError } from './user-input-error.js';

/** The place of a row in an ordered list: the values that it is sorted by, the row's own id last. */
export type CursorKey = readonly (string | number | null)[];

/** A few characters that tell a cursor from one cut short or of another list. */
function seal(list: string, payload: string): string {
  return createHash('sha256').update(`${list}\n${payload}`).digest('base64url').slice(0, 6);
}

/** Writes a key as an opaque cursor of the named list (`articles:PUBLISHED_ON_DESC`). */
export function encodeCursor(list: string, key: CursorKey): string {
  const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
  return `${payload}.${seal(list, payload)}`;
}

/**
 * Reads a cursor of the named list.
 * Throws BAD_USER_INPUT naming the argument for anything that this list did not give out.
 */
export function decodeCursor(list: string, cursor: string, argument: 'after' | 'before'): CursorKey {
  const refused = userInputError(argument, 'is no cursor of this list in this order');
  const match = /^([\w-]{1,600})\.([\w-]{6})$/.exec(cursor);
  if (match?.[1] === undefined || seal(list, match[1]) !== match[2]) throw refused;
  return JSON.parse(Buffer.from(match[1], 'base64url').toString('utf8')) as CursorKey;
}
