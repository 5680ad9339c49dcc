import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CursorKey,
  decodeCursor,
  encodeCursor,
  isDay,
  isName,
  isUuid,
  type PagedList,
  sortableName,
} from './cursor.js';

const LIST: PagedList = { name: 'articles:NEWEST', key: [isDay, isUuid] };
const OTHER: PagedList = { name: 'articles:OLDEST', key: [isDay, isUuid] };
const NAMES: PagedList = { name: 'sources:NAME', key: [isName, isUuid] };
const KEY = ['2016-03-30', '01234567-89ab-cdef-0123-456789abcdef'] as const;
const REFUSED = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }) as unknown;

function refusalOf(list: PagedList, cursor: string): unknown {
  try {
    return { accepted: decodeCursor(list, cursor, 'after') };
  } catch (error) {
    return error;
  }
}

describe('a cursor', () => {
  it('reads as what it was written from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.uuid(), (text, id) => {
        expect(decodeCursor(NAMES, encodeCursor(NAMES, [text, id]), 'after')).toEqual([text, id]);
      }),
    );
  });

  it('of a long name is understood by the list that gave it out', () => {
    for (const name of ['é'.repeat(1000), '\u0001'.repeat(1000), '語'.repeat(1000), `a${'🗼'.repeat(1000)}`]) {
      const key = [sortableName(name), KEY[1]];
      expect(decodeCursor(NAMES, encodeCursor(NAMES, key), 'after')).toEqual(key);
    }
  });

  it('of another order is refused', () => {
    expect(refusalOf(LIST, encodeCursor(OTHER, KEY))).toEqual(REFUSED);
  });

  it('that is cut, changed or lengthened is refused', () => {
    const cursor = encodeCursor(LIST, KEY);
    for (let i = 0; i < cursor.length; i++) {
      const changed = cursor.slice(0, i) + (cursor[i] === 'A' ? 'B' : 'A') + cursor.slice(i + 1);
      expect(refusalOf(LIST, changed)).toEqual(REFUSED);
      expect(refusalOf(LIST, cursor.slice(0, i))).toEqual(REFUSED);
    }
    expect(refusalOf(LIST, `${cursor}A`)).toEqual(REFUSED);
  });

  it('with values of other types is refused, though its seal is right', () => {
    for (const key of [['2016-13-30', KEY[1]], [KEY[0]], [KEY[0], 'x'], [null, KEY[1]], [...KEY, 1], []]) {
      expect(refusalOf(LIST, encodeCursor(LIST, key))).toEqual(REFUSED);
    }
    for (const name of ['a\0b', '\ud800', 'é'.repeat(301), 1, null, ['a'], {}]) {
      const key = [name, KEY[1]] as unknown as CursorKey;
      expect(refusalOf(NAMES, encodeCursor(NAMES, key))).toEqual(REFUSED);
    }
  });

  it('that is any text is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(refusalOf(LIST, text)).toEqual(REFUSED);
      }),
    );
  });
});

it.each([
  ['2016-02-29', true],
  ['2015-02-29', false],
  ['2016-2-9', false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});
