import { describe, expect, it } from '@jest/globals';
import { type CompiledWrapper, compileWrapper } from '../publishers/compiled-wrapper.js';
import type { LineRole } from '../publishers/line-roles.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import { type LineFacts, writeWrapperLines } from './wrapper-lines.js';

const PUBLISHER = { id: '1', slug: 'la-rive', name: 'La Rive', legalName: null, url: null, language: 'fr' };

function wrapper(language: 'fr' | 'en'): CompiledWrapper {
  const isFrench = language === 'fr';
  return compileWrapper('la-rive', { name: 'La Rive', legalName: null, abbreviation: null }, language, {
    conjunction: isFrench ? 'et' : 'and',
    lines: {
      BYLINE: [isFrench ? 'Par {credits}' : 'By {credits}'],
      DATELINE: ['{publisher}, {publishedOn}'],
      ORIGIN_LINE: ['{source} {originPublishedOn}'],
      REGION_LINE: [isFrench ? 'Région : {regions}' : 'Region: {regions}'],
      THEME_LINE: [isFrench ? 'Thème : {themes}' : 'Theme: {themes}'],
      ORIGINAL_LINE: isFrench
        ? ['Article original en {originLanguage} : {originTitle}', 'Article original : {originTitle}']
        : ['Original article in {originLanguage}: {originTitle}', 'Original article: {originTitle}'],
      TRANSLATOR_LINE: [isFrench ? 'Traduit par {translators}' : 'Translated by {translators}'],
      FIRST_PUBLISHED_LINE: ['{source} {originPublishedOn}'],
      SOURCE_STATEMENT: [isFrench ? 'La source est {source}' : 'The source is {source}'],
      COPYRIGHT_LINE: ['© {copyrightAuthor}, {copyrightSource}, {copyrightYear}'],
      CREDITS_LINE: [isFrench ? 'Articles par : {credits}' : 'Articles by: {credits}'],
    },
    kinds: [],
    translationSigns: [],
    clauses: [],
    isReadable: true,
  });
}

const term = (slug: string, labels: Record<string, string>, rawLabel: string): TermFacts => ({
  id: slug,
  scheme: 'THEME',
  slug,
  labels,
  rawLabel,
});

const author = (name: string) => ({ role: 'AUTHOR' as const, agent: { name, kind: null } });

const FACTS: LineFacts = {
  kind: 'ARTICLE',
  pageLanguage: 'fr',
  originalLanguage: 'fr',
  publishedOn: '2016-04-01',
  publisher: PUBLISHER,
  origin: {
    relation: 'VERBATIM',
    source: { id: '2', slug: 'le-courrier', name: 'Le Courrier', url: null },
    url: null,
    title: null,
    language: 'fr',
    publishedOn: '2016-03',
  },
  credits: [author('Anne')],
  regions: [term('europe', { fr: 'Europe (fr)', en: 'Europe (en)' }, 'EUROPE')],
  themes: [term('birds', { fr: 'Oiseaux' }, 'Les oiseaux'), term('sea', { fr: 'Mer', en: 'Sea' }, 'La mer')],
  reports: [],
  rights: {
    status: 'IN_COPYRIGHT',
    holder: 'Anne',
    copyright: { raw: '© Anne, Le Courrier, 2016', author: 'Anne', source: 'Le Courrier', year: 2016 },
    reuseTerms: [],
    notices: [],
  },
  contactPoints: [],
  pageLines: [],
};

function lines(
  facts: Partial<LineFacts>,
  language: 'fr' | 'en' = 'fr',
  pageLines: LineFacts['pageLines'] = [],
): Record<string, string> {
  const written = writeWrapperLines({ ...FACTS, ...facts, pageLines }, wrapper(language));
  return Object.fromEntries(written.map(({ role, text }) => [role, text]));
}

