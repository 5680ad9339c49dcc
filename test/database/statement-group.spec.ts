import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import { Asker } from '../../src/common/asker.js';
import { Deadlines } from '../../src/common/deadlines.js';
import { AskedStatement, type Share, SHARE } from '../../src/database/asked-statement.js';
import { DatabaseUnavailableError } from '../../src/database/database-errors.js';
import { ReadPool } from '../../src/database/read-pool.js';
import { type GroupSurroundings, type Release, StatementGroup } from '../../src/database/statement-group.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const LIMITS = { poolSize: 3, connectTimeoutMs: 20_000, statementTimeoutMs: 20_000 };
const SLEEP = 'select pg_sleep($1)::text as slept, $2::text as said';
const DIVIDE = 'select 12 / $1::integer as result, pg_backend_pid() as pid';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterAll(async () => {
  await database.drop();
});

describe('statements of the read pool', () => {
  let pool: ReadPool;
  beforeEach(async () => {
    pool = new ReadPool({ connectionString: database.connectionString, ...LIMITS });
    // What was asked twice has a name.
    for (const n of [1, 2]) await pool.query({ text: DIVIDE, values: [n] });
    for (const said of ['a', 'b']) await pool.query({ text: SLEEP, values: [0, said] });
  });
  afterEach(() => pool.onApplicationShutdown());

  const divide = (n: number, share: Share = SHARE.brief) =>
    pool.query<{ result: number; pid: number }>({ text: DIVIDE, values: [n], share }).then(([row]) => row);
  const sleep = (seconds: number, said: string, asker?: Asker) =>
    pool
      .query<{ said: string }>({ text: SLEEP, values: [seconds, said], share: SHARE.brief }, asker)
      .then(([row]) => row?.said);

  it('share a connection where they are brief and come together, eight at most', async () => {
    const rows = await Promise.all(Array.from({ length: 12 }, (_, i) => divide(i + 1)));
    expect(rows.map((row) => row?.result)).toEqual([12, 6, 4, 3, 2, 2, 1, 1, 1, 1, 1, 1]);
    const pids = rows.map((row) => row?.pid);
    expect(new Set(pids.slice(0, 8)).size).toBe(1);
    expect(new Set(pids.slice(8)).size).toBe(1);
    expect(new Set(pids).size).toBe(2);
  });

  it('share a connection as far as there is room', async () => {
    const shares = [SHARE.short, SHARE.short, SHARE.brief, SHARE.short, SHARE.short, SHARE.brief];
    const rows = await Promise.all(shares.map((share) => divide(1, share)));
    const pids = rows.map((row) => row?.pid);
    expect(new Set(pids.slice(0, 4)).size).toBe(1);
    expect(pids[4]).not.toBe(pids[0]);
    expect(pids[5]).toBe(pids[0]);
  });

  it('have a connection each where they may take long', async () => {
    const rows = await Promise.all([divide(1, 1), divide(2, 1), divide(3, 1)]);
    expect(new Set(rows.map((row) => row?.pid)).size).toBe(3);
  });

  it('fail each for itself', async () => {
    const settled = await Promise.allSettled([divide(3), divide(0), divide(4)]);
    expect(settled).toMatchObject([
      { status: 'fulfilled', value: { result: 4 } },
      { status: 'rejected', reason: { code: '22012' } },
      { status: 'fulfilled', value: { result: 3 } },
    ]);
    expect(await divide(6)).toMatchObject({ result: 2 });
  });

  it('are prepared together, and fail each for itself then too', async () => {
    const text = 'select 10 / $1::integer as result';
    await expect(pool.query({ text, values: [0], share: SHARE.brief })).rejects.toMatchObject({ code: '22012' });
    const ask = (n: number) => pool.query({ text, values: [n], share: SHARE.brief });
    const settled = await Promise.allSettled([ask(0), ask(5), ask(0), ask(2)]);
    expect(settled).toMatchObject([
      { reason: { code: '22012' } },
      { value: [{ result: 2 }] },
      { reason: { code: '22012' } },
      { value: [{ result: 5 }] },
    ]);
  });

  it.each([
    ['first', [60, 0, 0]],
    ['second', [0.1, 60, 0]],
    ['third', [0, 0.1, 60]],
  ])('wait for none that nobody waits for any more: the %s', async (_which, seconds) => {
    const asker = new Asker();
    const answers = seconds.map((time, i) => sleep(time, String(i), time === 60 ? asker : undefined));
    setTimeout(() => {
      asker.leave('GONE');
    }, 50);
    const settled = await Promise.allSettled(answers);
    expect(settled).toMatchObject(
      seconds.map((time, i) =>
        time === 60
          ? { status: 'rejected', reason: { name: 'CalledOffError' } }
          : { status: 'fulfilled', value: String(i) },
      ),
    );
    expect(await sleep(0, 'still there')).toBe('still there');
  });

  it('all fail when their connection is lost', async () => {
    const answers = [5, 0, 0].map((seconds, i) => sleep(seconds, String(i)));
    const lost = Promise.all(answers.map((answer) => expect(answer).rejects.toBeInstanceOf(DatabaseUnavailableError)));
    setTimeout(() => void database.endConnections(`application_name = 'colophon-read'`), 50);
    await lost;
    expect(await sleep(0, 'another')).toBe('another');
  });
});

