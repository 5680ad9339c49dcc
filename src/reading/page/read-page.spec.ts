import { describe, expect, it } from '@jest/globals';
import { readFixture } from '../../../test/fixtures/fixtures.js';
import type { Reading } from '../reading.js';

const codesOf = (reading: Reading): string[] => reading.findings.map((finding) => finding.code);

describe('a page with', () => {
  it('several authors, regions and themes', () => {
    const { article, findings } = readFixture('several-credits');
    expect(findings).toEqual([]);
    expect(article.credits.map((credit) => credit.name)).toEqual(['Anne Morel', 'Jean Petit', 'Inès Duval']);
    expect(article.terms.map((term) => term.rawLabel)).toEqual([
      'Europe',
      'Canada',
      'Environnement',
      'Économie mondiale',
    ]);
    expect(article).toMatchObject({
      kind: 'ARTICLE',
      language: 'fr',
      origin: { url: 'https://courrier-du-lac.example/2016/several-credits', publishedOn: '2016-03-28' },
    });
  });

  it('no-break spaces, curly marks and the first of a month', () => {
    const { article, findings } = readFixture('no-break-spaces');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({
      kind: 'VIDEO',
      publishedOn: '2016-04-01',
      origin: { sourceName: 'Le Courrier du Lac', publishedOn: '2016-03-31' },
      credits: [{ name: 'Anne Morel' }],
    });
    expect(article.clauses).toHaveLength(5);
  });

  it('a byte order mark and line ends of Windows', () => {
    const reading = readFixture('windows-line-ends');
    expect(reading.findings).toEqual([]);
    expect(reading).toMatchObject({
      form: { hasByteOrderMark: true, lineEnding: 'CRLF' },
      article: { publishedOn: '2016-03-30' },
    });
    expect(reading.article.body).not.toContain('\r');
    expect(reading.text).toContain('\r\n');
  });

  it('accents as characters of their own', () => {
    const { article, findings, form } = readFixture('decomposed-accents');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({ publishedOn: '2016-02-12', origin: { publishedOn: '2016-02-03' }, language: 'fr' });
    expect(article.clauses).toHaveLength(5);
    expect(article.headline).toBe(article.headline.normalize('NFC'));
    expect(form.normalForm).toBe('NFD');
  });

  it('neither lead nor origin line', () => {
    const reading = readFixture('no-lead-no-origin-line');
    expect(reading.article.dek).toBeNull();
    expect(reading.article.body).toMatch(/^Depuis le printemps/);
    expect(reading.article.origin).toMatchObject({ sourceName: 'Le Courrier du Lac', publishedOn: null });
    expect(codesOf(reading)).toEqual(['ORIGIN_DATE_MISSING']);
  });

  it('an article of the publisher’s own', () => {
    const { article, findings } = readFixture('own-article');
    expect(findings).toEqual([]);
    expect(article.origin).toMatchObject({ relation: 'OWN', url: null, publishedOn: '2016-03-30', language: 'fr' });
  });

  it('a date without a day', () => {
    const { article, findings } = readFixture('month-only');
    expect(article).toMatchObject({ publishedOn: '2016-03', origin: { publishedOn: '2016-03-28' } });
    expect(findings).toEqual([]);
  });

  it('a line in its header that no rule knows', () => {
    const reading = readFixture('blocked-unknown-header-line');
    expect(reading.parts.map((part) => part.role).slice(3, 7)).toEqual([
      'ORIGIN_LINE',
      'UNCLAIMED',
      'REGION_LINE',
      'THEME_LINE',
    ]);
    expect(reading.findings).toMatchObject([{ code: 'PART_NOT_UNDERSTOOD', severity: 'ERROR', line: 11 }]);
    expect(reading.article.body).toMatch(/^Depuis le printemps/);
  });

  it('links that lead nowhere safe', () => {
    const reading = readFixture('unsafe-links');
    expect(codesOf(reading)).toEqual(['LINK_UNSAFE', 'LINK_UNSAFE', 'LINK_TRUNCATED']);
    expect(reading.article.links.map(({ kind, url }) => [kind, url])).toEqual([
      ['DONATION', 'https://don.example/kiosque'],
      ['SOCIAL', 'https://x.com/kiosque'],
      ['WEBSITE', 'https://kiosque.example/...'],
    ]);
  });

  it('headings, lists, quotes, tables, pictures, notes and emoji in its text', () => {
    const reading = readFixture('rich-body');
    expect(reading.findings).toEqual([]);
    const { article } = reading;
    expect(article.headline).toBe('🌊 Les rives rendues 🌊 à tous');
    expect(article.credits.map((credit) => credit.name)).toEqual(['Zoë 🎻 Müller', 'Jean_Luc & fils']);
    expect(article.body.startsWith('Depuis le printemps 🌳')).toBe(true);
    expect(article.body.endsWith('[^1]: Chiffres de la mairie.')).toBe(true);
    for (const markup of [
      '### Trois ans',
      '> La rive',
      '    1. le grand',
      '| 2014 |',
      '![La rive',
      '~~faux~~',
      '\n---\n',
    ]) {
      expect(article.body).toContain(markup);
    }
  });

  it('an English text', () => {
    const { article, parts } = readFixture('english-text');
    expect(article).toMatchObject({ language: 'en', pageLanguage: 'fr', kind: 'VIDEO' });
    expect(article.terms.map((term) => term.rawLabel)).toEqual(['USA', 'Culture, Society & History']);
    expect(parts.find((part) => part.role === 'BODY')?.language).toBe('en');
  });
});

