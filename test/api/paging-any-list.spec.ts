import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../src/database/transaction.js';
import { ARTICLE_ORDERS, type ArticleFilter, type ArticleOrder } from '../../src/editions/article.inputs.js';
import { EditionsQueries } from '../../src/editions/editions.queries.js';
import { EditionsService } from '../../src/editions/editions.service.js';
import { anyFilter, holds, type ShownArticle } from '../fixtures/any-filter.js';
import { givenAccount, givenSession } from '../fixtures/accounts.js';
import { givenReferences, givenRevision, publish, seedTexts } from '../fixtures/given.js';
import { variedPages } from '../fixtures/varied-pages.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const COUNT = 36;

const LIST = `query ($filter: ArticleFilter, $orderBy: ArticleOrder!, $languages: [LanguageTag!], $fallback: Fallback!,
    $first: Int, $after: String, $last: Int, $before: String) {
  articles(filter: $filter, orderBy: $orderBy, languages: $languages, fallback: $fallback, first: $first, after: $after,
      last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id kind publishedOn text { headline } texts { language body isOutdated } publisher { slug }
      origin { relation publishedOn source { slug } } credits { role agent { name } } regions { id slug } themes { id slug }
      web: reuse(use: { action: REPRODUCE, medium: WEB }) { effect }
      print: reuse(use: { action: REPRODUCE, medium: PRINT }) { effect } } } } }`;

interface Wish {
  readonly filter?: ArticleFilter;
  readonly orderBy: ArticleOrder;
  readonly languages?: readonly string[];
  readonly fallback?: 'ORIGINAL' | 'NONE';
}

let server: TestServer;
/** Of somebody who is signed in: all filters are theirs. */
let authorization: string;
beforeAll(async () => {
  server = await startTestServer({ config: { answerCacheMb: 0 } });
  await givenReferences(server);
  const seeded = await seedTexts(server, variedPages(COUNT));
  for (const [i, document] of seeded.entries()) {
    if (!('publication' in document) || document.publication.outcome !== 'published') {
      throw new Error(`not published: ${JSON.stringify(document)}`);
    }
    for (const [language, every] of [
      ['de', 9],
      ['en', 4],
      ['fr', 6],
    ] as const) {
      if (i % every !== 1 || (language !== 'de' && (i % 3 === 0) === (language === 'en'))) continue;
      const { articleId } = document;
      await givenRevision(server, articleId, language, { headline: `${language === 'fr' ? 'Ça' : 'über'} ${i}` });
      await publish(server, articleId, language);
    }
    // Its translation is out of date from then on.
    if (i % 18 === 1) {
      await givenRevision(server, document.articleId, 'fr', { headline: `Nouveau ${i}` });
      await publish(server, document.articleId, 'fr');
    }
  }
  authorization = `Bearer ${await givenSession(server, await givenAccount(server, { roles: [{ role: 'READER', languages: [] }] }))}`;
}, 120_000);
afterAll(async () => {
  await server.close();
});

interface Page {
  readonly edges: readonly { readonly node: ShownArticle }[];
  readonly totalCount: number;
  readonly pageInfo: Readonly<Record<'hasNextPage' | 'hasPreviousPage', boolean>> &
    Readonly<Record<'startCursor' | 'endCursor', string>>;
}

async function fetchPage(wish: Wish, place: object): Promise<Page> {
  const { data, errors } = await server.query(LIST, { fallback: 'ORIGINAL', ...wish, ...place }, { authorization });
  expect(errors).toBeUndefined();
  return data.articles as Page;
}

