import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  fixtureNames,
  fixturePath,
  readablePaths,
  readFixture,
  readText,
  SEED_DOCUMENT,
} from '../../test/fixtures/fixtures.js';
import { page } from '../../test/fixtures/page.js';
import { FINDING_SEVERITIES } from '../articles/finding.js';
import { TERM_LISTS, TERM_SCHEMES } from '../common/vocabulary.js';
import { DocumentRefused } from './document-refused.js';
import type { Reading, RefusalCode } from './reading.js';

function refusalOf(text: string | Buffer) {
  try {
    readText(text);
  } catch (error) {
    if (error instanceof DocumentRefused) return error.refusal;
    throw error;
  }
  throw new Error('the document was read');
}
const codesOf = (reading: Reading): string[] => reading.findings.map((finding) => finding.code);
const partsOf = (reading: Reading): unknown[] =>
  reading.parts.map(({ role, language, firstLine, lastLine }) => [role, language, firstLine, lastLine]);

describe('the seed document', () => {
  const reading = readText(readFileSync(SEED_DOCUMENT), basename(SEED_DOCUMENT));

  it('is cut into parts, each with its language and lines', () => {
    expect(partsOf(reading)).toEqual([
      ['HEADLINE', 'en', 3, 3],
      ['BYLINE', 'fr', 5, 5],
      ['DATELINE', 'fr', 7, 7],
      ['ORIGIN_LINE', 'fr', 9, 9],
      ['REGION_LINE', 'fr', 11, 11],
      ['THEME_LINE', 'fr', 13, 13],
      ['DEK', 'en', 15, 15],
      ['BODY', 'en', 17, 27],
      ['CLOSING', 'en', 29, 53],
      ['SOURCE_STATEMENT', 'fr', 55, 55],
      ['COPYRIGHT_LINE', 'fr', 57, 57],
      ['RULE', null, 59, 59],
      ['CREDITS_LINE', 'fr', 61, 61],
      ['NOTICE', 'fr', 63, 63],
      ['REUSE_TERM', 'fr', 65, 65],
      ['REUSE_TERM', 'fr', 67, 67],
      ['NOTICE', 'fr', 69, 69],
      ['CONTACT', 'fr', 71, 71],
    ]);
  });

  it('says who, when, where from and on which terms', () => {
    expect(reading.article).toMatchObject({
      publisherSlug: 'mondialisation-ca',
      pageLanguage: 'fr',
      language: 'en',
      kind: 'VIDEO',
      headline: 'Video: The Liberation of Palmyra. Towards the Defeat of ISIS',
      publishedOn: '2016-03-30',
      origin: { relation: 'VERBATIM', sourceName: 'South Front', url: null, language: 'en', publishedOn: '2016-03-28' },
      credits: [{ role: 'AUTHOR', name: 'South Front' }],
      terms: [
        { scheme: 'REGION', rawLabel: 'Middle East & North Africa' },
        { scheme: 'THEME', rawLabel: 'Terrorism' },
      ],
      copyright: {
        raw: 'Copyright © South Front, South Front, 2016',
        author: 'South Front',
        source: 'South Front',
        year: 2016,
      },
      contacts: [{ email: 'media@globalresearch.ca', purposes: ['MEDIA', 'REPRODUCTION_PERMISSION'] }],
    });
    expect(reading.article.dek).toMatch(/^On Mar\.27 .* in this\.$/s);
    expect(reading.article.body).toMatch(/^More than 5000-strong .* on Feb\.28\.$/s);
    expect(reading.article.clauses.map(({ definition }) => definition.key)).toEqual([
      'responsibility',
      'alternative-media',
      'other-formats',
      'fair-use',
      'media-contact',
    ]);
  });

  it('has two findings, and none that blocks', () => {
    expect(reading.findings.map(({ code, severity, path, line }) => [code, severity, path, line])).toEqual([
      ['ORIGIN_URL_MISSING', 'WARNING', 'origin.url', 9],
      ['LINK_TRUNCATED', 'WARNING', 'links[3].url', 33],
    ]);
  });
});

