import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, LibraryServer } from './library-server.js';

let server: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start();
});
afterAll(async () => {
  await server.stop();
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

function got(parameters: Record<string, unknown>, to = server): Promise<Answer> {
  const search = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return to.fetch(`/graphql?${search.toString()}`);
}

const posted = (body: unknown, to = server): Promise<Answer> => to.post(body);

function outcomeOf({ status, text }: Answer): unknown {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return errors === undefined ? data : [status, errors[0]?.extensions.code];
}

describe.each([
  ['POST', posted],
  ['GET', got],
])('a query by its hash, with %s', (method, send) => {
  const query = `query Hello($text: String) { echo(text: $text) } # ${method}`;
  const variables = { text: 'hello' };

  it('is not known before it was registered, and is asked by its hash from then on', async () => {
    const extensions = persisted(hashOf(query));
    const unknown = await send({ extensions, variables });
    expect(outcomeOf(unknown)).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(unknown.text).toContain('"PersistedQueryNotFound"');
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    expect(outcomeOf(await send({ query, extensions, variables }))).toEqual({ echo: 'hello' });
    expect(outcomeOf(await send({ extensions, variables }))).toEqual({ echo: 'hello' });
    expect(outcomeOf(await send({ extensions, variables: { text: 'again' } }))).toEqual({ echo: 'again' });
    expect(outcomeOf(await send({ documentId: `sha256:${hashOf(query)}`, variables }))).toEqual({ echo: 'hello' });
  });

  it('is refused when its text is another', async () => {
    const other = await send({ query: '{ echo }', extensions: persisted(hashOf(query)) });
    expect(outcomeOf(other)).toEqual([400, 'BAD_REQUEST']);
    const unknown = await send({ query: '{ echo }', extensions: persisted(hashOf('{ nothing of the kind }')) });
    expect(outcomeOf(unknown)).toEqual([400, 'BAD_REQUEST']);
  });

  it.each([
    ['is not valid', `{ nothing } # ${method}`],
    ['is no GraphQL', `{ echo # ${method}`],
    [
      'has too many aliases',
      `{ booksById(ids: []) { ${Array.from({ length: 101 }, (_, i) => `a${i}: id`).join(' ')} } }`,
    ],
  ])('is not kept when it %s', async (_what, text) => {
    const extensions = persisted(hashOf(text));
    expect((await send({ query: text, extensions })).status).toBe(400);
    expect(outcomeOf(await send({ extensions }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });

  it.each([
    [{ persistedQuery: { version: 2, sha256Hash: hashOf(query) } }],
    [{ persistedQuery: { version: 1 } }],
    [{ persistedQuery: { version: 1, sha256Hash: 7 } }],
    [{ persistedQuery: 'yes' }],
  ])('is refused in another form: %j', async (extensions) => {
    expect(outcomeOf(await send({ extensions }))).toEqual([400, 'BAD_REQUEST']);
  });

  it('keeps the other extensions, and the operation’s name', async () => {
    const text = `query A { echo(text: "a") } query B { echo(text: "b") } # ${method}`;
    const extensions = { ...persisted(hashOf(text)), other: { a: 1 } };
    expect(outcomeOf(await send({ query: text, operationName: 'B', extensions }))).toEqual({ echo: 'b' });
    expect(outcomeOf(await send({ operationName: 'A', extensions }))).toEqual({ echo: 'a' });
    expect(outcomeOf(await send({ extensions }))).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
  });
});

describe('a mutation by its hash', () => {
  it('is refused by GET', async () => {
    const query = 'mutation { rename(title: "a") }';
    const extensions = persisted(hashOf(query));
    expect(outcomeOf(await posted({ query, extensions }))).toEqual({ rename: 'a' });
    expect(outcomeOf(await posted({ extensions }))).toEqual({ rename: 'a' });
    expect((await got({ extensions })).status).toBe(405);
  });
});

describe('an id that nobody gave out', () => {
  it.each(['documentId', 'id', 'doc_id'])('is not found by %s', async (parameter) => {
    expect(outcomeOf(await posted({ [parameter]: 'no-such-document' }))).toEqual([404, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(outcomeOf(await posted({ [parameter]: 7 }))).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('the room for queries', () => {
  it('is bounded: the least recently asked goes first', async () => {
    const small = await LibraryServer.start({ COLOPHON_PERSISTED_QUERIES_MB: '1' });
    try {
      const long = (i: number) => `{ echo(text: "${String(i).padStart(3, '0')}${'x'.repeat(30_000)}") }`;
      const isKept = async (i: number) =>
        !(await posted({ extensions: persisted(hashOf(long(i))) }, small)).text.includes('PersistedQueryNotFound');
      for (let i = 0; i < 20; i++) {
        await posted({ query: long(i), extensions: persisted(hashOf(long(i))) }, small);
        expect(await isKept(0)).toBe(true);
      }
      expect(await isKept(1)).toBe(false);
      expect(await isKept(19)).toBe(true);
    } finally {
      await small.stop();
    }
  });

  it('may be none', async () => {
    const none = await LibraryServer.start({ COLOPHON_PERSISTED_QUERIES_MB: '0' });
    try {
      const extensions = persisted(hashOf('{ echo }'));
      expect(outcomeOf(await posted({ extensions }, none))).toEqual([200, 'PERSISTED_QUERY_NOT_SUPPORTED']);
      expect(outcomeOf(await posted({ query: '{ echo }', extensions }, none))).toEqual({ echo: '' });
    } finally {
      await none.stop();
    }
  });
});
