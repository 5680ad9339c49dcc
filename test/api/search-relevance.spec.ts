import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { givenPublished, givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  for (const [day, facts] of [...FRENCH, ...ENGLISH].entries()) {
    const isFrench = day < FRENCH.length;
    await givenPublished(server, {
      ...(isFrench ? {} : { language: 'en' }),
      publishedOn: isFrench ? `${day + 2} mars 2016` : `March ${day + 2}, 2016`,
      dek: null,
      ...facts,
    });
  }
}, 60_000);
afterAll(async () => {
  await server.close();
});

const FRENCH = [
  {
    headline: 'Élections au Liban',
    body: [
      'Les électeurs ont voté dimanche dans le calme, et les partis attendent les résultats de chaque circonscription.',
    ],
    authors: ['Naïma Ben-Saïd'],
  },
  {
    headline: 'L’élection se tiendra en mai',
    body: [
      'Le ministre annonce que le scrutin aura lieu au printemps, dans toutes les provinces où le calme est revenu.',
    ],
  },
  {
    headline: 'Une œuvre retrouvée',
    body: ['Le tableau dormait dans une cave ; sa propriétaire ne savait rien du peintre ni de ce que vaut sa toile.'],
  },
  {
    headline: 'Ce que coûte l’État',
    body: [
      'Un rapport compte ce que dépensent les ministères, les préfectures et les hôpitaux pendant une année entière.',
    ],
  },
  {
    headline: 'Les États-Unis au Moyen-Orient',
    body: ['Les avions de la coalition ont décollé avant l’aube, et la Syrie proteste devant le Conseil de sécurité.'],
    regions: ['États-Unis'],
  },
  {
    headline: 'Vivre aujourd’hui',
    body: [
      'Des jeunes gens racontent comment ils travaillent, où ils logent, et ce qui leur reste à la fin de leur mois.',
    ],
  },
  {
    headline: 'Les chevaux du marais',
    body: ['Un cheval blanc court au bord de l’eau ; des journaux locaux en parlent, et le journal de la ville aussi.'],
  },
  {
    headline: 'La chute de Palmyre',
    body: [
      'Damas attend. Le général évoque Alep, puis Alep encore, et finit par Alep : rien n’y est joué, dit-il, rien.',
    ],
  },
];

const ENGLISH = [
  {
    headline: 'Elections in Lebanon',
    body: ['Voters went to the polls on Sunday, and the parties are waiting for the results of every single district.'],
  },
  {
    headline: 'The liberation of Palmyra',
    body: ['The army entered the ancient city on Sunday; the soldiers found the ruins mined and the museum looted.'],
    authors: ['Siobhán O’Connor'],
  },
  {
    headline: 'The city’s oldest libraries',
    body: [
      'A library is more than its books, says the archivist who has been keeping the keys for more than forty years.',
    ],
  },
  {
    headline: 'US-led strikes and the Gaza/Israel border',
    body: [
      'Aleppo was mentioned once by the spokesman, who would not be drawn on anything that happened in the north.',
    ],
  },
  {
    headline: 'A well-known disease called COVID-19',
    body: [
      'Doctors say they had been seeing patients for weeks before anybody had a name for what was making them ill.',
    ],
  },
];

async function found(text: string, rest: object = {}): Promise<string[]> {
  const { data, errors } = await server.query(
    `query ($text: String!, $languages: [LanguageTag!], $fallback: Fallback! = ORIGINAL) {
      search(text: $text, languages: $languages, fallback: $fallback) { edges { node { text { headline } } } }
    }`,
    { text, ...rest },
  );
  expect(errors).toBeUndefined();
  return (data.search.edges as { node: { text: { headline: string } } }[]).map((edge) => edge.node.text.headline);
}

const VOTES = ['L’élection se tiendra en mai', 'Élections au Liban'];
const STATES = ['Les États-Unis au Moyen-Orient', 'Ce que coûte l’État'];

describe('in French, the best first, for', () => {
  it.each([
    ['élections', VOTES],
    ['election', VOTES],
    ['les élections', VOTES],
    ['LES ÉLECTIONS', VOTES],
    ['cette élection', VOTES],
    ['l’élection', VOTES],
    ["l'élection", VOTES],
    ['Les élections au Liban', ['Élections au Liban']],
    ['œuvre', ['Une œuvre retrouvée']],
    ['oeuvres', ['Une œuvre retrouvée']],
    ['ŒUVRE', ['Une œuvre retrouvée']],
    ['l’État', STATES],
    ["l'etat", STATES],
    ['États-Unis', ['Les États-Unis au Moyen-Orient']],
    ['etats unis', ['Les États-Unis au Moyen-Orient']],
    ['Moyen Orient', ['Les États-Unis au Moyen-Orient']],
    ['moyen-orient', ['Les États-Unis au Moyen-Orient']],
    ['«\u00a0Moyen-Orient\u00a0»', ['Les États-Unis au Moyen-Orient']],
    ['“Orient moyen”', []],
    ['avions', ['Les États-Unis au Moyen-Orient']],
    ['avion', ['Les États-Unis au Moyen-Orient']],
    ['aujourd’hui', ['Vivre aujourd’hui']],
    ["aujourd'hui", ['Vivre aujourd’hui']],
    ['cheval', ['Les chevaux du marais']],
    ['chevaux', ['Les chevaux du marais']],
    ['journaux', ['Les chevaux du marais']],
    ['Ben Said', ['Élections au Liban']],
    ['naima ben-saïd', ['Élections au Liban']],
    ['Palmyre or cheval', ['La chute de Palmyre', 'Les chevaux du marais']],
    ['élection -Liban', ['L’élection se tiendra en mai']],
  ])('%s', async (text, expected) => {
    expect(await found(text, { languages: ['fr'], fallback: 'NONE' })).toEqual(expected);
  });
});

