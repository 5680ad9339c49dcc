import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { givenPublished, givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FIELDS = `__typename id ... on Article { slug text { headline body } } ... on Source { name }
  ... on Publisher { name } ... on Term { slug label(language: "en") }`;
const SOME_ID = '01234567-89ab-4cde-8f01-23456789abcd';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ config: { pageSizeMax: 10 } });
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare' });
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function idsOf(): Promise<string[]> {
  const { data } = await server.query(
    `{ article(slug: "le-phare") { id publisher { id } origin { source { id } } regions { id } themes { id } } }`,
  );
  const { article } = data;
  return [
    article.id,
    article.publisher.id,
    article.origin.source.id,
    article.regions[0].id,
    article.themes[0].id,
  ] as string[];
}

describe('node', () => {
  it('finds everything again that has an id', async () => {
    const found: unknown[] = [];
    for (const id of await idsOf()) {
      const { data, errors } = await server.query(`query ($id: ID!) { node(id: $id) { ${FIELDS} } }`, { id });
      expect(errors).toBeUndefined();
      expect(data.node.id).toBe(id);
      found.push(data.node);
    }
    expect(found).toMatchObject([
      { __typename: 'Article', slug: 'le-phare', text: { headline: 'Le phare' } },
      { __typename: 'Publisher', name: 'Mondialisation.ca' },
      { __typename: 'Source', name: 'Le Courrier du Lac' },
      { __typename: 'Term', slug: 'europe', label: 'Europe' },
      { __typename: 'Term', slug: 'environment', label: 'Environment' },
    ]);
  });

  it.each([
    '',
    ' ',
    'nonsense',
    '\\u0000',
    SOME_ID,
    toGlobalId('Article', SOME_ID),
    toGlobalId('Nothing', SOME_ID),
    toGlobalId('Query', SOME_ID),
    toGlobalId('__proto__', SOME_ID),
    toGlobalId('constructor', SOME_ID),
    toGlobalId('Constructor', SOME_ID),
    toGlobalId('ToString', SOME_ID),
    Buffer.from("Article:1' or '1'='1").toString('base64url'),
    'QXJ0aWNsZTox',
    'A'.repeat(5000),
  ])('is null for “%s”', async (id) => {
    const { data, errors, status } = await server.query(`query ($id: ID!) { node(id: $id) { ${FIELDS} } }`, { id });
    expect(status).toBe(200);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: null });
  });

  it('is null where the type of an id is another', async () => {
    const [article = ''] = await idsOf();
    const uuid = Buffer.from(article, 'base64url').toString().split(':')[1] ?? '';
    for (const type of ['Source', 'Publisher', 'Term']) {
      const { data } = await server.query('query ($id: ID!) { node(id: $id) { id } }', { id: toGlobalId(type, uuid) });
      expect(data).toEqual({ node: null });
    }
  });
});

it('node and nodes serve the languages asked for', async () => {
  const id = (await idsOf())[4];
  const query = `query ($id: ID!, $languages: [LanguageTag!]) { node(id: $id) { ...T }
    nodes(ids: [$id], languages: $languages) { ...T } } fragment T on Term { label }`;
  for (const [language, label] of [
    ['fr', 'Environnement'],
    ['en', 'Environment'],
  ]) {
    const { data, errors } = await server.query(
      query,
      { id, languages: [language] },
      { 'accept-language': String(language) },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { label }, nodes: [{ label }] });
  }
});

describe('nodes', () => {
  it('keeps the order, repeats what is repeated, and has null for what is not there', async () => {
    const [article = '', publisher = '', source = ''] = await idsOf();
    const ids = [source, 'nonsense', article, article, toGlobalId('Article', SOME_ID), publisher];
    const { data, errors } = await server.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors).toBeUndefined();
    expect(data.nodes).toEqual([{ id: source }, null, { id: article }, { id: article }, null, { id: publisher }]);
  });

  it('is empty for none', async () => {
    expect((await server.query('{ nodes(ids: []) { id } }')).data).toEqual({ nodes: [] });
  });

  it('refuses too many', async () => {
    const { errors } = await server.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array(11).fill('x'),
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'ids' });
  });
});

it.each(['article', 'publisher', 'source'])('%s is null for an unknown slug', async (field) => {
  for (const slug of ['', 'nothing', "' or 1=1 --", '%', 'LE-PHARE', 'x'.repeat(5000)]) {
    const { data, errors } = await server.query(`query ($slug: String!) { ${field}(slug: $slug) { slug } }`, { slug });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ [field]: null });
  }
});
