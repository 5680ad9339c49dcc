import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket } from 'ws';
import { encodeCursor } from '../../src/common/cursor.js';
import { EVENT_LIST } from '../../src/editions/edition-event.type.js';
import { SubscriptionTimes } from '../../src/server/subscriptions/subscription-times.js';
import { follow, type Follower, type Protocol, PROTOCOLS } from '../fixtures/following.js';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../src/database/transaction.js';
import { EditionsService } from '../../src/editions/editions.service.js';
import { articleIdOf, givenPublished, givenReferences } from '../fixtures/given.js';
import { eventually } from '../support/server-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FOLLOWING = 'subscription { articleWithdrawn { id } }';

let server: TestServer;
let times: SubscriptionTimes;
beforeAll(async () => {
  server = await startTestServer({
    config: { subscriptionsMax: 12, corsOrigins: ['https://www.example.org'], bodyLimitBytes: 4_096, depthMax: 4 },
  });
  times = server.app.get(SubscriptionTimes);
}, 60_000);
afterAll(async () => {
  await server.close();
});

const sockets: WebSocket[] = [];
const followers: Follower[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(followers.splice(0).map((follower) => follower.stop()));
});

/** A bare web socket that has said what the protocol wants first. */
async function connect(headers: Record<string, string> = {}, at = server.url): Promise<WebSocket> {
  const socket = new WebSocket(`${at.replace('http', 'ws')}/graphql`, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    headers,
  });
  sockets.push(socket);
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
}

function subscribe(socket: WebSocket, id: string, query = FOLLOWING): void {
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
}

/** The status with which a web socket is refused. */
async function refusal(headers: Record<string, string>, path = '/graphql'): Promise<number | undefined> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    headers,
  });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  socket.terminate();
  return response.statusCode;
}

async function codeFor(query: string, protocol: Protocol, at = server.url): Promise<unknown> {
  const follower = follow(at, query, {}, protocol);
  followers.push(follower);
  try {
    return (await follower.next())?.errors?.[0]?.extensions.code;
  } catch (errors) {
    return (errors as [{ extensions: { code: string } }])[0].extensions.code;
  }
}

