import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromGlobalId, toGlobalId } from './global-id.js';

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const encode = (text: string) => Buffer.from(text).toString('base64url');

it('reads as what it was written from', () => {
  fc.assert(
    fc.property(fc.constantFrom('Article', 'Source', 'Term'), fc.uuid(), (type, id) => {
      expect(fromGlobalId(toGlobalId(type, id))).toEqual({ type, id });
    }),
  );
});

it('is opaque', () => {
  expect(toGlobalId('Article', ID)).not.toContain(ID);
});

it.each([
  '',
  ' ',
  ID,
  '!!!',
  encode('Article'),
  encode('Article:'),
  encode(`article:${ID}`),
  encode(`Article:${ID.toUpperCase()}`),
  encode(`Article:${ID}\n`),
  encode(`Article:${ID}' or 1=1`),
  `${toGlobalId('Article', ID)}=`,
  Buffer.from(`Article:${ID}?`).toString('base64'),
  'A'.repeat(10_000),
])('“%s” was never given out', (text) => {
  expect(fromGlobalId(text)).toBeNull();
});

it('takes no text that it would write otherwise', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = fromGlobalId(text);
      expect(read === null || toGlobalId(read.type, read.id) === text).toBe(true);
    }),
  );
});
