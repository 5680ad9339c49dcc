import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { PublicAnswers } from '../../src/answers/public-answers.js';
import { ReadPool } from '../../src/database/read-pool.js';
import { inTransaction } from '../../src/database/transaction.js';
import { EditionChanges } from '../../src/editions/edition-changes.js';
import { stopServing } from '../../src/editions/serve-editions.js';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { eventually } from '../support/server-process.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let other: TestServer;
let articleId: string;
let slug: string;
let count = 0;
/** Statements that readers' queries have sent, by either server. */
let statements = 0;
beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ database: server.database });
  await givenReferences(server);
  for (const { app } of [server, other]) app.get(ReadPool).onQuery(() => statements++);
  await eventually(() => [server, other].every((one) => answersOf(one).cache.isOpen), 'changes are heard');
}, 60_000);
afterAll(async () => {
  await other.close();
  await server.close();
});
beforeEach(async () => {
  const headline = `Article gardé ${++count}`;
  await givenPublished(server, { headline });
  articleId = await articleIdOf(server, headline);
  slug = `article-garde-${count}`;
});

const answersOf = ({ app }: TestServer): PublicAnswers => app.get(PublicAnswers, { strict: false });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly json: { readonly data?: unknown; readonly errors?: readonly { readonly extensions: { code: string } }[] };
}

/** Asks as it is written, without the decompression and the headers that `fetch` adds. */
async function ask(
  to: TestServer,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${to.url}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const encoding = response.headers['content-encoding'];
        const text = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes;
        const json = text.length === 0 ? {} : (JSON.parse(text.toString()) as Answer['json']);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, json });
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function withdraw(): Promise<void> {
  await inTransaction(server.app.get(DataSource), (manager) => stopServing(manager, [articleId]));
}

const HEADLINE = 'query Headline($slug: String!) { article(slug: $slug) { text { headline language } } }';
const BODY = 'query Body($slug: String!) { article(slug: $slug) { text { body } } }';
const LIST = '{ articles(first: 100) { edges { node { text { headline } } } } }';

function pathOf(query: string, variables?: unknown): string {
  return `/graphql?${new URLSearchParams({ query, ...(variables === undefined ? {} : { variables: JSON.stringify(variables) }) }).toString()}`;
}
const headlinePath = () => pathOf(HEADLINE, { slug });

describe('a GET', () => {
  it('tells caches how long to keep it, what it depends on, and which languages it shows', async () => {
    const { status, headers } = await ask(server, headlinePath());
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=0, s-maxage=10, stale-while-revalidate=60',
      vary: 'Accept, Accept-Encoding, Accept-Language',
      'content-language': 'fr',
      'surrogate-key': `article-${articleId}`,
      etag: expect.stringMatching(/^W\/"[\w-]+"$/) as unknown,
    });
    const explicit = await ask(
      server,
      pathOf('query Q($slug: String!) { article(slug: $slug, languages: ["fr"]) { slug text { headline } } }', {
        slug,
      }),
    );
    expect(explicit.headers.vary).toBe('Accept, Accept-Encoding');
    expect((await ask(server, pathOf(LIST))).headers['surrogate-key']).toMatch(/^articles article-/);
  });

  it('is answered 304 for who has it, from the cache and without', async () => {
    const etag = (await ask(server, headlinePath())).headers.etag ?? '';
    for (const path of [headlinePath(), `${headlinePath()}&operationName=Headline`]) {
      const again = await ask(server, path, { 'if-none-match': `"other", ${etag}` });
      expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, etag]);
    }
    await givenRevision(server, articleId, 'fr', { headline: 'Tout autre' });
    await publish(server, articleId, 'fr');
    await eventually(
      async () => (await ask(server, headlinePath(), { 'if-none-match': etag })).status === 200,
      'it is another',
    );
  });

  it('keeps nothing that is an error, or refused', async () => {
    for (const path of [pathOf('{ nothing }'), pathOf('{ articles(first: -1) { totalCount } }'), '/graphql']) {
      const { headers } = await ask(server, path);
      expect([headers['cache-control'], headers.etag]).toEqual(['no-store', undefined]);
    }
  });
});

describe('a POST', () => {
  it('is kept here, and by nobody else', async () => {
    const { headers } = await ask(server, '/graphql', {}, { query: HEADLINE, variables: { slug } });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-language': 'fr' });
    expect(headers.etag).toBeUndefined();
  });
});

