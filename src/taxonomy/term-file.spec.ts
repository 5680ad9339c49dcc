import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { foldLabel } from '../common/fold-label.js';
import { DataFileError } from '../common/data-file.js';
import { parseTermFile } from './term-file.js';

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

it.each(readdirSync(FOLDER))('no two terms of seeds/terms/%s are written alike', (name) => {
  const { terms } = parseTermFile(readFileSync(new URL(name, FOLDER), 'utf8'), name);
  const written = terms.flatMap((term) => [
    ...new Set([...Object.values(term.labels), ...term.aliases].map(foldLabel)),
  ]);
  expect(written.filter((label, i) => written.indexOf(label) !== i)).toEqual([]);
  expect(new Set(terms.map((term) => term.slug)).size).toBe(terms.length);
});
