import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let without: TestServer;
let id: string;
let slug: string;
let count = 0;
beforeAll(async () => {
  // No answer is kept: each question is asked of Postgres.
  server = await startTestServer({ config: { answerCacheMb: 0 } });
  without = await startTestServer({ database: server.database, config: { answerCacheMb: 0, writtenArticlesMb: 0 } });
  await givenReferences(server);
}, 60_000);
afterAll(async () => {
  await without.close();
  await server.close();
});
beforeEach(async () => {
  const headline = `Le phare ${++count}`;
  await givenPublished(server, { headline });
  id = await articleIdOf(server, headline);
  slug = `le-phare-${count}`;
});

const ARTICLE = 'query ($slug: String!) { article(slug: $slug) { text { headline } edition { number } } }';

/** Writes another headline where readers are served from, without an edition: whoever reads it again sees it. */
async function tamper(): Promise<void> {
  await server.database.sql(
    `update edition.current_article set texts = replace(texts::text, 'Le phare', 'Le fard')::json where article_id = $1`,
    [id],
  );
}

const headlineFrom = async (from: TestServer, query = ARTICLE): Promise<unknown> =>
  (await from.query(query, { slug })).data.article.text.headline;

it('an edition that was written is not read again, by the same question', async () => {
  for (let time = 0; time < 3; time++) expect(await headlineFrom(server)).toBe(`Le phare ${count}`);
  await tamper();
  expect(await headlineFrom(without)).toBe(`Le fard ${count}`);
  expect(await headlineFrom(server)).toBe(`Le phare ${count}`);
  // Another selection was not written yet.
  expect(await headlineFrom(server, ARTICLE.replace('edition { number }', 'slug'))).toBe(`Le fard ${count}`);
});

it('with room for none, every edition is read each time', async () => {
  for (let time = 0; time < 3; time++) await headlineFrom(without);
  await tamper();
  expect(await headlineFrom(without)).toBe(`Le fard ${count}`);
});

it('a new edition is another', async () => {
  for (let time = 0; time < 3; time++) await headlineFrom(server);
  await givenRevision(server, id, 'fr', { headline: 'La balise' });
  await publish(server, id, 'fr');
  const { article } = (await server.query(ARTICLE, { slug })).data;
  expect(article).toEqual({ text: { headline: 'La balise' }, edition: { number: 2 } });
});

it('an article in other languages, and in another format, is another', async () => {
  await givenRevision(server, id, 'en', { headline: 'The lighthouse', body: 'It is *lit*.' });
  await publish(server, id, 'en');
  const query = `query ($slug: String!, $format: BodyFormat!) {
    article(slug: $slug) { text { language headline isFallback body(format: $format) } }
  }`;
  const shown = async (language: string, format: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ query, variables: { slug, format } }),
    });
    const { data } = (await response.json()) as { data: { article: { text: Record<string, unknown> } } };
    return { ...data.article.text, told: response.headers.get('content-language') };
  };
  for (let time = 0; time < 2; time++) {
    const english = { language: 'en', headline: 'The lighthouse', isFallback: false, told: 'en' };
    expect(await shown('en', 'MARKDOWN')).toEqual({ ...english, body: 'It is *lit*.' });
    expect(await shown('en', 'PLAIN')).toEqual({ ...english, body: 'It is lit.' });
    expect(await shown('fr', 'PLAIN')).toMatchObject({ language: 'fr', isFallback: false, told: 'fr' });
    expect(await shown('de', 'PLAIN')).toMatchObject({ language: 'fr', isFallback: true, told: 'fr' });
  }
});

it('a variable that is left out is another than null', async () => {
  const query =
    'query ($slug: String!, $format: BodyFormat) { article(slug: $slug) { text { body(format: $format) } } }';
  for (let time = 0; time < 2; time++) {
    expect((await server.query(query, { slug })).errors).toBeUndefined();
    expect((await server.query(query, { slug, format: null })).errors).toHaveLength(1);
  }
});

it('an article that was written stands beside what is refused', async () => {
  const query = `query ($slug: String!, $after: String) {
    article(slug: $slug) { text { headline } }
    other: search(text: "phare", after: $after) { totalCount }
  }`;
  const nullable = query.replace(
    'other: search(text: "phare", after: $after) { totalCount }',
    'node(id: $after) { id }',
  );
  const asked = nullable.replace('$after: String', '$after: ID!');
  for (let time = 0; time < 3; time++) {
    const { data } = await server.query(asked, { slug, after: 'nothing' });
    expect(data).toEqual({ article: { text: { headline: `Le phare ${count}` } }, node: null });
    const refused = await server.query(query, { slug, after: 'nothing' });
    expect(refused.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['other'], 'BAD_USER_INPUT'],
    ]);
  }
});

it('a list shows each article once written as it would without', async () => {
  const query = '{ articles(first: 3) { edges { cursor node { slug text { headline } } } pageInfo { hasNextPage } } }';
  const plain = await without.query(query);
  for (let time = 0; time < 3; time++) expect((await server.query(query)).data).toEqual(plain.data);
  // New ones push others out, which come in again when those go.
  for (let more = 0; more < 3; more++) {
    await givenPublished(server, { headline: `Le phare ${++count}` });
    const other = await without.query(query);
    for (let time = 0; time < 2; time++) expect((await server.query(query)).data).toEqual(other.data);
  }
});
