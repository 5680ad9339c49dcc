import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFixture } from '../../test/fixtures/fixtures.js';
import { type ArticleFields, type FieldPath, fieldOf, fieldsOfReading } from './article-fields.js';
import { mergeFields } from './merge-fields.js';

const FIELDS = fieldsOfReading(readFixture('several-credits').article, (name) => name);
const PATHS = Object.keys(FIELDS) as FieldPath[];

function withValue(path: FieldPath, value: unknown): ArticleFields {
  return { ...FIELDS, [path]: value };
}

describe('merging', () => {
  it.each(PATHS)('takes what the document alone has changed: %s', (path) => {
    const { changes, conflicts, kept } = mergeFields(FIELDS, withValue(path, 'now'), FIELDS);
    expect({ changes, conflicts, kept: [...kept] }).toEqual({
      changes: [{ path, before: FIELDS[path], after: 'now' }],
      conflicts: [],
      kept: [],
    });
  });

  it.each(PATHS)('leaves what a person alone has changed: %s', (path) => {
    const { changes, conflicts, kept } = mergeFields(FIELDS, FIELDS, withValue(path, 'desk'));
    expect({ changes, conflicts, kept: [...kept] }).toEqual({ changes: [], conflicts: [], kept: [path] });
  });

  it.each(PATHS)('leaves and tells what both have changed, each otherwise: %s', (path) => {
    const { changes, conflicts, kept } = mergeFields(FIELDS, withValue(path, 'now'), withValue(path, 'desk'));
    expect({ changes, conflicts, kept: [...kept] }).toEqual({
      changes: [],
      conflicts: [{ path, base: FIELDS[path], document: 'now', desk: 'desk' }],
      kept: [path],
    });
  });

  it.each(PATHS)('has nothing to do where both have changed it alike: %s', (path) => {
    const { changes, conflicts, kept } = mergeFields(FIELDS, withValue(path, 'both'), withValue(path, 'both'));
    expect({ changes, conflicts, kept: [...kept] }).toEqual({ changes: [], conflicts: [], kept: [] });
  });

  it('never loses a person’s value, and never leaves a document’s change unsaid', () => {
    const value = fc.constantFrom('a', 'b', 'c', null);
    const state = fc.record(
      Object.fromEntries(PATHS.map((path) => [path, value])),
    ) as unknown as fc.Arbitrary<ArticleFields>;
    fc.assert(
      fc.property(state, state, state, (base, document, desk) => {
        const { changes, conflicts } = mergeFields(base, document, desk);
        for (const path of PATHS) {
          const change = changes.find((one) => one.path === path);
          if (desk[path] !== base[path]) expect(change).toBeUndefined();
          const isTold = change !== undefined || conflicts.some((one) => one.path === path);
          expect(isTold).toBe(document[path] !== base[path] && document[path] !== desk[path]);
          if (change !== undefined) expect(change.after).toBe(document[path]);
        }
      }),
    );
  });
});

describe('a path of evidence belongs to a field:', () => {
  it.each([
    ['credits[2].agent.name', 'credits'],
    ['origin.source.name', 'origin.source'],
    ['origin.url', 'origin.url'],
    ['rights.copyright.year', 'rights.copyright'],
    ['rights.reuseTerms[0].contactPoint.email', 'rights.reuseTerms'],
    ['themes[0].rawLabel', 'themes'],
    ['publisher.name', 'publisher'],
    ['rights', null],
  ])('%s', (path, field) => {
    expect(fieldOf(path, FIELDS)).toBe(field);
  });

  it('every path of a page, but of what nothing knows', () => {
    const { evidence, findings } = readFixture('blocked-unknown-clause');
    const none = [...evidence, ...findings]
      .filter(({ path }) => fieldOf(path, FIELDS) === null)
      .map(({ path }) => path);
    expect([...new Set(none)]).toEqual(['rights']);
  });
});
