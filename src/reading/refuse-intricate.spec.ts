import { describe, expect, it } from '@jest/globals';
import { countMarks, refuseIntricate } from './refuse-intricate.js';

function failureOf(text: string): unknown {
  try {
    refuseIntricate(text);
    return null;
  } catch (error) {
    return error;
  }
}

describe('refuseIntricate', () => {
  const rows = '|a[|b['.repeat(10).concat('|\n').repeat(200);

  it.each([
    ['no table', rows],
    ['no table, since its head has other cells', `|a|\n|-|-|\n${rows}`],
    ['no table, since it is below a paragraph', `> a\n|a|\n|-|\n${rows}`],
    ['a table that has ended', `|a|\n|-|\n# b\n${rows}`],
  ])('counts the marks of lines that begin as rows do together: %s', (_, text) => {
    expect(failureOf(text)).toMatchObject({ refusal: { code: 'DOCUMENT_TOO_INTRICATE' } });
  });

  it('counts those of a table line by line', () => {
    expect(failureOf(`a\n\n| a | b \\| c |\n| :-: | - |\n${rows}`)).toBeNull();
    expect(failureOf(`a\n\n|a|\n|-|\n|${'['.repeat(2001)}|`)).toMatchObject({ refusal: { line: 5 } });
  });
});

describe('countMarks', () => {
  it('counts marks, cells, and the quotes and lists that lines stand in', () => {
    expect(countMarks('a *b*')).toBe(2);
    expect(countMarks('|a|b|')).toBe(3);
    expect(countMarks('>> a\nb\nc\n\nd')).toBe(6);
  });
});
