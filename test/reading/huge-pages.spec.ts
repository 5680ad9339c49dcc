import { describe, expect, it } from '@jest/globals';
import { DocumentRefused } from '../../src/reading/document-refused.js';
import { readText } from '../fixtures/fixtures.js';
import { page } from '../fixtures/page.js';

describe('pages beyond all measure are read or refused', () => {
  const inBody = (text: string) => page({ body: ['Le texte commence ici, et il continue longtemps.', text] });
  const HUGE: [string, () => string][] = [
    ['10,000 quotes in quotes', () => `${'>'.repeat(10_000)} x`],
    ['10,000 quotes in quotes, spaced', () => `${'> '.repeat(10_000)}x`],
    ['1,000 lists in lists', () => Array.from({ length: 1000 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
    ['lists in lists on one line', () => `${'- '.repeat(10_000)}x`],
    ['100,000 links', () => '[a](https://a.example) '.repeat(100_000)],
    ['20,000 links in paragraphs of their own', () => '[a](https://a.example)\n\n'.repeat(20_000)],
    ['100,000 opening brackets', () => '['.repeat(100_000)],
    ['50,000 asterisks', () => '*a'.repeat(50_000)],
    ['50,000 backticks', () => Array.from({ length: 300 }, (_, i) => '`'.repeat(i + 1)).join(' a ')],
    ['a line of a megabyte', () => 'mot '.repeat(262_144)],
    ['a word of a megabyte', () => 'm'.repeat(1_048_576)],
    ['two megabytes of text', () => `${'Une phrase ordinaire de plus. '.repeat(10)}\n\n`.repeat(7000)],
    [
      'a table of 10,000 cells',
      () => `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${`|${'a|'.repeat(100)}\n`.repeat(100)}`,
    ],
    ['a megabyte of references', () => '&amp;'.repeat(200_000)],
    ['100,000 addresses', () => 'a@b.example '.repeat(100_000)],
    ['a megabyte of emphasis marks', () => '_'.repeat(1_000_000)],
    ['50,000 definitions', () => Array.from({ length: 50_000 }, (_, i) => `[a${i}]: https://a.example`).join('\n')],
    ['20,000 notes', () => Array.from({ length: 20_000 }, (_, i) => `[^${i}]: x`).join('\n')],
    ['100,000 set-in lines', () => 'mot\n   '.repeat(100_000)],
  ];

  it.each([
    ...HUGE.map(([what, make]) => [what, () => inBody(make())] as const),
    ['a headline of a megabyte', () => page({ headline: 'mot '.repeat(262_144) })] as const,
    ['a byline of a megabyte', () => page({ byline: `Par ${'Anne, '.repeat(170_000)}` })] as const,
  ])(
    '%s',
    (_what, make) => {
      let outcome: string;
      try {
        outcome = readText(make()).article.publishedOn;
      } catch (error) {
        outcome = error instanceof DocumentRefused ? error.refusal.code : String(error);
      }
      expect(['2016-03-30', 'NOT_AN_ARTICLE', 'DOCUMENT_TOO_INTRICATE', 'DOCUMENT_TOO_LARGE']).toContain(outcome);
    },
    20_000,
  );
});
