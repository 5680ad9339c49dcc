import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { askAs, codeOf, givenAccount, givenSession, ME, type Person, SIGN_IN } from '../fixtures/accounts.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let ada: Person;
let lock: Client;
beforeAll(async () => {
  server = await startTestServer({ config: { statementTimeoutMs: 300 } });
  ada = await givenAccount(server);
  lock = new Client({ connectionString: server.database.connectionString });
  await lock.connect();
}, 60_000);
afterEach(async () => {
  await lock.query('rollback');
});
afterAll(async () => {
  await lock.end();
  await server.close();
});

async function lockTable(table: string): Promise<void> {
  await lock.query('begin');
  await lock.query(`lock table ${table} in access exclusive mode`);
}

it('nobody is taken for a stranger while the database does not say who they are', async () => {
  const secret = await givenSession(server, ada);
  await lockTable('account.session');
  const answer = await askAs(server, secret, ME);
  expect([answer.status, codeOf(answer)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  // What is public waits for no account.
  const open = await askAs(server, secret, '{ articles { totalCount } }');
  expect([open.status, open.data]).toEqual([200, { articles: { totalCount: 0 } }]);
  await lock.query('rollback');
  expect((await askAs(server, secret, ME)).data.desk.me.email).toBe(ada.email);
});

it('a sign-in whose entry in the audit trail can not be written is no sign-in', async () => {
  const sessions = () => server.database.sql('select count(*) from account.session');
  const before = await sessions();
  await lockTable('audit.entry');
  const answer = await server.query(SIGN_IN, { email: ada.email, password: ada.password });
  expect([answer.status, codeOf(answer)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  await lock.query('rollback');
  expect(await sessions()).toEqual(before);
  expect(codeOf(await server.query(SIGN_IN, { email: ada.email, password: ada.password }))).toBeNull();
});

it('connections that Postgres ends are made anew, and nobody has to sign in again', async () => {
  const secret = await givenSession(server, ada);
  expect(codeOf(await askAs(server, secret, ME))).toBeNull();
  await server.database.endConnections(`application_name = 'colophon-desk'`);
  const codes = new Set<string | null>();
  for (let i = 0; i < 5; i++) codes.add(codeOf(await askAs(server, secret, ME)));
  expect([...codes].filter((code) => code !== 'SERVICE_UNAVAILABLE')).toEqual([null]);
});
