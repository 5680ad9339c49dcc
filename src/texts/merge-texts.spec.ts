import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeTexts } from './merge-texts.js';
import type { TextContent } from './revision-text.js';

const text = (body: string, rest: Partial<TextContent> = {}): TextContent => ({
  headline: 'Palmyre',
  dek: null,
  body,
  ...rest,
});

const body = fc
  .array(fc.stringMatching(/^[a-z]{2,6}( [a-z]{2,6}){2,6}$/), { maxLength: 6 })
  .map((all) => all.join('\n\n'));
const any = fc.record({ headline: fc.constantFrom('A', 'B'), dek: fc.constantFrom(null, '*c*'), body });

describe('two states of a text', () => {
  it('come to the one that was changed, where the other was not', () => {
    fc.assert(
      fc.property(any, any, (base, other) => {
        expect(mergeTexts(base, other, base)).toEqual({ text: other, conflicts: [] });
        expect(mergeTexts(base, base, other)).toEqual({ text: other, conflicts: [] });
        expect(mergeTexts(base, other, other)).toEqual({ text: other, conflicts: [] });
      }),
    );
  });

  it('come to the same, whoever asks', () => {
    fc.assert(
      fc.property(any, any, any, (base, yours, theirs) => {
        expect(mergeTexts(base, yours, theirs).text).toEqual(mergeTexts(base, theirs, yours).text);
      }),
    );
  });

  const base = 'Un port. Des grues tournent.\n\nDeux navires attendent.\n\nTrois phares.';
  it.each([
    [
      'in different blocks',
      base.replace('Un', 'Le'),
      base.replace('Trois', 'Quatre'),
      base.replace('Un', 'Le').replace('Trois', 'Quatre'),
    ],
    [
      'in neighbouring blocks',
      base.replace('tournent', 'dorment'),
      base.replace('Deux', 'Dix'),
      base.replace('tournent', 'dorment').replace('Deux', 'Dix'),
    ],
    [
      'in one block, far apart',
      base.replace('Un', 'Le'),
      base.replace('tournent', 'dorment'),
      base.replace('Un', 'Le').replace('tournent', 'dorment'),
    ],
    ['by an end and a beginning', `${base}\n\nFin.`, `Début.\n\n${base}`, `Début.\n\n${base}\n\nFin.`],
    [
      'by an end and in the last block',
      `${base}\n\nFin.`,
      base.replace('Trois', 'Quatre'),
      `${base.replace('Trois', 'Quatre')}\n\nFin.`,
    ],
  ])('are merged where they were changed %s', (_where, yours, theirs, merged) => {
    expect(mergeTexts(text(base), text(yours), text(theirs))).toEqual({ text: text(merged), conflicts: [] });
  });

  it('are a question where both have changed the same', () => {
    const merged = mergeTexts(
      text(base, { headline: 'Palmyre' }),
      text(base.replace('Deux', 'Dix'), { headline: 'Alep' }),
      text(base.replace('Deux', 'Cent'), { headline: 'Damas' }),
    );
    expect(merged).toEqual({
      text: null,
      conflicts: [
        { part: 'headline', base: 'Palmyre', yours: 'Alep', theirs: 'Damas' },
        {
          part: 'body',
          base: expect.stringContaining('Deux'),
          yours: expect.stringContaining('Dix'),
          theirs: expect.stringContaining('Cent'),
        },
      ],
    });
  });

  it('are a question where one has taken out what the other has worked over', () => {
    const without = base.replace('Deux navires attendent.\n\n', '');
    expect(mergeTexts(text(base), text(without), text(base.replace('Deux', 'Dix'))).text).toBeNull();
  });

  it('are one question of a passage, however many of its words are contrary, and however often the same', () => {
    const same = Array.from({ length: 900 }, () => 'a');
    const every = (n: number, word: string): string => same.map((one, i) => (i % n === 0 ? word : one)).join(' ');
    const twice = (passage: string): string => `${passage}\n\n${passage}`;
    const { conflicts } = mergeTexts(
      text(twice(same.join(' '))),
      text(twice(every(3, 'b'))),
      text(twice(every(2, 'c'))),
    );
    expect(conflicts).toHaveLength(2);
  });

  it('are a question, soon, where they are endless', () => {
    const many = (word: string): string => Array.from({ length: 3000 }, (_, i) => `${word} ${i}`).join('\n\n');
    expect(mergeTexts(text(many('a')), text(many('b')), text(many('c'))).text).toBeNull();
  });
});
