import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type Answer, LibraryServer } from './library-server.js';

const HELLO = 'query Hello($text: String) { echo(text: $text) }';
const hashOf = (text: string, algorithm = 'sha256'): string => createHash(algorithm).update(text).digest('hex');

const MANIFEST = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: 'hello-1', name: 'Hello', type: 'query', body: HELLO },
    {
      id: hashOf('mutation Name { rename(title: "a") }'),
      name: 'Name',
      type: 'mutation',
      body: 'mutation Name { rename(title: "a") }',
    },
  ],
};
const RELAY_MAP = { [hashOf(HELLO, 'md5')]: HELLO };

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

async function fileWith(content: unknown): Promise<string> {
  const path = join(folder, `${hashOf(JSON.stringify(content))}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function outcomeOf({ status, text }: Answer): unknown {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return errors === undefined ? data : [status, errors[0]?.extensions.code];
}

const variables = { text: 'hello' };

describe.each([
  ['Apollo’s manifest', MANIFEST, 'hello-1'],
  ['Relay’s map', RELAY_MAP, hashOf(HELLO, 'md5')],
])('documents of %s', (_what, content, id) => {
  let server: LibraryServer;
  beforeAll(async () => {
    server = await LibraryServer.start({ COLOPHON_TRUSTED_DOCUMENTS: await fileWith(content) });
  });
  afterAll(async () => {
    await server.stop();
  });

  it.each(['documentId', 'id', 'doc_id'])('are asked by %s', async (parameter) => {
    expect(outcomeOf(await server.post({ [parameter]: id, variables }))).toEqual({ echo: 'hello' });
    const search = new URLSearchParams({ [parameter]: id, variables: JSON.stringify(variables) });
    expect(outcomeOf(await server.fetch(`/graphql?${search.toString()}`))).toEqual({ echo: 'hello' });
  });

  it('are asked by Apollo’s protocol, by their ids and hashes', async () => {
    for (const sha256Hash of [id, hashOf(HELLO)]) {
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      expect(outcomeOf(await server.post({ extensions, variables }))).toEqual({ echo: 'hello' });
    }
  });

  it('are nothing that a caller could replace', async () => {
    expect(outcomeOf(await server.post({ documentId: id, query: '{ echo }' }))).toEqual([400, 'BAD_REQUEST']);
  });

  it('leave others their own', async () => {
    expect(outcomeOf(await server.post({ query: '{ echo(text: "other") }' }))).toEqual({ echo: 'other' });
  });
});

describe('a server of trusted documents only', () => {
  let server: LibraryServer;
  beforeAll(async () => {
    server = await LibraryServer.start({
      COLOPHON_TRUSTED_DOCUMENTS: await fileWith(MANIFEST),
      COLOPHON_ONLY_TRUSTED_DOCUMENTS: 'on',
    });
  });
  afterAll(async () => {
    await server.stop();
  });

  it('answers them by their ids, and by their whole text', async () => {
    expect(outcomeOf(await server.post({ documentId: 'hello-1', variables }))).toEqual({ echo: 'hello' });
    expect(outcomeOf(await server.post({ query: HELLO, variables }))).toEqual({ echo: 'hello' });
    expect(outcomeOf(await server.post({ id: MANIFEST.operations[1]?.id }))).toEqual({ rename: 'a' });
  });

  it.each([
    ['a text of the caller’s', { query: '{ echo }' }],
    ['a text that differs in a space', { query: `${HELLO} ` }],
    ['an introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a list of requests', [{ query: HELLO }]],
    ['nothing at all', {}],
    ['an unknown id', { documentId: 'nobody' }],
    ['an unknown hash', { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf('{ echo }') } } }],
    [
      'a query to register',
      { query: '{ echo }', extensions: { persistedQuery: { version: 1, sha256Hash: hashOf('{ echo }') } } },
    ],
  ])('refuses %s', async (_what, body) => {
    expect(outcomeOf(await server.post(body))).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
  });

  it('reads an address in one way only', async () => {
    const of = (search: string) => server.fetch(`/graphql?${search}`, { headers: { accept: 'application/json' } });
    expect(outcomeOf(await of(new URLSearchParams({ query: HELLO }).toString()))).toEqual({ echo: '' });
    for (const search of [
      'query={echo}',
      'documentId=hello-1&query={echo}',
      'query={echo}&query={echo}',
      'a#&query={echo}',
      '',
    ]) {
      const answer = await of(search);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('"data"');
    }
  });

  it('suggests nothing, and has no playground', async () => {
    const mistaken = await server.post({ documentId: 'hello-1', variables: { txt: [] } });
    expect(mistaken.text).not.toContain('Did you mean');
    const page = await server.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('switched off')]);
  });
});

describe('a start', () => {
  async function linesOf(environment: Record<string, string>): Promise<readonly string[]> {
    try {
      await (await LibraryServer.start(environment)).stop();
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.lines;
      throw error;
    }
  }

  it.each<[string, unknown, RegExp]>([
    ['is no JSON', '{', /it is not valid JSON$/],
    ['is a list', [HELLO], /Apollo or the map of Relay$/],
    ['is another manifest', { ...MANIFEST, version: 2 }, /version 1/],
    ['lacks a text', { ...MANIFEST, operations: [{ id: 'a', name: 'A' }] }, /operations\[0\] must have/],
    ['has a number for a text', { a: 1 }, /: a must be the text/],
    [
      'has one id twice',
      { ...MANIFEST, operations: [MANIFEST.operations[0], MANIFEST.operations[0]] },
      /another document/,
    ],
    [
      'has an operation that is not valid',
      { ...MANIFEST, operations: [{ id: 'a', name: 'Broken', body: '{ nothing }' }] },
      /: Broken: Cannot query field "nothing"/,
    ],
    ['has an operation that is no GraphQL', { broken: '{' }, /: broken: Syntax Error/],
    [
      'has an operation beyond the limits',
      { wide: `{ ${'echo '.repeat(31)} }` },
      /: wide: .* fields at its first level/,
    ],
    ['has no operation', { lonely: 'fragment F on Query { echo }' }, /: lonely: it has no operation$/],
  ])('ends with a line where the file %s', async (_what, content, reason) => {
    const path = await fileWith(content);
    const lines = await linesOf({ COLOPHON_TRUSTED_DOCUMENTS: path });
    expect(lines).toEqual([expect.stringMatching(reason)]);
    expect(lines[0]).toMatch(/^COLOPHON_TRUSTED_DOCUMENTS=\S+\.json: /);
  });

  it('ends with a line where the file is not there, or not named', async () => {
    expect(await linesOf({ COLOPHON_TRUSTED_DOCUMENTS: join(folder, 'none.json') })).toEqual([
      expect.stringMatching(/none\.json: it cannot be read$/),
    ]);
    expect(await linesOf({ COLOPHON_ONLY_TRUSTED_DOCUMENTS: 'on' })).toEqual([
      expect.stringContaining('COLOPHON_TRUSTED_DOCUMENTS must name them'),
    ]);
  });
});
