import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import {
  articleIdOf,
  type GivenArticle,
  givenArticle,
  givenPublished,
  givenReferences,
  givenRevision,
} from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** Words that stand at the desk and nowhere else. */
const SECRETS = [
  'Zirkonia', // headline
  'Quetzalcode', // body
  'Xylophonos', // lead
  'Wolframite', // source
  'Yggdrasilda', // author
  'Vermillonne', // theme
  'Ultramarinix', // region
  'kryptonite', // address
  'Jabberwocky', // a newer revision of a published text
  'Hornblendish', // a translation that is not published
];

let server: TestServer;
let blocked: GivenArticle;
let ids: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare' });
  blocked = await givenArticle(server, {
    headline: 'Zirkonia',
    body: ['Le mot Quetzalcode ne se trouve que dans ce texte, qui attend encore que quelqu’un le relise.'],
    dek: '*Xylophonos en résumé.*',
    source: 'Wolframite',
    sourceUrl: 'https://kryptonite.example/',
    authors: ['Yggdrasilda'],
    themes: ['Vermillonne'],
    regions: ['Ultramarinix'],
    copyright: null,
  });
  const phare = await articleIdOf(server, 'Le phare');
  await givenRevision(server, phare, 'fr', { headline: 'Jabberwocky', body: 'Jabberwocky' });
  await givenRevision(server, phare, 'en', { headline: 'Hornblendish', body: 'Hornblendish' });
  const idOf = async (sql: string) => (await server.database.sql<{ id: string }>(sql))[0]?.id ?? '';
  ids = {
    Article: await articleIdOf(server, 'Zirkonia'),
    Source: await idOf(`select id from desk.source where name = 'Wolframite'`),
    Term: await idOf(`select id from desk.term where slug = 'vermillonne'`),
  };
}, 60_000);
afterAll(async () => {
  await server.close();
});

it('the article is at the desk, and blocked', () => {
  expect(blocked.publication.outcome).toBe('blocked');
  expect(Object.values(ids)).not.toContain('');
});

describe('what is not published is told by', () => {
  const ARTICLE = `slug text { headline dek body } texts { headline body } origin { source { name } url }
    credits { agent { name } } regions { rawLabel label } themes { rawLabel label } evidence { exact prefix suffix }`;
  const NODE = `{ __typename ... on Article { ${ARTICLE} } ... on Source { name } ... on Term { slug } }`;
  const QUESTIONS: [string, string, unknown][] = [
    ['slug', `{ it: article(slug: "zirkonia") { ${ARTICLE} } }`, null],
    ['a translation’s slug', `{ it: article(slug: "le-phare-en") { slug } }`, null],
    ['source', `{ it: source(slug: "wolframite") { name } }`, null],
    ['source filter', `{ it: articles(filter: { source: "wolframite" }) { totalCount } }`, { totalCount: 0 }],
    ['theme filter', `{ it: articles(filter: { theme: "vermillonne" }) { totalCount } }`, { totalCount: 0 }],
    ['region filter', `{ it: articles(filter: { region: "ultramarinix" }) { totalCount } }`, { totalCount: 0 }],
    ['language filter', `{ it: articles(filter: { availableIn: "en" }) { totalCount } }`, { totalCount: 0 }],
    ...SECRETS.map((word): [string, string, unknown] => [
      `a search for ${word}`,
      `{ it: search(text: "${word}") { totalCount } }`,
      { totalCount: 0 },
    ]),
  ];

  it.each(QUESTIONS)('nobody: %s', async (_what, query, answer) => {
    const { data, errors } = await server.query(query);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ it: answer });
  });

  it('nobody: id', async () => {
    for (const [type, id] of Object.entries(ids)) {
      const one = await server.query(`{ node(id: "${toGlobalId(type, id)}") ${NODE} }`);
      expect(one.data).toEqual({ node: null });
      const several = await server.query(`{ nodes(ids: ["${toGlobalId(type, id)}"]) ${NODE} }`);
      expect(several.data).toEqual({ nodes: [null] });
    }
  });

  it('nobody: any list', async () => {
    const { data, errors } = await server.query(`{
      articles { totalCount edges { node { ${ARTICLE} } } } sources { totalCount edges { node { name url } } }
      search(text: "phare") { edges { matches { snippet } node { ${ARTICLE} } } }
      publishers { name } regions: terms(scheme: REGION) { slug label } themes: terms(scheme: THEME) { slug label }
    }`);
    expect(errors).toBeUndefined();
    expect(data.articles.totalCount).toBe(1);
    expect(data.sources.totalCount).toBe(1);
    const told = JSON.stringify(data);
    expect(SECRETS.filter((word) => told.includes(word))).toEqual([]);
  });
});

it('no edition table holds any of it', async () => {
  const tables = await server.database.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'edition'`,
  );
  expect(tables.length).toBeGreaterThan(5);
  for (const { name } of tables) {
    const rows = JSON.stringify(await server.database.sql(`select * from edition.${name}`));
    expect([name, SECRETS.filter((word) => rows.includes(word))]).toEqual([name, []]);
  }
});
