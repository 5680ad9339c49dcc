import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';

import { afterCommit, CommitSubscriber } from '../../src/database/after-commit.js';
import { DatabaseUnavailableError } from '../../src/database/database-errors.js';
import { NotFound } from '../../src/common/problem.type.js';
import { inTransaction, inTransactionUnlessProblem, Refusal } from '../../src/database/transaction.js';
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
      subscribers: [CommitSubscriber],
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

  it('has what follows a commit done once, before who began it goes on', async () => {
    const done: string[] = [];
    await inTransaction(dataSource, async (manager) => {
      afterCommit(manager, () => done.push('outer'));
      await manager.transaction((inner) => {
        afterCommit(inner, () => done.push('inner'));
        return Promise.resolve();
      });
      expect(done).toEqual([]);
    });
    expect(done).toEqual(['outer', 'inner']);
    await inTransaction(dataSource, (manager) => manager.query('SELECT 1'));
    expect(done).toEqual(['outer', 'inner']);
  });

  it('has nothing done where it is taken back', async () => {
    const done: string[] = [];
    const work = inTransaction(dataSource, (manager) => {
      afterCommit(manager, () => done.push('done'));
      throw new TypeError('never mind');
    });
    await expect(work).rejects.toBeInstanceOf(TypeError);
    expect(done).toEqual([]);
  });

  it('leaves nothing behind when the work fails', async () => {
    const work = inTransaction(dataSource, async (manager) => {
      await manager.query('UPDATE counter SET n = 99');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await database.sql('SELECT n FROM counter')).toEqual([{ n: 3 }]);
  });

  it.each([
    ['given back', () => new NotFound('n')],
    [
      'carried out from deep down',
      () => {
        throw new Refusal(new NotFound('n'));
      },
    ],
  ])('leaves nothing behind of work that comes to a problem, which is the result: %s', async (_how, end) => {
    const result = await inTransactionUnlessProblem<NotFound>(dataSource, async (manager) => {
      await manager.query('UPDATE counter SET n = 99');
      return end();
    });
    expect(result).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'n'] });
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
