import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { execute, getOperationAST, type GraphQLSchema, parse, validate } from 'graphql';
import { compileOperation } from '../../src/answers/compile-operation.js';
import { Shown } from '../../src/common/shown.js';
import { givenPublished, givenReferences } from '../fixtures/given.js';
import { everyQuestion } from '../support/every-question.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let schema: GraphQLSchema;
let id: string;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare', reports: ['Littoral'] });
  await givenPublished(server, { headline: 'La "digue" \\ et\tle \u2028 phare' });
  schema = server.app.get(GraphQLSchemaHost, { strict: false }).schema;
  id = String((await server.query('{ article(slug: "le-phare") { id } }')).data.article.id);
}, 60_000);
afterAll(async () => {
  await server.close();
});

const contextOf = (): object => ({ req: { headers: {} }, shown: new Shown() });

/** The data that the compiled form and GraphQL's own execution answer with, each as JSON. */
async function bothAnswers(source: string, variables: Record<string, unknown> = {}): Promise<[string, string]> {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  const compiled = operation && compileOperation(schema, document, operation);
  if (!compiled) throw new Error(`not compiled: ${source}`);
  const answer = await compiled(variables, contextOf());
  const executed = await execute({ schema, document, variableValues: variables, contextValue: contextOf() });
  expect(executed.errors).toBeUndefined();
  return ['json' in answer ? answer.json : 'errors', JSON.stringify(executed.data)];
}

it('compiled, every question is answered as GraphQL executes it', async () => {
  const textsFor = ({ name, type }: { name: string; type: string }): string[] => {
    if (type === 'LanguageTag') return ['fr', 'en'];
    if (type === 'PartialDate') return ['2016'];
    if (name === 'id' || name === 'ids' || type === 'ID') return [id];
    if (name === 'after' || name === 'before') return [];
    return name === 'slug' ? ['le-phare', 'nowhere'] : ['phare'];
  };
  let asked = 0;
  for (const { about, document } of everyQuestion(schema, textsFor, 6)) {
    if (about.startsWith('desk')) {
      // What is for one person is not compiled: nothing of it is kept.
      const parsed = parse(document);
      const operation = getOperationAST(parsed);
      expect(operation && compileOperation(schema, parsed, operation)).toBeNull();
      continue;
    }
    // Every fifth filter is enough: what is below it is the same.
    if (document.includes('filter:') && (asked += 1) % 5 > 0) continue;
    const [compiled, executed] = await bothAnswers(document);
    expect(compiled).toBe(executed);
  }
}, 120_000);

it.each<[string, Record<string, unknown>]>([
  ['query ($a: Boolean!) { article(slug: "le-phare") { slug @include(if: $a) kind @skip(if: $a) } }', { a: true }],
  ['query ($a: Boolean!) { article(slug: "le-phare") { slug @include(if: $a) kind @skip(if: $a) } }', { a: false }],
  [
    'query ($f: BodyFormat!) { article(slug: "le-phare") { text { body(format: $f) html: body(format: HTML) } } }',
    { f: 'PLAIN' },
  ],
  [
    '{ article(slug: "le-phare") { ...a text { language } ... on Article { text { headline } } } } ' +
      'fragment a on Article { text { slug } publisher { __typename name } }',
    {},
  ],
  ['{ one: article(slug: "le-phare") { slug } two: article(slug: "nowhere") { slug } }', {}],
  ['query ($id: ID!) { node(id: $id) { id ... on Article { kind } } }', { id: 'nothing' }],
  ['query ($n: Int) { articles(first: $n) { edges { cursor } pageInfo { endCursor } totalCount } }', { n: 1 }],
  ['query ($id: ID!) { node(id: $id) { ... on Publisher { slug } } }', { id: 'ARTICLE' }],
  ['{ article(slug: "le-phare") { slug @skip(if: true) } }', {}],
])('compiled, %s is answered as GraphQL executes it', async (source, variables) => {
  const given = variables.id === 'ARTICLE' ? { id } : variables;
  const [compiled, executed] = await bothAnswers(source, given);
  expect(compiled).toBe(executed);
});

it('what is neither yes nor no leaves no field out, and is told', async () => {
  const source = 'query ($x: Boolean = true) { articles(first: 1) @include(if: $x) { totalCount } }';
  for (const x of [true, false, null, null]) {
    const { data, errors, status } = await server.query(source, { x });
    expect([x, status, data ?? null, errors?.length ?? 0]).toEqual(
      x === null ? [x, status, null, 1] : [x, 200, x ? { articles: { totalCount: 2 } } : {}, 0],
    );
    expect(status).toBeLessThan(500);
  }
});

it('mutations and introspection are left to GraphQL', () => {
  for (const source of ['{ __schema { queryType { name } } }', '{ __typename }']) {
    const document = parse(source);
    const operation = getOperationAST(document);
    expect(operation && compileOperation(schema, document, operation)).toBeNull();
  }
});