/** A list from its one end to the other, in pages; `between` is done after each. */
async function walk(
  wish: Wish,
  size: number,
  isForward = true,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<ShownArticle[]> {
  const all: ShownArticle[] = [];
  let cursor: string | null = null;
  for (let turn = 0; turn < 100; turn++) {
    const { edges, pageInfo } = await fetchPage(
      wish,
      isForward ? { first: size, after: cursor } : { last: size, before: cursor },
    );
    all.splice(isForward ? all.length : 0, 0, ...edges.map(({ node }) => node));
    if (!(isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return all;
    cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
    await between();
  }
  throw new Error('the list has no end');
}

const headlines = (list: readonly ShownArticle[]): string[] => list.map(({ text }) => text.headline);

/** What a list is sorted by, in an order in which it never goes down. */
const SORTED: Readonly<Record<ArticleOrder, (list: readonly ShownArticle[]) => string[]>> = {
  PUBLISHED_ON_ASC: (list) => list.map(({ publishedOn }) => publishedOn),
  PUBLISHED_ON_DESC: (list) => list.map(({ publishedOn }) => publishedOn).reverse(),
  ORIGIN_PUBLISHED_ON_ASC: (list) => list.map(({ origin }) => origin.publishedOn ?? '9'),
  ORIGIN_PUBLISHED_ON_DESC: (list) => list.map(({ origin }) => origin.publishedOn ?? '0').reverse(),
  HEADLINE_ASC: headlines,
  HEADLINE_DESC: (list) => headlines(list).reverse(),
};

function expectSorted(orderBy: ArticleOrder, list: readonly ShownArticle[], language: string | undefined): void {
  const { compare } = new Intl.Collator(language);
  const values = SORTED[orderBy](list);
  expect(values.filter((value, i) => i > 0 && compare(values[i - 1] ?? '', value) > 0)).toEqual([]);
}

const READERS = [['fr'], ['en'], ['de', 'en'], []];

describe.each(ARTICLE_ORDERS)('%s', (orderBy) => {
  it.each(READERS.map((languages) => [languages]))(
    'sorts everything once for readers of %j, in pages of any size',
    async (languages) => {
      const whole = await walk({ orderBy, languages }, 100);
      expect(new Set(whole.map(({ id }) => id)).size).toBe(COUNT);
      expectSorted(orderBy, whole, languages[0]);
      expect(await walk({ orderBy, languages }, 7)).toEqual(whole);
      expect(await walk({ orderBy, languages }, 5, false)).toEqual(whole);
    },
  );

  it('is the other way round from the other end', async () => {
    if (orderBy.startsWith('ORIGIN')) return;
    const other = (
      orderBy.endsWith('ASC') ? orderBy.replace('ASC', 'DESC') : orderBy.replace('DESC', 'ASC')
    ) as ArticleOrder;
    expect(await walk({ orderBy: other }, 100)).toEqual((await walk({ orderBy }, 100)).reverse());
  });
});

describe('a list that grows and shrinks meanwhile', () => {
  const publishMore = async (start: number): Promise<string[]> => {
    const seeded = await seedTexts(server, variedPages(2, start));
    return seeded.flatMap((document) => ('articleId' in document ? [document.articleId] : []));
  };
  const withdraw = (ids: readonly string[]): Promise<void> =>
    inTransaction(server.app.get(DataSource), (manager) =>
      server.app.get(EditionsService).takeFromReaders(manager, ids),
    );

  // Each way to walk: along all, past what is not demanded, along several facts at once, along the order of a few.
  const WISHES: readonly Wish[] = [
    { orderBy: 'PUBLISHED_ON_DESC' },
    { orderBy: 'PUBLISHED_ON_ASC', filter: { not: { credit: { name: 'nobody' } } } },
    { orderBy: 'PUBLISHED_ON_DESC', filter: { or: [{ lacking: 'de' }, { availableIn: 'de' }] } },
    { orderBy: 'ORIGIN_PUBLISHED_ON_DESC' },
    { orderBy: 'ORIGIN_PUBLISHED_ON_ASC', filter: { originRelation: 'VERBATIM' } },
    { orderBy: 'HEADLINE_ASC' },
    { orderBy: 'HEADLINE_DESC', filter: { originRelation: 'VERBATIM' } },
  ];

  it.each(WISHES)('%j has everything once that stays', async (wish) => {
    const staying = (await walk(wish, 100)).map(({ id }) => id);
    let start = 1000;
    let published: string[] = [];
    const walked = await walk(wish, 9, true, async () => {
      const leaving = published;
      published = await publishMore((start += 2));
      await withdraw(leaving);
    });
    const ids = walked.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => staying.includes(id))).toEqual(staying);
    await withdraw(published);
  });
});

it('French and English sort as the root collation does, by which headlines are sorted', async () => {
  const words = [
    'cote',
    'côte',
    'coté',
    'Côté',
    'œuvre',
    'oeuvre',
    'Œuvre',
    'à',
    'À',
    'l’État',
    "l'état",
    'zèbre',
    'Z',
    '9',
  ];
  const [row] = await server.database.sql(
    `select count(*)::int as others from unnest($1::text[]) a, unnest($1::text[]) b
     where (a < b collate "fr-x-icu") <> (a < b collate "und-x-icu")
       or (a < b collate "en-x-icu") <> (a < b collate "und-x-icu")`,
    [words],
  );
  expect(row).toEqual({ others: 0 });
});

it('what was withdrawn is in no list any more', async () => {
  const remains = await server.database.sql(
    `select place from (select place from edition.article_fact union select place from edition.article_headline) listed
     where not exists (select from edition.current_article c where c.place = listed.place)`,
  );
  expect(remains).toEqual([]);
});

describe('what is out of date', () => {
  const query = 'query ($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }';
  const outdated = { hasOutdatedTranslation: true };

  it('is found by who is signed in', async () => {
    const { data } = await server.query(query, { filter: outdated }, { authorization });
    expect(data.articles.totalCount).toBe(2);
  });

  it.each([
    ['alone', outdated],
    ['not', { not: outdated }],
    ['deep inside', { or: [{ and: [{ theme: 'terrorism' }, outdated] }, {}] }],
    ['the other way', { hasOutdatedTranslation: false }],
  ])('is not for others to ask: %s', async (_how, filter) => {
    const strangers: Record<string, string>[] = [{}, { authorization: 'Bearer colophon_session_nothing' }];
    for (const headers of strangers) {
      const { errors } = await server.query(query, { filter }, headers);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    }
    const searched = await server.query(
      'query ($filter: ArticleFilter) { search(text: "rien", filter: $filter) { totalCount } }',
      { filter },
    );
    expect(searched.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('any filter', () => {
  it('leaves of any list what it holds for, in the list’s order, in pages, counted', async () => {
    const lists = new Map<string, ShownArticle[]>();
    const [first] = await walk({ orderBy: 'PUBLISHED_ON_DESC' }, 100);
    const termIds = [...(first?.regions ?? []), ...(first?.themes ?? [])].map(({ id }) => id);
    const queries = server.app.get(EditionsQueries);
    const { sortedMax } = queries;
    await fc.assert(
      fc.asyncProperty(
        anyFilter(termIds),
        fc.constantFrom(...ARTICLE_ORDERS),
        fc.constantFrom(...READERS),
        fc.constantFrom('ORIGINAL', 'NONE' as const),
        fc.integer({ min: 5, max: 20 }),
        fc.boolean(),
        fc.constantFrom(sortedMax, 3),
        async (filter, orderBy, languages, fallback, size, isForward, sorted) => {
          const wish = { orderBy, languages, fallback } as Wish;
          const list = JSON.stringify(wish);
          const whole = lists.get(list) ?? (await walk(wish, 100));
          lists.set(list, whole);
          const expected = whole.filter((article) => holds(filter, article));
          queries.sortedMax = sorted;
          expect(headlines(await walk({ ...wish, filter }, size, isForward))).toEqual(headlines(expected));
          expect((await fetchPage({ ...wish, filter }, { first: 0 })).totalCount).toBe(expected.length);
        },
      ),
      { numRuns: 80 },
    );
    queries.sortedMax = sortedMax;
  });
});
