import { describe, expect, it } from '@jest/globals';
import { readFixture, readText } from '../../../test/fixtures/fixtures.js';
import { page } from '../../../test/fixtures/page.js';
import type { Reading } from '../reading.js';
import { writeDocument } from '../parts/write-document.js';

const codesOf = ({ findings }: Reading): string[] => findings.map(({ code }) => code);
const rolesOf = ({ parts }: Reading): string[] => parts.map(({ role }) => role);
const TEXT = 'La mairie a refait la place, et les tilleuls ont été replantés le long de la rive.';
const ORIGINAL = 'Article original en anglais : [The Bridges](https://gazette.example/bridges)';

describe('a translation', () => {
  it('tells its original and its translator below the text', () => {
    const reading = readFixture('translation');
    expect(reading.findings).toEqual([]);
    expect(reading.article).toMatchObject({
      language: 'fr',
      method: 'HUMAN',
      origin: {
        relation: 'TRANSLATED',
        sourceName: 'The Harbour Gazette',
        url: 'https://harbour-gazette.example/2016/lighthouse',
        title: 'The Lighthouse, Lit Again',
        language: 'en',
        publishedOn: '2016-03-28',
      },
      credits: [
        { role: 'AUTHOR', name: 'Ann Moore' },
        { role: 'TRANSLATOR', name: 'Jeanne Roux' },
      ],
    });
    expect(
      reading.parts.filter(({ role }) => /ORIGINAL|TRANSLATOR/.test(role)).map(({ language }) => language),
    ).toEqual(['fr', 'fr']);
    expect(reading.article.body).toMatch(/n'en parle plus\.$/);
    expect(reading.evidence.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['origin.title', 'origin.url', 'origin.language', 'credits[1].agent.name']),
    );
  });

  it('tells its translators in the header', () => {
    const reading = readFixture('translation-in-the-header');
    expect(codesOf(reading)).toEqual(['ORIGIN_DATE_MISSING']);
    expect(reading.article).toMatchObject({
      origin: { relation: 'TRANSLATED', sourceName: 'The Harbour Gazette', language: 'en', title: null },
      credits: [{}, { role: 'TRANSLATOR', name: 'Jeanne Roux' }, { role: 'TRANSLATOR', name: 'Paul Vidal' }],
    });
  });

  it('tells its original in the footer, and its publisher names itself as the source of the page', () => {
    const reading = readFixture('translation-in-the-footer');
    expect(reading.findings).toEqual([]);
    expect(reading.article.origin).toEqual({
      relation: 'TRANSLATED',
      sourceName: 'The Harbour Gazette',
      url: 'https://harbour-gazette.example/2016/notes',
      title: 'The Lighthouse, in Notes, 2016',
      language: null,
      publishedOn: '2016-03',
    });
    expect(reading.article.lines).toContainEqual({
      role: 'SOURCE_STATEMENT',
      pattern: 'La source originale de cet article est {publisher}',
    });
  });

  it('into English tells several translators and the original’s language', () => {
    const { article, findings } = readFixture('en-translation');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({
      language: 'en',
      method: 'HUMAN',
      origin: { relation: 'TRANSLATED', language: 'fr', title: 'Le phare, encore', publishedOn: '2016-03-28' },
      credits: [
        { name: 'Anne Morel' },
        { role: 'TRANSLATOR', name: 'Zoë Lund' },
        { role: 'TRANSLATOR', name: 'John Reed' },
      ],
    });
  });

  it('may have original and translator in one paragraph', () => {
    const line = `${ORIGINAL}, publié le 28 février 2016\nTraduit par Jeanne Roux pour Mondialisation`;
    const { article, findings } = readText(page({ endLines: [line] }));
    expect(findings).toEqual([]);
    expect(article.origin).toMatchObject({ relation: 'TRANSLATED', title: 'The Bridges', publishedOn: '2016-02-28' });
    expect(article.credits[1]).toEqual({ role: 'TRANSLATOR', name: 'Jeanne Roux' });
  });

  it.each([
    [`${ORIGINAL}, publié le 28 février 2016.\nTraduit de l’anglais par Jeanne Roux.`],
    [`Traduit de l’anglais par Jeanne Roux  \n*${ORIGINAL}*, publié le 28 février 2016`],
    [`${ORIGINAL}\nTraduction : Jeanne Roux`],
  ])('may have them in either order, with full stops and breaks: %j', (line) => {
    const text = page({ endLines: [line] });
    const reading = readText(text);
    expect(reading.findings).toEqual([]);
    expect(reading.article).toMatchObject({
      origin: { relation: 'TRANSLATED', language: 'en', title: 'The Bridges', url: 'https://gazette.example/bridges' },
      credits: [{ name: 'Anne Morel' }, { role: 'TRANSLATOR', name: 'Jeanne Roux' }],
    });
    expect(rolesOf(reading)).toContain('ORIGINAL_LINE');
    const credits = reading.article.credits.map((credit) => ({ ...credit, name: 'Li Na' }));
    const article = { ...reading.article, credits, origin: { ...reading.article.origin, language: 'ru' } };
    const layouts = reading.parts.map(({ layout }) => layout);
    const lines = line.replaceAll('anglais', 'russe').replace('Jeanne Roux', 'Li Na');
    expect(writeDocument({ ...reading, layouts, article }).toString()).toContain(lines);
  });

  it.each([
    ['Traduit par Jeanne Roux et Li Na', ['Jeanne Roux', 'Li Na'], null],
    ['Traduction : Jeanne de la Tour, Paul Vidal.', ['Jeanne de la Tour', 'Paul Vidal'], null],
    ['Traduit du russe par [Jeanne Roux](https://a.example/jeanne).', ['Jeanne Roux'], 'ru'],
    ["*Traduit de l'arabe par Jeanne d’Arc*", ['Jeanne d’Arc'], 'ar'],
  ])('“%s”', (line, names, language) => {
    const { article } = readText(page({ endLines: [line] }));
    expect(article.credits.slice(1)).toEqual(names.map((name) => ({ role: 'TRANSLATOR', name })));
    expect(article.origin.language).toBe(language);
  });

  it('whose lines name two translators waits for a person', () => {
    const line = `${ORIGINAL}, publié le 28 février 2016\nTraduction : Paul Vidal`;
    expect(codesOf(readText(page({ endLines: ['Traduit par Jeanne Roux', line] })))).toContain('SOURCES_DISAGREE');
  });

  it.each([
    ['into the language that it comes from', ['Traduit du français par Jeanne Roux']],
    ['from two languages', [ORIGINAL, 'Traduit du russe par Jeanne Roux']],
    ['of which a second line is not understood', ['Traduction de travail, à relire', 'Traduit par Jeanne Roux']],
  ])('%s waits for a person', (_what, endLines) => {
    expect(codesOf(readText(page({ endLines })))).toContain('ORIGIN_RELATION_UNKNOWN');
  });
});

