import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alignBlocks } from './align-blocks.js';
import { blocksOf, splitBlocks } from './split-blocks.js';
import { contentOf, keptBlocks, type TextBlock } from './text-blocks.js';

/** A text whose paragraphs have no word in common. */
const text = (...paragraphs: string[]): string => paragraphs.join('\n\n');

const first = (body: string): TextBlock[] => blocksOf(body, null);
const idsOf = (blocks: readonly TextBlock[]): string[] => blocks.map(({ id }) => id);

/** Ids that tests can name. */
function counting(): () => string {
  let count = 0;
  return () => `n${++count}`;
}

const align = (before: string, after: string): string[] => idsOf(alignBlocks(first(before), after, counting()));

const paragraph = fc
  .array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 4, maxLength: 12 })
  .map((words) => words.join(' '));
const paragraphs = fc.uniqueArray(paragraph, { minLength: 1, maxLength: 12 });
const markdown = fc
  .array(
    fc.oneof(
      paragraph,
      fc.constantFrom('# A', '> b', '- c\n- d', '***', '    code', '```', '| a |\n|---|\n| b |', '[a]: b', '\r\n', ' '),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .chain((parts) => fc.constantFrom('\n', '\n\n', '\r\n\r\n').map((gap) => parts.join(gap)));

describe('blocks', () => {
  it('are the body again, character by character, whatever it is', () => {
    fc.assert(
      fc.property(markdown, (body) => {
        const blocks = first(body);
        expect(blocks.map((block) => block.text).join('')).toBe(body);
        expect(blocksOf(body, keptBlocks(blocks))).toEqual(blocks);
      }),
    );
  });

  it('are the nodes of the page', () => {
    const body = '# Un\n\n- deux\n- trois\n\nQuatre\ncinq\n\n    code\n';
    expect(splitBlocks(body).map(({ kind, text: own }) => [kind, own])).toEqual([
      ['heading', '# Un\n\n'],
      ['list', '- deux\n- trois\n\n'],
      ['paragraph', 'Quatre\ncinq\n\n'],
      ['code', '    code\n'],
    ]);
  });
});

describe('ids of blocks', () => {
  it('are never the same twice, and the blocks are the new body', () => {
    fc.assert(
      fc.property(markdown, markdown, markdown, (one, two, three) => {
        const second = alignBlocks(first(one), two);
        const third = alignBlocks(second, three);
        for (const [body, blocks] of [[two, second] as const, [three, third] as const]) {
          expect(new Set(idsOf(blocks)).size).toBe(blocks.length);
          expect(blocks.map((block) => block.text).join('')).toBe(body);
        }
      }),
    );
  });

  it('stay with what is unchanged, whatever happens around it', () => {
    fc.assert(
      fc.property(paragraphs, fc.array(fc.tuple(fc.nat(), fc.nat(2), paragraph), { maxLength: 6 }), (before, edits) => {
        const after = [...before];
        for (const [place, what, put] of edits) {
          const at = place % (after.length + 1);
          if (what === 0) after.splice(at, 0, put);
          else if (what === 1) after.splice(at, 1);
          else after.splice(at, 1, put);
        }
        fc.pre(new Set(after).size === after.length);
        const known = new Map(first(text(...before)).map((block) => [contentOf(block), block.id]));
        for (const block of alignBlocks(first(text(...before)), text(...after))) {
          const id = known.get(contentOf(block));
          if (id !== undefined) expect(block.id).toBe(id);
        }
      }),
    );
  });

  it('stay with a block that is worked over, however much', () => {
    fc.assert(
      fc.property(paragraphs, fc.nat(), paragraph, (before, place, put) => {
        fc.pre(!before.includes(put));
        const after = before.with(place % before.length, put);
        expect(align(text(...before), text(...after))).toEqual(idsOf(first(text(...before))));
      }),
    );
  });

  it('go along with what is moved', () => {
    fc.assert(
      fc.property(
        paragraphs.chain((before) =>
          fc.shuffledSubarray(before, { minLength: before.length }).map((after) => ({ before, after })),
        ),
        ({ before, after }) => {
          const ids = align(text(...before), text(...after));
          expect(ids).toEqual(after.map((own) => `b${before.indexOf(own) + 1}`));
        },
      ),
    );
  });

  const long = 'Le port a rouvert lundi. Les grues tournent de nouveau. Deux navires attendent au large du phare.';
  it.each([
    [
      'cut in two',
      text('Un.', long, 'Trois.'),
      text('Un.', long.slice(0, 55), long.slice(55), 'Trois.'),
      /^b1 (b2 n1|n1 b2) b3$/,
    ],
    [
      'made one',
      text('Un.', long.slice(0, 55), long.slice(55), 'Trois.'),
      text('Un.', long, 'Trois.'),
      /^b1 b[23] b4$/,
    ],
    [
      'moved and worked over',
      text(long, 'Un.', 'Deux.', 'Trois.'),
      text('Un.', 'Deux.', 'Trois.', `${long} Enfin.`),
      /^b2 b3 b4 b1$/,
    ],
    ['put before the first', text('Un.', 'Deux.'), text('Zéro.', 'Un.', 'Deux.'), /^n1 b1 b2$/],
    ['said twice', text('Un.', 'Deux.'), text('Un.', 'Un.', 'Deux.'), /^b1 n1 b2$/],
    ['all taken out', text('Un.', 'Deux.'), '', /^$/],
  ])('are sensible where a block is %s', (_what, before, after, ids) => {
    expect(align(before, after).join(' ')).toMatch(ids);
  });

  it('are found where hundreds of blocks are all otherwise', () => {
    const body = (word: string): string => text(...Array.from({ length: 400 }, (_, i) => `${word} ${i} ${word}`));
    expect(alignBlocks(first(body('avant')), body('après'))).toHaveLength(400);
  });
});
