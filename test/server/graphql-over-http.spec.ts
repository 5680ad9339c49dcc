import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { LibraryServer } from './library-server.js';

let server: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start();
});
afterAll(async () => {
  await server.stop();
});

describe('the GraphQL over HTTP specification', () => {
  it.each([
    ['with no header of its own', {}, 58],
    ['with the header that CSRF prevention asks for', { 'apollo-require-preflight': 'true' }, 58],
  ])('is kept %s', async (_who, headers, atLeast) => {
    const audits = serverAudits({
      url: `${server.url}/graphql`,
      fetchFn: (input: string, init: RequestInit = {}) =>
        fetch(input, { ...init, headers: { ...headers, ...(init.headers as Record<string, string> | undefined) } }),
    });
    const results = await Promise.all(
      audits.map(async (audit) => {
        const result = await audit.fn();
        return { name: audit.name, status: result.status };
      }),
    );
    expect(results.filter(({ status }) => status === 'error')).toEqual([]);
    expect(results.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(atLeast);
  });
});
