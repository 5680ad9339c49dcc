import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** What a check says, however Postgres writes it: its words in quotes, and its numbers. */
function saidBy(expression: string): string[] {
  return (expression.match(/'[^']*'|\b\d+\b/g) ?? []).sort();
}

/** The schema builder compares checks by their names alone. */
it('the checks of the entities say what those of the migrations say', async () => {
  const stored = await server.database.sql<{ name: string; definition: string }>(
    `select conrelid::regclass || '.' || conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'c' and connamespace::regnamespace::text in ('desk', 'edition', 'account', 'audit') order by 1`,
  );
  const declared = server.app
    .get(DataSource)
    .entityMetadatas.flatMap((entity) =>
      entity.checks.map((check) => [`${entity.tablePath}.${check.name}`, saidBy(check.expression)] as const),
    );
  expect(Object.fromEntries(declared)).toEqual(
    Object.fromEntries(stored.map(({ name, definition }) => [name, saidBy(definition)])),
  );
});
