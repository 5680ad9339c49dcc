import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TextPositions } from './text-positions.js';

it('counts lines that end in any way, and characters beyond the basic plane once', () => {
  const positions = new TextPositions('a😀\r\nb\rc\nd');
  expect([0, 3, 4, 5, 6, 7, 8, 9].map((offset) => positions.lineOf(offset))).toEqual([1, 1, 1, 2, 2, 3, 3, 4]);
  expect(positions.codePointOf(3)).toBe(2);
});

it('counts code points as a string iterator does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const positions = new TextPositions(text);
      let offset = 0;
      for (const [i, character] of Array.from(text).entries()) {
        expect(positions.codePointOf(offset)).toBe(i);
        offset += character.length;
      }
      expect(positions.codePointOf(text.length)).toBe(Array.from(text).length);
    }),
  );
});
