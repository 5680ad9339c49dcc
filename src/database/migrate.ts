import { setTimeout as sleep } from 'node:timers/promises';

import { DataSource, type Migration, MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';

import { DatabaseUnfitError } from './database-errors.js';
import { migrations as allMigrations } from './migrations.js';
import { KEEP_ALIVE, withSessionSettings } from './session-settings.js';

/** Table of Postgres that says which migrations ran. */
export const MIGRATIONS_TABLE = 'colophon_migration';

/** Any number that only Colophon uses; the same in every version, or two versions would migrate at once. */
const LOCK_KEY = 7_261_544_001;

const OLDEST_POSTGRES = 15;

/** What `migrate` needs beside the database. */
export interface MigrateOptions {
  readonly connectTimeoutMs?: number;
  /** Called once when another server is migrating the same database, and this one waits for it. */
  readonly onWaiting?: () => void;
  /** For tests; otherwise those of this version. */
  readonly migrations?: readonly (new () => MigrationInterface)[];
}

/**
 * Brings a database to the schema of this version and returns the names of the migrations that ran, oldest first.
 * Several servers may call it at once: one migrates, the others wait. Each migration is a transaction of its own, so a
 * server killed in between leaves the schema before or after it, and the lock goes with its connection.
 * Throws DatabaseUnfitError for a Postgres that is too old and a schema that is newer than this version.
 */
export async function migrate(connectionString: string, options: MigrateOptions = {}): Promise<readonly string[]> {
  const migrations = options.migrations ?? allMigrations;
  return withRunner(connectionString, { ...options, migrations }, async (dataSource, runner) => {
    await checkVersion(runner);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    await waitForLock(runner, options.onWaiting);
    try {
      refuseNewerSchema(await executor.getExecutedMigrations(), migrations);
      return (await executor.executePendingMigrations()).map(({ name }) => name);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => undefined);
    }
  });
}

async function withRunner<T>(
  connectionString: string,
  { migrations = [], connectTimeoutMs = 2000 }: MigrateOptions,
  work: (dataSource: DataSource, runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const dataSource = new DataSource({
    type: 'postgres',
    // A migration takes the time that it takes, whatever limits the role has.
    url: withSessionSettings(connectionString, { statement_timeout: 0, lock_timeout: 0 }),
    entities: [],
    migrations: [...migrations],
    migrationsTableName: MIGRATIONS_TABLE,
    installExtensions: false,
    // TypeORM's own default writes to standard output, which belongs to the command's result.
    logger: 'debug',
    applicationName: 'colophon-migrate',
    poolSize: 1,
    poolErrorHandler: () => undefined,
    extra: { connectionTimeoutMillis: connectTimeoutMs, ...KEEP_ALIVE },
  });
  await dataSource.initialize();
  try {
    const runner = dataSource.createQueryRunner();
    try {
      return await work(dataSource, runner);
    } finally {
      await runner.release();
    }
  } finally {
    await dataSource.destroy();
  }
}

async function checkVersion(runner: QueryRunner): Promise<void> {
  const [row] = (await runner.query('SHOW server_version_num')) as { server_version_num: string }[];
  const major = Math.floor(Number(row?.server_version_num) / 10_000);
  if (major < OLDEST_POSTGRES) {
    throw new DatabaseUnfitError(`The database is Postgres ${major}; Colophon needs ${OLDEST_POSTGRES} or newer.`);
  }
}

/** Asked for again and again, because a wait inside Postgres would end at the limits that an operator may have set there. */
async function waitForLock(runner: QueryRunner, onWaiting: () => void = () => undefined): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const rows = (await runner.query('SELECT pg_try_advisory_lock($1) AS locked', [LOCK_KEY])) as { locked: boolean }[];
    if (rows[0]?.locked === true) return;
    if (attempt === 3) onWaiting();
    await sleep(100);
  }
}

function refuseNewerSchema(executed: readonly Migration[], known: readonly (new () => MigrationInterface)[]): void {
  const names = new Set(known.map((Migration) => new Migration().name ?? Migration.name));
  const unknown = executed.find(({ name }) => !names.has(name));
  if (unknown !== undefined) {
    throw new DatabaseUnfitError(
      `The database was migrated by a newer Colophon (${unknown.name}): run that version, or restore a backup of this one's.`,
    );
  }
}
