import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, LibraryServer } from './library-server.js';

const HELLO = { query: 'query Greeting { echo(text: "hello") }' };

let server: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start({ COLOPHON_BODY_LIMIT_BYTES: '20000', COLOPHON_PLAYGROUND: 'off' });
});
afterAll(async () => {
  await server.stop();
});

/** The one error of a refusal, after checking that it shows nothing of the machine. */
function refusalIn(answer: Answer): { readonly message: string; readonly code: string } {
  expect(answer.text).not.toMatch(/node_modules|\n\s+at |\/(?:home|work|usr|tmp)\/|FST_|SyntaxError/);
  const { errors } = JSON.parse(answer.text) as { errors: { message: string; extensions: { code: string } }[] };
  const [error] = errors;
  if (errors.length !== 1 || !error) throw new Error(`one error was expected: ${answer.text}`);
  return { message: error.message, code: error.extensions.code };
}

describe('request ids', () => {
  it('keeps the id that the caller gave', async () => {
    const answer = await server.post(HELLO, { 'x-request-id': 'front-end.42_a' });
    expect(answer.headers.get('x-request-id')).toBe('front-end.42_a');
  });

  it.each(['', 'a b', 'x'.repeat(65), 'a"b', '<script>'])('replaces the id %j', async (given) => {
    const answer = await server.post(HELLO, { 'x-request-id': given });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is the same in the answer and in the resolvers', async () => {
    const answer = await server.post({ query: '{ slow(ms: 1) }' }, { 'x-request-id': 'abc' });
    expect(JSON.parse(answer.text)).toMatchObject({ data: { slow: 'abc' } });
  });
});

describe('the request log', () => {
  it('has one line with the operation, and nothing of the text', async () => {
    await server.post({ query: 'query Secretive { echo(text: "a-secret-word") }' }, { 'x-request-id': 'log-1' });
    const lines = server.log.filter((line) => line.requestId === 'log-1');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      method: 'POST',
      path: '/graphql',
      status: 200,
      operation: 'Secretive',
      level: 30,
    });
    expect(JSON.stringify(server.log)).not.toContain('a-secret-word');
  });

  it('leaves out query strings', async () => {
    await server.fetch('/nowhere?token=a-secret-token', { headers: { 'x-request-id': 'log-2' } });
    expect(server.log.find((line) => line.requestId === 'log-2')).toMatchObject({ path: '/nowhere', status: 404 });
    expect(JSON.stringify(server.log)).not.toContain('a-secret-token');
  });

  it('keeps health checks quiet', async () => {
    await server.fetch('/health/live', { headers: { 'x-request-id': 'log-3' } });
    expect(server.log.find((line) => line.requestId === 'log-3')).toMatchObject({ level: 20 });
  });
});

