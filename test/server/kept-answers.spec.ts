import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { PublicAnswers } from '../../src/answers/public-answers.js';
import { LibraryServer, type LogLine } from './library-server.js';

const ORIGIN = 'https://www.example.org';
const SETTINGS = {
  COLOPHON_CORS_ORIGINS: ORIGIN,
  COLOPHON_TRUST_PROXY: 'loopback',
  COLOPHON_PLAYGROUND: 'off',
  COLOPHON_RATE_LIMIT: '1000000000',
};

/** A server that keeps answers: it is told of changes, of which there are none. */
async function startKeeping(settings: Record<string, string>): Promise<LibraryServer> {
  const server = await LibraryServer.start(settings);
  server.app.get(PublicAnswers, { strict: false }).cache.watch();
  return server;
}

/** Has all requests go the long way, as those do that are in any way unusual. */
function closeLane({ app }: LibraryServer): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.server.removeAllListeners('request').on('request', (request, response) => {
    fastify.routing(request, response);
  });
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  /** What is sent, in so many pieces. */
  readonly body?: readonly (string | Buffer)[];
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly bytes: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

async function ask({ port }: LibraryServer, { method, path, headers, body = [] }: Asked): Promise<Answered> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', method, path, headers, agent });
    request.on('response', resolve).on('error', reject);
    void (async () => {
      for (const [i, piece] of body.entries()) {
        if (i > 0) await sleep(5);
        request.write(piece);
      }
      request.end();
    })();
  });
  answer.setEncoding('latin1');
  const pairs = answer.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [[name, all[i + 1]] as const] : []));
  const given = headers['x-request-id'];
  const lines = pairs.map(([name, value = '']) => {
    const isOwn = name === 'date' || name === 'Date' || /^ratelimit-(?:remaining|reset)$/.test(name);
    return `${name}: ${isOwn || (name === 'x-request-id' && value !== given) ? '…' : value}`;
  });
  const bytes = (await text(answer)).replace(/"requestId":"(?!mine-1")[^"]*"/, '"requestId":"…"');
  return { status: answer.statusCode, headers: lines.sort(), bytes };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const LONG = 'Il se répète. '.repeat(200);
const QUESTIONS = [
  { query: 'query Echo($text: String) { echo(text: $text) }', variables: { text: 'œuvre' } },
  {
    query: 'query Long($text: String) { echo(text: $text) books { edges { node { title } } } }',
    variables: { text: LONG },
  },
  { query: '{ fail(how: "type error") echo }' },
  { query: '{ nothing }' },
  { query: 'mutation { rename(title: "x") }' },
];

type Form = (question: unknown) => Asked;

const posted =
  (headers: Record<string, string>, pieces = 1, path = '/graphql'): Form =>
  (question) => {
    const body = Buffer.from(JSON.stringify(question));
    const middle = pieces === 1 ? body.length : 40;
    const parts = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0);
    const length: Record<string, string> =
      'transfer-encoding' in headers ? {} : { 'content-length': String(body.length) };
    return {
      method: 'POST',
      path,
      headers: { ...length, ...headers },
      body: parts,
    };
  };

const asGet =
  (method: string, headers: Record<string, string> = {}, body: readonly string[] = []): Form =>
  (question) => {
    const { query, variables } = question as (typeof QUESTIONS)[number];
    const search = new URLSearchParams({ query, ...(variables ? { variables: JSON.stringify(variables) } : {}) });
    return { method, path: `/graphql?${search.toString()}`, headers, body };
  };

const FORMS = {
  POST: posted(JSON_TYPE),
  'POST with a charset': posted({ 'content-type': 'application/json; charset=utf-8' }),
  'POST in another charset': posted({ 'content-type': 'application/json; charset=latin1' }),
  'POST of a text': posted({ 'content-type': 'text/plain' }),
  'POST of no type': posted({}),
  'POST in chunks': posted({ ...JSON_TYPE, 'transfer-encoding': 'chunked' }),
  'POST that is encoded': posted({ ...JSON_TYPE, 'content-encoding': 'gzip' }),
  'POST in two pieces': posted(JSON_TYPE, 2),
  'POST with a search': posted(JSON_TYPE, 1, '/graphql?a=1'),
  'POST elsewhere': posted(JSON_TYPE, 1, '/graphql/'),
  GET: asGet('GET'),
  'GET with a body': asGet('GET', { 'content-length': '2' }, ['{}']),
  HEAD: asGet('HEAD'),
  PUT: asGet('PUT'),
} satisfies Record<string, Form>;

/** Those that are answered by the short way; of the others it is enough that they are not. */
const FULLY_ASKED = new Set(['POST', 'GET']);

