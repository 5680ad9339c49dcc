import { afterEach, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { migrate } from '../../src/database/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

class MakeTable1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE made (n int)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE made');
  }
}

class BreakHalfway1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half_made (n int)');
    await runner.query('SELECT 1 / 0');
  }
  async down(): Promise<void> {
    // It never went up.
  }
}

describe('migrate', () => {
  let database: TestDatabase;

  afterEach(async () => {
    await database.drop();
  });

  it('runs each migration once, however many ask at the same time', async () => {
    database = await createTestDatabase({ migrated: false });
    const migrations = [MakeTable1700000000001];
    const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(database.connectionString, { migrations })));
    expect(runs.flat()).toEqual(['MakeTable1700000000001']);
  });

  it('leaves the schema before a migration that fails, and frees the lock', async () => {
    database = await createTestDatabase({ migrated: false });
    const migrations = [MakeTable1700000000001, BreakHalfway1700000000002];
    for (let round = 0; round < 2; round += 1) {
      await expect(migrate(database.connectionString, { migrations })).rejects.toThrow('division by zero');
    }
    expect(await database.sql(`SELECT to_regclass('made')::text AS made, to_regclass('half_made') AS half`)).toEqual([
      { made: 'made', half: null },
    ]);
  });

  it('says which migration is not of this version', async () => {
    database = await createTestDatabase({ migrated: false });
    await migrate(database.connectionString, { migrations: [MakeTable1700000000001] });
    await expect(migrate(database.connectionString, { migrations: [] })).rejects.toThrow(
      /newer Colophon \(MakeTable1700000000001\)/,
    );
  });
});