describe('headers', () => {
  it.each(['/graphql', '/health/live', '/nowhere'])('are strict at %s', async (path) => {
    const { headers } = await server.fetch(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).not.toBeNull();
  });

  it('forbid to store answers', async () => {
    expect((await server.post(HELLO)).headers.get('cache-control')).toBe('no-store');
  });

  it('allow no other origin', async () => {
    const answer = await server.post(HELLO, { origin: 'https://www.example.org' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('refusals outside GraphQL', () => {
  it.each<[string, () => Promise<Answer>, number, string]>([
    ['an unknown address', () => server.fetch('/nowhere'), 404, 'NOT_FOUND'],
    ['a malformed address', () => server.fetch('/%zz'), 400, 'BAD_REQUEST'],
    [
      'a method that GraphQL has no use for',
      () => server.fetch('/graphql', { method: 'PUT' }),
      405,
      'METHOD_NOT_ALLOWED',
    ],
    ['a body that is too large', () => server.post({ query: ' '.repeat(21_000) }), 413, 'PAYLOAD_TOO_LARGE'],
    ['a body that is no JSON', () => server.post('{"query":'), 400, 'BAD_REQUEST'],
    ['an empty body', () => server.post(''), 400, 'BAD_REQUEST'],
    ['a prototype in the body', () => server.post('{"query":"{a}","__proto__":{"x":1}}'), 400, 'BAD_REQUEST'],
    ['a body that is nested too deeply', () => server.post(`${'['.repeat(21)}${']'.repeat(21)}`), 400, 'BAD_REQUEST'],
    [
      'a form',
      () => server.post('query=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'plain text',
      () => server.post(JSON.stringify(HELLO), { 'content-type': 'text/plain' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'another charset',
      () => server.post(HELLO, { 'content-type': 'application/json; charset=utf-7' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a compressed body', () => server.post(HELLO, { 'content-encoding': 'gzip' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('name %s in one sentence', async (_what, send, status, code) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    const refusal = refusalIn(answer);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(/^[A-Z].*\.$/);
  });

  it('answers bytes that are no UTF-8', async () => {
    const answer = await server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(refusalIn(answer).message).toBe('The body is not valid UTF-8.');
  });

  it('answers a malformed Host header', async () => {
    expect(await server.raw({ host: 'a b<c' })).toBe(400);
  });

  it('answers what is no HTTP at all', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toContain('This is not a request in HTTP.');
  });

  it('accepts a body just within the limits', async () => {
    expect((await server.post({ ...HELLO, extensions: { a: 'x'.repeat(19_000) } })).status).toBe(200);
  });
});

describe('GraphQL over HTTP', () => {
  it('answers a plain GET; one that a foreign page may have sent has to prove that its reader wants it', async () => {
    const ask = (headers: Record<string, string>) =>
      server.fetch('/graphql?query={echo}', { headers: { accept: 'application/json', ...headers } });
    expect(await ask({})).toMatchObject({ status: 200 });
    const suspect: Record<string, string>[] = [
      { cookie: 'session=1' },
      { authorization: 'Bearer 1' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of suspect) {
      const refused = await ask(headers);
      expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('Cross-Site Request Forgery')]);
      expect((await ask({ ...headers, 'apollo-require-preflight': '1' })).status).toBe(200);
    }
  });

  it('refuses mutations by GET', async () => {
    const answer = await server.fetch('/graphql?query=mutation{rename(title:"a")}');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('answers a GET that no foreign page could send', async () => {
    const answer = await server.fetch('/graphql?query={echo}', { headers: { 'apollo-require-preflight': 'true' } });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('"echo":""') as unknown });
  });

  it('refuses batches', async () => {
    expect((await server.post([HELLO, HELLO])).status).toBe(400);
  });

  it('answers in the media type of the specification', async () => {
    const accept = 'application/graphql-response+json';
    expect((await server.post(HELLO, { accept })).headers.get('content-type')).toContain(accept);
    expect((await server.post('{', { accept })).headers.get('content-type')).toContain(accept);
  });

  it('shows no page while the playground is off', async () => {
    const answer = await server.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(answer.text).toContain('switched off');
  });
});

describe('origins that the settings allow', () => {
  it('may ask from a browser, others not', async () => {
    const open = await LibraryServer.start({ COLOPHON_CORS_ORIGINS: 'https://www.example.org' });
    try {
      const allowed = await open.post(HELLO, { origin: 'https://www.example.org' });
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://www.example.org');
      const foreign = await open.post(HELLO, { origin: 'https://evil.example' });
      expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
      const get = { headers: { origin: 'https://www.example.org' } };
      const answers = [await open.fetch('/graphql?query={echo}', get), await open.fetch('/graphql?query={echo}', get)];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      for (const { headers } of answers) expect(headers.get('vary')).toContain('Origin');
      const preflight = await open.fetch('/graphql', {
        method: 'OPTIONS',
        headers: { origin: 'https://www.example.org', 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(204);
    } finally {
      await open.stop();
    }
  });
});
