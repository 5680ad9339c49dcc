import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Effort } from './effort.js';
import { alignBlocks } from './align-blocks.js';
import { diffTexts, diffWords, writeDiffHtml } from './diff-texts.js';
import type { BlockedText } from './revision-text.js';
import { blocksOf } from './split-blocks.js';

const before = (body: string, headline = 'Titre'): BlockedText => ({
  headline,
  dek: null,
  body,
  blocks: blocksOf(body, null),
});
const after = (old: BlockedText, body: string, headline = 'Titre'): BlockedText => ({
  headline,
  dek: null,
  body,
  blocks: alignBlocks(old.blocks, body),
});

describe('a difference', () => {
  it('has all of both, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const runs = diffWords(one, other, new Effort());
        const without = (change: string): string =>
          runs
            .filter((run) => run.change !== change)
            .map((run) => run.text)
            .join('');
        expect(without('ADDED')).toBe(one);
        expect(without('REMOVED')).toBe(other);
      }),
    );
  });

  it('takes a link’s address and an emphasis as wholes', () => {
    const runs = diffWords(
      'Voir [la page](https://a.example/x).',
      'Voir **la** [page](https://b.example/x).',
      new Effort(),
    );
    expect(runs).toContainEqual({ change: 'REMOVED', text: '](https://a.example/x)' });
    expect(runs.some(({ text }) => text.includes('**'))).toBe(true);
  });

  it('is told passage by passage, what is gone where it stood', () => {
    const old = before('Un.\n\nDeux mots.\n\nTrois.\n\nQuatre.');
    const now = after(old, 'Quatre.\n\nUn.\n\nDeux autres mots.', 'Autre titre');
    expect(diffTexts(old, now).map(({ id, change }) => [id, change])).toEqual([
      ['headline', 'CHANGED'],
      ['b4', 'MOVED'],
      ['b1', 'SAME'],
      ['b2', 'CHANGED'],
      ['b3', 'REMOVED'],
    ]);
  });

  it('as HTML has nothing of the author’s as markup', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const html = writeDiffHtml(diffTexts(before(one), after(before(one), `${other}\n\n<script>alert(1)</script>`)));
        expect(html.replace(/<\/?(?:ins|del|div data-kind="\w+" data-change="[A-Z]+"|div)>/g, '')).not.toMatch(
          /[<>"']/,
        );
      }),
    );
  });
});
