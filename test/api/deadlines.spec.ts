import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from '../support/server-process.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let lock: Client;
beforeAll(async () => {
  server = await startTestServer({ seed: true, config: { requestTimeoutMs: 1000, statementTimeoutMs: 60_000 } });
  lock = new Client({ connectionString: server.database.connectionString });
  await lock.connect();
}, 60_000);
afterAll(async () => {
  await lock.end();
  await server.close();
});

/** What readers' statements wait for, for as long as the test lasts. */
const LOCKED = ['edition.current_article', 'edition.article_fact', 'edition.reference', 'edition.article_search'];
beforeEach(async () => {
  await lock.query('rollback');
  await lock.query('begin');
  await lock.query(`lock table ${LOCKED.join(', ')} in access exclusive mode`);
});

async function runningStatements(): Promise<number> {
  const rows = await server.database.sql<{ count: string }>(
    `select count(*) from pg_stat_activity
     where datname = current_database() and application_name = 'colophon-read' and state = 'active'`,
  );
  return Number(rows[0]?.count);
}

const SLUG = 'video-the-liberation-of-palmyra-towards-the-defeat-of-isis';
const UUID = '00000000-0000-4000-8000-000000000000';
const nodeId = (type: string) => Buffer.from(`${type}:${UUID}`).toString('base64url');

describe('a request whose time is up', () => {
  it.each([
    ['article', `{ article(slug: "${SLUG}") { id } }`],
    ['articles', '{ articles { edges { node { id } } } }'],
    ['search', '{ search(text: "palmyra") { edges { node { id } } } }'],
    ['publisher', '{ publisher(slug: "mondialisation-ca") { name } }'],
    ['publishers', '{ publishers { name } }'],
    ['source', '{ source(slug: "south-front") { name } }'],
    ['sources', '{ sources { edges { node { name } } } }'],
    ['terms', '{ terms(scheme: THEME) { label } }'],
    ['all at once', '{ publishers { name } articles { totalCount } search(text: "palmyra") { totalCount } }'],
  ])('is refused, and nothing goes on for it in Postgres: %s', async (_what, query) => {
    const began = performance.now();
    const answer = await server.query(query);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(new Set(answer.errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['DEADLINE_EXCEEDED']));
    await eventually(async () => (await runningStatements()) === 0, 'nothing runs any more');
  });

  it('has been refused the same when the query was known already', async () => {
    const query = '{ publishers { slug } }';
    await lock.query('rollback');
    expect((await server.query(query)).status).toBe(200);
    await lock.query('begin');
    await lock.query(`lock table ${LOCKED.join(', ')} in access exclusive mode`);
    const answer = await server.query(query, {}, { 'accept-language': 'it' });
    expect(answer.errors?.[0]?.extensions.code).toBe('DEADLINE_EXCEEDED');
  });

  it('leaves its connections fit for others', async () => {
    await Promise.all(Array.from({ length: 20 }, () => server.query('{ publishers { name id } }')));
    await lock.query('rollback');
    await eventually(async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => server.query('{ publishers { id name } }')));
      return answers.every(({ status }) => status === 200);
    }, 'all are answered');
  });
});

describe('a caller who leaves', () => {
  it('takes the statement along', async () => {
    const patient = await startTestServer({
      database: server.database,
      config: { requestTimeoutMs: 60_000, statementTimeoutMs: 60_000 },
    });
    try {
      const leaving = new AbortController();
      const asked = fetch(`${patient.url}/graphql?query={publishers{name}}`, { signal: leaving.signal });
      asked.catch(() => undefined);
      await eventually(async () => (await runningStatements()) === 1, 'the statement runs');
      leaving.abort();
      await eventually(async () => (await runningStatements()) === 0, 'nothing runs any more');
    } finally {
      await lock.query('rollback');
      await patient.close();
    }
  });
});

it('an id is looked for no longer than anything else', async () => {
  const answer = await server.query(`{ nodes(ids: ["${nodeId('Article')}", "${nodeId('Term')}"]) { id } }`);
  const codes = answer.errors?.map(({ extensions }) => extensions.code);
  expect(codes ?? []).toEqual(['DEADLINE_EXCEEDED']);
});
