import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pairBlocks } from './align-translation.js';

const block = (id: string, kind = 'paragraph', length = 10): { id: string; kind: string; text: string } => ({
  id,
  kind,
  text: 'x'.repeat(length),
});
const KINDS = { h: 'heading', p: 'paragraph', l: 'list' } as const;
/** `h1 p2` is a heading and a paragraph. */
const text = (ids: string, of: string): ReturnType<typeof block>[] =>
  ids
    .split(' ')
    .filter(Boolean)
    .map((id) => block(`${of}${id}`, KINDS[id.charAt(0) as keyof typeof KINDS]));

it.each([
  ['in order where there are as many', 'h1 p2 p3', 'p1 p2 p3', {}, { tp1: 'sh1', tp2: 'sp2', tp3: 'sp3' }],
  ['by kind where one is missing', 'h1 p2 l3', 'p1 l2', {}, { tp1: 'sp2', tl2: 'sl3' }],
  ['as noted, and around it', 'p1 p2 p3', 'p1 p2', { tp2: 'sp3', tp1: 'sp1' }, { tp1: 'sp1', tp2: 'sp3' }],
  ['as noted, also crosswise', 'p1 p2', 'p1 p2', { tp1: 'sp2', tp2: 'sp1' }, { tp1: 'sp2', tp2: 'sp1' }],
  ['anew where the noted one is gone', 'p1 p2', 'p1 p2', { tp1: 'gone' }, { tp1: 'sp1', tp2: 'sp2' }],
  [
    'two with one, as noted',
    'p1 p2',
    'p1 p2 p3',
    { tp1: 'sp1', tp2: 'sp1', tp3: 'sp2' },
    { tp1: 'sp1', tp2: 'sp1', tp3: 'sp2' },
  ],
  ['with none where there is none', '', 'p1', {}, {}],
])('blocks are paired %s', (_how, source, translation, noted, pairs) => {
  expect(pairBlocks(text(source, 's'), text(translation, 't'), noted)).toEqual(pairs);
});

it('a pair that was noted stays, whatever is written around it, and each block has at most one partner', () => {
  const kinds = fc.array(fc.constantFrom('heading', 'paragraph', 'list'), { maxLength: 8 });
  fc.assert(
    fc.property(kinds, kinds, fc.nat(), fc.nat(), (one, other, i, j) => {
      const source = one.map((kind, n) => block(`s${n}`, kind, n + 1));
      const translation = other.map((kind, n) => block(`t${n}`, kind, n + 1));
      const [from, to] = [translation[i % translation.length], source[j % source.length]];
      const noted = from === undefined || to === undefined ? {} : { [from.id]: to.id };
      const pairs = pairBlocks(source, translation, noted);
      expect(pairs).toMatchObject(noted);
      expect(new Set(Object.values(pairs)).size).toBe(Object.keys(pairs).length);
      expect(pairBlocks(source, translation, pairs)).toEqual(pairs);
    }),
  );
});