describe('a page of Global Research with', () => {
  it('a report, dates of both forms, and what its clauses mean', () => {
    const { article, findings, parts } = readFixture('en-in-depth-report');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({
      publisherSlug: 'global-research',
      isPublisherKnown: true,
      pageLanguage: 'en',
      language: 'en',
      method: null,
      kind: 'VIDEO',
      publishedOn: '2016-03-30',
      origin: { relation: 'VERBATIM', sourceName: 'The Harbour Gazette', publishedOn: '2016-03-28', language: 'en' },
      terms: [{ scheme: 'REGION' }, { scheme: 'THEME' }, { scheme: 'REPORT', rawLabel: 'THE LAKES' }],
      contacts: [{ email: 'publications@globalresearch.ca', purposes: ['MEDIA', 'REPRODUCTION_PERMISSION'] }],
    });
    expect(parts.map(({ role }) => role)).not.toContain('UNCLAIMED');
    expect(article.clauses.map(({ definition }) => definition.key)).toEqual([
      'responsibility',
      'cross-posting-unmodified',
      'other-formats',
      'fair-use',
      'media-contact',
    ]);
    expect(article.clauses[1]).toMatchObject({
      audienceLabel: 'community internet sites',
      definition: { reuse: { effect: 'PERMIT', duties: expect.arrayContaining(['KEEP_TEXT_AND_TITLE']) as unknown } },
    });
  });

  it('several credits, regions, themes and reports', () => {
    const { article, findings } = readFixture('en-several-credits');
    expect(findings).toEqual([]);
    expect(article.credits.map(({ name }) => name)).toEqual(['Ann Moore', 'John Reed', 'Zoë Lund']);
    expect(article.terms.map(({ rawLabel }) => rawLabel)).toEqual([
      'Europe',
      'USA',
      'Environment',
      'Culture, Society & History',
      'THE LAKES',
      'HARBOURS: WHAT IS LEFT',
    ]);
    expect(article.clauses[1]?.definition).toMatchObject({ key: 'cross-posting' });
  });

  it('names and terms that are no links', () => {
    const { article, findings } = readFixture('en-two-credits-unlinked');
    expect(findings.map(({ code }) => code)).toEqual(['ORIGIN_URL_MISSING']);
    expect(article.credits.map(({ name }) => name)).toEqual(['Ann Moore', 'John Reed']);
    expect(article.terms.map(({ rawLabel }) => rawLabel)).toEqual(['Europe', 'Canada', 'Environment']);
    expect(article).toMatchObject({ publishedOn: '2016-04-01', origin: { publishedOn: '2016-03-31' } });
  });

  it('headings, lists, quotes, tables, pictures and notes in its text', () => {
    const { article, findings } = readFixture('en-rich-body');
    expect(findings).toEqual([]);
    expect(article.dek).toBeNull();
    for (const markup of [
      '### The glass',
      '- eight panes',
      '> “It',
      '![The lantern',
      '| 1911 |',
      '1. take',
      '[^1]: *The',
    ]) {
      expect(article.body).toContain(markup);
    }
  });

  it('the source’s own closing block', () => {
    const { article, findings } = readFixture('en-closing-block');
    expect(findings).toEqual([]);
    expect(article.links.map(({ kind }) => kind)).toEqual(['DONATION', 'WEBSITE', 'SOCIAL', 'SOCIAL', 'PARTNER']);
  });
});

describe('a page of Mondialisation.ca with', () => {
  it('links that lead to its authors', () => {
    const { article, findings } = readFixture('linked-credits');
    expect(findings).toEqual([]);
    expect(article.credits.map(({ name }) => name)).toEqual(['Anne Morel', 'Jean Petit']);
  });

  it('a dossier', () => {
    const { article, findings } = readFixture('dossiers');
    expect(findings).toEqual([]);
    expect(article.terms.filter(({ scheme }) => scheme === 'REPORT')).toEqual([
      { scheme: 'REPORT', rawLabel: 'LES LACS' },
    ]);
  });

  it('narrow no-break spaces, in labels and in values', () => {
    const { article, findings } = readFixture('narrow-no-break-spaces');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({
      publishedOn: '2016-03-30',
      credits: [{ name: 'Anne Morel' }],
      origin: { sourceName: 'Le Courrier du Lac', publishedOn: '2016-03-28' },
    });
  });

  it('apostrophes of both kinds', () => {
    const { article, findings } = readFixture('apostrophes');
    expect(findings.map(({ code }) => code)).toEqual(['ORIGIN_URL_MISSING']);
    expect(article.credits.map(({ name }) => name)).toEqual(['Anne d’Ormesson', "Jean L'Hermite"]);
    expect(article.clauses).toHaveLength(5);
  });

  it('the first of a month, written in both ways', () => {
    const { article, findings } = readFixture('first-of-the-month');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({ publishedOn: '2016-04-01', origin: { publishedOn: '2016-03-01' } });
  });

  it('its author’s name below the text', () => {
    const { article, findings } = readFixture('body-ends-with-author');
    expect(findings).toEqual([]);
    expect(article.body).toMatch(/le dimanche\.\*\n\nAnne Morel$/);
  });

  it('calls, channels and partners below the text', () => {
    const { article, findings } = readFixture('closing-block');
    expect(findings).toEqual([]);
    expect(article.links.map(({ kind }) => kind)).toEqual(['DONATION', 'SOCIAL', 'SOCIAL', 'SOCIAL', 'PARTNER']);
    expect(article.body).toMatch(/en faillite\.$/);
  });
});
