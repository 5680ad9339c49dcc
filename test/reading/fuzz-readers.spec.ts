import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { formatPath, formatPaths, readAll } from '../fixtures/formats.js';
import { knowledge, readablePaths } from '../fixtures/fixtures.js';
import { DocumentRefused } from '../../src/reading/document-refused.js';
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../src/reading/door/incoming-document.js';
import { readDocument } from '../../src/reading/read-document.js';
import { writeDocument } from '../../src/reading/parts/write-document.js';

/** Reads bytes as a format: they are refused, or written back to the letter. Anything else is a fault. */
function readOrRefuse(bytes: Buffer, format: DocumentFormat): string {
  try {
    const { form, parts, wrapper, article } = readDocument({ path: 'x', fileName: 'x', format, bytes }, knowledge);
    const stored = JSON.parse(
      JSON.stringify({ form, layouts: parts.map((part) => part.layout), wrapper, article }),
    ) as {
      form: typeof form;
      layouts: (typeof parts)[number]['layout'][];
      wrapper: typeof wrapper;
      article: typeof article;
    };
    expect(writeDocument(stored).equals(bytes)).toBe(true);
    expect(JSON.stringify(stored)).not.toContain('\\u0000');
    return 'read';
  } catch (error) {
    if (error instanceof DocumentRefused) return error.refusal.code;
    throw error;
  }
}

/** Tears a text apart: pieces are taken out, doubled, moved, and markup is thrown in. */
const tears = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    insert: fc.constantFrom(
      ...[
        '',
        '<',
        '>',
        '&',
        '&amp',
        '&#0;',
        '&#x110000;',
        '"',
        "'",
        '\n\n',
        '\r',
        '\u00a0',
        '🎻',
        'e\u0301',
        '<p>',
        '</p>',
      ],
      ...[
        '<br>',
        '<table>',
        '<tr>',
        '</div>',
        '<b>',
        '<i>',
        '<a href="#">',
        '</a>',
        '<svg>',
        '<!--',
        '-->',
        '<![CDATA[',
      ],
      ...[
        ']]>',
        '<h1>',
        '<li>',
        '<select>',
        '<template>',
        '<frameset>',
        '<plaintext>',
        '<math><mi>',
        '</body>',
        '<form>',
      ],
    ),
  }),
  { maxLength: 6 },
);

function tear(text: string, some: readonly { at: number; length: number; insert: string }[]): string {
  return some.reduce((torn, { at, length, insert }) => {
    const start = Math.floor(at * torn.length);
    return torn.slice(0, start) + insert + torn.slice(start + length);
  }, text);
}

const subjects: { format: DocumentFormat; text: string }[] = [];
beforeAll(async () => {
  const texts = (format: DocumentFormat, paths: readonly string[]) =>
    paths.map((path) => ({ format, text: readFileSync(path, 'utf8') }));
  subjects.push(...texts('MARKDOWN', readablePaths), ...texts('HTML', formatPaths('html')));
  for (const outcome of await readAll([formatPath('wxr', 'export.xml')])) {
    if ('reading' in outcome) subjects.push({ format: 'WXR', text: outcome.document.bytes.toString('utf8') });
  }
});

describe.each(DOCUMENT_FORMATS)('%s: a reader reads losslessly or refuses', (format) => {
  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readOrRefuse(Buffer.from(bytes), format);
      }),
      { numRuns: 40 },
    );
  });

  it('real documents that were torn apart', () => {
    const own = subjects.filter((subject) => subject.format === format);
    expect(own.length).toBeGreaterThan(5);
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fc.nat(own.length - 1), tears, (i, some) => {
        outcomes.add(readOrRefuse(Buffer.from(tear(own[i]?.text ?? '', some)), format));
      }),
      { numRuns: 40 },
    );
    expect(outcomes).toContain('read');
  });
});

const HEAD =
  '<!doctype html><meta charset=utf-8><h1>Les ponts</h1><p>Par Anne Morel</p><p>Mondialisation.ca, 30 mars 2016</p><p>Région : Europe</p>';
const html = (body: string): string => `${HEAD}<p>Le texte commence ici, et il continue longtemps.</p>${body}`;
const post = (content: string): string =>
  `<item><title>Les ponts</title><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_date>2016-03-30 10:00:00</wp:post_date></item>`;
