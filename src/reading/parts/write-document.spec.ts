import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixturePath, readablePaths, readText, SEED_DOCUMENT } from '../../../test/fixtures/fixtures.js';
import { page } from '../../../test/fixtures/page.js';
import { DocumentRefused } from '../document-refused.js';
import { isKeptWhole } from './layout-parts.js';
import type { ReadArticle, Reading } from '../reading.js';
import { writeDocument } from './write-document.js';

/** Writes a reading as the database gives it back: everything has been JSON in between. */
function write({ form, parts, wrapper, article }: Reading, changed: Partial<ReadArticle> = {}): Buffer {
  const stored = JSON.parse(
    JSON.stringify({ form, wrapper, layouts: parts.map((part) => part.layout), article: { ...article, ...changed } }),
  ) as Parameters<typeof writeDocument>[0];
  return writeDocument(stored);
}

/** The lines that differ, as [line of the document, what it became]. */
function changedLines(before: Buffer, after: Buffer): [number, string][] {
  const old = before.toString('utf8').split('\n');
  const lines = after.toString('utf8').split('\n');
  expect(lines).toHaveLength(old.length);
  return lines.flatMap((line, i): [number, string][] => (line === old[i] ? [] : [[i + 1, line]]));
}

describe('a document is written back byte for byte from its fields', () => {
  it.each(readablePaths)('%s', (path) => {
    const bytes = readFileSync(path);
    const reading = readText(bytes);
    expect(write(reading).equals(bytes)).toBe(true);
    expect(reading.parts.filter(isKeptWhole)).toEqual([]);
  });
});

describe('a changed field changes the lines that show it and no others', () => {
  const bytes = readFileSync(SEED_DOCUMENT);
  const reading = readText(bytes);

  it.each<[string, Partial<ReadArticle>, [number, string][]]>([
    [
      'a credit’s name',
      { credits: [{ role: 'AUTHOR', name: 'Anne Morel' }] },
      [
        [5, 'Par [Anne Morel](#)'],
        [61, '*Articles Par : [Anne Morel](#)*'],
      ],
    ],
    ['the day', { publishedOn: '2017-04-01' }, [[7, 'Mondialisation.ca, 1er avril 2017']]],
    [
      'the origin’s day',
      { origin: { ...reading.article.origin, publishedOn: '2016-03' } },
      [[9, '[South Front](#) mars 2016']],
    ],
    [
      'the source',
      { origin: { ...reading.article.origin, sourceName: 'Le Courrier' } },
      [
        [9, '[Le Courrier](#) 28 mars 2016'],
        [55, 'La source originale de cet article est [Le Courrier](#)'],
      ],
    ],
    [
      'a theme',
      { terms: reading.article.terms.map((t) => (t.scheme === 'THEME' ? { ...t, rawLabel: 'Environnement' } : t)) },
      [[13, 'Thème: [Environnement](#)']],
    ],
    [
      'the year of the copyright notice',
      { copyright: reading.article.copyright && { ...reading.article.copyright, year: 2020 } },
      [[57, 'Copyright © [South Front](#), [South Front](#), 2020']],
    ],
    [
      'a link',
      { links: reading.article.links.map((l, i) => (i === 4 ? { ...l, url: 'https://front.example/' } : l)) },
      [[35, 'Visit us: <https://front.example/>']],
    ],
    ['the headline', { headline: 'Palmyra' }, [[3, '## Palmyra']]],
  ])('%s', (_what, changed, lines) => {
    expect(changedLines(bytes, write(reading, changed))).toEqual(lines);
  });
});

describe('a changed field of a translation changes the lines that show it and no others', () => {
  const bytes = readFileSync(fixturePath('translation'));
  const reading = readText(bytes);
  const { origin, credits } = reading.article;
  const url = 'https://harbour-gazette.example/2016/lighthouse';

  it.each<[string, Partial<ReadArticle>, [number, string][]]>([
    [
      'the original’s title',
      { origin: { ...origin, title: 'The Lamp' } },
      [[21, `Article original en anglais : [The Lamp](${url}), publié le 28 mars 2016`]],
    ],
    [
      'the original’s address',
      { origin: { ...origin, url: 'https://gazette.example/lamp' } },
      [
        [
          21,
          'Article original en anglais : [The Lighthouse, Lit Again](https://gazette.example/lamp), publié le 28 mars 2016',
        ],
      ],
    ],
    [
      'the original’s language',
      { origin: { ...origin, language: 'ru' } },
      [[21, `Article original en russe : [The Lighthouse, Lit Again](${url}), publié le 28 mars 2016`]],
    ],
    [
      'the original’s day',
      { origin: { ...origin, publishedOn: '2016-02' } },
      [
        [9, '[The Harbour Gazette](https://harbour-gazette.example/) février 2016'],
        [21, `Article original en anglais : [The Lighthouse, Lit Again](${url}), publié le février 2016`],
      ],
    ],
    [
      'the translator',
      { credits: credits.map((credit) => (credit.role === 'TRANSLATOR' ? { ...credit, name: 'Li Na' } : credit)) },
      [[23, 'Traduit par Li Na pour Mondialisation']],
    ],
  ])('%s', (_what, changed, lines) => {
    expect(changedLines(bytes, write(reading, changed))).toEqual(lines);
  });

  it.each<[string, string, Partial<ReadArticle>, [number, string][]]>([
    [
      'en-in-depth-report',
      'a report',
      {
        terms: [
          { scheme: 'REGION', rawLabel: 'Europe' },
          { scheme: 'THEME', rawLabel: 'Environment' },
          { scheme: 'REPORT', rawLabel: 'THE SEAS' },
        ],
      },
      [[15, 'In-depth Report: [THE SEAS](#)']],
    ],
    ['en-in-depth-report', 'the day', { publishedOn: '2016-04-01' }, [[7, 'Global Research, April 1, 2016']]],
  ])('%s: %s', (name, _what, changed, lines) => {
    const page = readFileSync(fixturePath(name));
    expect(changedLines(page, write(readText(page), changed))).toEqual(lines);
  });

  it('where the source first published it changes on every line that leads there', () => {
    const page = readFileSync(fixturePath('first-published'));
    const first = readText(page);
    const moved = { ...first.article.origin, url: 'https://a.example/' };
    expect(changedLines(page, write(first, { origin: moved })).map(([line]) => line)).toEqual([19, 21]);
  });
});

