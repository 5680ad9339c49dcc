import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { unannouncedBreaks } from './schema-changes.js';

/** The schema of the last release: copied from src/schema.graphql when a version is released. */
const RELEASED = new URL('../../docs/released-schema.graphql', import.meta.url);
const CURRENT = new URL('../../src/schema.graphql', import.meta.url);
const CHANGELOG = new URL('../../CHANGELOG.md', import.meta.url);

/** The versions of the changelog that have a date. */
function releases(): string[] {
  const headings = readFileSync(CHANGELOG, 'utf8').matchAll(/^## \[(\d[^\]]*)\] – (.+)$/gm);
  return [...headings].filter(([, , when]) => when !== 'unreleased').map(([, version = '']) => version);
}

it('a released version leaves its schema behind', () => {
  expect(existsSync(RELEASED)).toBe(releases().length > 0);
});

it('nothing that was released is broken unless it was deprecated', () => {
  const current = readFileSync(CURRENT, 'utf8');
  const released = existsSync(RELEASED) ? readFileSync(RELEASED, 'utf8') : current;
  expect(unannouncedBreaks(buildSchema(released), buildSchema(current))).toEqual([]);
});

it('what breaks is found: a removal, another type, an argument that is wanted', () => {
  const released = buildSchema(`
    type Query { slug: String, old: String @deprecated(reason: "Use slug."), size(of: Int): Int, kind: Kind }
    enum Kind { NEWS, ESSAY, OTHER @deprecated(reason: "Use NEWS.") }`);
  const current = buildSchema(`
    type Query { size(of: Int, by: Int!): Float, kind: Kind, more: Int }
    enum Kind { NEWS }`);
  expect(unannouncedBreaks(released, current).sort()).toEqual([
    'A required arg by on Query.size was added.',
    'ESSAY was removed from enum type Kind.',
    'Query.size changed type from Int to Float.',
    'Query.slug was removed.',
  ]);
});
