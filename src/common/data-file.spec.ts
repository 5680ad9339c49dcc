import { expect, it } from '@jest/globals';
import { DataFileError, parseYaml } from './data-file.js';

it('reads a mapping', () => {
  expect(parseYaml('a: 1\nb: [x, y]', 'x.yaml')).toEqual({ a: 1, b: ['x', 'y'] });
});

it.each([
  ['a: [1', /^x\.yaml: line \d+: /],
  ['a: 1\na: 2', /^x\.yaml: line 2: /],
  ['- a\n- b', /^x\.yaml: /],
  ['', /^x\.yaml: /],
  ['just text', /^x\.yaml: /],
])('%j is refused in one line that names the file', (text, line) => {
  const parse = () => parseYaml(text, 'x.yaml');
  expect(parse).toThrow(DataFileError);
  expect(parse).toThrow(line);
});

it('does not unfold aliases without end', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    .concat(Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`))
    .join('\n');
  expect(() => parseYaml(bomb, 'x.yaml')).toThrow(DataFileError);
});