describe('the lines of a page', () => {
  it('in its own language have its own words', () => {
    expect(writeWrapperLines(FACTS, wrapper('fr')).map((line) => line.text)).toEqual([
      'Par Anne',
      'La Rive, 1er avril 2016',
      'Le Courrier mars 2016',
      'Région : EUROPE',
      'Thème : Les oiseaux, La mer',
      'La source est Le Courrier',
      '© Anne, Le Courrier, 2016',
      'Articles par : Anne',
    ]);
  });

  it('in another language have that language’s labels and dates, and the page’s word where it has no label', () => {
    expect(lines({}, 'en')).toEqual({
      BYLINE: 'By Anne',
      DATELINE: 'La Rive, April 1, 2016',
      ORIGIN_LINE: 'Le Courrier March 2016',
      REGION_LINE: 'Region: Europe (en)',
      THEME_LINE: 'Theme: Les oiseaux, Sea',
      SOURCE_STATEMENT: 'The source is Le Courrier',
      COPYRIGHT_LINE: '© Anne, Le Courrier, 2016',
      CREDITS_LINE: 'Articles by: Anne',
    });
  });

  it.each([
    [['Anne', 'Jean'], 'Par Anne et Jean', 'By Anne and Jean'],
    [['Anne', 'Jean', 'Zoë'], 'Par Anne, Jean et Zoë', 'By Anne, Jean and Zoë'],
  ])('join %j', (names, french, english) => {
    expect(lines({ credits: names.map(author) }).BYLINE).toBe(french);
    expect(lines({ credits: names.map(author) }, 'en').BYLINE).toBe(english);
  });

  it('name authors, and nobody else', () => {
    const translator = { role: 'TRANSLATOR' as const, agent: { name: 'Jean', kind: null } };
    expect(lines({ credits: [author('Anne'), translator] }).BYLINE).toBe('Par Anne');
    expect(lines({ credits: [translator] })).not.toHaveProperty('BYLINE');
  });

  it.each<[string, Partial<LineFacts>, LineRole[]]>([
    ['an author', { credits: [] }, ['BYLINE', 'CREDITS_LINE']],
    ['a source', { origin: { ...FACTS.origin, source: null } }, ['ORIGIN_LINE', 'SOURCE_STATEMENT']],
    ['the source’s date', { origin: { ...FACTS.origin, publishedOn: null } }, ['ORIGIN_LINE']],
    ['regions', { regions: [] }, ['REGION_LINE']],
    ['themes', { themes: [] }, ['THEME_LINE']],
    ['a copyright notice', { rights: { ...FACTS.rights, copyright: null } }, ['COPYRIGHT_LINE']],
  ])('without %s are left out, never half empty', (_what, facts, missing) => {
    const left = Object.keys(lines({}));
    expect(Object.keys(lines(facts))).toEqual(left.filter((role) => !missing.includes(role as LineRole)));
  });

  it('are those that the page has, in its own patterns in its own language alone', () => {
    const pageLines = [
      { role: 'THEME_LINE', pattern: 'Thèmes: {themes}' },
      { role: 'BYLINE', pattern: 'De {credits}' },
    ] as const;
    expect(lines({}, 'fr', pageLines)).toEqual({ BYLINE: 'De Anne', THEME_LINE: 'Thèmes: Les oiseaux, La mer' });
    expect(lines({}, 'en', pageLines)).toEqual({ BYLINE: 'By Anne', THEME_LINE: 'Theme: Les oiseaux, Sea' });
  });

  it('keep dollar signs and braces of names', () => {
    expect(lines({ credits: [author('$& {publisher} A$AP')] }).BYLINE).toBe('Par $& {publisher} A$AP');
  });
});

describe('the lines of a translation', () => {
  const translated: Partial<LineFacts> = {
    origin: { ...FACTS.origin, relation: 'TRANSLATED', language: 'en', title: 'The Bridges' },
    credits: [author('Anne'), { role: 'TRANSLATOR', agent: { name: 'Jean', kind: null } }],
  };
  const own = [
    { role: 'ORIGINAL_LINE', pattern: 'Article original : {originTitle}' },
    { role: 'TRANSLATOR_LINE', pattern: 'Traduit de l’{originLanguage} par {translators}' },
    { role: 'SOURCE_STATEMENT', pattern: 'La source est {publisher}' },
  ] as const;

  it('say in each language what the page says', () => {
    expect(lines(translated, 'fr', own)).toEqual({
      ORIGINAL_LINE: 'Article original : The Bridges',
      TRANSLATOR_LINE: 'Traduit de l’anglais par Jean',
      SOURCE_STATEMENT: 'La source est La Rive',
    });
    expect(lines(translated, 'en', own)).toEqual({
      ORIGINAL_LINE: 'Original article: The Bridges',
      TRANSLATOR_LINE: 'Translated by Jean',
      SOURCE_STATEMENT: 'The source is La Rive',
    });
  });

  it('are written without a page too', () => {
    expect(lines(translated)).toMatchObject({
      ORIGINAL_LINE: 'Article original en anglais : The Bridges',
      TRANSLATOR_LINE: 'Traduit par Jean',
    });
    expect(lines(translated)).not.toHaveProperty('FIRST_PUBLISHED_LINE');
  });

  it('are no other article’s', () => {
    expect(lines({ credits: translated.credits ?? [] })).not.toHaveProperty('TRANSLATOR_LINE');
  });
});
