import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

/** A database of one test file. */
export interface TestDatabase {
  readonly connectionString: string;
  /** Runs a statement as the owner, past every rule of the application. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * Ends the connections to this database that fit a condition on pg_stat_activity, and returns how many. Other tests
   * run in the same Postgres: theirs go on.
   */
  endConnections(condition: string): Promise<number>;
  drop(): Promise<void>;
}

const TEMPLATE = 'colophon';

/** Clones the migrated template, in milliseconds; `migrated: false` gives an empty database. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Copied as files: nothing of it has to be written to the log, too.
  await administer(`CREATE DATABASE ${name} TEMPLATE ${migrated ? TEMPLATE : 'template0'} STRATEGY FILE_COPY`);
  const connectionString = testPostgres(name);
  return {
    connectionString,
    sql: (text, values) => runOn(connectionString, text, values),
    endConnections: async (condition) => {
      const ended = await runOn(
        connectionString,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and (${condition})`,
      );
      return ended.length;
    },
    drop: async () => {
      await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Runs a statement in the run's Postgres outside any test database. */
export function administer(text: string): Promise<unknown[]> {
  return runOn(testPostgres('postgres'), text);
}

/** Connection string of a database in the run's Postgres. */
export function testPostgres(database: string): string {
  const url = process.env.COLOPHON_TEST_POSTGRES;
  if (url === undefined) throw new Error('Only tests of the project "medium" have a Postgres.');
  return url.replace(`/${TEMPLATE}?`, `/${database}?`);
}

/** Runs one statement on a connection of its own. */
export async function runOn<Row>(
  connectionString: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(text, [...values]);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
