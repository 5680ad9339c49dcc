import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileLinePattern, type LinePattern, slotNames } from './line-pattern.js';

const NAMES = { name: 'La Rive', legalName: 'Association La Rive (nord)', abbreviation: 'ALR' };
const compile = (pattern: string): LinePattern => compileLinePattern(pattern, 'fr', NAMES);
const valuesOf = (pattern: string, text: string): string[] | null =>
  compile(pattern)
    .match(text)
    ?.map((match) => match.text) ?? null;

describe('reading a line', () => {
  it.each([
    ['Par {credits}', 'Par Anne Morel', ['Anne Morel']],
    ['Par {credits}', 'Par\u00a0Anne\u202fMorel', ['Anne\u202fMorel']],
    ['{publisher}, {publishedOn}', 'La Rive, 1er avril 2016', ['La Rive', '1er avril 2016']],
    [
      '{publisher}, {publishedOn}',
      'Association La Rive (nord), 30 mars 2016',
      ['Association La Rive (nord)', '30 mars 2016'],
    ],
    ['{publisher}, {publishedOn}', 'La Rive, 31 février 2016', ['La Rive', '31 février 2016']],
    ['{source} {originPublishedOn}', 'Le 20 Heures 28 mars 2016', ['Le 20 Heures', '28 mars 2016']],
    ["L'auteur : {credits}", 'L’auteur : Anne', ['Anne']],
    ['L’auteur "{credits}"', "L'auteur “Anne”", ['Anne']],
    ['© {copyrightAuthor}, {copyrightSource}, {copyrightYear}', '© A, B, 2016', ['A', 'B', '2016']],
    ['Écrire à {email}', 'Écrire à media@example.org', ['media@example.org']],
    ['Le {legalName} ({abbreviation})', 'Le Association La Rive (nord) (ALR)', ['Association La Rive (nord)', 'ALR']],
    ['Région : {regions}', 'Région : Europe'.normalize('NFD'), ['Europe']],
    ['Dossier : {reports}', 'Dossier : SYRIE, la suite', ['SYRIE, la suite']],
    [
      'Traduit par {translators}',
      'Traduit par Anne de la Tour, Li Na et J.-P. d’Or',
      ['Anne de la Tour, Li Na et J.-P. d’Or'],
    ],
    ["Traduit de l'{originLanguage} par {translators}", 'Traduit de l’anglais par Anne', ['anglais', 'Anne']],
    ['En {originLanguage} : {originTitle}, {source}', 'En russe : A, B, C', ['russe', 'A, B', 'C']],
  ])('“%s” fits “%s”', (pattern, text, values) => {
    expect(valuesOf(pattern, text)).toEqual(values);
  });

  it.each([
    ['Par {credits}', 'Par '],
    ['Par {credits}', 'par Anne'],
    ['Par {credits}', 'Texte Par Anne'],
    ['{publisher}, {publishedOn}', 'Autre, 30 mars 2016'],
    ['{publisher}, {publishedOn}', 'La Rive, hier'],
    ['{publisher}, {publishedOn}', 'La Rive, 30 mars 2016.'],
    ['a.b {credits}', 'axb Anne'],
    ['© {copyrightAuthor}, {copyrightSource}, {copyrightYear}', '© A, B, 16'],
    ['{credits}', 'x'.repeat(5001)],
    ['Traduit par {translators}', 'Traduit par nos soins'],
    ['Traduit par {translators}', 'Traduit par l’équipe'],
    ['Traduit par {translators}', 'Traduit par Anne pour une revue'],
    ['Traduit du {originLanguage} par {translators}', 'Traduit du patois par Anne'],
  ])('“%s” does not fit “%s”', (pattern, text) => {
    expect(valuesOf(pattern, text)).toBeNull();
  });

  it('without the publisher’s names takes whatever name the page has', () => {
    const anyone = compileLinePattern('{publisher} ({legalName}), {publishedOn}', 'fr', null);
    expect(anyone.match('Autre (Amis de l’autre), 30 mars 2016')?.map((match) => match.text)).toEqual([
      'Autre',
      'Amis de l’autre',
      '30 mars 2016',
    ]);
  });

  it('tells where each value stood', () => {
    const text = '🎻 Par Anne, et Jean';
    const [match] = compile('🎻 Par {credits}').match(text) ?? [];
    expect(text.slice(match?.start, match?.end)).toBe('Anne, et Jean');
  });

  it('gives up on a hostile line', () => {
    const hostile = `${'a, '.repeat(1600)}2016x`;
    expect(valuesOf('© {copyrightAuthor}, {copyrightSource}, {copyrightYear}', `© ${hostile}`)).toBeNull();
  });
});

describe('writing a line', () => {
  it('leaves the line out when a value is missing', () => {
    expect(compile('{source} {originPublishedOn}').write({ source: 'A', originPublishedOn: null })).toBeNull();
    expect(compile('{source} {originPublishedOn}').write({ source: 'A' })).toBeNull();
  });

  it('is undone by reading', () => {
    const word = fc.stringMatching(/^[\p{L}\p{N}'’.&$*()[\]{}\\-]+( [\p{L}\p{N}'’.&$-]+)*$/u);
    const pattern = compile('[{source}] — (dit "{audienceLabel}") $& {copyrightYear}');
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1000, max: 9999 }), (source, audienceLabel, year) => {
        fc.pre(!source.includes(']') && !audienceLabel.includes(')'));
        const line = pattern.write({ source, audienceLabel, copyrightYear: String(year) });
        expect(pattern.match(line ?? '')?.map((match) => match.text)).toEqual([source, audienceLabel, String(year)]);
      }),
    );
  });
});

it('names the slots of a pattern', () => {
  expect(slotNames('{a} b {c}')).toEqual(['a', 'c']);
  expect(slotNames('no slot { here }')).toEqual([]);
});
