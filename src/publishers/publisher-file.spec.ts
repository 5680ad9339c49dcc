import { describe, expect, it } from '@jest/globals';
import { DataFileError } from '../common/data-file.js';
import { parsePublisherFile, publisherFileProblems } from './publisher-file.js';

const LINES = {
  BYLINE: ['Par {credits}'],
  DATELINE: ['{publisher}, {publishedOn}'],
  ORIGIN_LINE: ['{source} {originPublishedOn}'],
  REGION_LINE: ['Région : {regions}'],
  THEME_LINE: ['Thème : {themes}'],
  SOURCE_STATEMENT: ['La source est {source}'],
  COPYRIGHT_LINE: ['© {copyrightAuthor}, {copyrightSource}, {copyrightYear}'],
  CREDITS_LINE: ['Articles par : {credits}'],
};
const WRAPPER = { conjunction: 'et', lines: LINES };
const PUBLISHER = { slug: 'la-rive', name: 'La Rive', language: 'fr', wrappers: { fr: WRAPPER } };

function problemsOf(file: unknown): string[] {
  try {
    parsePublisherFile(JSON.stringify(file), 'la-rive.yaml');
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(DataFileError);
    return (error as Error).message.split('\n');
  }
}
const withLines = (lines: object) => ({
  ...PUBLISHER,
  wrappers: { fr: { ...WRAPPER, lines: { ...LINES, ...lines } } },
});
const withClause = (clause: object) => ({
  ...PUBLISHER,
  wrappers: { fr: { ...WRAPPER, clauses: [{ key: 'k', wordings: ['Texte'], notice: 'FAIR_USE_CLAIM', ...clause }] } },
});

it('takes a publisher with what it must have, and fills in the rest', () => {
  const file = parsePublisherFile(JSON.stringify(PUBLISHER), 'la-rive.yaml');
  expect(file).toMatchObject({ ...PUBLISHER, legalName: null, url: null });
  expect(file.wrappers.fr).toMatchObject({ kinds: [], clauses: [], isReadable: true });
});

it('takes lines that a wrapper may leave out, with any of their slots', () => {
  const lines = {
    REPORT_LINE: ['Dossier : {reports}'],
    ORIGINAL_LINE: ['Original en {originLanguage}', 'Original : {originTitle}, {source}, {originPublishedOn}'],
    TRANSLATOR_LINE: ['Traduit par {translators}', 'Traduit du {originLanguage} par {translators} pour {publisher}'],
    FIRST_PUBLISHED_LINE: ['Paru le {originPublishedOn}'],
  };
  expect(problemsOf(withLines(lines))).toEqual([]);
});

describe('a mistake is told with file, path and reason', () => {
  it.each([
    ['slug', { ...PUBLISHER, slug: 'La Rive' }],
    ['name', { ...PUBLISHER, name: '' }],
    ['language', { ...PUBLISHER, language: 'fr_FR' }],
    ['url', { ...PUBLISHER, url: 'javascript:alert(1)' }],
    ['colour', { ...PUBLISHER, colour: 'red' }],
    ['wrappers', { ...PUBLISHER, wrappers: {} }],
    ['wrappers', { ...PUBLISHER, wrappers: undefined }],
    ['wrappers', { ...PUBLISHER, wrappers: 'fr' }],
    ['wrappers.fr_FR', { ...PUBLISHER, wrappers: { fr_FR: WRAPPER } }],
    ['wrappers.fr', { ...PUBLISHER, wrappers: { fr: null } }],
    ['wrappers.fr', { ...PUBLISHER, wrappers: { fr: 'x' } }],
    ['wrappers.fr.conjunction', { ...PUBLISHER, wrappers: { fr: { lines: LINES } } }],
    ['wrappers.fr.colour', { ...PUBLISHER, wrappers: { fr: { ...WRAPPER, colour: 'red' } } }],
    ['wrappers.fr.lines', { ...PUBLISHER, wrappers: { fr: { conjunction: 'et' } } }],
    ['wrappers.fr.lines.BYLINE', withLines({ BYLINE: [] })],
    ['wrappers.fr.lines.BYLINE', withLines({ BYLINE: 'Par {credits}' })],
    ['wrappers.fr.lines.FOOTER', withLines({ FOOTER: ['x'] })],
    ['wrappers.fr.lines.BYLINE[0]', withLines({ BYLINE: ['Par'] })],
    ['wrappers.fr.lines.BYLINE[1]', withLines({ BYLINE: ['Par {credits}', 'Par {credit}'] })],
    ['wrappers.fr.lines.REPORT_LINE', withLines({ REPORT_LINE: [] })],
    ['wrappers.fr.lines.REPORT_LINE[0]', withLines({ REPORT_LINE: ['Dossier : {themes}'] })],
    ['wrappers.fr.lines.TRANSLATOR_LINE[0]', withLines({ TRANSLATOR_LINE: ['Traduit du {originLanguage}'] })],
    ['wrappers.fr.lines.ORIGINAL_LINE[1]', withLines({ ORIGINAL_LINE: ['Original : {originTitle}', 'Original'] })],
    ['wrappers.fr.clauses', { ...PUBLISHER, wrappers: { fr: { ...WRAPPER, clauses: 'none' } } }],
    ['wrappers.fr.clauses[0].key', withClause({ key: 'Not A Key' })],
    ['wrappers.fr.clauses[0].wordings', withClause({ wordings: [] })],
    ['wrappers.fr.clauses[0].wordings[0]', withClause({ wordings: ['Le {nonsense}'] })],
    ['wrappers.fr.clauses[0].notice', withClause({ notice: 'THREAT' })],
    [
      'wrappers.fr.clauses[0].reuse.effect',
      withClause({ reuse: { effect: 'MAYBE', actions: ['MINE'], media: ['WEB'] } }),
    ],
    ['wrappers.fr.clauses[0].reuse.media', withClause({ reuse: { effect: 'PERMIT', actions: ['MINE'], media: [] } })],
    ['wrappers.fr.clauses[0]', withClause({ notice: undefined })],
    [
      'wrappers.fr.kinds[0].kind',
      { ...PUBLISHER, wrappers: { fr: { ...WRAPPER, kinds: [{ kind: 'FILM', headlineStarts: ['F'] }] } } },
    ],
  ])('%s', (path, file) => {
    const problems = problemsOf(file);
    const paths = problems.map((line) => line.replace(/^la-rive\.yaml: /, '').replace(/: .*$/, ''));
    // class-validator writes indices as path steps.
    expect(paths.map((p) => p.replace(/\.(\d+)/g, '[$1]')).some((p) => p.startsWith(path))).toBe(true);
    expect(problems.every((line) => line.startsWith('la-rive.yaml: '))).toBe(true);
  });

  it('all of them at once', () => {
    expect(problemsOf({ ...PUBLISHER, slug: 'A B', name: '' }).length).toBeGreaterThanOrEqual(2);
  });
});

it('a slug that two files have is told with both', () => {
  const file = parsePublisherFile(JSON.stringify(PUBLISHER), 'a.yaml');
  expect(publisherFileProblems([{ fileName: 'a.yaml', file }])).toEqual([]);
  expect(
    publisherFileProblems([
      { fileName: 'a.yaml', file },
      { fileName: 'b.yaml', file },
    ]),
  ).toEqual(['b.yaml: slug: “la-rive” is taken by a.yaml: slug']);
});
