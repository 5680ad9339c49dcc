import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CostBuckets } from '../../src/server/cost-buckets.js';
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
  const counted = 'select client from server.client_cost where level > 1000';
  await eventually(async () => (await one.database.sql(counted)).length === 1, 'one has told');
  // It learns of the other's count when it has something to tell itself, which is far less than it allows.
  expect(await ask(other, greedy)).toBe(200);
  const buckets = other.app.get(CostBuckets, { strict: false });
  await eventually(() => buckets.roomOf(greedy, performance.now()).points < 1000, 'the other has heard');
  expect(buckets.roomOf('203.0.113.8', performance.now()).points).toBe(2000);
  expect(await ask(other, '203.0.113.8')).toBe(200);
});