describe('in English, the best first, for', () => {
  it.each([
    ['election', ['Elections in Lebanon']],
    ['ELECTIONS', ['Elections in Lebanon']],
    ['the election', ['Elections in Lebanon']],
    ['library', ['The city’s oldest libraries']],
    ['libraries', ['The city’s oldest libraries']],
    ['city', ['The city’s oldest libraries', 'The liberation of Palmyra']],
    ["city's", ['The city’s oldest libraries', 'The liberation of Palmyra']],
    ['Palmyra liberated', ['The liberation of Palmyra']],
    ['O’Connor', ['The liberation of Palmyra']],
    ["Siobhan O'Connor", ['The liberation of Palmyra']],
    ['Israel', ['US-led strikes and the Gaza/Israel border']],
    ['gaza', ['US-led strikes and the Gaza/Israel border']],
    ['US led', ['US-led strikes and the Gaza/Israel border']],
    ['COVID-19', ['A well-known disease called COVID-19']],
    ['covid 19', ['A well-known disease called COVID-19']],
    ['well known', ['A well-known disease called COVID-19']],
    ['"known well"', []],
  ])('%s', async (text, expected) => {
    expect(await found(text, { languages: ['en'], fallback: 'NONE' })).toEqual(expected);
  });
});

describe('in every language', () => {
  it.each([
    ['election', ['Elections in Lebanon', ...VOTES]],
    // A text that repeats a word is about it; one that has it once is not.
    ['Alep or Aleppo', ['La chute de Palmyre', 'US-led strikes and the Gaza/Israel border']],
  ])('%s', async (text, expected) => {
    expect(await found(text)).toEqual(expected);
  });

  it('with one language asked for, the others stand in where it is not published', async () => {
    expect(await found('election', { languages: ['en'] })).toEqual(['Elections in Lebanon', ...VOTES]);
    expect(await found('election', { languages: ['de'], fallback: 'NONE' })).toEqual([]);
  });
});

describe('a name that is written otherwise', () => {
  const spelled = async (text: string, rest = '') => {
    const { data } = await server.query(
      `query ($text: String!) { search(text: $text ${rest}) {
        correctedText totalCount edges { cursor node { text { headline } } matches { snippet } } } }`,
      { text },
    );
    return data.search as { correctedText: string | null; totalCount: number; edges: { cursor: string }[] };
  };

  it.each([
    ['Palmira', 'Palmyra', 'The liberation of Palmyra'],
    ['the liberation of Palmira', 'the liberation of Palmyra', 'The liberation of Palmyra'],
    ['"liberation of Palmira"', '"liberation of Palmyra"', 'The liberation of Palmyra'],
    ['Palmrya', 'Palmyra', 'The liberation of Palmyra'],
    ['Siohban', 'Siobhán', 'The liberation of Palmyra'],
    ['Sioban', 'Siobhán', 'The liberation of Palmyra'],
    ['élections Libann', 'élections Liban', 'Élections au Liban'],
  ])('%s: %s is searched for, and that is said', async (text, correctedText, headline) => {
    const search = await spelled(text);
    expect(search.correctedText).toBe(correctedText);
    expect(search.edges[0]).toMatchObject({ node: { text: { headline } } });
  });

  it('is corrected on every page', async () => {
    const { edges } = await spelled('Electoins', ', first: 2');
    expect(edges).toHaveLength(2);
    const next = await spelled('Electoins', `, first: 2, after: "${edges[1]?.cursor ?? ''}"`);
    expect(next).toMatchObject({ correctedText: expect.stringMatching(/^[ÉE]lections$/), edges: [{}], totalCount: 3 });
  });

  it.each(['Palmyra', 'élections Palmyra', '-Palmira', 'Qwertzuiop', 'Pal', '!!!', 'été', 'les'])(
    '%s is left as it is',
    async (text) => {
      expect(await spelled(text)).toMatchObject({ correctedText: null });
    },
  );
});
