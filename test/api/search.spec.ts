import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LRUCache } from 'lru-cache';
import { ReadPool } from '../../src/database/read-pool.js';
import { LanguagePreference } from '../../src/common/language-tag.js';
import { HEADLINES_ONLY } from '../../src/editions/article-row.js';
import { SearchQueries } from '../../src/editions/search.queries.js';
import {
  type SearchBounds,
  type SearchPage,
  searchQuery,
  type SearchRequest,
} from '../../src/editions/search-statement.js';
import { WrittenShelf } from '../../src/editions/written-articles.js';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import type { PageFacts } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

interface Found {
  readonly score: number;
  readonly matches: { language: string; field: string; snippet: string }[];
  readonly node: { slug: string; text: { language: string } };
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, {
    headline: 'L’été des hirondelles',
    publishedOn: '5 mars 2016',
    dek: '*Les oiseaux reviennent même au nord.*',
    body: ['Les hirondelles ont niché sous les toits <b>rouges</b> & sous l’arche du vieux pont cette année encore.'],
    authors: ['Zoë Müller'],
    source: 'Cahiers du Rivage',
  });
  await givenPublished(server, {
    headline: 'Le pont neuf',
    publishedOn: '6 mars 2016',
    body: ['Le vieux pont sera démoli, et personne ne sait ce que deviendront ses habitants ailés au printemps.'],
    themes: ['Droit international'],
  });
  await givenPublished(server, {
    headline: 'Running water',
    publishedOn: '7 mars 2016',
    dek: '*The river has been rising since the winter began.*',
    body: ['The rivers were running high, and the bridges had been closed to everybody but the swallows of the town.'],
  });
  await givenPublished(server, {
    headline: 'Un inventaire',
    publishedOn: '8 mars 2016',
    body: [
      'La liste des objets trouvés au port est longue, et la voici telle que la mairie la publie :',
      '- parapluie\n- violoncelle\n- trottinette',
    ],
  });
  const id = await articleIdOf(server, 'L’été des hirondelles');
  await givenRevision(server, id, 'en', { headline: 'The summer of the swallows', body: 'The swallows nested here.' });
  await publish(server, id, 'en');
  await givenRevision(server, id, 'de', { headline: 'Geheimwort', body: 'Entwurf' });
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function search(text: string, rest: object = {}): Promise<Found[]> {
  const { data, errors } = await server.query(
    `query ($text: String!, $languages: [LanguageTag!], $filter: ArticleFilter) {
      search(text: $text, first: 20, languages: $languages, filter: $filter) {
        totalCount edges { score matches { language field snippet } node { slug text { language } } }
      }
    }`,
    { text, ...rest },
  );
  expect(errors).toBeUndefined();
  expect(data.search.totalCount).toBe(data.search.edges.length);
  return data.search.edges as Found[];
}
const slugs = async (text: string, rest: object = {}) =>
  (await search(text, rest)).map((edge) => edge.node.slug).sort();

describe('a search finds', () => {
  it.each([
    ['hirondelle', ['l-ete-des-hirondelles']],
    ['HIRONDELLES', ['l-ete-des-hirondelles']],
    ['demoli', ['le-pont-neuf']],
    ['démolir', ['le-pont-neuf']],
    ['arche', ['l-ete-des-hirondelles']],
    ['bridge', ['running-water']],
    ['swallow', ['l-ete-des-hirondelles', 'running-water']],
    ['pont', ['l-ete-des-hirondelles', 'le-pont-neuf']],
    ['"vieux pont"', ['l-ete-des-hirondelles', 'le-pont-neuf']],
    ['"pont vieux"', []],
    ['pont -hirondelles', ['le-pont-neuf']],
    ['neuf -habitants', []],
    ['neuf -hirondelles', ['le-pont-neuf']],
    ['hirondelles or inventaire', ['l-ete-des-hirondelles', 'un-inventaire']],
    ['hirondelles inventaire', []],
    ['Müller', ['l-ete-des-hirondelles']],
    ['muller', ['l-ete-des-hirondelles']],
    ['"Cahiers du Rivage"', ['l-ete-des-hirondelles']],
    ['Droit international', ['le-pont-neuf']],
    ['vieux neuf', ['le-pont-neuf']],
    ['Geheimwort', []],
    ['été', []],
    ['même', []],
    ['le la sur', []],
    ['', []],
    ['   ', []],
    ['!!! ((( """ -', []],
    ["' or 1=1; --", []],
    [':* & | <-> \\', []],
    ['😀', []],
    ['x'.repeat(10_000), []],
  ])('%s', async (text, found) => {
    expect(await slugs(text)).toEqual(found);
  });

  it('each item of a list', async () => {
    expect(await slugs('violoncelle')).toEqual(['un-inventaire']);
  });

  it('in the text alone that the reader would be served', async () => {
    expect(await slugs('swallows', { languages: ['fr'] })).toEqual(['running-water']);
    expect(await slugs('hirondelles', { languages: ['en'] })).toEqual([]);
    expect(await slugs('hirondelles', { languages: ['it', 'fr-CA'] })).toEqual(['l-ete-des-hirondelles']);
  });

  it('under filters', async () => {
    expect(await slugs('pont', { filter: { theme: 'international-law' } })).toEqual(['le-pont-neuf']);
    expect(await slugs('pont', { filter: { publishedBefore: '2016-03-06' } })).toEqual(['l-ete-des-hirondelles']);
  });
});

