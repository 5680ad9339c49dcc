import { expect, it } from '@jest/globals';
import { DataFileError } from '../common/data-file.js';
import { parseSourceFile } from './source-file.js';

const parse = (text: string) => parseSourceFile(text, 'sources.yaml');

it('reads sources', () => {
  expect(parse('sources: [{ slug: a, name: A }]')).toMatchObject([
    { slug: 'a', name: 'A', kind: 'ORGANIZATION', url: null },
  ]);
});

it.each([
  ['sources', 'source: []'],
  ['sources', 'sources: a'],
  ['sources', 'sources: [a]'],
  ['sources.0.slug', 'sources: [{ slug: A b, name: A }]'],
  ['sources.0.name', 'sources: [{ slug: a }]'],
  ['sources.0.kind', 'sources: [{ slug: a, name: A, kind: ROBOT }]'],
  ['sources.0.url', 'sources: [{ slug: a, name: A, url: "javascript:alert(1)" }]'],
  ['sources.0.url', 'sources: [{ slug: a, name: A, url: example.org }]'],
  ['sources.0.colour', 'sources: [{ slug: a, name: A, colour: red }]'],
])('a mistake is told with file, path and reason: %s', (path, text) => {
  expect(() => parse(text)).toThrow(DataFileError);
  expect(() => parse(text)).toThrow(`sources.yaml: ${path}`);
});

it.each([
  ['slug', 'sources: [{ slug: a, name: A }, { slug: a, name: B }]'],
  ['name', 'sources: [{ slug: a, name: A }, { slug: b, name: A }]'],
])('a %s that two sources have is told with both paths', (field, text) => {
  expect(() => parse(text)).toThrow(new RegExp(`^sources.yaml: sources\\[1\\].${field}: .* sources\\[0\\].${field}$`));
});

it('a name that the desk can not keep is told', () => {
  expect(() => parse(`sources: [{ slug: a, name: ${'a'.repeat(301)} }]`)).toThrow('sources.yaml: sources.0.name');
});
