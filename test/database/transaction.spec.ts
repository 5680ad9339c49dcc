import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';

import { DatabaseUnavailableError } from '../../src/database/database-errors.js';
import { inTransaction } from '../../src/database/transaction.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('inTransaction', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    await database.sql('CREATE TABLE counter AS SELECT 0 AS n');
    dataSource = await new DataSource({
      type: 'postgres',
      url: database.connectionString,
      installExtensions: false,
    }).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('does the work again when transactions get in each other’s way', async () => {
    const increment = () =>
      inTransaction(dataSource, async (manager) => {
        await manager.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
        const [row] = await manager.query<{ n: number }[]>('SELECT n FROM counter');
        await manager.query('UPDATE counter SET n = $1', [(row?.n ?? 0) + 1]);
      });
    await Promise.all([increment(), increment(), increment()]);
    expect(await database.sql('SELECT n FROM counter')).toEqual([{ n: 3 }]);
  });

  it('leaves nothing behind when the work fails', async () => {
    const work = inTransaction(dataSource, async (manager) => {
      await manager.query('UPDATE counter SET n = 99');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await database.sql('SELECT n FROM counter')).toEqual([{ n: 3 }]);
  });

  it('says that the database is away when the connection is lost between two statements', async () => {
    const work = inTransaction(dataSource, async (manager) => {
      const [row] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      await database.sql('SELECT pg_terminate_backend($1)', [row?.pid]);
      await sleep(200);
      await manager.query('UPDATE counter SET n = 99');
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableError);
    expect(await database.sql('SELECT n FROM counter')).toEqual([{ n: 3 }]);
  });
});
