import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Readiness } from '../../src/server/readiness.js';
import { eventually } from '../support/server-process.js';
import { LibraryServer } from './library-server.js';

let server: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start();
});
afterAll(async () => {
  await server.stop();
});

describe('/health/ready', () => {
  it('says 200 while everything is there', async () => {
    const answer = await server.fetch('/health/ready');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.parse(answer.text)).toEqual({ status: 'ready', database: 'up', migrations: 'done' });
  });

  it.each([
    { database: 'down', migrations: 'done' },
    { database: 'up', migrations: 'pending' },
  ] as const)('says 503 when %j', async (state) => {
    server.probe.state = state;
    const answer = await server.fetch('/health/ready');
    server.probe.state = { database: 'up', migrations: 'done' };
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(JSON.parse(answer.text)).toEqual({ status: 'unready', ...state });
  });

  it('waits less than a second for a database that hangs', async () => {
    server.probe.delayMs = 3000;
    const began = performance.now();
    const answer = await server.fetch('/health/ready');
    server.probe.delayMs = 0;
    expect(answer.status).toBe(503);
    expect(performance.now() - began).toBeLessThan(1200);
  });

  it('says 503 from the moment that the server is told to stop, and still answers', async () => {
    server.app.get(Readiness, { strict: false }).beginStopping();
    const answer = await server.fetch('/health/ready');
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'stopping', database: 'up' });
    expect((await server.fetch('/health/live')).status).toBe(200);
    expect((await server.ask('{ echo(text: "still here") }')).data).toEqual({ echo: 'still here' });
  });
});

describe('closing', () => {
  it('answers everything in flight first', async () => {
    const closing = await LibraryServer.start();
    let arrived = 0;
    closing.app.getHttpServer().on('request', () => arrived++);
    const answers = Array.from({ length: 20 }, () => closing.ask('{ slow(ms: 400) }'));
    await eventually(() => arrived === 20, 'all are in flight');
    const stopped = closing.stop();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    await stopped;
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    await expect(closing.fetch('/health/live')).rejects.toThrow();
  });
});