describe('compression', () => {
  beforeEach(async () => {
    await givenRevision(server, articleId, 'fr', { headline: 'Long', body: 'Il se répète. '.repeat(200) });
    await publish(server, articleId, 'fr');
  });

  it.each([
    ['gzip, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.1, gzip', 'gzip'],
    ['identity', undefined],
    ['zstd', undefined],
    [undefined, undefined],
  ])('for who accepts %s is %s', async (accepted, encoding) => {
    const path = pathOf(BODY, { slug });
    for (let i = 0; i < 2; i++) {
      const { headers, bytes, json } = await ask(
        server,
        path,
        accepted === undefined ? {} : { 'accept-encoding': accepted },
      );
      expect(headers['content-encoding']).toBe(encoding);
      expect(Number(headers['content-length'])).toBe(bytes.length);
      expect(bytes.length < 1500).toBe(encoding !== undefined);
      expect(JSON.stringify(json.data)).toContain('Il se répète.');
    }
  });

  it('leaves short answers as they are', async () => {
    const { headers } = await ask(server, headlinePath(), { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe.each([
  ['GET', (to: TestServer) => ask(to, headlinePath())],
  ['POST', (to: TestServer) => ask(to, '/graphql', {}, { query: HEADLINE, variables: { slug } })],
])('an answer that is kept, by %s', (_method, send) => {
  const shown = async (to: TestServer): Promise<string> => JSON.stringify((await send(to)).json.data);

  it('is the same, and asks Postgres nothing', async () => {
    const first = await send(server);
    const before = statements;
    const again = await send(server);
    expect(again.json).toEqual(first.json);
    expect({ ...again.headers, date: '', 'x-request-id': '' }).toEqual({
      ...first.headers,
      date: '',
      'x-request-id': '',
    });
    expect(statements).toBe(before);
  });

  it('goes in every process when the article is published anew', async () => {
    for (const one of [server, other]) expect(await shown(one)).toContain(`Article gardé ${count}`);
    await givenRevision(server, articleId, 'fr', { headline: 'Un autre titre' });
    await publish(server, articleId, 'fr');
    // Who publishes sees it at once; others as soon as they hear of it.
    expect(await shown(server)).toContain('Un autre titre');
    await eventually(async () => (await shown(other)).includes('Un autre titre'), 'it is new there');
  });

  it('goes in the process that publishes as soon as it is committed, notified or not', async () => {
    const told: (readonly string[])[] = [];
    server.app
      .get(EditionChanges, { strict: false })
      .tell({ watch: () => undefined, unwatch: () => undefined, dropArticles: (ids) => told.push(ids) });
    await withdraw();
    // Once by itself, once by what everybody hears.
    await eventually(() => told.filter((ids) => ids.includes(articleId)).length === 2, 'it is told twice');
  });

  it('goes in every process when the article is withdrawn', async () => {
    for (const one of [server, other]) expect(await shown(one)).toContain(`Article gardé ${count}`);
    await withdraw();
    expect(await shown(server)).toBe('{"article":null}');
    await eventually(async () => (await shown(other)) === '{"article":null}', 'it is gone there');
  });
});

it('lists, and what was not there, are kept until something is published', async () => {
  const missing = pathOf(HEADLINE, { slug: `article-garde-${count + 1}` });
  const shown = async (path: string) => JSON.stringify((await ask(other, path)).json.data);
  expect(await shown(missing)).toBe('{"article":null}');
  await shown(pathOf(LIST));
  await givenPublished(server, { headline: `Article gardé ${++count}` });
  await eventually(async () => (await shown(missing)).includes(`Article gardé ${count}`), 'it is there');
  await eventually(async () => (await shown(pathOf(LIST))).includes(`Article gardé ${count}`), 'it is in the list');
});

it('an answer is another for other languages, media types and encodings', async () => {
  const types = ['application/json', 'application/graphql-response+json'];
  for (const accept of [...types, ...types]) {
    expect((await ask(server, headlinePath(), { accept })).headers['content-type']).toContain(accept);
  }
  const asked = pathOf('query Q($slug: String!) { article(slug: $slug) { text { isFallback } } }', { slug });
  for (const [language, isFallback] of [
    ['fr', false],
    ['de', true],
    ['fr', false],
    ['de', true],
  ] as const) {
    const { json } = await ask(server, asked, { 'accept-language': language });
    expect(json.data).toEqual({ article: { text: { isFallback } } });
  }
});

it('what is kept is not for pages of other origins', async () => {
  expect((await ask(server, headlinePath())).status).toBe(200);
  expect((await ask(server, headlinePath(), { origin: 'https://evil.example' })).status).toBe(400);
});

it('what is asked with credentials is kept for nobody', async () => {
  const kept = answersOf(server).cache;
  const path = `${headlinePath()}&n=1`;
  await ask(server, path, { cookie: 'session=1', 'apollo-require-preflight': '1' });
  const key = ['GET', '', '', 'identity', path].join('\n');
  expect(kept.get(key)).toBeUndefined();
  await ask(server, path);
  expect(kept.get(key)).toBeDefined();
});

it('a persisted query is registered, asked and kept by GET', async () => {
  const query = `${HEADLINE} # ${articleId}`;
  const extensions = JSON.stringify({
    persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
  });
  const variables = JSON.stringify({ slug });
  const byHash = `/graphql?${new URLSearchParams({ extensions, variables }).toString()}`;
  const unknown = await ask(server, byHash);
  expect(unknown.headers['cache-control']).toBe('no-store');
  expect(unknown.json.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  const registered = await ask(server, `/graphql?${new URLSearchParams({ query, extensions, variables }).toString()}`);
  const first = await ask(server, byHash);
  const before = statements;
  const again = await ask(server, byHash, { 'if-none-match': first.headers.etag ?? '' });
  expect(registered.json).toEqual(first.json);
  expect(first.headers['cache-control']).toContain('s-maxage');
  expect(again.status).toBe(304);
  expect(statements).toBe(before);
  // What is kept goes with the article, by whatever name it is asked.
  await withdraw();
  await eventually(
    async () => JSON.stringify((await ask(server, byHash)).json.data) === '{"article":null}',
    'it is gone',
  );
});
