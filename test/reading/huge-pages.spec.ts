import { describe, expect, it } from '@jest/globals';
import { DocumentRefused } from '../../src/reading/document-refused.js';
import { writeDocument } from '../../src/reading/parts/write-document.js';
import { readText } from '../fixtures/fixtures.js';
import { page } from '../fixtures/page.js';

describe('pages beyond all measure are read or refused', () => {
  const inBody = (text: string) => page({ body: ['Le texte commence ici, et il continue longtemps.', text] });
  const HUGE: [string, () => string][] = [
    ['10,000 quotes in quotes', () => `${'>'.repeat(10_000)} x`],
    ['10,000 quotes in quotes, spaced', () => `${'> '.repeat(10_000)}x`],
    ['1,000 lists in lists', () => Array.from({ length: 1000 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
    ['lists in lists on one line', () => `${'- '.repeat(10_000)}x`],
    ['30,000 links', () => '[a](https://a.example) '.repeat(30_000)],
    ['5,000 links in paragraphs of their own', () => '[a](https://a.example)\n\n'.repeat(5_000)],
    ['100,000 opening brackets', () => '['.repeat(100_000)],
    ['50,000 asterisks', () => '*a'.repeat(50_000)],
    ['50,000 backticks', () => Array.from({ length: 300 }, (_, i) => '`'.repeat(i + 1)).join(' a ')],
    ['a line of a megabyte', () => 'mot '.repeat(262_144)],
    ['a word of a megabyte', () => 'm'.repeat(1_048_576)],
    [
      'a table of 10,000 cells',
      () => `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${`|${'a|'.repeat(100)}\n`.repeat(100)}`,
    ],
    ['50,000 references', () => '&amp;'.repeat(50_000)],
    ['30,000 addresses', () => 'a@b.example '.repeat(30_000)],
    ['a megabyte of emphasis marks', () => '_'.repeat(1_000_000)],
    ['50,000 definitions', () => Array.from({ length: 50_000 }, (_, i) => `[a${i}]: https://a.example`).join('\n')],
    ['20,000 notes', () => Array.from({ length: 20_000 }, (_, i) => `[^${i}]: x`).join('\n')],
    ['30,000 set-in lines', () => 'mot\n   '.repeat(30_000)],
  ];

  it.each([
    ...HUGE.map(([what, make]) => [what, () => inBody(make())] as const),
    ['a headline of 200,000 characters', () => page({ headline: 'mot '.repeat(50_000) })] as const,
    ['a byline of 50,000 names', () => page({ byline: `Par ${'Anne, '.repeat(50_000)}` })] as const,
  ])('%s', (_what, make) => {
    let outcome: string;
    try {
      outcome = readText(make()).article.publishedOn;
    } catch (error) {
      outcome = error instanceof DocumentRefused ? error.refusal.code : String(error);
    }
    expect(['2016-03-30', 'NOT_AN_ARTICLE', 'DOCUMENT_TOO_INTRICATE', 'DOCUMENT_TOO_LARGE']).toContain(outcome);
  });

  it.each([
    ['a million paragraphs', () => 'a\n\n'.repeat(1_000_000)],
    ['600,000 links in paragraphs of 400', () => `${'[a](/b) '.repeat(400)}\n\n`.repeat(1500)],
    ['a million references', () => `${'&lt;'.repeat(400)}\n\n`.repeat(2500)],
    ['a million addresses', () => `${'www.a.example '.repeat(400)}\n\n`.repeat(1250)],
    ['a million cells', () => `${'a|'.repeat(400)}\n`.repeat(2500)],
    ['a million items', () => '- a\n'.repeat(1_000_000)],
  ])('%s would take gigabytes, and are refused before', (_what, make) => {
    const refused = expect.objectContaining({ code: 'DOCUMENT_TOO_INTRICATE', line: expect.any(Number) });
    expect(() => readText(inBody(make()))).toThrow(expect.objectContaining({ refusal: refused }));
  });

  it('two megabytes of text are read, and written back', () => {
    const paragraph =
      'Le gardien du phare a tenu un journal pendant vingt ans, et personne ne l’avait encore lu en entier. ';
    const body = Array.from({ length: 2100 }, (_, i) => `${i + 1}. ${paragraph.repeat(10).trim()}`.replace('. ', ' '));
    const text = page({ body });
    expect(Buffer.byteLength(text)).toBeGreaterThan(2 * 1024 * 1024);
    const reading = readText(text);
    expect(reading.article.body).toBe(body.join('\n\n'));
    expect(writeDocument({ ...reading, layouts: reading.parts.map(({ layout }) => layout) }).toString()).toBe(text);
  });
});
