import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Passage } from './revision-text.js';
import { changesSince, settle } from './source-changes.js';

/** `a1 b1` is block a in its first wording, then block b. */
const passages = (text: string): Passage[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ id: word.charAt(0), kind: 'paragraph', text: word }));

const whole = { sourceRevisionId: 'r1', settled: {} };
const known = (...texts: string[]): Map<string, Passage[]> =>
  new Map(texts.map((text, i) => [`r${i + 1}`, passages(text)]));
const told = (...args: Parameters<typeof changesSince>): string =>
  changesSince(...args)
    .map(({ passageId, change }) => `${passageId} ${change}`)
    .join(', ');

const revision = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.constantFrom(`${id}1`, `${id}2`))).map((words) => words.join(' ')));

describe('what of a source is otherwise', () => {
  it.each([
    ['a1 b1', 'a1 b1', ''],
    ['a1 b1', 'a1 b2', 'b CHANGED'],
    ['a1 b1', 'a1 c1 b1', 'c ADDED'],
    ['a1 b1 c1', 'a1 c1', 'b REMOVED'],
    ['a1 b1 c1', 'c1 a1 b1', 'c MOVED'],
    ['a1', '', 'a REMOVED'],
  ])('from “%s” to “%s” is: %s', (before, now, changes) => {
    expect(told(whole, known(before), passages(now))).toBe(changes);
  });

  it('has the old and the new wording', () => {
    expect(changesSince(whole, known('a1'), passages('a2 b1'))).toEqual([
      { passageId: 'a', kind: 'paragraph', change: 'CHANGED', before: 'a1', after: 'a2' },
      { passageId: 'b', kind: 'paragraph', change: 'ADDED', before: null, after: 'b1' },
    ]);
  });

  it('is less by what was brought up to date, block by block, until it changes again', () => {
    const texts = ['a1 b1 c1', 'a2 b2 d1', 'a3 b2'];
    const now = passages('a2 b2 d1');
    expect(told(whole, known(...texts), now)).toBe('a CHANGED, b CHANGED, c REMOVED, d ADDED');
    const one = settle(whole, ['a', 'c'], 'r2');
    expect(told(one, known(...texts), now)).toBe('b CHANGED, d ADDED');
    const all = settle(one, ['b', 'd'], 'r2');
    expect(told(all, known(...texts), now)).toBe('');
    expect(told(all, known(...texts), passages('a3 b2'))).toBe('a CHANGED, d REMOVED');
    expect(told(settle(all, ['d'], 'r3'), known(...texts), passages('a3 b2'))).toBe('a CHANGED');
  });

  it('is nothing after all of it was brought up to date, whatever happened', () => {
    fc.assert(
      fc.property(revision, revision, revision, (one, two, three) => {
        const texts = known(one, two, three);
        const first = changesSince(whole, texts, passages(two)).map(({ passageId }) => passageId);
        const settled = settle(whole, first, 'r2');
        expect(told(settled, texts, passages(two))).toBe('');
        const second = changesSince(settled, texts, passages(three)).map(({ passageId }) => passageId);
        expect(told(settle(settled, second, 'r3'), texts, passages(three))).toBe('');
      }),
    );
  });

  it('is nothing where nothing was changed, and nothing where it was changed back', () => {
    fc.assert(
      fc.property(revision, (one) => {
        expect(changesSince(whole, known(one), passages(one))).toEqual([]);
      }),
    );
  });
});
