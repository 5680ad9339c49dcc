import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const ROOT = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'api.md'), 'utf8');

/** The texts of the product's own code. */
function sources(): string {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
    .join('\n');
}

it('docs/api.md shows operations that the schema has', () => {
  const schema = buildSchema(readFileSync(join(ROOT, 'src', 'schema.graphql'), 'utf8'));
  const operations = [...page.matchAll(/^```graphql\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  expect(operations.length).toBeGreaterThan(0);
  for (const operation of operations) expect(validate(schema, parse(operation))).toEqual([]);
});

it('docs/api.md lists codes that there are', () => {
  const code = sources();
  const listed = [...page.matchAll(/^\| `([A-Z_]{5,})` /gm)].map(([, name = '']) => name);
  expect(listed.length).toBeGreaterThan(10);
  expect(listed.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});