describe('where it stood first', () => {
  it('is told below the text', () => {
    const { article, findings } = readFixture('first-published');
    expect(findings).toEqual([]);
    expect(article.origin).toMatchObject({
      relation: 'VERBATIM',
      sourceName: 'Le Courrier du Lac',
      url: 'https://courrier-du-lac.example/2016/phare',
      publishedOn: '2016-03-28',
    });
  });

  it('is told in the header', () => {
    const reading = readFixture('en-first-published');
    expect(reading.findings).toEqual([]);
    expect(rolesOf(reading)).toContain('FIRST_PUBLISHED_LINE');
    expect(reading.article.origin).toMatchObject({ sourceName: 'The Harbour Gazette', publishedOn: '2016-03-28' });
  });

  it('is no line of the page where text goes on behind it', () => {
    const body = [TEXT, 'Publié initialement par Le Courrier le 28 mars 2016', TEXT];
    const reading = readText(page({ body }));
    expect(reading.article.body).toBe(body.join('\n\n'));
    expect(rolesOf(reading)).not.toContain('FIRST_PUBLISHED_LINE');
  });

  it('stands above and below the closing block, behind a rule', () => {
    const endLines = ['---', 'Cet article a été publié initialement le 28 février 2016'];
    const closing = ['Soutenez le phare : <https://www.tipeee.com/phare>', 'Traduit par Jeanne Roux'];
    const reading = readText(page({ endLines, closing }));
    expect(rolesOf(reading).slice(7, 13)).toEqual([
      'BODY',
      'RULE',
      'FIRST_PUBLISHED_LINE',
      'CLOSING',
      'TRANSLATOR_LINE',
      'SOURCE_STATEMENT',
    ]);
  });
});

describe('dates', () => {
  it.each([
    ['mars 2016', 'publié pour la première fois le 28 mars 2016', '2016-03-28'],
    ['28 mars 2016', 'publié initialement le 28 mars 2016', '2016-03-28'],
  ])('%s and “%s” are one day', (day, line, date) => {
    const reading = readText(
      page({ originLine: `Le Courrier du Lac ${day}`, endLines: [`Cet article a été ${line}`] }),
    );
    expect(codesOf(reading)).not.toContain('DATES_DISAGREE');
    expect(reading.article.origin.publishedOn).toBe(date);
  });

  it('of two different days wait for a person', () => {
    expect(codesOf(readFixture('blocked-disagreeing-dates'))).toEqual(['DATES_DISAGREE']);
  });

  it.each([
    ['2015', ['DATES_DISAGREE']],
    ['2016', []],
    ['2017', []],
  ])('a copyright notice of %s', (year, codes) => {
    const copyright = `Copyright © [Anne Morel](#), [Le Courrier du Lac](#), ${year}`;
    expect(codesOf(readText(page({ copyright })))).toEqual(codes);
  });

  it('that lie after the publication are told of the publisher’s own articles, too', () => {
    const own = { originLine: '[Mondialisation.ca](#) 2 avril 2016', statement: null };
    expect(codesOf(readText(page(own)))).toEqual(['ORIGIN_AFTER_PUBLICATION']);
  });
});
