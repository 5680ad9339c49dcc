import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/server-process.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const config = { rateLimit: 2000, rateLimitStore: 'postgres', trustProxy: ['loopback'] } as const;

let one: TestServer;
let other: TestServer;
beforeAll(async () => {
  one = await startTestServer({ config });
  other = await startTestServer({ config, database: one.database });
}, 60_000);
afterAll(async () => {
  await other.close();
  await one.close();
});

it('what a client asks of one server counts with the others', async () => {
  const ask = (server: TestServer, client: string) =>
    server.query('{ __typename }', {}, { 'x-forwarded-for': client }).then(({ status }) => status);
  const greedy = '203.0.113.7';
  for (let i = 0; i < 25; i++) await ask(one, greedy);
  expect(await ask(one, greedy)).toBe(429);
  // It learns of the other's count with what it is asked itself.
  await eventually(async () => (await ask(other, greedy)) === 429, 'the other has heard');
  expect(await ask(other, '203.0.113.8')).toBe(200);
  const rows = await one.database.sql<{ client: string }>('select client from server.client_cost order by client');
  expect(rows.map(({ client }) => client)).toContain(greedy);
});