const markdown = (body: string): string =>
  `# Les ponts\n\nPar Anne Morel\n\nMondialisation.ca, 30 mars 2016\n\nRégion : Europe\n\nLe texte commence ici, et il continue longtemps.\n\n${body}`;

/** Markup of a size that grows with `n`; what each does to a parser that is not linear is known. */
const BOMBS: [string, (n: number) => string][] = [
  ['divs in divs', (n) => `${'<div>'.repeat(n)}x`],
  ['quotes in quotes', (n) => `${'<blockquote>'.repeat(n)}x`],
  ['lists in lists', (n) => `${'<ul><li>'.repeat(n)}x`],
  ['tables in tables', (n) => `${'<table><tr><td>'.repeat(n)}x`],
  ['emphasis that is never closed', (n) => '<b><p>x'.repeat(n)],
  ['emphasis of many kinds', (n) => Array.from({ length: n }, (_, i) => `<font size=${i}><p>x`).join('')],
  ['crossed emphasis', (n) => '<b><i></b></i>x'.repeat(n)],
  ['links', (n) => '<a href="https://a.example">a</a> '.repeat(n)],
  ['links in paragraphs of their own', (n) => '<p><a href="https://a.example">a</a></p>'.repeat(n)],
  ['text put before a table', (n) => `<table>${'x<b>y</b>'.repeat(n)}</table>`],
  ['attributes', (n) => `<p ${Array.from({ length: n }, (_, i) => `a${i}`).join(' ')}>x</p>`],
  ['references', (n) => '&amp;'.repeat(n)],
  ['opening brackets', (n) => '<'.repeat(n)],
  ['comments', (n) => '<!--'.repeat(n)],
  ['line breaks', (n) => `<p>${'x<br>'.repeat(n)}</p>`],
  ['paragraphs', (n) => '<p>Une phrase ordinaire de plus.</p>'.repeat(n)],
  ['headings', (n) => '<h2>Titre</h2>'.repeat(n)],
  ['date lines', (n) => '<h2>Titre</h2><p>Mondialisation.ca, 30 mars 2016</p>'.repeat(n)],
  [
    'footnotes',
    (n) => `${'<sup><a id=r href="#n">1</a></sup>'.repeat(n)}<ol><li id=n>${'<a href="#r">x</a>'.repeat(n)}</ol>`,
  ],
  ['empty elements', (n) => `<p>${'<i></i> '.repeat(n)}</p>`],
  ['pictures', (n) => `<p>${'<img src=a> '.repeat(n)}</p>`],
  ['paragraphs with a reference each', (n) => '<p>Une phrase &amp; une autre.</p>'.repeat(n)],
  ['paragraphs without tags, with a reference each', (n) => 'Une phrase &amp; une autre.\n\n'.repeat(n)],
  ['brackets of Markdown', (n) => `<p>${'[*_`'.repeat(n)}</p>`],
];

const FEW = 1_000;
const GROWTH = 4;
/** What takes this long already is compared with less of it: there is enough of it to tell. */
const LONG_MS = 500;
/** How much longer than in proportion more of it may take, and what a busy machine may add. */
const NOISE = { factor: 2, ms: 150 };
const ATTEMPTS = 3;

describe('no markup keeps a reader busy: more of it takes longer in proportion at most', () => {
  const wraps = { HTML: html, WXR: post, MARKDOWN: markdown } as const;

  it.each(BOMBS)('%s', (_what, make) => {
    for (const format of DOCUMENT_FORMATS) {
      const read = (n: number): { outcome: string; ms: number } => {
        const bytes = Buffer.from(wraps[format](make(n)));
        const started = performance.now();
        const outcome = readOrRefuse(bytes, format);
        expect(['read', 'DOCUMENT_TOO_INTRICATE', 'NOT_AN_ARTICLE']).toContain(outcome);
        return { outcome, ms: performance.now() - started };
      };
      const isLinear = (): boolean => {
        const few = read(FEW);
        // What is refused is refused at a bound: more of it is not read further.
        if (few.outcome !== 'read') return true;
        const [less, more] = few.ms > LONG_MS ? [read(FEW / GROWTH), few] : [few, read(FEW * GROWTH)];
        return more.ms <= less.ms * GROWTH * NOISE.factor + NOISE.ms;
      };
      const attempts = Array.from({ length: ATTEMPTS });
      expect({ format, isLinear: attempts.some(isLinear) }).toEqual({ format, isLinear: true });
    }
  });
});