const HEADERS: readonly Record<string, string>[] = [
  {},
  { accept: 'application/json' },
  { accept: 'application/graphql-response+json' },
  { accept: 'text/html' },
  { accept: 'image/png' },
  { 'accept-encoding': 'gzip, deflate, br' },
  { 'accept-encoding': 'gzip;q=1, br;q=0' },
  { 'accept-language': 'de' },
  { 'if-none-match': '*' },
  { 'if-none-match': '"other"' },
  { origin: ORIGIN },
  { origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { cookie: 'session=1' },
  { authorization: 'Bearer x' },
  { 'x-request-id': 'mine-1' },
  { 'x-request-id': 'no id\t!' },
  { host: 'a b' },
  { 'x-forwarded-host': 'a b' },
  { 'x-forwarded-host': 'www.example.org, other.example' },
  { 'x-forwarded-for': '203.0.113.7' },
  { connection: 'close' },
];

describe('an answer that is kept', () => {
  let short: LibraryServer;
  let long: LibraryServer;
  beforeAll(async () => {
    short = await startKeeping(SETTINGS);
    long = await startKeeping(SETTINGS);
    closeLane(long);
  });
  afterAll(async () => {
    agent.destroy();
    await short.stop();
    await long.stop();
  });

  it.each(Object.entries<Form>(FORMS))('is the same by the short way and by the long one: %s', async (name, form) => {
    for (const question of QUESTIONS) {
      for (const headers of FULLY_ASKED.has(name) ? HEADERS : HEADERS.slice(0, 1)) {
        const asked = form(question);
        const request = { ...asked, headers: { ...asked.headers, ...headers } };
        for (let i = 0; i < 2; i++) {
          const [one, other] = await Promise.all([ask(short, request), ask(long, request)]);
          expect({ request, ...one }).toEqual({ request, ...other });
        }
      }
    }
  });

  it('is logged alike', async () => {
    const lines = (log: readonly LogLine[]): string[] =>
      log
        .filter(({ msg }) => msg === 'request')
        .map(({ time: _time, ms: _ms, requestId, ...line }) =>
          JSON.stringify({ ...line, requestId: requestId === 'mine-1' ? requestId : '…' }),
        )
        .sort();
    const request = { ...posted(JSON_TYPE)(QUESTIONS[0]) };
    await Promise.all([ask(short, request), ask(long, request)]);
    await sleep(50);
    expect(lines(short.log)).toEqual(lines(long.log));
    expect(lines(short.log).length).toBeGreaterThan(100);
  });

  it.each(['POST', 'POST with a charset', 'GET'] as const)('asks nothing else of the server: %s', async (name) => {
    const fastify: FastifyInstance = short.app.getHttpAdapter().getInstance();
    const child = jest.spyOn(fastify.log, 'child');
    const request = FORMS[name](QUESTIONS[1]);
    const unusual: readonly Record<string, string>[] = [
      {},
      { 'accept-encoding': 'gzip' },
      { origin: ORIGIN },
      { 'x-forwarded-for': '203.0.113.7' },
    ];
    for (const headers of unusual) {
      await ask(short, { ...request, headers: { ...request.headers, ...headers } });
    }
    // Each request that goes further has a logger of its own.
    expect(child).not.toHaveBeenCalled();
    await ask(short, { ...request, headers: { ...request.headers, cookie: 'session=1' } });
    expect(child).toHaveBeenCalledTimes(1);
    child.mockRestore();
  });

  it('keeps its place among requests that come together', async () => {
    const written = (form: Form, question: unknown): string => {
      const { method, path, headers, body = [] } = form(question);
      const lines = Object.entries({ host: 'localhost', ...headers }).map(
        ([header, value]) => `${header}: ${value}\r\n`,
      );
      return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body.map(String).join('')}`;
    };
    const kept = QUESTIONS[0];
    const answers = await Promise.all(
      [short, long].map(async ({ port }) => {
        const socket = connect(port, '127.0.0.1');
        const unkept = { query: `{ echo(text: "unkept") } # ${String(port)}` };
        const post = FORMS.POST;
        socket.write(
          written(post, kept) +
            written(post, unkept) +
            written(FORMS.GET, kept) +
            written(posted({ ...JSON_TYPE, connection: 'close' }), kept),
        );
        return [...(await text(socket)).matchAll(/"echo":"([^"]+)"/g)].map(([, found]) => found);
      }),
    );
    expect(answers).toEqual(Array.from({ length: 2 }, () => ['œuvre', 'unkept', 'œuvre', 'œuvre']));
  });
});

it('kept answers are counted: who asks for too many waits', async () => {
  const settings = { ...SETTINGS, COLOPHON_RATE_LIMIT: '1000' };
  const servers = [await startKeeping(settings), await startKeeping(settings)] as const;
  closeLane(servers[1]);
  try {
    const statuses = await Promise.all(
      servers.map(async (server) => {
        const asked = posted({ ...JSON_TYPE, 'x-forwarded-for': '203.0.113.9' })(QUESTIONS[0]);
        const found = [];
        for (let i = 0; i < 14; i++) found.push((await ask(server, asked)).status);
        return found;
      }),
    );
    for (const found of statuses) {
      expect(found.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200));
      expect(found.slice(10)).toContain(429);
    }
  } finally {
    for (const server of servers) await server.stop();
  }
});