describe.each(PROTOCOLS)('by %s', (protocol) => {
  it.each([
    ['{ __typename }', 'BAD_REQUEST'],
    ['subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['subscription { drafts { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    [`${FOLLOWING} subscription More { articleWithdrawn { at } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { articleWithdrawn { id } articlePublished { cursor } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { articlePublished { article { origin { source { name } } } } }', 'OPERATION_TOO_COMPLEX'],
    ['subscription { articlePublished(filter: { source: "\\u0000" }) { cursor } }', 'BAD_USER_INPUT'],
  ])('%s is refused with %s', async (query, code) => {
    expect(await codeFor(query, protocol)).toBe(code);
  });
});

describe('subscriptions', () => {
  it('are not answered as queries are', async () => {
    const { status, errors } = await server.query(FOLLOWING);
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('are 10 on one connection at most, and of all connections as many as the setting says', async () => {
    const [one, other] = [await connect(), await connect()];
    for (let i = 0; i < 10; i++) subscribe(one, String(i));
    subscribe(one, 'eleventh');
    const [refused] = (await once(one, 'message')) as [Buffer];
    expect(JSON.parse(refused.toString())).toMatchObject({
      id: 'eleventh',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
    });
    for (let i = 0; i < 3; i++) subscribe(other, String(i));
    const [full] = (await once(other, 'message')) as [Buffer];
    expect(JSON.parse(full.toString())).toMatchObject({
      type: 'next',
      payload: { errors: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] },
    });
    one.close();
    await once(one, 'close');
    for (let i = 0; i < 11; i++) await connect();
    await expect(refusal({})).resolves.toBe(503);
  });

  it('are for pages of this server and of the origins that may ask', async () => {
    expect(await refusal({ origin: 'https://evil.example' })).toBe(403);
    expect(await refusal({ origin: 'null' })).toBe(403);
    await connect({ origin: 'https://www.example.org' });
    await connect({ origin: server.url });
    const stream = (origin: string) =>
      fetch(`${server.url}/graphql/stream?query=${FOLLOWING}`, { headers: { origin, accept: 'text/event-stream' } });
    expect((await stream('https://evil.example')).status).toBe(403);
    const allowed = await stream('https://www.example.org');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://www.example.org');
    expect(allowed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await allowed.body?.cancel();
  });

  it('have their address, and their type', async () => {
    expect(await refusal({}, '/other')).toBe(404);
    expect((await fetch(`${server.url}/graphql/stream?query=${FOLLOWING}`)).status).toBe(406);
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
    const body = '{"query":1}';
    expect((await fetch(`${server.url}/graphql/stream`, { method: 'POST', headers, body })).status).toBe(400);
  });

  it('end with a message that is too long, or none of the protocol', async () => {
    const [long, foreign] = [await connect(), await connect()];
    long.send('x'.repeat(5_000));
    expect((await once(long, 'close'))[0]).toBe(1009);
    foreign.send('x');
    expect((await once(foreign, 'close'))[0]).toBe(4400);
  });
});

it('a request that offers another protocol is answered as if it had not', async () => {
  const asked = request(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' },
  });
  asked.end('{"query":"{ __typename }"}');
  const [response] = (await once(asked, 'response')) as [{ statusCode?: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(200);
});

it.each(PROTOCOLS)('by %s, a server of trusted documents follows no others', async (protocol) => {
  const strict = await startTestServer({ config: { onlyTrustedDocuments: true } });
  try {
    expect(await codeFor(FOLLOWING, protocol, strict.url)).toBe('DOCUMENT_NOT_TRUSTED');
  } finally {
    await strict.close();
  }
});

describe('a trusted subscription', () => {
  const text = 'subscription Gone { articleWithdrawn { id } }';
  let strict: TestServer;
  beforeAll(async () => {
    const trustedDocuments = join(await temporaryFolder(), 'trusted.json');
    await writeFile(trustedDocuments, JSON.stringify({ gone: text }));
    strict = await startTestServer({ config: { trustedDocuments, onlyTrustedDocuments: true } });
  });
  afterAll(async () => {
    await strict.close();
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['its id', 'STREAM', { documentId: 'gone' }],
    ['its text', 'STREAM', { query: text }],
    ['another id', 'DOCUMENT_NOT_TRUSTED', { documentId: 'come' }],
    ['no id', 'DOCUMENT_NOT_TRUSTED', {}],
    ['another text beside its id', 'BAD_REQUEST', { documentId: 'gone', query: FOLLOWING }],
  ])('as a stream, asked by %s, is answered by %s', async (_what, outcome, body) => {
    const leaving = new AbortController();
    const response = await fetch(`${strict.url}/graphql/stream`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: leaving.signal,
    });
    expect(response.status).toBe(200);
    const first = await response.body?.getReader().read();
    const told = Buffer.from(first?.value ?? []).toString();
    leaving.abort();
    if (outcome === 'STREAM') expect(told).not.toContain('errors');
    else expect(told).toContain(outcome);
  });

  async function givenWithdrawn(): Promise<void> {
    await givenReferences(strict);
    await givenPublished(strict, { headline: 'Le phare' });
    const id = await articleIdOf(strict, 'Le phare');
    await inTransaction(strict.app.get(DataSource), (manager) =>
      strict.app.get(EditionsService).takeFromReaders(manager, [id]),
    );
  }

  it.each<[string, string, string]>([
    ['its hash', 'OPEN', createHash('sha256').update(text).digest('hex')],
    ['another hash', 'DOCUMENT_NOT_TRUSTED', createHash('sha256').update(FOLLOWING).digest('hex')],
  ])('by web socket, asked by %s, is answered by %s', async (_what, outcome, sha256Hash) => {
    const socket = await connect({}, strict.url);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    socket.send(JSON.stringify({ id: '0', type: 'subscribe', payload: { query: '', extensions } }));
    const told: string[] = [];
    socket.on('message', (message: Buffer) => told.push(message.toString()));
    if (outcome === 'OPEN') {
      await givenWithdrawn();
      await eventually(() => told.length > 0, 'something is told');
      expect(told[0]).toContain('"next"');
    } else {
      await eventually(() => told.length > 0, 'something is told');
      expect(told[0]).toContain(outcome);
    }
  });
});

it('a client that has asked for too much has to wait, whatever it asks by', async () => {
  const counting = await startTestServer({ config: { rateLimit: 150, trustProxy: ['loopback'] } });
  try {
    const socket = await connect({ 'x-forwarded-for': '203.0.113.9' }, counting.url);
    subscribe(socket, '0');
    subscribe(socket, '1');
    const [refused] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(refused.toString())).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }],
    });
    const headers = { accept: 'text/event-stream', 'x-forwarded-for': '203.0.113.9' };
    const stream = await fetch(`${counting.url}/graphql/stream?query=${FOLLOWING}`, { headers });
    expect(await stream.text()).toContain('TOO_MANY_REQUESTS');
    socket.terminate();
  } finally {
    await counting.close();
  }
});

describe('who reads nothing', () => {
  const BODIES = `{ cursor article { text { ${Array.from({ length: 20 }, (_, i) => `body${i}: body`).join(' ')} } } }`;
  let after: string;
  beforeAll(async () => {
    await givenReferences(server);
    await givenPublished(server, { headline: 'Le premier' });
    await givenPublished(server, { headline: 'Le long', body: Array.from({ length: 5_000 }, () => LINE) });
    after = encodeCursor(EVENT_LIST, [1]);
    times.slowReaderMs = 300;
    times.goodbyeMs = 100;
  }, 60_000);
  const LINE = 'Depuis le printemps, les habitants traversent de nouveau la voie à pied pour rejoindre la plage.';

  it('is let go', async () => {
    const connected = once(server.app.getHttpServer(), 'connection');
    const socket = await connect();
    const [connection] = (await connected) as [Socket];
    const gone = once(connection, 'close');
    socket.pause();
    for (let i = 0; i < 10; i++) {
      subscribe(socket, String(i), `subscription { articlePublished(after: "${after}") ${BODIES} }`);
    }
    await gone;
    expect(connection.bytesWritten).toBeLessThan(60_000_000);
    // Long before the heartbeat would miss it.
  }, 12_000);
});
