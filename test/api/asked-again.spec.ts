import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { encodeCursor } from '../../src/common/cursor.js';
import { inTransaction } from '../../src/database/transaction.js';
import { EditionsService } from '../../src/editions/editions.service.js';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare' });
  await givenPublished(server, { headline: 'La digue et le phare' });
}, 60_000);
afterAll(async () => {
  await server.close();
});

const LIST = 'query List($after: String) { articles(first: 1, after: $after) { edges { cursor } } }';

/** The codes of an answer's errors. */
async function codesOf(response: Response): Promise<(string | undefined)[]> {
  const { errors = [] } = (await response.json()) as { errors?: { extensions?: { code?: string } }[] };
  return errors.map(({ extensions }) => extensions?.code);
}

describe('a request that is wrong', () => {
  it('is told the same each time it is sent', async () => {
    for (let time = 0; time < 4; time++) {
      const { errors } = await server.query(LIST, { after: 'nothing' });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('is told the same each time it is asked by its hash', async () => {
    const sha256Hash = createHash('sha256').update(LIST).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const registered = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: LIST, variables: {}, extensions }),
    });
    expect(await codesOf(registered)).toEqual([]);
    const address = new URL(`${server.url}/graphql`);
    address.searchParams.set('variables', '{"after":"nothing"}');
    address.searchParams.set('extensions', JSON.stringify(extensions));
    for (let time = 0; time < 4; time++) expect(await codesOf(await fetch(address))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('a cursor of a search', () => {
  const search = (text: string, after: string) =>
    server.query('query ($text: String!, $after: String) { search(text: $text, after: $after) { totalCount } }', {
      text,
      after,
    });
  const place = '00000000-0000-4000-8000-000000000000';

  it.each([-1, 1.5, 3_000_000_000, 1e300])('with a score of %d is refused', async (score) => {
    const list = { name: 'search:phare', key: [] };
    const { errors } = await search('phare', encodeCursor(list, [score, place]));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('for other words is refused', async () => {
    const { data } = await server.query('{ search(text: "phare", first: 1) { pageInfo { endCursor } } }');
    const cursor = String(data.search.pageInfo.endCursor);
    expect((await search('phare', cursor)).errors).toBeUndefined();
    expect((await search('digue', cursor)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('an article that was taken from readers', () => {
  it('goes to them anew as it was, under all its names', async () => {
    const id = await articleIdOf(server, 'Le phare');
    await givenRevision(server, id, 'fr', { headline: 'Le grand phare' });
    await publish(server, id, 'fr');
    const find = async (slug: string) =>
      (await server.query(`{ article(slug: "${slug}") { slug } }`)).data.article as unknown;
    const before = await find('le-phare');
    expect(before).not.toBeNull();
    await inTransaction(server.app.get(DataSource), (manager) =>
      server.app.get(EditionsService).takeFromReaders(manager, [id]),
    );
    expect(await find('le-phare')).toBeNull();
    const again = await publish(server, id, 'fr');
    expect(again.outcome).toBe('published');
    expect(await find('le-phare')).toEqual(before);
  });
});
