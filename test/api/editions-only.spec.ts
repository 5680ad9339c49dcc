import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { ReadPool } from '../../src/database/read-pool.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const ARTICLE = `id slug kind edition { number issuedAt } text { language headline dek body(format: HTML) } texts { body }
  publisher { id name } publishedOn origin { source { id name } url } credits { role agent { name kind } }
  regions { id label } themes { id label } rights { holder status copyright { raw } reuseTerms { text { value } }
  notices { text { value } } } reuse(use: { action: REPRODUCE, medium: PRINT }) { effect contactPoint { email } }
  contactPoints { email purposes } wrapper { lines { text } } links { url } evidence { path exact }`;
const LIST = `edges { cursor node { ${ARTICLE} } } pageInfo { endCursor hasNextPage } totalCount`;
const FILTER = `filter: { publisher: "mondialisation-ca", source: "south-front", theme: "terrorism",
  region: "middle-east-and-north-africa", kinds: [VIDEO], originRelation: VERBATIM, availableIn: "en",
  publishedFrom: "2016", publishedBefore: "2017" }`;

/** A query of each public root field; a root field without one fails the test. */
const QUERIES: Record<string, string> = {
  article: `{ article(slug: "video-the-liberation-of-palmyra-towards-the-defeat-of-isis") { ${ARTICLE} } }`,
  articles: `{ articles(${FILTER}) { ${LIST} } none: articles(languages: ["en"], fallback: NONE, last: 1) { ${LIST} }
    origin: articles(orderBy: ORIGIN_PUBLISHED_ON_ASC, ${FILTER}) { ${LIST} }
    headline: articles(orderBy: HEADLINE_ASC, filter: { text: "palmyra", not: { lacking: "en" } }) { ${LIST} } }`,
  search: `{ search(text: "palmyra", ${FILTER}, languages: ["fr"]) { totalCount edges { score matches { snippet } node { ${ARTICLE} } } } }`,
  publisher: '{ publisher(slug: "mondialisation-ca") { id name legalName url language } }',
  publishers: '{ publishers { id name } }',
  source: '{ source(slug: "south-front") { id name url } }',
  sources: '{ sources(first: 1) { totalCount edges { cursor node { id name } } pageInfo { hasNextPage } } }',
  terms: '{ regions: terms(scheme: REGION) { id label(language: "fr") } themes: terms(scheme: THEME) { id slug } }',
};
const NODE = `{ id ... on Article { ${ARTICLE} } ... on Source { name } ... on Publisher { name } ... on Term { slug } }`;

/** Root fields that only people who have signed in get an answer from. */
const FOR_THE_DESK = ['desk'];

/** Root fields that are null while nothing was withdrawn: asked in test/publishing. */
const OF_WHAT_IS_GONE = ['withdrawn'];

let server: TestServer;
const statements: string[] = [];
const before = new Map<string, unknown>();

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const { data, errors } = await server.query(query, variables);
  expect(errors).toBeUndefined();
  expect(Object.values(data as object)).not.toContain(null);
  expect(JSON.stringify(data).includes('"edges":[]')).toBe(false);
  return data as unknown;
}

async function askEverything(): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const [field, query] of Object.entries(QUERIES)) answers.set(field, await ask(query));
  const ids = [...new Set([...JSON.stringify([...answers.values()]).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id))];
  expect(ids.length).toBeGreaterThanOrEqual(5);
  answers.set('nodes', await ask(`query ($ids: [ID!]!) { nodes(ids: $ids) ${NODE} }`, { ids }));
  answers.set('node', await ask(`query ($id: ID!) { node(id: $id) ${NODE} }`, { id: ids[0] }));
  return answers;
}

beforeAll(async () => {
  server = await startTestServer({ seed: true, config: { answerCacheMb: 0 } });
  for (const [field, answer] of await askEverything()) before.set(field, answer);
  await server.database.sql('alter schema desk rename to hidden_desk');
  server.app.get(ReadPool).onQuery(({ text }) => statements.push(text));
}, 60_000);
afterAll(async () => {
  await server.close();
});

it('every public query is asked here', () => {
  const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'));
  const fields = Object.keys(schema.getQueryType()?.getFields() ?? {}).filter(
    (name) => ![...FOR_THE_DESK, ...OF_WHAT_IS_GONE].includes(name),
  );
  expect([...before.keys()].sort()).toEqual(fields.sort());
});

describe('with the desk away', () => {
  it('every public query is answered as before', async () => {
    expect(await askEverything()).toEqual(before);
  });

  it('no statement names a table outside the editions', async () => {
    const tables = await server.database.sql<{ schema: string; name: string }>(
      `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'v', 'm', 'p')`,
    );
    const named = (sql: string): string[] =>
      [...sql.matchAll(/\b(?:from|join|update|into)\s+(?:only\s+)?([a-z_]+(?:\.[a-z_]+)?)/gi)].map(
        ([, name = '']) => name,
      );
    const editions = new Set(tables.filter((table) => table.schema === 'edition').map((table) => table.name));
    const ofStatements = statements.flatMap((sql) =>
      [...sql.matchAll(/\b(\w+) as (?:materialized )?\(/g)].map(([, name = '']) => name),
    );
    const local = new Set([...ofStatements, 'unnest', 'lateral', 'json_array_elements', 'jsonb_array_elements']);
    expect(statements.length).toBeGreaterThan(8);
    const foreign = statements.flatMap(named).filter((name) => !editions.has(name) && !local.has(name));
    expect(foreign).toEqual([]);
    expect(statements.filter((sql) => /\bdesk\b/.test(sql))).toEqual([]);
  });
});

it.each([
  'delete from current_article',
  `update current_article set facts = '{}'`,
  `insert into article_slug values ('x', gen_random_uuid())`,
  'create table edition.mine (n int)',
  'create temporary table mine (n int)',
  'truncate article_slug',
])('the readers’ connection can not write: %s', async (text) => {
  await expect(server.app.get(ReadPool).query({ text })).rejects.toMatchObject({ code: '25006' });
});