describe('what was found', () => {
  it('is told once for each article, with every place', async () => {
    const [edge, ...others] = await search('hirondelles or swallows', { filter: { source: 'cahiers-du-rivage' } });
    expect(others).toEqual([]);
    const places = edge?.matches.map((match) => `${match.language} ${match.field}`).sort();
    expect(places).toEqual(['en BODY', 'en HEADLINE', 'fr BODY', 'fr HEADLINE']);
  });

  it('is marked, and everything else is escaped', async () => {
    const [edge] = await search('toits');
    expect(edge?.matches).toHaveLength(1);
    expect(edge?.matches[0]?.snippet).toContain('<mark>toits</mark>');
    expect(edge?.matches[0]?.snippet).toContain('&amp;');
    expect(edge?.matches[0]?.snippet.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
  });

  it('is told of names too', async () => {
    const [edge] = await search('Müller');
    expect(edge?.matches.map((match) => `${match.language} ${match.field}`)).toEqual(['en NAMES', 'fr NAMES']);
    expect(edge?.matches[0]?.snippet).toContain('<mark>Müller</mark>');
  });

  it('comes best first: a headline before a text', async () => {
    const edges = await search('pont');
    expect(edges.map((edge) => edge.node.slug)).toEqual(['le-pont-neuf', 'l-ete-des-hirondelles']);
    expect(edges.map((edge) => edge.score)).toEqual([3, 1]);
  });
});

describe('everything found has in common', () => {
  interface Facets {
    readonly isCapped: boolean;
    readonly themes: { readonly term: { readonly slug: string }; readonly count: number }[];
  }
  const facets = async (args: string): Promise<Facets & Record<string, unknown>> => {
    const { data } = await server.query(`{ search(first: 1, ${args}) { facets {
      isCapped themes { term { slug } count } regions { count } reports { count } languages { language count }
      sources { source { slug } count } publishers { publisher { slug } count } years { year count } } } }`);
    return data.search.facets as Facets & Record<string, unknown>;
  };

  it('is counted over all of it, not over the page, the most frequent first', async () => {
    expect(await facets('text: "pont"')).toMatchObject({
      isCapped: false,
      languages: [
        { language: 'fr', count: 2 },
        { language: 'en', count: 1 },
      ],
      publishers: [{ publisher: { slug: 'mondialisation-ca' }, count: 2 }],
      years: [{ year: 2016, count: 2 }],
    });
  });

  it.each(['text: "pont"', 'text: "pont", languages: ["fr"]', 'text: "vieux or neuf"'])(
    'is a filter that leads to as many: %s',
    async (args) => {
      const { themes } = await facets(args);
      expect(themes.length).toBeGreaterThan(1);
      for (const { term, count } of themes) {
        const { data } = await server.query(
          `{ search(${args}, filter: { theme: "${term.slug}" }) { totalCount totalCountIsCapped edges { cursor } } }`,
        );
        expect(data.search).toMatchObject({ totalCount: count, totalCountIsCapped: false });
        expect(data.search.edges).toHaveLength(count);
      }
    },
  );

  it('is nothing where nothing is found', async () => {
    expect(await facets('text: "Geheimwort"')).toMatchObject({ themes: [], languages: [], years: [] });
  });
});

describe('a search that goes on', () => {
  const page = async (after: string | null, fields: string) => {
    const { data } = await server.query(
      `query ($after: String) {
        search(text: "hirondelles or swallows or pont or inventaire", first: 1, after: $after) {
          ${fields} edges { score node { slug } } pageInfo { endCursor hasNextPage } } }`,
      { after },
    );
    return data.search as { edges: { score: number; node: { slug: string } }[]; pageInfo: Record<string, string> };
  };

  it.each(['pageInfo { hasNextPage }', 'totalCount', 'facets { isCapped }'])(
    'leads from the best to the last without gap or repeat, with %s',
    async (fields) => {
      const found: { score: number; node: { slug: string } }[] = [];
      let after: string | null = null;
      for (let isMore = true; isMore;) {
        const { edges, pageInfo } = await page(after, fields);
        found.push(...edges);
        after = pageInfo.endCursor ?? null;
        isMore = Boolean(pageInfo.hasNextPage);
      }
      expect(found.map(({ node }) => node.slug).sort()).toEqual([
        'l-ete-des-hirondelles',
        'le-pont-neuf',
        'running-water',
        'un-inventaire',
      ]);
      const scores = found.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect([scores[0], scores.at(-1)]).toEqual([3, 1]);
    },
  );
});

it.each([
  ['facets, matches and a count', 'totalCount facets { isCapped } edges { matches { snippet } }'],
  ['nothing but cursors', 'edges { cursor }'],
])('one statement finds %s', async (_, fields) => {
  const sent: string[] = [];
  const stop = server.app.get(ReadPool).onQuery(({ text }) => sent.push(text));
  await server.query(`{ search(text: "pont", filter: { theme: "international-law" }) { ${fields} } }`);
  stop();
  expect(sent).toHaveLength(1);
});

it.each([
  ['10,000 characters', 'pont '.repeat(2000)],
  ['a thousand words', Array.from({ length: 1000 }, (_, i) => `mot${i}`).join(' or ')],
  ['a phrase without end', `"${'pont '.repeat(100)}`],
  ['quotes alone', '"'.repeat(1000)],
  ['what is left out alone', '-pont'],
  ['a word of every letter', 'é'.repeat(1000)],
])('%s is answered', async (_, text) => {
  const { status, errors } = await server.query(
    'query ($text: String!) { search(text: $text) { totalCount facets { isCapped } edges { matches { snippet } } } }',
    { text },
  );
  expect(errors).toBeUndefined();
  expect(status).toBe(200);
});

describe('words that very many texts have', () => {
  /** As if one text were very many. */
  const ONE_IS_MANY: SearchBounds = { counted: 1, unordered: 0, headlines: 0 };
  const ALL_ARE_FEW: SearchBounds = { counted: 1000, unordered: 1000, headlines: 1000 };
  const NONE = new LanguagePreference([]);
  interface Row {
    readonly score: number;
    readonly place: string;
    readonly headline: string;
    readonly isCapped?: boolean;
    readonly totalCount?: number;
  }
  const searchWith = async (
    bounds: SearchBounds,
    request: Partial<SearchRequest> & { readonly text: string },
    page: Partial<SearchPage> = {},
  ): Promise<Row[]> => {
    const query = searchQuery(
      { filter: null, fallback: 'ORIGINAL', preference: NONE, ...request },
      {
        ...{ size: 10, after: null, wanted: HEADLINES_ONLY, shown: NONE },
        ...{ hasMatches: false, hasFacets: false, isCounted: false, ...page },
      },
      { bounds, isFrequent: bounds === ONE_IS_MANY },
    );
    const rows = await server.app.get(ReadPool).query<Row & { parts: string | null }>(query);
    return rows.map(({ parts, ...row }) => ({
      ...row,
      headline: (JSON.parse(parts?.split('\u001e')[0] ?? '[]') as { headline: string }[])[0]?.headline ?? '',
    }));
  };
  const walked = async (bounds: SearchBounds, request: Partial<SearchRequest> & { readonly text: string }) => {
    const found: Row[] = [];
    for (;;) {
      const last = found.at(-1);
      const rows = await searchWith(bounds, request, { size: 2, after: last ? [last.score, last.place] : null });
      found.push(...rows.slice(0, 2));
      if (rows.length <= 2) return found.map(({ score, headline }) => `${score} ${headline}`);
    }
  };

  beforeAll(async () => {
    // Of every era, and in every order of where the word stands.
    const days = [
      '1 mars 2016',
      '31 décembre 2015',
      '2 juin 2015',
      '3 mai 2014',
      '4 mars 2011',
      '5 mars 2004',
      '6 mars 1998',
    ];
    const HERE = 'Il y avait un phare au bout du quai, et la mer était calme ce matin.';
    for (const [i, publishedOn] of days.entries()) {
      const pages: readonly PageFacts[] = [
        { headline: `Le quai ${i}`, body: [HERE] },
        { headline: `Le phare ${i}`, body: [HERE] },
        { headline: `La mer ${i}`, body: [HERE], dek: '*Un phare dans la nuit.*' },
        { headline: `Rien ${i}`, body: ['Il n’y a rien ici que du sable gris.'] },
      ];
      for (const facts of pages) {
        const originLine = `[Le Courrier du Lac](https://courrier.example/${i}/${facts.headline?.length ?? 0}) ${publishedOn}`;
        const words = Array.from({ length: 30 }, (_, n) => `${facts.headline?.at(-3) ?? ''}${i}x${n}`).join(' ');
        await givenPublished(server, { ...facts, publishedOn, originLine, body: [...(facts.body ?? []), words] });
      }
    }
  }, 120_000);

  it('are found in the same order as few are: by where they stand, and of those the newest first', async () => {
    const expected = [
      ...Array.from({ length: 7 }, (_, i) => `3 Le phare ${i}`),
      ...Array.from({ length: 7 }, (_, i) => `2 La mer ${i}`),
      ...Array.from({ length: 7 }, (_, i) => `1 Le quai ${i}`),
    ];
    expect(await walked(ALL_ARE_FEW, { text: 'phare' })).toEqual(expected);
    expect(await walked(ONE_IS_MANY, { text: 'phare' })).toEqual(expected);
  });

  it.each([
    { text: 'phare -mer' },
    { text: '"phare 3" or "mer 5" or sable' },
    { text: 'phare', filter: { publishedBefore: '2015-01-01' } },
    { text: 'phare', filter: { or: [{ text: 'nuit' }, { publishedFrom: '2016-01-01' }] } },
    { text: 'swallows or hirondelles or pont' },
    { text: 'swallows or hirondelles or pont', preference: new LanguagePreference(['en']) },
    { text: 'swallows or phare', preference: new LanguagePreference(['en']), fallback: 'NONE' as const },
    { text: 'introuvable' },
    { text: '-mer' },
    { text: 'ont' },
    { text: '"le phare" -"phare 3" or mer' },
    { text: `phare or ${'語'.repeat(682)}` },
    { text: 'phare or https://courrier.example/~a’b\\c!' },
    { text: Array.from({ length: 180 }, (_, i) => (i === 90 ? 'phare' : `m${i}`)).join(' or ') },
  ])('lead to what the same words of few texts lead to: %j', async (request) => {
    expect(await walked(ONE_IS_MANY, request)).toEqual(await walked(ALL_ARE_FEW, request));
  });

  it.each([
    ['what is written is not kept', () => null],
    ['it is', () => new WrittenShelf('1 ', new LRUCache({ max: 9 }), new LRUCache({ max: 9 }))],
  ])('take a second statement the first time, and one from then on, where %s', async (_, shelfOf) => {
    const shelf = shelfOf();
    const [first, again] = [{}, {}];
    const queries = new SearchQueries(server.app.get(ReadPool));
    const found = async (bounds: SearchBounds, variables: object): Promise<[statements: number, found: number[]]> => {
      const wanted = { ...HEADLINES_ONLY, variables, shelf };
      const sent: string[] = [];
      const stop = server.app.get(ReadPool).onQuery(({ text }) => sent.push(text));
      const { articles } = await queries.search(
        { text: 'phare', filter: null, fallback: 'ORIGINAL', preference: NONE },
        {
          ...{ size: 10, after: null, wanted, shown: NONE },
          ...{ hasMatches: false, hasFacets: false, isCounted: false },
        },
        undefined,
        bounds,
      );
      stop();
      return [sent.length, articles.map(({ score }) => score)];
    };
    const [statements, few] = await found(ALL_ARE_FEW, first);
    expect([statements, few.slice(5, 9)]).toEqual([1, [3, 3, 2, 2]]);
    expect(await found(ONE_IS_MANY, again)).toEqual([2, few]);
    expect(await found(ONE_IS_MANY, again)).toEqual([1, few]);
  });

  it.each([{ isCounted: true }, { hasFacets: true }])(
    'are on the page whether they are counted or not, %j',
    async (rest) => {
      const told = ({ score, headline }: Row): string => `${score} ${headline}`;
      expect((await searchWith(ONE_IS_MANY, { text: 'phare' }, rest)).map(told)).toEqual(
        (await searchWith(ALL_ARE_FEW, { text: 'phare' })).map(told),
      );
    },
  );

  it('have the year behind them, whatever they are made of', async () => {
    const [row] = await server.database.sql(`select
      edition.dated_words($$'a''b':1A 'c\\\\d':2 'é f':3$$::tsvector || array_to_tsvector(array[repeat('g', 2001)]),
        '2016-03-30')::text as dated,
      edition.sought_in_years($$'a''b' <-> 'c\\\\d' | 'é f'$$::tsquery, '{2016,2015}')::text as sought`);
    expect(row).toEqual({
      dated: String.raw`'a''b 2016':1A 'c\\d 2016':2 'é f 2016':3`,
      sought: String.raw`( 'a''b 2016' | 'a''b 2015' ) <-> ( 'c\\d 2016' | 'c\\d 2015' ) | 'é f 2016' | 'é f 2015'`,
    });
  });

  it('are counted as far as they were looked for, and that is said', async () => {
    const filter = { publishedBefore: '2016-03-07', publishedFrom: '2016-03-02' };
    const [row] = await searchWith(ONE_IS_MANY, { text: 'pont', filter }, { isCounted: true });
    expect(row).toMatchObject({ totalCount: 1, isCapped: true });
  });

  it('are counted in heads too, where few have them there', async () => {
    const text = 'vieux or violoncelle or démoli or parapluie or neuf';
    const [row] = await searchWith(ONE_IS_MANY, { text }, { isCounted: true });
    expect(row).toMatchObject({ totalCount: 2, isCapped: true });
  });

  it('are not the years by which they are found', async () => {
    expect(await walked(ONE_IS_MANY, { text: '~2016' })).toEqual([]);
    expect(await walked(ONE_IS_MANY, { text: '"phare 2016" or "~2016"' })).toEqual([]);
  });

  it('are none, where all are stop words of a language, in that language', async () => {
    await givenPublished(server, {
      headline: 'Quiet lakes',
      dek: '*Ont lakes, as they say.*',
      language: 'en',
      body: ['There was a word here that says nothing in French, and the lake was calm that morning.'],
    });
    expect(await walked(ONE_IS_MANY, { text: 'ont' })).toEqual(['2 Quiet lakes']);
  });
});

it('a headline of one word without end is published, and found', async () => {
  const headline = 'œ'.repeat(1200);
  await givenPublished(server, { headline, body: ['Il y avait un seul mot, et le reste de la page disait cela.'] });
  expect(await search('œ'.repeat(1000))).toMatchObject([{ score: 3 }]);
});

it('a mark cannot be smuggled in through a text', async () => {
  await givenPublished(server, {
    headline: 'Caractères privés',
    body: [
      'Le mot \uE000<script>\uE001 se trouve ici au milieu d’une phrase tout à fait ordinaire sur les caractères.',
    ],
  });
  const [edge] = await search('ordinaire');
  expect(edge?.matches[0]?.snippet.match(/<mark>/g)).toHaveLength(1);
  expect(edge?.matches[0]?.snippet).not.toContain('<script>');
});
