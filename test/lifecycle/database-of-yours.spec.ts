import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { migrations } from '../../src/database/migrations.js';
import {
  eventually,
  findFreePort,
  healthStatus,
  runColophon,
  runServer,
  stopProcesses,
} from '../support/server-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** A way to the run's Postgres over TCP that can be closed and opened, as a network or a failing server would. */
class Gate {
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  constructor(
    readonly port: number,
    private readonly target: string,
  ) {}

  async open(): Promise<void> {
    this.server = createServer((inner) => {
      const outer = connect(this.target);
      for (const socket of [inner, outer]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.sockets.delete(socket));
      }
      inner.pipe(outer).pipe(inner);
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  close(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

describe('a server on a Postgres of yours', () => {
  let database: TestDatabase;
  let gate: Gate;
  let url: string;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    const { searchParams, pathname } = new URL(database.connectionString);
    gate = new Gate(await findFreePort(), join(searchParams.get('host') ?? '', '.s.PGSQL.5432'));
    url = `postgres://colophon@127.0.0.1:${gate.port}${pathname}`;
  });
  afterEach(stopProcesses);
  afterAll(async () => {
    gate.close();
    await database.drop();
  });

  it('waits for a database that is away at the start, and for one that is lost later', async () => {
    const port = String(await findFreePort());
    const server = runServer({ DATABASE_URL: url, PORT: port });
    const address = `http://127.0.0.1:${port}`;
    await eventually(async () => (await healthStatus(address, 'live')) === 200, 'the server listens');
    expect(await healthStatus(address, 'ready')).toBe(503);
    await eventually(() => server.stdout().includes('trying again'), 'it says what it waits for');

    await gate.open();
    expect(await server.ready()).toBe(address);
    expect(await healthStatus(address, 'ready')).toBe(200);

    gate.close();
    await eventually(async () => (await healthStatus(address, 'ready')) === 503, 'it notices the loss');
    expect(await healthStatus(address, 'live')).toBe(200);
    await gate.open();
    await eventually(async () => (await healthStatus(address, 'ready')) === 200, 'it comes back');

    const { status, stdout } = await server.stop();
    expect(status).toBe(0);
    expect(stdout.match(/The database is back/g)).toHaveLength(1);
    expect(stdout).not.toMatch(/"level":(?:50|60)/);
  });

  it('stops at once while it still waits for the database', async () => {
    const port = String(await findFreePort());
    const server = runServer({ DATABASE_URL: 'postgres://colophon@127.0.0.1:1/none', PORT: port });
    await eventually(async () => (await healthStatus(`http://127.0.0.1:${port}`, 'live')) === 200, 'it listens');
    expect(await server.stop()).toMatchObject({ status: 0, stderr: '' });
  });

  it('is migrated once by three that start at the same time', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const settings = { DATABASE_URL: empty.connectionString };
    const endings = await Promise.all(
      Array.from({ length: 3 }, () => runColophon(['migrate', '--json'], settings).ended),
    );
    expect(endings.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      Array.from({ length: 3 }, () => ({ status: 0, stderr: '' })),
    );
    const applied = endings.flatMap(({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied);
    expect(applied).toEqual(migrations.map(({ name }) => name));
    await empty.drop();
  });

  it('refuses a database that a newer version migrated', async () => {
    const newer = await createTestDatabase();
    await newer.sql(`INSERT INTO colophon_migration ("timestamp", name) VALUES (9999999999999, 'FromTheFuture')`);
    const { status, stderr } = await runServer({ DATABASE_URL: newer.connectionString }).ended;
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The database was migrated by a newer Colophon \(FromTheFuture\)[^\n]*\n$/);
    await newer.drop();
  });
});
