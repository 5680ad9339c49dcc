import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, describe, expect, it } from '@jest/globals';

import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';

import { findFolderHolder } from '../../src/database/data-folder-lock.js';
import { eventually, healthStatus, runServer, stopProcesses } from '../support/server-process.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';
import { createTestDatabase, runOn } from '../support/test-database.js';
import { postQuery } from '../support/test-server.js';

afterEach(stopProcesses);
afterAll(removeTemporaryFolders);

async function sqlIn(dataFolder: string, text: string): Promise<unknown[]> {
  const holder = await findFolderHolder(dataFolder);
  return runOn(holder?.connectionString ?? '', text);
}

async function postmasterPid(dataFolder: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const WHOLE = { schemaDescription: true, specifiedByUrl: true, oneOf: true, inputValueDeprecation: true };

async function servedSchema(url: string): Promise<string> {
  const { data } = await postQuery(url, getIntrospectionQuery(WHOLE));
  return printedInOrder(buildClientSchema(data as IntrospectionQuery));
}

function printedInOrder(schema: GraphQLSchema): string {
  return printSchema(lexicographicSortSchema(schema));
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a server with its own Postgres', () => {
  it('starts from nothing, stops on SIGTERM without a trace, and keeps its data', async () => {
    const dataFolder = join(await temporaryFolder(), 'data');
    const firstStart = performance.now();
    const first = runServer({ COLOPHON_DATA_DIR: dataFolder });
    const url = await first.ready();
    expect(await healthStatus(url, 'ready')).toBe(200);
    const firstMs = performance.now() - firstStart;
    await sqlIn(dataFolder, 'CREATE TABLE keepsake AS SELECT 42 AS n');
    expect(await servedSchema(url)).toBe(
      printedInOrder(buildSchema(await readFile(join('src', 'schema.graphql'), 'utf8'))),
    );
    const postgres = await postmasterPid(dataFolder);

    expect(await first.stop('SIGTERM')).toMatchObject({ status: 0, stderr: '' });
    expect(isAlive(postgres)).toBe(false);
    expect(await exists(join(dataFolder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(await exists(join(dataFolder, 'colophon.sock'))).toBe(false);

    const secondStart = performance.now();
    const second = runServer({ COLOPHON_DATA_DIR: dataFolder });
    await second.ready();
    process.stdout.write(
      `first start ${firstMs.toFixed(0)} ms, second ${(performance.now() - secondStart).toFixed(0)} ms\n`,
    );
    expect(await sqlIn(dataFolder, 'SELECT n FROM keepsake')).toEqual([{ n: 42 }]);
    expect(await second.stop('SIGINT')).toMatchObject({ status: 0, stderr: '' });
  });

  it('recovers at the next start after it was killed, with its Postgres still running', async () => {
    const dataFolder = await temporaryFolder();
    const killed = runServer({ COLOPHON_DATA_DIR: dataFolder });
    await killed.ready();
    await sqlIn(dataFolder, 'CREATE TABLE keepsake AS SELECT 42 AS n');
    const orphan = await postmasterPid(dataFolder);
    await killed.stop('SIGKILL');
    expect(isAlive(orphan)).toBe(true);

    const next = runServer({ COLOPHON_DATA_DIR: dataFolder });
    await next.ready();
    expect(await postmasterPid(dataFolder)).not.toBe(orphan);
    expect(await sqlIn(dataFolder, 'SELECT n FROM keepsake')).toEqual([{ n: 42 }]);
    expect(await next.stop()).toMatchObject({ status: 0 });
  });

  it('starts again after it was killed in the middle of its first start', async () => {
    const dataFolder = await temporaryFolder();
    const killed = runServer({ COLOPHON_DATA_DIR: dataFolder });
    await eventually(() => killed.stdout().includes('first start'), 'the cluster is being made');
    await sleep(150);
    await killed.stop('SIGKILL');
    const next = runServer({ COLOPHON_DATA_DIR: dataFolder });
    expect(await healthStatus(await next.ready(), 'ready')).toBe(200);
    await next.stop();
  });

  it('stops cleanly when asked in the middle of its first start', async () => {
    const dataFolder = await temporaryFolder();
    const server = runServer({ COLOPHON_DATA_DIR: dataFolder });
    await eventually(() => server.stdout().includes('first start'), 'the cluster is being made');
    expect(await server.stop()).toMatchObject({ status: 0, stderr: '' });
    expect(await exists(join(dataFolder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(await exists(join(dataFolder, 'colophon.sock'))).toBe(false);
  });

  it('lives on when its Postgres is killed, and brings it back', async () => {
    const dataFolder = await temporaryFolder();
    const server = runServer({ COLOPHON_DATA_DIR: dataFolder });
    const url = await server.ready();
    for (let round = 0; round < 2; round += 1) {
      const killed = await postmasterPid(dataFolder);
      process.kill(killed, 'SIGKILL');
      const killedAt = performance.now();
      await eventually(() => !isAlive(killed), 'Postgres is gone');
      expect(await healthStatus(url, 'live')).toBe(200);
      await eventually(async () => (await healthStatus(url, 'ready')) === 200, 'the server is ready again');
      await eventually(async () => (await sqlIn(dataFolder, 'SELECT 1').catch(() => [])).length === 1, 'SQL works');
      expect(performance.now() - killedAt).toBeLessThan(10_000);
    }
    expect(await server.stop()).toMatchObject({ status: 0 });
  });

  it('answers everything in flight before it ends', async () => {
    const database = await createTestDatabase();
    const server = runServer({ DATABASE_URL: database.connectionString });
    const url = await server.ready();
    const agent = new Agent({ keepAlive: true });
    // An idle connection that is kept open must not hold up the end.
    await healthStatus(url, 'live');
    const answers = Array.from({ length: 20 }, () => slowRequest(url, agent));
    await sleep(800);
    const stopped = performance.now();
    const ending = server.stop('SIGTERM');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await ending).toMatchObject({ status: 0 });
    expect(performance.now() - stopped).toBeLessThan(10_000);
    agent.destroy();
    await database.drop();
  });

  it('ends at once on a second signal', async () => {
    const dataFolder = await temporaryFolder();
    const server = runServer({ COLOPHON_DATA_DIR: dataFolder });
    const url = await server.ready();
    const postgres = await postmasterPid(dataFolder);
    const agent = new Agent({ keepAlive: true });
    const answer = slowRequest(url, agent, 6000).catch(() => 'broken off');
    await sleep(300);
    server.child.kill('SIGTERM');
    await sleep(1200);
    expect(await server.stop('SIGTERM')).toMatchObject({ status: 1 });
    expect(await answer).toBe('broken off');
    await eventually(() => !isAlive(postgres), 'Postgres is gone');
    agent.destroy();
  });
});

/** A query whose body takes its time to arrive: in flight from its first byte on. */
async function slowRequest(url: string, agent: Agent, lasts = 2000): Promise<number | undefined> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const slow = request(`${url}/graphql`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  const answered = once(slow, 'response');
  slow.write(body.slice(0, 5));
  const wait = sleep(lasts).then(() => slow.end(body.slice(5)));
  const [response] = (await answered) as [{ statusCode?: number; resume(): void }];
  response.resume();
  await wait;
  return response.statusCode;
}
