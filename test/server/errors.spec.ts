import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LibraryServer } from './library-server.js';

let server: LibraryServer;
let closed: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start();
  closed = await LibraryServer.start({ COLOPHON_INTROSPECTION: 'off' });
});
afterAll(async () => {
  await server.stop();
  await closed.stop();
});

describe('our own faults', () => {
  it.each(['type error', 'internal'])('are masked and logged once: %s', async (how) => {
    const answer = await server.ask('query ($how: String!) { fail(how: $how) }', { how });
    const requestId = answer.headers.get('x-request-id');
    expect(answer.data).toEqual({ fail: null });
    expect(answer.errors).toEqual([
      expect.objectContaining({
        message: 'Something went wrong on our side.',
        path: ['fail'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
      }),
    ]);
    const lines = server.log.filter((line) => line.requestId === requestId && 'err' in line);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 50, err: { stack: expect.stringContaining('SELECT secret') as unknown } });
  });
});

describe('a database that is away', () => {
  it('is answered with 503 and a time to try again', async () => {
    const answer = await server.ask('{ fail(how: "unavailable") }');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.code).toBe('SERVICE_UNAVAILABLE');
    expect(answer.text).not.toMatch(/database|postgres|connect/i);
  });
});

describe('mistakes of the caller', () => {
  it.each([
    ['a resolver’s code', '{ fail(how: "coded") }', 'UNAUTHENTICATED', 200],
    ['a bad argument', '{ books(first: -1) { edges { node { id } } } }', 'BAD_USER_INPUT', 200],
    ['a syntax error', '{ echo', 'GRAPHQL_PARSE_FAILED', 400],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED', 400],
    ['a subscription', 'subscription { echo }', 'GRAPHQL_VALIDATION_FAILED', 400],
    ['a missing variable', 'query ($how: String!) { fail(how: $how) }', 'BAD_USER_INPUT', 400],
    ['a NUL in a literal', String.raw`{ echo(text: "a\u0000b") }`, 'BAD_USER_INPUT', 400],
    ['half a character in a literal', String.raw`{ echo(text: "a\ud800b") }`, 'GRAPHQL_PARSE_FAILED', 400],
  ])('pass with their code: %s', async (_what, query, code, status) => {
    const answer = await server.ask(query);
    expect(answer).toMatchObject({ code, status });
    expect(answer.errors[0]?.message).not.toContain('our side');
  });

  it('name the argument', async () => {
    const answer = await server.ask('{ books(first: -1) { edges { node { id } } } }');
    expect(answer.errors[0]).toMatchObject({ extensions: { argument: 'first' } });
  });

  it.each([
    [{ text: 'a\u0000' }, 'text'],
    [{ text: '\ud800' }, 'text'],
    [{ filter: { any: [{ title: 'fine' }, { title: 'a\u0000' }] } }, 'filter.any[1].title'],
  ])('name the variable whose text cannot be stored: %j', async (variables, argument) => {
    const query =
      'query ($text: String, $filter: BookFilter) { echo(text: $text) books(filter: $filter) { edges { node { id } } } }';
    const answer = await server.ask(query, variables);
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', status: 400 });
    expect(answer.errors[0]).toMatchObject({ extensions: { argument } });
  });
});

describe('with introspection switched off', () => {
  it('refuses introspection in its own words', async () => {
    const answer = await closed.ask('{ __schema { queryType { name } } }');
    expect(answer).toMatchObject({ code: 'INTROSPECTION_DISABLED', status: 400 });
    expect(answer.text).not.toMatch(/apollo/i);
  });

  it.each([
    ['a field', '{ ech }', undefined],
    ['an argument', '{ echo(tex: "a") }', undefined],
    [
      'a key of a variable',
      'query ($f: BookFilter) { books(filter: $f) { edges { node { id } } } }',
      { f: { titl: 'a' } },
    ],
  ])('suggests no name for %s', async (_what, query, variables) => {
    const answer = await closed.ask(query, variables);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/did you mean/i);
  });

  it('still suggests names with introspection on', async () => {
    expect((await server.ask('{ ech }')).text).toMatch(/Did you mean/);
  });
});
