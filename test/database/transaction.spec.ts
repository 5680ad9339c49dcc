import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';

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
});
