import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { COUNT_MAX } from '../../src/common/connection.js';
import { factOf } from '../../src/editions/facts.js';
import { ReadPool } from '../../src/database/read-pool.js';
import { articleIdOf, givenReferences, givenRevision, publish, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
const statements: string[] = [];
beforeAll(async () => {
  server = await startTestServer({ config: { answerCacheMb: 0 } });
  await givenReferences(server);
  await seedTexts(server, [
    page({
      headline: 'Le phare',
      publishedOn: '2 mars 2016',
      authors: ['Élise Œuvrard', 'Marc Toba'],
      source: 'Le Courrier du Lac',
      regions: ['Europe'],
      themes: ['Environnement'],
    }),
    page({
      headline: 'Vidéo : la digue',
      publishedOn: '1 mars 2016',
      originLine: '[Radio Port](https://radio-port.example/digue) 10 février 2016',
      authors: ['Marc Toba'],
      source: 'Radio Port',
      sourceUrl: 'https://radio-port.example/digue',
      regions: ['Europe', 'Moyen-Orient et Afrique du Nord'],
      themes: ['Terrorisme'],
      body: ['Une tempête a rompu la digue du vieux port, et personne ne l’avait vue venir cette nuit-là.'],
    }),
    page({
      language: 'en',
      headline: 'The bridge',
      publishedOn: 'March 15, 2016',
      authors: ['Ann Lee'],
      source: 'Harbour News',
      regions: ['Middle East & North Africa'],
      themes: ['Environment', 'Terrorism'],
      clauses: [],
    }),
  ]);
  const id = await articleIdOf(server, 'Le phare');
  await givenRevision(server, id, 'en', { headline: 'The lighthouse' });
  await publish(server, id, 'en');
  server.app.get(ReadPool).onQuery(({ text }) => statements.push(text));
}, 60_000);
afterAll(async () => {
  await server.close();
});

const LIST = `query ($filter: ArticleFilter) {
  articles(filter: $filter, languages: ["fr"]) { totalCount totalCountIsCapped edges { node { slug } } } }`;

async function found(filter: object): Promise<string[]> {
  statements.length = 0;
  const { data, errors } = await server.query(LIST, { filter });
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  const slugs = (data.articles.edges as { node: { slug: string } }[]).map((edge) => edge.node.slug);
  expect(data.articles).toMatchObject({ totalCount: slugs.length, totalCountIsCapped: false });
  return slugs;
}

async function refused(filter: unknown): Promise<void> {
  const { data, errors } = await server.query(LIST, { filter });
  expect(data ?? null).toBeNull();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter' });
}

const [PHARE, DIGUE, BRIDGE] = ['le-phare', 'video-la-digue', 'the-bridge'] as const;
const ALL = [BRIDGE, PHARE, DIGUE];

describe('articles are found by', () => {
  it.each<[string, object, string[]]>([
    ['nothing', {}, ALL],
    ['publisher', { publisher: 'global-research' }, [BRIDGE]],
    ['source', { source: 'radio-port' }, [DIGUE]],
    ['region', { region: 'europe' }, [PHARE, DIGUE]],
    ['theme', { theme: 'environment' }, [BRIDGE, PHARE]],
    ['region and theme', { region: 'europe', theme: 'terrorism' }, [DIGUE]],
    ['what two share and none is filed under', { report: 'syria', theme: 'terrorism' }, []],
    ['any term', { terms: { any: [{ theme: 'environment' }, { region: 'europe' }] } }, ALL],
    ['no term', { terms: { any: [] } }, []],
    ['all terms', { terms: { all: [{ theme: 'environment' }, { theme: 'terrorism' }] } }, [BRIDGE]],
    ['all of no terms', { terms: { all: [] } }, ALL],
    ['a kind', { kinds: ['VIDEO'] }, [DIGUE]],
    ['kinds', { kinds: ['VIDEO', 'ARTICLE'] }, ALL],
    ['no kind', { kinds: [] }, []],
    ['relation', { originRelation: 'VERBATIM' }, ALL],
    ['language', { availableIn: 'en' }, [BRIDGE, PHARE]],
    ['a language that lacks', { lacking: 'en' }, [DIGUE]],
    ['a language that nothing is in', { lacking: 'de' }, ALL],
    ['author, however written', { credit: { name: 'elise OEUVRARD' } }, [PHARE]],
    ['author as such', { credit: { name: 'Marc Toba', role: 'AUTHOR' } }, [PHARE, DIGUE]],
    ['author as another', { credit: { name: 'Marc Toba', role: 'TRANSLATOR' } }, []],
    ['permission', { reuse: { action: 'REPRODUCE', medium: 'WEB' } }, [PHARE, DIGUE]],
    ['who has to be asked', { reuse: { action: 'REPRODUCE', medium: 'PRINT', effect: 'ASK_FIRST' } }, [PHARE, DIGUE]],
    ['silence', { reuse: { action: 'REPRODUCE', medium: 'WEB', effect: 'UNSPECIFIED' } }, [BRIDGE]],
    ['day', { publishedFrom: '2016-03-02', publishedBefore: '2016-03-15' }, [PHARE]],
    ['month', { publishedFrom: '2016-03', publishedBefore: '2016-04' }, ALL],
    ['the origin’s day', { originPublishedBefore: '2016-02-11' }, [DIGUE]],
    ['the origin’s month', { originPublishedFrom: '2016-02', originPublishedBefore: '2016-03' }, ALL],
    ['words', { text: 'tempête' }, [DIGUE]],
    ['words of another article too', { text: 'tempête or lighthouse' }, [PHARE, DIGUE]],
    ['words that nothing has', { text: 'zirkonia' }, []],
    ['any of several', { or: [{ source: 'radio-port' }, { publisher: 'global-research' }] }, [BRIDGE, DIGUE]],
    ['any of none', { or: [] }, []],
    ['all of several', { and: [{ region: 'europe' }, { lacking: 'en' }] }, [DIGUE]],
    ['what is not', { not: { theme: 'terrorism' } }, [PHARE]],
    ['what is not two things at once', { not: { theme: 'terrorism', region: 'europe' } }, [BRIDGE, PHARE]],
    ['what is neither', { not: { or: [{ kinds: ['VIDEO'] }, { publisher: 'global-research' }] } }, [PHARE]],
    ['what is not not', { not: { not: { theme: 'terrorism' } } }, [BRIDGE, DIGUE]],
    ['words that are not there', { not: { text: 'tempête' } }, [BRIDGE, PHARE]],
    ['any way out of a thicket', { and: [{ or: [{ or: [{ theme: 'nothing' }] }, { and: [] }] }] }, ALL],
  ])('%s', async (_what, filter, slugs) => {
    expect(await found(filter)).toEqual(slugs);
  });

  it('the ids of terms, alone and among slugs', async () => {
    const { data } = await server.query('{ themes: terms(scheme: THEME) { id slug } }');
    const themes = data.themes as { id: string; slug: string }[];
    const id = themes.find(({ slug }) => slug === 'terrorism')?.id;
    expect(await found({ terms: { all: [{ id }] } })).toEqual([BRIDGE, DIGUE]);
    expect(await found({ terms: { any: [{ id }, { region: 'europe' }] } })).toEqual(ALL);
    expect(await found({ not: { terms: { any: [{ id }] } } })).toEqual([PHARE]);
    const nobodys = toGlobalId('Term', '01234567-89ab-4cde-8f01-23456789abcd');
    expect(await found({ terms: { any: [{ id: nobodys }] } })).toEqual([]);
    expect(await found({ not: { terms: { all: [{ id: nobodys }] } } })).toEqual(ALL);
  });

  it('the languages asked for, where no fallback is wanted, with a filter or without', async () => {
    const list = async (args: string) => {
      const { data } = await server.query(
        `{ articles(fallback: NONE, ${args}) { totalCount edges { node { slug } } } }`,
      );
      return data.articles as unknown;
    };
    const expected = { totalCount: 1, edges: [{ node: { slug: 'the-bridge' } }] };
    expect(await list('languages: ["en"], filter: { theme: "terrorism" }')).toEqual(expected);
    expect(await list('languages: ["de"], filter: { theme: "terrorism" }')).toEqual({ totalCount: 0, edges: [] });
    expect(await list('languages: ["de"], orderBy: HEADLINE_ASC')).toEqual({ totalCount: 0, edges: [] });
    expect(await list('languages: ["en"], orderBy: HEADLINE_ASC, last: 1')).toMatchObject({ totalCount: 2 });
  });
});

describe('a filter is refused, and named,', () => {
  const deep = (levels: number): object => (levels === 1 ? { theme: 'x' } : { not: deep(levels - 1) });
  it.each<[string, unknown]>([
    ['that is too deep', deep(6)],
    ['that is far too deep', deep(8)],
    ['with too many alternatives', { or: Array<object>(26).fill({ theme: 'x' }) }],
    ['with too many terms', { terms: { any: Array<object>(51).fill({ theme: 'x' }) } }],
    ['with what is no id', { terms: { any: [{ id: 'nonsense' }] } }],
    ['with an id of something else', { terms: { all: [{ id: toGlobalId('Source', factOf('SOURCE', 'x')) }] } }],
  ])('%s', async (_what, filter) => {
    await refused(filter);
  });

  it('but not one that is just small enough', async () => {
    expect(await found(deep(5))).toEqual([]);
    expect(await found({ or: Array<object>(25).fill({ theme: 'terrorism' }) })).toEqual([BRIDGE, DIGUE]);
  });

  it.each([{ theme: 'x', region: 'y' }, {}, { theme: null }])('by GraphQL itself: the term %j', async (term) => {
    const { errors } = await server.query(LIST, { filter: { terms: { any: [term] } } });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

it('the text of a statement depends on what is asked, not on the values', async () => {
  const textOf = async (filter: object): Promise<string | undefined> => {
    await found(filter);
    return statements[0];
  };
  const pairs: [object, object][] = [
    [{ theme: 'terrorism' }, { theme: `x'; drop table edition.edition; --` }],
    [{ credit: { name: 'a' } }, { credit: { name: 'b' } }],
    [{ terms: { any: [{ theme: 'a' }] } }, { terms: { any: [{ region: 'b' }, { theme: 'c' }] } }],
    [{ reuse: { action: 'MINE', medium: 'WEB' } }, { reuse: { action: 'EXTRACT', medium: 'PRINT' } }],
    [{ or: [{ theme: 'a' }, { text: 'a' }] }, { or: [{ theme: 'b' }, { text: 'b or "' }] }],
    [
      { publishedFrom: '2016', not: { source: 'a' } },
      { publishedFrom: '2015-02', not: { source: 'b' } },
    ],
  ];
  for (const [one, other] of pairs) expect(await textOf(one)).toBe(await textOf(other));
});

it('a list is counted up to a cap, and says so', async () => {
  const fact = factOf('THEME', 'crowded');
  const count = async (): Promise<unknown> =>
    (await server.query(LIST, { filter: { theme: 'crowded' } })).data.articles;
  await server.database.sql(
    'insert into edition.article_fact (fact, place) select $1, gen_random_uuid() from generate_series(1, $2)',
    [fact, COUNT_MAX],
  );
  expect(await count()).toEqual({ totalCount: COUNT_MAX, totalCountIsCapped: false, edges: [] });
  await server.database.sql('insert into edition.article_fact (fact, place) values ($1, gen_random_uuid())', [fact]);
  expect(await count()).toEqual({ totalCount: COUNT_MAX, totalCountIsCapped: true, edges: [] });
  await server.database.sql('delete from edition.article_fact where fact = $1', [fact]);
});
