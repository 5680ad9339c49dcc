import { createHash } from 'node:crypto';
import { parsePartialDate } from './partial-date.js';
import { userInputError } from './user-input-error.js';

/** The place of a row in an ordered list: the values that it is sorted by, the row's own id last. */
export type CursorKey = readonly (string | number | null)[];

/** A list that can be paged: its name with its order, and what its keys look like. */
export interface PagedList {
  readonly name: string;
  /** One test for each value of a key: a cursor is a caller's text, whatever it claims to be. */
  readonly key: readonly ((value: unknown) => boolean)[];
}

/** A list as a filter narrows it: with another filter it is another list, and a cursor of one is none of the other. */
export function filteredList({ name, key }: PagedList, wish: object): PagedList {
  return { name: `${name}:${JSON.stringify(wish)}`, key };
}

/** Whether the value is a calendar day, `2016-03-30`. */
export const isDay = (value: unknown): boolean =>
  typeof value === 'string' && value.length === 10 && parsePartialDate(value) !== null;

/** Whether the value is a UUID. */
export const isUuid = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** The longest name that is part of a key, in UTF-16 code units. */
export const NAME_LENGTH_MAX = 300;

/** Whether the value is a text that a list of names can be sorted by, and that the database can compare with. */
export const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= NAME_LENGTH_MAX && value.isWellFormed() && !value.includes('\0');

/** The beginning of a name by which a list sorts it. */
export function sortableName(name: string): string {
  return name.slice(0, NAME_LENGTH_MAX).toWellFormed();
}

/** The longest key is a name, of which JSON may write every character as `\u0001`, and an id. */
const CURSOR = /^([\w-]{1,2500})\.([\w-]{6})$/;

/** A few characters that tell a cursor from one cut short or of another list. */
function seal({ name }: PagedList, payload: string): string {
  return createHash('sha256').update(`${name}\n${payload}`).digest('base64url').slice(0, 6);
}

/** Writes a key as an opaque cursor of the named list (`articles:PUBLISHED_ON_DESC`). */
export function encodeCursor(list: PagedList, key: CursorKey): string {
  const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
  return `${payload}.${seal(list, payload)}`;
}

/**
 * Reads a cursor of the named list.
 * Throws BAD_USER_INPUT naming the argument for anything that this list did not give out.
 */
export function decodeCursor(list: PagedList, cursor: string, argument: 'after' | 'before'): CursorKey {
  const key = readCursor(list, cursor);
  if (key === null) throw userInputError(argument, 'is no cursor of this list in this order');
  return key;
}

function readCursor(list: PagedList, cursor: string): CursorKey | null {
  const match = CURSOR.exec(cursor);
  if (match?.[1] === undefined || seal(list, match[1]) !== match[2]) return null;
  const key: unknown = parseJson(Buffer.from(match[1], 'base64url').toString('utf8'));
  const isKey = Array.isArray(key) && key.length === list.key.length && list.key.every((isValue, i) => isValue(key[i]));
  return isKey ? (key as CursorKey) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
