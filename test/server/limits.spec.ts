import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { LibraryServer } from './library-server.js';

let server: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start();
});
afterAll(async () => {
  await server.stop();
});

const repeat = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join(' ');
const nested = (levels: number, first = ''): string =>
  `{ books ${repeat(levels, () => `{ edges { node { related${first}`)} { edges { node { id } } } ${' } } }'.repeat(levels)} }`;
const doubling = (levels: number): string =>
  `{ ...F0 } ${repeat(levels, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${levels} on Query { echo }`;

describe('each limit', () => {
  it.each([
    ['depth', nested(4)],
    [
      'cost',
      '{ books(first: 100) { edges { node { related(first: 100) { edges { node { related(first: 100) { edges { node { id } } } } } } } } } }',
    ],
    [
      'fields',
      `{ ${repeat(20, (i) => `a${i}: booksById(ids: []) { ...B }`)} } fragment B on Book { ${repeat(60, () => 'id')} }`,
    ],
    ['fields', doubling(30)],
    ['rootFields', `{ ${repeat(31, () => 'echo')} }`],
    ['aliases', `{ booksById(ids: []) { ${repeat(101, (i) => `a${i}: id`)} } }`],
    ['directives', `{ booksById(ids: []) { ${repeat(51, () => 'id @include(if: true)')} } }`],
    ['operations', repeat(21, (i) => `query O${i} { echo }`)],
    ['fragments', `{ ${repeat(51, (i) => `...F${i}`)} } ${repeat(51, (i) => `fragment F${i} on Query { echo }`)}`],
    ['listSize', `{ booksById(ids: [${repeat(201, (i) => `"${i}"`)}]) { id } }`],
    ['mutationFields', 'mutation { a: rename(title: "a") b: rename(title: "b") }'],
  ])('refuses with its name and figures: %s', async (limit, query) => {
    const began = performance.now();
    const answer = await server.post({ query, operationName: limit === 'operations' ? 'O1' : undefined });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(answer.status).toBe(400);
    const { errors } = JSON.parse(answer.text) as {
      errors: { message: string; extensions: Record<string, unknown> }[];
    };
    const refusal = errors.find((error) => error.extensions.limit === limit);
    expect(refusal?.extensions).toMatchObject({ code: 'OPERATION_TOO_COMPLEX', max: expect.any(Number) as unknown });
    expect(refusal?.message).toContain('are allowed.');
  });

  it('stops parsing after a thousand tokens', async () => {
    expect(await server.ask(`{ ${repeat(1001, () => 'echo')} }`)).toMatchObject({
      status: 400,
      code: 'GRAPHQL_PARSE_FAILED',
    });
  });

  it.each(['[', '{a:', '...{', '{a'])('survives fifty thousand times %j', async (open) => {
    expect((await server.ask(`{ echo(text: ${open.repeat(50_000)}`)).status).toBe(400);
  });

  it('refuses long lists in variables, whether the query is known or not', async () => {
    const query = 'query ($ids: [ID!]!) { booksById(ids: $ids) { id } }';
    const ids = (count: number) => Array.from({ length: count }, (_, i) => String(i));
    for (let i = 0; i < 2; i++) {
      const refused = await server.ask(query, { ids: ids(201) });
      expect(refused).toMatchObject({ status: 400, code: 'OPERATION_TOO_COMPLEX' });
      expect(refused.errors[0]?.extensions).toMatchObject({ limit: 'listSize', max: 200, found: 201 });
      expect((await server.ask(query, { ids: ids(200) })).errors).toEqual([]);
    }
  });

  it('refuses circles of introspection', async () => {
    const query = `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`;
    expect((await server.ask(query)).status).toBe(400);
  });
});

describe('a limit of the settings', () => {
  it.each([
    ['COLOPHON_DEPTH_MAX', '3', 'depth', '{ books { edges { node { id } } } }'],
    ['COLOPHON_COST_MAX', '100', 'cost', '{ books(first: 100) { edges { node { id } } } }'],
    ['COLOPHON_ALIASES_MAX', '1', 'aliases', '{ a: echo b: echo }'],
    ['COLOPHON_ROOT_FIELDS_MAX', '1', 'rootFields', '{ echo a: echo }'],
    ['COLOPHON_DIRECTIVES_MAX', '0', 'directives', '{ echo @skip(if: false) }'],
    ['COLOPHON_LIST_SIZE_MAX', '1', 'listSize', '{ booksById(ids: ["1", "2"]) { id } }'],
  ])('%s=%s holds', async (variable, value, limit, query) => {
    expect((await server.ask(query)).errors).toEqual([]);
    const strict = await LibraryServer.start({ [variable]: value });
    try {
      const refused = await strict.ask(query);
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COMPLEX', limit, max: Number(value) });
    } finally {
      await strict.stop();
    }
  });

  it('COLOPHON_TOKENS_MAX=100 holds', async () => {
    const strict = await LibraryServer.start({ COLOPHON_TOKENS_MAX: '100' });
    try {
      expect(await strict.ask(`{ ${repeat(20, (i) => `a${i}: echo`)} }`)).toMatchObject({ errors: [] });
      expect(await strict.ask(`{ ${repeat(40, (i) => `a${i}: echo`)} }`)).toMatchObject({
        code: 'GRAPHQL_PARSE_FAILED',
      });
    } finally {
      await strict.stop();
    }
  });
});

describe('the cost', () => {
  it.each([
    ['compiled', '{ books(first: 10) { edges { node { id } } } }', 31],
    ['known already', '{ books(first: 10) { edges { node { id } } } }', 31],
    ['executed step by step', '{ __typename books(first: 10) { edges { node { id } } } }', 32],
    ['a mutation', 'mutation { rename(title: "a") }', 1],
    ['one that fails in part', '{ fail(how: "coded") }', 1],
  ])('is told of every operation: %s', async (_what, query, asked) => {
    const { extensions } = JSON.parse((await server.ask(query)).text) as { extensions: { cost: unknown } };
    expect(extensions.cost).toEqual({ asked, allowed: 50_000 });
  });
});

describe('honest operations', () => {
  it('introspection as an editor asks for it', async () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true });
    const answer = await server.ask(query);
    expect(answer.errors).toEqual([]);
  });

  it('an operation as deep as the limit', async () => {
    expect(
      (await server.ask(nested(3, '(first: 5)').replace('{ edges { node { id } } }', '{ edges { __typename } }')))
        .errors,
    ).toEqual([]);
  });

  it('page sizes in variables are counted as they are, not at their worst', async () => {
    const query = `query ($n: Int = 3) { books(first: $n) { edges { node { related(first: $n) { edges { node { related(first: $n) { edges { node { id title } } } } } } } } } }`;
    expect((await server.ask(query)).errors).toEqual([]);
    expect((await server.ask(query, { n: 5 })).errors).toEqual([]);
    for (const n of [100, 2_000_000_000, -1]) {
      expect(await server.ask(query, { n })).toMatchObject({ status: 400, code: 'OPERATION_TOO_COMPLEX' });
    }
    expect((await server.ask(query, { n: 5 })).errors).toEqual([]);
  });

  it('fragments that double eight times over few fields', async () => {
    expect((await server.ask(doubling(8))).errors).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ limit: 'rootFields' }) as unknown }),
    ]);
    expect((await server.ask(doubling(4))).errors).toEqual([]);
  });
});