describe('what the wrapper’s pattern does not tell is recorded', () => {
  it.each([
    ['no-break spaces', (text: string) => text.replace('Région : ', 'Région\u00a0:\u202f')],
    ['curly apostrophes', (text: string) => text.replaceAll("d'", 'd’')],
    ['another case and form of a date', (text: string) => text.replace('30 mars 2016', '1 er AVRIL 2016')],
    ['emphasis in a line', (text: string) => text.replace('Par [Anne Morel](#)', '**Par** [*Anne* Morel](#)')],
    ['escapes and references', (text: string) => text.replaceAll('Le Courrier', 'Le \\*Courrier\\* &amp; fils')],
    ['lines that end in CR LF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['lines that end in CR', (text: string) => text.replaceAll('\n', '\r')],
    ['lines that end this way and that', (text: string) => text.replace('\n\n', '\r\n\n').replace('\n\n', '\n\r')],
    ['accents apart from their letters', (text: string) => text.normalize('NFD')],
    ['accents this way and that', (text: string) => text.replace('é', 'é'.normalize('NFD'))],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['space before and after', (text: string) => ` \n\n${text}\n  \n`],
    ['an underlined headline', (text: string) => text.replace(/^## (.*)$/m, '$1\n======')],
  ])('%s', (_what, change) => {
    const bytes = Buffer.from(change(page({ authors: ['Anne Morel', 'Jean Roux', 'Li Na'] })));
    const reading = readText(bytes);
    expect(write(reading).equals(bytes)).toBe(true);
  });
});

it('any page built from parts is read and written back byte for byte', () => {
  const word = fc.stringMatching(/^[A-Za-zÀ-ÿ’&*_#[\]<>😀-]{1,12}$/u);
  const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
  const name = fc.stringMatching(/^[A-Z][a-zà-ÿ]{1,10} [A-Z][a-z]{1,10}$/);
  const language = fc.constantFrom('fr' as const, 'en' as const);
  const day = { fr: '28 février 2016', en: 'February 28, 2016' };
  const endLines = {
    fr: fc.subarray([
      `Article original en anglais : [The *Bridges*, Again](https://gazette.example/b?a=1&b=2), publié le ${day.fr}`,
      'Traduit de l’anglais par Jeanne d’Arc et [Li Na](https://a.example/) pour Mondialisation.',
      `*Première publication : Le Courrier, ${day.fr}*`,
      '---',
    ]),
    en: fc.subarray([
      `Original article in French: [Les **ponts**](<https://courrier.example/a b>), Le Courrier, ${day.en}`,
      'Translated from French by Jane Roe, [Li Na](#) and Bo Ek',
      `_First published by [Le Courrier](https://courrier.example/) on 28 February 2016_`,
      '---',
    ]),
  };
  const facts = fc.record({
    headline: words,
    authors: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
    source: name,
    regions: fc.uniqueArray(name, { maxLength: 3 }),
    themes: fc.uniqueArray(name, { maxLength: 3 }),
    reports: fc.uniqueArray(name, { maxLength: 2 }),
    dek: fc.option(words.map((text) => `*${text}*`)),
    body: fc.array(words, { minLength: 1, maxLength: 5 }),
  });
  const dates = {
    fr: fc.constantFrom('30 mars 2016', '1er avril 2016', '1 er avril 2016', 'mars 2016', '3 Août 2019'),
    en: fc.constantFrom('March 30, 2016', '28 March 2016', 'April 1st, 2016', 'Mar. 2016', '3rd of August, 2019'),
  };
  const pages = language.chain((own) =>
    fc
      .tuple(facts, dates[own], endLines[own], endLines[own])
      .map(([some, publishedOn, headerLines, lines]) =>
        page({ ...some, language: own, publishedOn, headerLines, endLines: lines }),
      ),
  );
  const dress = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => text.normalize('NFD'),
    (text) => `\uFEFF${text}`,
    (text) => text.replaceAll(' ', '\u00a0'),
  );
  fc.assert(
    fc.property(pages, dress, (text, dressed) => {
      const bytes = Buffer.from(dressed(text));
      try {
        expect(write(readText(bytes)).toString()).toBe(bytes.toString());
      } catch (error) {
        // Words may make a page that is no article; what is taken has to come back.
        if (!(error instanceof DocumentRefused)) throw error;
      }
    }),
    { numRuns: 60 },
  );
});
