import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
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
    const scores = edges.map((edge) => edge.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });
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