describe.each(readablePaths.map((path) => [basename(path), path]))('%s', (name, path) => {
  const reading = readText(readFileSync(path), name);
  const characters = Array.from(reading.text);
  const between = (start: number, end: number) => characters.slice(start, end).join('');

  it('is cut into parts that hold every character exactly once', () => {
    expect(reading.parts[0]?.start).toBe(0);
    expect(reading.parts.at(-1)?.end).toBe(characters.length);
    for (const [i, part] of reading.parts.entries()) {
      expect(part.end).toBeGreaterThan(part.start);
      expect(part.start).toBe(reading.parts[i - 1]?.end ?? 0);
    }
    expect(reading.parts.map((part) => between(part.start, part.end)).join('')).toBe(reading.text);
  });

  it('is cut into parts whose lines are where the text has them', () => {
    const lines = reading.text.split(/\r\n|\n/);
    for (const part of reading.parts) {
      const text = lines.slice(part.firstLine - 1, part.lastLine).join('\n');
      expect(text.trim()).toBe(between(part.start, part.end).replaceAll('\r\n', '\n').trim());
    }
  });

  it('is quoted as it stands', () => {
    expect(reading.evidence.length).toBeGreaterThan(5);
    for (const { start, end, exact, prefix, suffix } of reading.evidence) {
      expect(between(start, end)).toBe(exact);
      expect(exact).not.toBe('');
      expect(between(0, start).endsWith(prefix)).toBe(true);
      expect(between(end, characters.length).startsWith(suffix)).toBe(true);
      expect(`${prefix} ${suffix}`).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('gives evidence that reads as the value that it gave', () => {
    const plain = (markdown: string) =>
      markdown
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/\\(.)/g, '$1')
        .replaceAll('&amp;', '&');
    const { article } = reading;
    const values: Record<string, string | null | undefined> = {
      'text.headline': article.headline,
      'text.dek': article.dek?.replaceAll('\n', reading.text.includes('\r\n') ? '\r\n' : '\n'),
      'origin.title': article.origin.title,
      'rights.copyright.author': article.copyright?.author,
      'rights.copyright.source': article.copyright?.source,
      'rights.copyright.year': article.copyright?.year?.toString(),
    };
    for (const [i, { name: credit }] of article.credits.entries()) values[`credits[${i}].agent.name`] = credit;
    for (const scheme of TERM_SCHEMES) {
      for (const [i, { rawLabel }] of article.terms.filter((term) => term.scheme === scheme).entries()) {
        values[`${TERM_LISTS[scheme]}[${i}].rawLabel`] = rawLabel;
      }
    }
    const disagreeing = reading.findings.filter((f) => f.code === 'SOURCES_DISAGREE').map((f) => f.path);
    for (const [path, value] of Object.entries(values)) {
      if (value == null || disagreeing.some((one) => path.startsWith(one))) continue;
      const quotes = reading.evidence
        .filter((one) => one.path === path)
        .map((one) => plain(one.exact).normalize('NFC').replace(/\s+/g, ' '));
      expect([path, quotes.length > 0]).toEqual([path, true]);
      expect([path, new Set(quotes)]).toEqual([path, new Set([value.normalize('NFC').replace(/\s+/g, ' ')])]);
    }
  });

  it('has findings of known codes that point into the document', () => {
    const lines = reading.text.split('\n').length;
    for (const { code, severity, line, message } of reading.findings) {
      expect(severity).toBe(FINDING_SEVERITIES[code]);
      expect(line === null || (line >= 1 && line <= lines)).toBe(true);
      expect(message).toMatch(/\S/);
    }
  });
});

describe('text is never taken for lines of the page', () => {
  const TEXT = 'La mairie a refait la place, et les tilleuls ont été replantés le long de la rive.';

  it.each([
    ['that begins like a byline', 'Par ailleurs, la mairie promet une passerelle.'],
    ['that ends with a date', 'La place, 12 mars 2016'],
    ['that ends with a year', 'Élections américaines 2016'],
  ])('a paragraph %s', (_what, paragraph) => {
    const own = {
      byline: null,
      originLine: null,
      dek: null,
      statement: 'La source originale de cet article est [Mondialisation.ca](#)',
      body: [TEXT, TEXT, paragraph, TEXT],
    };
    const { article, findings } = readText(page(own));
    expect(article.body).toBe(own.body.join('\n\n'));
    expect(article.origin.relation).toBe('OWN');
    expect(article.credits).toEqual([{ role: 'AUTHOR', name: 'Anne Morel' }]);
    expect(findings).toEqual([]);
  });

  it('a paragraph that reads like a line the page lacks, behind others', () => {
    const body = [TEXT, TEXT, 'Thème : la guerre', TEXT];
    const { article, parts } = readText(page({ dek: null, themes: [], body }));
    expect(article.body).toBe(body.join('\n\n'));
    expect(article.terms.map(({ scheme }) => scheme)).toEqual(['REGION']);
    expect(parts.map(({ role }) => role)).not.toContain('UNCLAIMED');
  });

  it('a last paragraph whose words and link are those of a sentence', () => {
    const last =
      'The mayor asked all the citizens to donate blood every month, as the [official report](https://a.example/r) recommends.';
    const { article } = readText(page({ body: [TEXT, last] }));
    expect(article.body).toBe(`${TEXT}\n\n${last}`);
    expect(article.links).toEqual([]);
  });

  it('a comma between source and date is no part of the source', () => {
    const source = 'Le Courrier du Lac';
    const { article, findings } = readText(
      page({ source, originLine: `[${source}](https://a.example/p), 28 mars 2016` }),
    );
    expect(article.origin).toMatchObject({ sourceName: source, publishedOn: '2016-03-28' });
    expect(findings).toEqual([]);
  });

  it.each([
    ['Vidéo : la place', 'VIDEO'],
    ['Vidéosurveillance en Europe', 'ARTICLE'],
  ])('the headline “%s” tells %s', (headline, kind) => {
    expect(readText(page({ headline })).article.kind).toBe(kind);
  });

  it.each([
    'Traduit par nos soins',
    'Traduit par Jeanne Roux pour une revue du lac',
    'Traduit du patois par Jeanne Roux',
    'Article original en anglais : The Bridges',
    'Article original en anglais : The Bridges, The Harbour Gazette, 28 mars 2016',
    'Article original en anglais : voir [le site](https://harbour-gazette.example/) de la revue',
  ])('“%s” keeps a page from passing for a verbatim copy', (sign) => {
    expect(codesOf(readText(page({ body: [TEXT, sign] })))).toContain('ORIGIN_RELATION_UNKNOWN');
  });

  it('a header that names a year is not an impossible date', () => {
    const { article } = readText(page({ originLine: 'Dossier Syrie 2016' }));
    expect(article.origin.publishedOn).toBeNull();
  });
});

describe('what keeps an article from readers', () => {
  it.each([
    ['blocked-disagreeing-sources', 'SOURCES_DISAGREE', 'origin.source'],
    ['blocked-disagreeing-credits', 'SOURCES_DISAGREE', 'credits'],
    ['blocked-no-copyright', 'COPYRIGHT_NOTICE_MISSING', 'rights.copyright'],
    ['blocked-unknown-clause', 'CLAUSE_NOT_UNDERSTOOD', 'rights'],
    ['blocked-no-author', 'CREDIT_MISSING', 'credits'],
    ['blocked-no-source', 'ORIGIN_SOURCE_MISSING', 'origin.source'],
    ['blocked-origin-later', 'ORIGIN_AFTER_PUBLICATION', 'origin.publishedOn'],
    ['blocked-no-text', 'TEXT_MISSING', 'text.body'],
    ['blocked-language-unknown', 'TEXT_LANGUAGE_UNKNOWN', 'text.language'],
    ['blocked-unknown-publisher', 'PUBLISHER_UNKNOWN', 'publisher'],
    ['blocked-disagreeing-dates', 'DATES_DISAGREE', 'origin.publishedOn'],
    ['blocked-copyright-too-early', 'DATES_DISAGREE', 'rights.copyright.year'],
    ['blocked-unknown-original', 'ORIGIN_SOURCE_MISSING', 'origin.source'],
  ])('%s: %s', (name, code, path) => {
    const blocking = readFixture(name).findings.filter((finding) => finding.severity === 'ERROR');
    expect(blocking.map((finding) => [finding.code, finding.path])).toEqual([[code, path]]);
  });

  it('has a fixture for each reason', () => {
    const provoked = new Set(fixtureNames('blocked-').flatMap((name) => codesOf(readFixture(name))));
    const blocking = Object.entries(FINDING_SEVERITIES).filter(
      // Archives alone tell that something was never published.
      ([code, severity]) => severity === 'ERROR' && code !== 'NOT_PUBLISHED_AT_SOURCE',
    );
    expect([...provoked]).toEqual(expect.arrayContaining(blocking.map(([code]) => code)));
  });
});

describe('what is refused', () => {
  it.each<[string, RefusalCode, number | null]>([
    ['refused-empty', 'DOCUMENT_EMPTY', null],
    ['refused-only-white-space', 'DOCUMENT_EMPTY', null],
    ['refused-latin-1', 'DOCUMENT_NOT_UTF8', 3],
    ['refused-nul', 'DOCUMENT_HAS_NUL', 19],
    ['refused-impossible-date', 'DATE_IMPOSSIBLE', 7],
    ['refused-impossible-origin-date', 'DATE_IMPOSSIBLE', 9],
    ['refused-letter', 'NOT_AN_ARTICLE', 1],
    ['refused-other-page', 'NOT_AN_ARTICLE', 3],
  ])('%s: %s, line %s', (name, code, line) => {
    const refusal = refusalOf(readFileSync(fixturePath(name)));
    expect(refusal).toMatchObject({ code, line });
    expect(refusal.expected).toMatch(/\S/);
    expect(refusal.found).toMatch(/\S/);
  });

  it('shows the impossible date that stood there', () => {
    expect(refusalOf(page({ publishedOn: '31 février 2016' })).found).toContain('31 février 2016');
  });

  it('shows the line that should have had a date', () => {
    const refusal = refusalOf(page({ publishedOn: '12 floréal 2016' }));
    expect(refusal).toMatchObject({ code: 'NOT_AN_ARTICLE', found: '“Mondialisation.ca, 12 floréal 2016”' });
  });

  it.each([
    ['a page without a heading', page().replace('## ', '')],
    ['a page without a dateline', page().replace(/Mondialisation\.ca, .*\n/, '')],
    ['headings alone', '# a\n\n# b\n'],
    ['a page in English', '## Title\n\nBy A\n\nMondialisation.ca, March 30, 2016\n\nText.\n'],
  ])('%s', (_what, text) => {
    expect(refusalOf(text).code).toBe('NOT_AN_ARTICLE');
  });
});
