import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { DataFileError } from '../common/data-file.js';
import { parseTermFile, termFileProblems } from './term-file.js';

const FOLDER = new URL('../../seeds/terms/', import.meta.url);
const parse = (text: string) => parseTermFile(text, 'themes.yaml');

it('reads terms', () => {
  const file = parse('scheme: THEME\nterms: [{ slug: a, labels: { fr: A, en: B } }]');
  expect(file).toMatchObject({ scheme: 'THEME', terms: [{ slug: 'a', labels: { fr: 'A', en: 'B' }, aliases: [] }] });
});

it.each([
  ['scheme', 'scheme: COLOUR\nterms: []'],
  ['terms', 'scheme: THEME'],
  ['terms', 'scheme: THEME\nterms: x'],
  ['terms.0.slug', 'scheme: THEME\nterms: [{ slug: A b, labels: { fr: A, en: B } }]'],
  ['terms[0].labels.en', 'scheme: THEME\nterms: [{ slug: a, labels: { fr: A } }]'],
  ['terms.0.labels', 'scheme: THEME\nterms: [{ slug: a }]'],
  ['terms[0].labels.fr', 'scheme: THEME\nterms: [{ slug: a, labels: { fr: 1, en: B } }]'],
  ['terms[0].labels.fr_CA', 'scheme: THEME\nterms: [{ slug: a, labels: { fr: A, en: B, fr_CA: C } }]'],
  ['terms.0.aliases', 'scheme: THEME\nterms: [{ slug: a, labels: { fr: A, en: B }, aliases: x }]'],
  ['terms.0.colour', 'scheme: THEME\nterms: [{ slug: a, labels: { fr: A, en: B }, colour: red }]'],
  ['terms', 'scheme: THEME\nterms: [null]'],
])('a mistake is told with file, path and reason: %s', (path, text) => {
  expect(() => parse(text)).toThrow(DataFileError);
  expect(() => parse(text)).toThrow(`themes.yaml: ${path}`);
});

it.each([
  ['labels.en', `labels: { fr: A, en: '' }`],
  ['labels.fr', `labels: { fr: ${'a'.repeat(301)}, en: B }`],
  ['labels.de', `labels: { fr: A, en: B, de: 1 }`],
  ['aliases[1]', `labels: { fr: A, en: B }, aliases: [C, ' ']`],
])('a label that the desk can not keep is told: %s', (path, rest) => {
  expect(() => parse(`scheme: THEME\nterms: [{ slug: a, ${rest} }]`)).toThrow(`themes.yaml: terms[0].${path}: must be`);
});

describe('files together', () => {
  const file = (fileName: string, ...terms: string[]) => ({
    fileName,
    file: parseTermFile(`scheme: THEME\nterms: [${terms.join(', ')}]`, fileName),
  });
  const SEA = '{ slug: sea, labels: { fr: Mer, en: Sea }, aliases: [Océan, mer] }';

  it('are fine where each term is written in its own ways', () => {
    const lake = '{ slug: lake, labels: { fr: Lac, en: Lake } }';
    expect(termFileProblems([file('a.yaml', SEA), file('b.yaml', lake)])).toEqual([]);
  });

  it('may write terms of two schemes alike', () => {
    const regions = parseTermFile(`scheme: REGION\nterms: [${SEA}]`, 'b.yaml');
    expect(termFileProblems([file('a.yaml', SEA), { fileName: 'b.yaml', file: regions }])).toEqual([]);
  });

  it.each([
    ['slug', 'slug', '{ slug: sea, labels: { fr: X, en: Y } }'],
    ['labels.en', 'labels.fr', '{ slug: x, labels: { fr: X, en: MER } }'],
    ['aliases[0]', 'aliases[0]', '{ slug: x, labels: { fr: X, en: Y }, aliases: [ocean] }'],
  ])('a %s has one owner, and both are told', (path, owner, term) => {
    const told = (...files: Parameters<typeof termFileProblems>[0]) => termFileProblems(files).join('\n');
    const within = told(file('a.yaml', SEA, term));
    expect(within.startsWith(`a.yaml: terms[1].${path}: `)).toBe(true);
    expect(within.endsWith(`a.yaml: terms[0].${owner}`)).toBe(true);
    const across = told(file('a.yaml', SEA), file('b.yaml', term));
    expect(across.startsWith(`b.yaml: terms[0].${path}: `)).toBe(true);
    expect(across.endsWith(`a.yaml: terms[0].${owner}`)).toBe(true);
  });

  it('of the product are fine', () => {
    const files = readdirSync(FOLDER).map((fileName) => {
      const text = readFileSync(new URL(fileName, FOLDER), 'utf8');
      return { fileName, file: parseTermFile(text, fileName) };
    });
    expect(files.length).toBeGreaterThan(1);
    expect(termFileProblems(files)).toEqual([]);
  });
});
