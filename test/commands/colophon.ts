import { type Ending, runColophon } from '../support/server-process.js';
import { runHere } from '../support/run-here.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** The command line on a database of its own. */
export interface CommandLine {
  readonly database: TestDatabase;
  /** Runs a command to its end, in this process. */
  run(...args: string[]): Promise<Ending>;
  /** Runs a command to its end, in a process of its own. */
  runApart(...args: string[]): Promise<Ending>;
  /** Runs a command with `--json` and reads the line that it prints. */
  json(...args: string[]): Promise<{ readonly status: number | null; readonly value: unknown }>;
  /** Runs a command with `--json` and reads the lines that it prints. */
  jsonLines(...args: string[]): Promise<{ readonly status: number | null; readonly values: readonly unknown[] }>;
  /** How many rows each table has. */
  rowCounts(): Promise<Record<string, number>>;
}

/** A command line on a migrated, empty database. */
export async function commandLine(): Promise<CommandLine> {
  const database = await createTestDatabase();
  const settings = { DATABASE_URL: database.connectionString, NO_COLOR: '1' };
  const run = (...args: string[]): Promise<Ending> => runHere(args, settings);
  return {
    database,
    run,
    runApart: (...args) => runColophon(args, settings).ended,
    json: async (...args) => {
      const { status, stdout } = await run(...args, '--json');
      return { status, value: JSON.parse(stdout) as unknown };
    },
    jsonLines: async (...args) => {
      const { status, stdout } = await run(...args, '--json');
      return {
        status,
        values: stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      };
    },
    rowCounts: async () => {
      const tables = await database.sql<{ name: string }>(
        `select table_schema || '.' || table_name as name from information_schema.tables
         where table_schema in ('desk', 'edition') order by 1`,
      );
      const counted = await database.sql<{ name: string; count: number }>(
        tables
          .map(({ name }) => `select '${name}' as name, count(*)::integer as count from ${name}`)
          .join(' union all '),
      );
      return Object.fromEntries(counted.map(({ name, count }) => [name, count]));
    },
  };
}
