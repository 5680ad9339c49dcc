import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { Asker, CalledOffError } from '../../src/common/asker.js';
import { DatabaseTimeoutError, DatabaseUnavailableError } from '../../src/database/database-errors.js';
import { ReadPool } from '../../src/database/read-pool.js';
import { eventually } from '../support/server-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const LIMITS = { poolSize: 2, connectTimeoutMs: 300, statementTimeoutMs: 300 };

describe('ReadPool', () => {
  let database: TestDatabase;
  let pool: ReadPool;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    await database.sql('CREATE SCHEMA edition CREATE TABLE thing (n int)');
    await database.sql('INSERT INTO edition.thing VALUES (1), (2)');
    pool = new ReadPool({ connectionString: database.connectionString, ...LIMITS });
  });

  afterAll(async () => {
    await pool.onApplicationShutdown();
    await database.drop();
  });

  it('reads schema edition without naming it, with prepared statements', async () => {
    const ask = () => pool.query<{ n: number }>({ text: 'SELECT n FROM thing WHERE n > $1', values: [1] });
    expect(await ask()).toEqual([{ n: 2 }]);
    expect(await ask()).toEqual([{ n: 2 }]);
  });

  it('says that it is away once it has ended', async () => {
    const ended = new ReadPool({ connectionString: database.connectionString, ...LIMITS });
    await ended.onApplicationShutdown();
    await expect(ended.query({ text: 'SELECT 1' })).rejects.toBeInstanceOf(DatabaseUnavailableError);
  });

  it('cannot write', async () => {
    await expect(pool.query({ text: 'DELETE FROM thing' })).rejects.toMatchObject({ code: '25006' });
  });

  it('keeps its limits when the connection string brings options of its own', async () => {
    const connectionString = `${database.connectionString}&options=-c%20default_transaction_read_only%3Doff`;
    const other = new ReadPool({ connectionString, ...LIMITS });
    await expect(other.query({ text: 'DELETE FROM thing' })).rejects.toMatchObject({ code: '25006' });
    await other.onApplicationShutdown();
  });

  it('gives up a slow statement and works on', async () => {
    await expect(pool.query({ text: 'SELECT pg_sleep(5)' })).rejects.toBeInstanceOf(DatabaseTimeoutError);
    expect(await pool.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });

  it('ends a statement that nobody waits for any more, and its connection works on', async () => {
    const one = new ReadPool({
      connectionString: database.connectionString,
      ...LIMITS,
      poolSize: 1,
      statementTimeoutMs: 60_000,
    });
    const pid = async () => (await one.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' }))[0]?.pid;
    const before = await pid();
    const asker = new Asker();
    const asked = one.query({ text: 'SELECT pg_sleep(60)' }, asker);
    setTimeout(() => {
      asker.leave('GONE');
    }, 50);
    await expect(asked).rejects.toMatchObject({ name: 'CalledOffError', leaving: 'GONE' });
    expect(await pid()).toBe(before);
    await expect(one.query({ text: 'SELECT 1' }, asker)).rejects.toBeInstanceOf(CalledOffError);
    expect(await one.query({ text: 'SELECT 1 AS one' }, new Asker())).toEqual([{ one: 1 }]);
    await one.onApplicationShutdown();
  });

  it('lets who leaves while waiting for a connection go at once, and the connection to the next', async () => {
    const one = new ReadPool({
      connectionString: database.connectionString,
      ...LIMITS,
      poolSize: 1,
      connectTimeoutMs: 5000,
    });
    const busy = one.query({ text: 'SELECT pg_sleep(0.2)' });
    const asker = new Asker();
    const waiting = one.query({ text: 'SELECT 1' }, asker);
    asker.leave('LATE');
    await expect(waiting).rejects.toMatchObject({ leaving: 'LATE' });
    expect(await one.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
    await busy;
    await one.onApplicationShutdown();
  });

  it('does not wait for ever when every connection is busy', async () => {
    const slow = new ReadPool({ ...LIMITS, connectionString: database.connectionString, statementTimeoutMs: 2000 });
    const sleepers = [1, 2].map(() => slow.query({ text: 'SELECT pg_sleep(1)' }));
    await expect(slow.query({ text: 'SELECT 1' })).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await Promise.all(sleepers);
    await slow.onApplicationShutdown();
  });

  it.each([
    ['nobody', undefined],
    ['somebody', new Asker()],
  ])('survives the loss of all its connections while %s waits', async (_who, asker) => {
    await pool.query({ text: 'SELECT 1' });
    const busy = pool.query({ text: 'SELECT pg_sleep(5)' }, asker);
    const lost = expect(busy).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await database.endConnections(`application_name = 'colophon-read'`);
    await lost;
    expect(await pool.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });

  describe('over a connection that', () => {
    let middle: Server;
    let through: ReadPool;
    let sockets: Socket[];
    let isHanging: boolean;
    const sent: Buffer[] = [];

    beforeEach(async () => {
      sockets = [];
      isHanging = false;
      const { host, port, user, database: name } = new Client({ connectionString: database.connectionString });
      middle = createServer((socket) => {
        const behind = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
        sockets.push(socket);
        socket.on('data', (bytes) => {
          if (isHanging) return;
          sent.push(bytes);
          behind.write(bytes);
        });
        behind.on('data', (bytes) => socket.write(bytes));
        for (const [one, other] of [[socket, behind] as const, [behind, socket] as const]) {
          one.on('error', () => undefined);
          one.on('close', () => other.destroy());
        }
      });
      await new Promise<void>((resolve) => middle.listen(0, '127.0.0.1', resolve));
      const connectionString = `postgres://${user}@127.0.0.1:${(middle.address() as AddressInfo).port}/${name}`;
      through = new ReadPool({ connectionString, ...LIMITS, poolSize: 1 });
      expect(await through.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
    });
    afterEach(async () => {
      await through.onApplicationShutdown();
      for (const socket of sockets) socket.destroy();
      middle.close();
    });

    const askers: [string, Asker | undefined][] = [
      ['nobody', undefined],
      ['somebody', new Asker()],
    ];

    it.each(askers)('hangs while %s waits, gives it up and takes another', async (_who, asker) => {
      isHanging = true;
      await expect(through.query({ text: 'SELECT 1' }, asker)).rejects.toBeInstanceOf(DatabaseUnavailableError);
      isHanging = false;
      expect(await through.query({ text: 'SELECT 1 AS one' }, asker)).toEqual([{ one: 1 }]);
      expect(sockets).toHaveLength(2);
    });

    it.each(askers)('breaks while %s waits, takes another', async (_who, asker) => {
      const busy = through.query({ text: 'SELECT pg_sleep(5)' }, asker);
      setTimeout(() => {
        for (const socket of sockets) socket.resetAndDestroy();
      }, 50);
      await expect(busy).rejects.toBeInstanceOf(DatabaseUnavailableError);
      expect(await through.query({ text: 'SELECT 1 AS one' }, asker)).toEqual([{ one: 1 }]);
    });

    it('hangs, is closed when it is given up, and keeps nobody from ending', async () => {
      isHanging = true;
      const asked = through.query({ text: 'SELECT 1' });
      const lost = expect(asked).rejects.toBeInstanceOf(DatabaseUnavailableError);
      // It has been sent by then.
      await new Promise((resolve) => setTimeout(resolve, 100));
      const ended = through.onApplicationShutdown();
      await lost;
      await ended;
      await eventually(() => sockets.every(({ destroyed }) => destroyed), 'no connection is left');
      through = new ReadPool({ connectionString: database.connectionString, ...LIMITS });
    });

    it('hangs, is not waited for by more and more: who gave up is forgotten', async () => {
      isHanging = true;
      const asker = new Asker();
      const asked = [undefined, undefined, asker].map((one, i) => through.query({ text: `SELECT ${i}` }, one));
      const outcomes = Promise.allSettled(asked);
      asker.leave('GONE');
      expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      isHanging = false;
      sent.length = 0;
      expect(await through.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
      expect(
        Buffer.concat(sent)
          .toString('latin1')
          .match(/SELECT \w+/g),
      ).toEqual(['SELECT 1']);
    });

    it('is not made in time is not waited for', async () => {
      isHanging = true;
      for (const socket of sockets) socket.destroy();
      await expect(through.query({ text: 'SELECT 1' })).rejects.toBeInstanceOf(DatabaseUnavailableError);
    });
  });

  it('says that the database is away when nothing answers', async () => {
    const away = new ReadPool({ ...LIMITS, connectionString: 'postgres://nobody@127.0.0.1:1/none' });
    await expect(away.query({ text: 'SELECT 1' })).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await away.onApplicationShutdown();
  });

  it('tells its listeners what it sends', async () => {
    const seen: string[] = [];
    const stop = pool.onQuery(({ text }) => seen.push(text));
    await pool.query({ text: 'SELECT 1' });
    stop();
    await pool.query({ text: 'SELECT 2' });
    expect(seen).toEqual(['SELECT 1']);
  });
});