describe('a group', () => {
  let pool: Pool;
  let connection: PoolClient;
  let released: Promise<Parameters<Release>[0]>;
  let release: Release;
  beforeEach(async () => {
    pool = new Pool({ connectionString: database.connectionString, pipeline: true });
    pool.on('error', () => undefined);
    connection = await pool.connect();
    connection.on('error', () => undefined);
    released = new Promise((resolve) => {
      release = resolve;
    });
  });
  afterEach(async () => {
    connection.release(true);
    await pool.end();
  });

  const asked = (seconds: number, asker?: Asker) =>
    new AskedStatement({ text: SLEEP, values: [seconds, ''] }, SHARE.brief, asker);
  const send = (
    members: readonly AskedStatement[],
    endCurrent: GroupSurroundings['endCurrent'] = () => Promise.resolve(),
    silenceMs = 20_000,
  ): void => {
    new StatementGroup(members, connection, release, { silences: new Deadlines(silenceMs), endCurrent }).send();
  };
  const pidOf = async (): Promise<number> => {
    const { rows } = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid ?? 0;
  };
  /** Tells Postgres so late that another may be met. */
  const endLater =
    (pid: number, ms: number): GroupSurroundings['endCurrent'] =>
    async (_connection, isStillWanted) => {
      expect(isStillWanted()).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await pool.query('select pg_cancel_backend($1)', [pid]);
    };

  it('sends once more what was met by the end of another', async () => {
    const pid = await pidOf();
    const asker = new Asker();
    const [left, hit, last] = [asked(0.2, asker), asked(5), asked(0)];
    const sent = jest.spyOn(connection, 'query');
    send([left, hit, last], endLater(pid, 600));
    asker.leave('GONE');
    await expect(left.rows).rejects.toMatchObject({ name: 'CalledOffError' });
    expect(await last.rows).toHaveLength(1);
    expect(hit.isOver).toBe(false);
    expect(await hit.rows).toHaveLength(1);
    expect(sent).toHaveBeenCalledTimes(4);
    expect(await released).toBeUndefined();
  });

  it('sends once more what was to be prepared with one that was ended', async () => {
    await database.sql('create table if not exists thing (n int)');
    const pid = await pidOf();
    const lock = await pool.connect();
    await lock.query('begin');
    await lock.query('lock table thing in access exclusive mode');
    const asker = new Asker();
    const count = (who?: Asker) =>
      new AskedStatement({ name: 'counted', text: 'select count(*) from thing' }, SHARE.brief, who);
    const [left, other] = [count(asker), count()];
    send([left, other], endLater(pid, 100));
    asker.leave('GONE');
    await expect(left.rows).rejects.toMatchObject({ name: 'CalledOffError' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lock.query('rollback');
    lock.release();
    expect(await other.rows).toEqual([{ count: '0' }]);
    expect(await released).toBeUndefined();
  });

  it('ends nothing that was answered by the time that Postgres could be told', async () => {
    const asker = new Asker();
    const [left, next] = [asked(0.1, asker), asked(0)];
    const wanted: boolean[] = [];
    send([left, next], async (_connection, isStillWanted) => {
      await next.rows;
      wanted.push(isStillWanted());
    });
    asker.leave('GONE');
    await expect(left.rows).rejects.toMatchObject({ name: 'CalledOffError' });
    expect(await next.rows).toHaveLength(1);
    expect(wanted).toEqual([false]);
  });

  it('gives its connection back only when the word that ends a statement has arrived', async () => {
    const asker = new Asker();
    const left = asked(0.1, asker);
    let isTold = false;
    send([left], async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      isTold = true;
    });
    asker.leave('LATE');
    await expect(left.rows).rejects.toMatchObject({ leaving: 'LATE' });
    await released;
    expect(isTold).toBe(true);
  });

  it('closes a connection that says nothing, with all that is still asked of it', async () => {
    const members = [asked(0), asked(60), asked(0)];
    const closed = new Promise((resolve) => connection.once('end', resolve));
    send(members, undefined, 3000);
    expect(await members[0]?.rows).toHaveLength(1);
    for (const { rows } of members.slice(1)) await expect(rows).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(await released).toBe(true);
    await closed;
  });
});
