import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginningOf } from './index-for-search.js';

it.each([
  ['un deux trois', 13, 'un deux trois'],
  ['un deux trois', 12, 'un deux'],
  ['un deux\n\ntrois', 10, 'un deux'],
  ['été là-bas', 9, 'été'],
  ['anticonstitutionnellement', 4, 'anti'],
  ['éé', 3, 'é'],
  ['🗼🗼', 7, '🗼'],
  ['', 0, ''],
])('the beginning of %j in %d bytes is %j', (text, maxBytes, beginning) => {
  expect(beginningOf(text, maxBytes)).toBe(beginning);
});

it('a beginning is never too long, and is what the text begins with', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, maxBytes) => {
      const beginning = beginningOf(text, maxBytes);
      expect(Buffer.byteLength(beginning)).toBeLessThanOrEqual(maxBytes);
      expect(text.startsWith(beginning)).toBe(true);
    }),
  );
});
