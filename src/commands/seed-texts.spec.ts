import { expect, it } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import { documentText } from './seed-texts.js';

const SENTENCE = 'Le pont est ouvert aux piétons et aux vélos toute la journée. ';

function textOf(before: string, after: string): string[] {
  const changes = [{ path: 'text.body' as const, before, after }];
  const publication = { outcome: 'published', number: 2 } as const;
  const text = documentText(
    {
      path: 'pont.txt',
      outcome: 'changed',
      articleId: 'pont',
      headline: 'Le pont',
      publication,
      findings: [],
      changes,
      conflicts: [],
    },
    { isDryRun: true, width: 200 },
  );
  return stripVTControlCharacters(text)
    .split('\n')
    .slice(3)
    .map((line) => line.trim());
}

it('of a long text, the plan shows what goes and what comes behind the words before both', () => {
  const before = SENTENCE.repeat(5);
  expect(textOf(`${before}Deux lampes brûlent.`, `${before}Trois longues lampes brûlent bien.`)).toEqual([
    '- aux vélos toute la journée. Deux',
    '+ aux vélos toute la journée. Trois longues',
    '+ lampes brûlent bien',
  ]);
  expect(textOf(before, `Un mot. ${before}`)[0]).toBe('+ Un mot.');
});

it('of many differences it shows the first, and how many more there are', () => {
  const texts = ['ancien', 'nouveau'].map((word) => `${SENTENCE}${word} `.repeat(10));
  const lines = textOf(texts[0] ?? '', texts[1] ?? '');
  expect(lines).toHaveLength(17);
  expect(lines.at(-1)).toBe('and 2 more differences');
});
