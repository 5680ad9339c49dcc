import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLObjectType, Kind, parse } from 'graphql';
import { type OperationMeasure, OperationMeter } from './operation-measure.js';

const schema = buildSchema(`
  type Query { book: Book, books(first: Int, last: Int): BookConnection, nodes(ids: [ID!]!): [Book], shelf: [Book] }
  type Book { id: ID, text: String, tags: [String], authors: [Author], related(first: Int): BookConnection }
  type Author { name: String, books(first: Int): BookConnection }
  type BookConnection { edges: [BookEdge], totalCount: Int }
  type BookEdge { node: Book }
`);

const text = (schema.getType('Book') as GraphQLObjectType).getFields().text;
if (text) text.extensions = { complexity: 30 };

/** Measures the only operation of a document, with a largest page of 100. */
function measure(text: string, variables?: Record<string, unknown>): OperationMeasure {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  return new OperationMeter(schema, document, 100, variables).measure(operation);
}

describe('depth, fields and aliases', () => {
  it('are counted with the fragments written out', () => {
    const text = '{ a: book { ...B } b: book { ...B } } fragment B on Book { id authors { n: name } }';
    expect(measure(text)).toMatchObject({ depth: 3, fields: 8, aliases: 4, rootFields: 2 });
  });

  it('leave introspection to a measure of its own', () => {
    expect(measure('{ __schema { types { fields { name } } } }')).toMatchObject({ depth: 1, introspectionDepth: 4 });
  });

  it('survive circles, unknown fields and unknown fragments', () => {
    expect(
      measure('{ ...A } fragment A on Query { ...B book { id } } fragment B on Query { ...A ...C nope { no } }'),
    ).toMatchObject({
      depth: 2,
    });
  });

  it('take time in proportion to the text, not to what it stands for', () => {
    const levels = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
    const began = performance.now();
    const { fields, rootFields } = measure(`{ ...F0 } ${levels.join(' ')} fragment F60 on Query { book { id } }`);
    expect(performance.now() - began).toBeLessThan(100);
    expect(fields).toBe(2 * 2 ** 60);
    expect(rootFields).toBe(2 ** 60);
  });
});

describe('cost', () => {
  it.each<[string, number]>([
    ['{ book { id } }', 2],
    ['{ books(first: 10) { edges { node { id } } } }', 1 + 10 * 3],
    ['{ books(last: 10) { edges { node { id } } } }', 1 + 10 * 3],
    ['{ books { edges { node { id } } } }', 1 + 20 * 3],
    ['{ books(first: 2000000000) { edges { node { id } } } }', 1 + 100 * 3],
    ['{ books(first: 10) { edges { node { related(first: 5) { totalCount } } } } }', 1 + 10 * (2 + 1 + 5)],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 1 + 3],
    ['{ shelf { id tags } }', 1 + 100 * 2],
    ['{ book { authors { name } } }', 1 + 1 + 4],
    ['{ book { text ...B } } fragment B on Book { a: text b: text }', 1 + 3 * 30],
    ['{ books(first: 10) { edges { node { text } } } }', 1 + 10 * (2 + 30)],
    ['{ book { ...B } } fragment B on Book { related(first: 3) { edges { node { id } } } }', 1 + 1 + 3 * 3],
  ])('of %s is %d', (text, cost) => {
    expect(measure(text)).toMatchObject({ cost, isCostVariable: false });
  });

  it('takes a variable at its worst while its value is unknown', () => {
    const text = 'query ($n: Int = 2, $ids: [ID!]!) { books(first: $n) { totalCount } nodes(ids: $ids) { id } }';
    expect(measure(text)).toMatchObject({ cost: 1 + 100 + 1 + 100, isCostVariable: true });
    expect(measure(text, { ids: ['a', 'b'] })).toMatchObject({ cost: 1 + 2 + 1 + 2 });
    expect(measure(text, { n: 7, ids: 'a' })).toMatchObject({ cost: 1 + 7 + 1 + 1 });
    expect(measure(text, { n: -1, ids: [] })).toMatchObject({ cost: 1 + 100 + 1 });
  });
});
