import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '../../src/common/cursor.js';
import { ReadPool } from '../../src/database/read-pool.js';
import { givenPublished, givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

interface Page {
  readonly edges: { readonly cursor: string; readonly node: { readonly slug: string } }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  readonly totalCount?: number;
}

const PAGE = `edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
const LISTS = {
  articles: (args: string) => `{ list: articles(${args}) { ${PAGE} } }`,
  'articles, the oldest first': (args: string) => `{ list: articles(orderBy: PUBLISHED_ON_ASC, ${args}) { ${PAGE} } }`,
  sources: (args: string) => `{ list: sources(${args}) { ${PAGE} } }`,
  search: (args: string) => `{ list: search(text: "plage", ${args}) { ${PAGE} } }`,
};
type ListName = keyof typeof LISTS;
const WITH_LAST: ListName[] = ['articles', 'articles, the oldest first', 'sources'];
const COUNT = 23;

let server: TestServer;
const statements: string[] = [];
beforeAll(async () => {
  server = await startTestServer({ config: { pageSizeMax: 50 } });
  await givenReferences(server);
  for (let i = 0; i < COUNT; i++) {
    // Three a day, so that the day alone gives no order.
    await givenPublished(server, {
      headline: `Article numéro ${i}`,
      publishedOn: `${1 + Math.floor(i / 3)} mars 2016`,
      source: `Source ${String.fromCharCode(97 + ((i * 7) % 26))}${i} Élan`,
    });
  }
  server.app.get(ReadPool).onQuery(({ text }) => statements.push(text));
}, 120_000);
afterAll(async () => {
  await server.close();
});

async function fetchPage(list: ListName, args: string): Promise<Page> {
  const { data, errors } = await server.query(LISTS[list](args));
  expect(errors).toBeUndefined();
  return data.list as Page;
}
const slugsOf = (page: Page): string[] => page.edges.map((edge) => edge.node.slug);

/** All slugs of a list, page by page. */
async function walk(list: ListName, size: number, isForward = true): Promise<string[]> {
  const slugs: string[] = [];
  let cursor: string | null = null;
  for (let turn = 0; turn < 100; turn++) {
    const place: string = cursor === null ? '' : `, ${isForward ? 'after' : 'before'}: "${cursor}"`;
    const page = await fetchPage(list, `${isForward ? 'first' : 'last'}: ${size}${place}`);
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
    if (isForward) slugs.push(...slugsOf(page));
    else slugs.unshift(...slugsOf(page));
    if (!(isForward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) return slugs;
    cursor = isForward ? page.pageInfo.endCursor : page.pageInfo.startCursor;
  }
  throw new Error('the list has no end');
}

describe.each(Object.keys(LISTS) as ListName[])('%s', (list) => {
  it.each([1, 5, COUNT - 1, COUNT, COUNT + 1])('has everything once, in one order, in pages of %d', async (size) => {
    const whole = slugsOf(await fetchPage(list, 'first: 50'));
    expect(new Set(whole).size).toBe(COUNT);
    expect(await walk(list, size)).toEqual(whole);
    if (WITH_LAST.includes(list)) expect(await walk(list, size, false)).toEqual(whole);
  });

  it('has an empty page for nobody', async () => {
    expect(await fetchPage(list, 'first: 0')).toMatchObject({
      edges: [],
      pageInfo: { startCursor: null, endCursor: null },
    });
  });

  it('has 20 without a wish', async () => {
    const args = list === 'search' ? 'filter: {}' : 'after: null';
    expect((await fetchPage(list, args)).edges).toHaveLength(20);
  });

  it.each([
    ['first', 'first: -1'],
    ['first', 'first: 51'],
    ['after', 'first: 2, after: ""'],
    ['after', 'first: 2, after: "nonsense"'],
    ['after', 'first: 2, after: "WyIyMDE2LTAzLTMwIl0.abcdef"'],
    ['after', `first: 2, after: "${'A'.repeat(30_000)}"`],
  ])('refuses a wrong %s and names it: %s', async (argument, args) => {
    const { data, errors, status } = await server.query(LISTS[list](args));
    expect(status).toBeLessThan(500);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect(errors?.[0]?.message).toContain(`"${argument}"`);
  });

  it('refuses the cursor of every other list and order', async () => {
    for (const other of (Object.keys(LISTS) as ListName[]).filter((name) => name !== list)) {
      const { pageInfo } = await fetchPage(other, 'first: 1');
      const { errors } = await server.query(LISTS[list](`first: 1, after: "${pageInfo.endCursor}"`));
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
    }
  });
});

describe.each(WITH_LAST)('%s, backwards', (list) => {
  it.each([
    ['last', 'last: -1'],
    ['last', 'last: 51'],
    ['last', 'first: 1, last: 1'],
    ['before', 'last: 1, before: "nonsense"'],
  ])('refuses a wrong %s and names it: %s', async (argument, args) => {
    const { errors } = await server.query(LISTS[list](args));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('lists what stands between two cursors', async () => {
    const whole = await fetchPage(list, 'first: 50');
    const [from, to] = [whole.edges[4]?.cursor ?? '', whole.edges[9]?.cursor ?? ''];
    const between = slugsOf(whole).slice(5, 9);
    expect(slugsOf(await fetchPage(list, `first: 50, after: "${from}", before: "${to}"`))).toEqual(between);
    expect(slugsOf(await fetchPage(list, `last: 2, after: "${from}", before: "${to}"`))).toEqual(between.slice(2));
  });
});

it.each(['a\0b', 'é'.repeat(301), '\ud800'])('a forged cursor of sources after %j is refused', async (name) => {
  const list = { name: 'sources:NAME_ASC', key: [] };
  const after = encodeCursor(list, [name, '01234567-89ab-4cde-8f01-23456789abcd']);
  const { errors } = await server.query('query ($after: String) { sources(after: $after) { totalCount } }', { after });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
});

it('articles have the newest first, or the oldest', async () => {
  const newest = (await server.query('{ articles(first: 50) { edges { node { publishedOn } } } }')).data.articles
    .edges as {
    node: { publishedOn: string };
  }[];
  const days = newest.map((edge) => edge.node.publishedOn);
  expect(days).toEqual([...days].sort().reverse());
  const whole = slugsOf(await fetchPage('articles', 'first: 50'));
  expect(slugsOf(await fetchPage('articles, the oldest first', 'first: 50'))).toEqual([...whole].reverse());
});

describe('what is asked of the database', () => {
  const COUNTING = '"totalCount"';
  async function statementsOf(query: string): Promise<string[]> {
    statements.length = 0;
    expect((await server.query(query)).errors).toBeUndefined();
    return [...statements];
  }
  const WHOLE = `slug text { headline dek body } texts { language } publisher { name } origin { source { name } }
    credits { agent { name } } regions { label } themes { label } rights { notices { text { value } } }
    wrapper { lines { text } } links { url } evidence { path } reuse(use: { action: REPRODUCE, medium: WEB }) { effect }`;

  it.each([
    ['an article', `{ article(slug: "article-numero-1") { ${WHOLE} } }`],
    ['a front page', `{ articles(first: 20) { edges { node { ${WHOLE} } } pageInfo { hasNextPage } } }`],
    ['a search', `{ search(text: "plage", first: 20) { edges { matches { snippet } node { ${WHOLE} } } } }`],
    ['sources', `{ sources(first: 20) { edges { node { name } } } }`],
  ])('is one statement for %s', async (_what, query) => {
    const sent = await statementsOf(query);
    expect(sent).toHaveLength(1);
    expect(sent.some((text) => text.includes(COUNTING))).toBe(false);
  });

  it.each([
    ['articles', '{ articles(first: 2) { totalCount edges { cursor } } }'],
    ['sources', '{ sources(first: 2) { totalCount edges { cursor } } }'],
    ['search', '{ search(text: "plage", first: 2) { totalCount edges { cursor } } }'],
  ])('is a count of %s only when it is asked for', async (list, query) => {
    const sent = await statementsOf(query);
    expect(sent.filter((text) => text.includes(COUNTING))).toHaveLength(1);
    expect(sent).toHaveLength(1);
    expect((await server.query(query)).data[list].totalCount).toBe(COUNT);
  });
});
