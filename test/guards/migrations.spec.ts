import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, MigrationExecutor } from 'typeorm';
import { migrations } from '../../src/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** What is left of a database's structure when names and order do not matter. */
const STRUCTURE = `
  select 'column' as kind, table_schema || '.' || table_name || '.' || column_name as name,
    concat_ws(' ', data_type, udt_name, is_nullable, column_default, generation_expression) as detail
  from information_schema.columns where table_schema in ('desk', 'edition', 'account', 'audit', 'public')
  union all
  select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint
  where connamespace in (select oid from pg_namespace where nspname in ('desk', 'edition', 'account', 'audit'))
  union all
  select 'index', schemaname || '.' || indexname, indexdef from pg_indexes where schemaname in ('desk', 'edition', 'account', 'audit')
  union all
  select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all
  select 'function', p.oid::regprocedure::text, md5(prosrc) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('desk', 'edition', 'account', 'audit')
  union all
  select 'search', cfgname, '' from pg_ts_config where cfgname like 'colophon%'
  union all
  select 'dictionary', dictname, '' from pg_ts_dict where dictname like 'colophon%'
  order by 1, 2, 3`;

describe('the entities', () => {
  let server: TestServer;
  let source: DataSource;
  beforeAll(async () => {
    server = await startTestServer();
    source = server.app.get(DataSource);
  }, 60_000);
  afterAll(async () => {
    await server.close();
  });

  it('agree with the migrations', async () => {
    const pending = await source.driver.createSchemaBuilder().log();
    expect(pending.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('are there for every table of the desk', async () => {
    const tables = await server.database.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'desk' order by 1`,
    );
    const mapped = source.entityMetadatas.filter((one) => one.schema === 'desk').map((one) => one.tableName);
    // Sketches of texts are SQL's alone: TypeORM knows no index over arrays. So is what is worked out beside texts.
    const alone = [
      ...[
        'article_removal',
        'earlier_text',
        'link_check',
        'link_use',
        'link_walk',
        'outdated_text',
        'text_headline',
        'text_sketch',
      ],
    ];
    expect(tables.map((table) => table.name)).toEqual([...mapped, ...alone].sort());
  });

  it('leave what is looked up once and forgotten to SQL alone, of the accounts', async () => {
    const tables = await server.database.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema in ('account', 'audit') order by 1`,
    );
    const mapped = source.entityMetadatas
      .filter((one) => one.schema === 'account' || one.schema === 'audit')
      .map((one) => one.tableName);
    expect(tables.map((table) => table.name).filter((name) => !mapped.includes(name))).toEqual([
      'oidc_flow',
      'oidc_identity',
      'password_secret',
      'sign_in_attempt',
      'sign_in_code',
    ]);
  });

  it('leave three tables of the editions to SQL alone: the search, and what happened to editions', async () => {
    const tables = await server.database.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'edition' order by 1`,
    );
    const mapped = source.entityMetadatas.filter((one) => one.schema === 'edition').map((one) => one.tableName);
    expect(tables.map((table) => table.name).filter((name) => !mapped.includes(name))).toEqual([
      'article_search',
      'article_search_text',
      'edition_event',
    ]);
  });
});

describe('each migration', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    source = new DataSource({
      type: 'postgres',
      url: database.connectionString,
      migrations: [...migrations],
      migrationsTableName: 'colophon_migration',
      installExtensions: false,
    });
    await source.initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('goes up, down and up again, and leaves nothing behind', async () => {
    const run = async (work: (executor: MigrationExecutor) => Promise<unknown>) => {
      const runner = source.createQueryRunner();
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = 'each';
      await work(executor).finally(() => runner.release());
    };
    const states: unknown[] = [];
    const structure = () =>
      database
        .sql<{ name: string }>(STRUCTURE)
        .then((rows) => rows.filter((row) => !row.name.includes('colophon_migration')));
    await run((executor) => executor.executePendingMigrations());
    const up = await structure();
    expect(up.length).toBeGreaterThan(100);
    for (const _ of migrations) {
      states.push(await structure());
      await run((executor) => executor.undoLastMigration());
    }
    expect(await structure()).toEqual([]);
    await run((executor) => executor.executePendingMigrations());
    expect(await structure()).toEqual(up);
    expect(states[0]).toEqual(up);
  });

  it('has its own name, later than those before it', () => {
    const stamps = migrations.map((Migration) => Number(/\d{13}$/.exec(new Migration().name ?? Migration.name)?.[0]));
    expect(stamps.every((stamp, i) => stamp > (stamps[i - 1] ?? 0))).toBe(true);
  });
});
