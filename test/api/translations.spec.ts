import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fixturePath } from '../fixtures/fixtures.js';
import { givenReferences, seedTexts } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await seedTexts(
    server,
    ['translation', 'en-in-depth-report'].map((name) => readFileSync(fixturePath(name))),
  );
}, 60_000);
afterAll(async () => {
  await server.close();
});

const ARTICLE = /* GraphQL */ `
  query ($slug: String!, $languages: [LanguageTag!], $fallback: Fallback! = ORIGINAL) {
    article(slug: $slug, languages: $languages, fallback: $fallback) {
      text {
        language
        isOriginal
        isFallback
        method
      }
      origin {
        relation
        title
        language
        url
        publishedOn
      }
      credits(role: TRANSLATOR) {
        agent {
          name
        }
      }
      reports {
        scheme
        slug
        rawLabel
      }
      wrapper(language: "en") {
        lines {
          role
          text
        }
      }
      evidence(path: "origin.title") {
        exact
      }
    }
  }
`;

it('a translation is never called the original, and is served where nothing else is there', async () => {
  const { data } = await server.query(ARTICLE, {
    slug: 'le-phare-de-la-pointe',
    languages: ['en'],
  });
  expect(data.article).toMatchObject({
    text: { language: 'fr', isOriginal: false, isFallback: true, method: 'HUMAN' },
    origin: {
      relation: 'TRANSLATED',
      title: 'The Lighthouse, Lit Again',
      language: 'en',
      url: 'https://harbour-gazette.example/2016/lighthouse',
      publishedOn: '2016-03-28',
    },
    credits: [{ agent: { name: 'Jeanne Roux' } }],
    wrapper: {
      lines: expect.arrayContaining([
        {
          role: 'ORIGINAL_LINE',
          text: 'Original article in English: The Lighthouse, Lit Again, The Harbour Gazette, March 28, 2016',
        },
        { role: 'TRANSLATOR_LINE', text: 'Translated by Jeanne Roux' },
      ]) as unknown,
    },
    evidence: [{ exact: 'The Lighthouse, Lit Again' }],
  });
  const without = await server.query(ARTICLE, {
    slug: 'le-phare-de-la-pointe',
    languages: ['en'],
    fallback: 'NONE',
  });
  expect(without.data.article).toBeNull();
});

it('articles are found by their in-depth reports', async () => {
  const { data } = await server.query(/* GraphQL */ `
    {
      terms(scheme: REPORT) {
        slug
        rawLabel
        label(language: "en")
      }
      articles(filter: { report: "the-lakes" }) {
        totalCount
        edges {
          node {
            reports {
              scheme
              rawLabel
            }
            wrapper(language: "fr") {
              lines {
                role
                text
              }
            }
          }
        }
      }
    }
  `);
  expect(data).toMatchObject({
    terms: [{ slug: 'the-lakes', rawLabel: null, label: 'THE LAKES' }],
    articles: {
      totalCount: 1,
      edges: [
        {
          node: {
            reports: [{ scheme: 'REPORT', rawLabel: 'THE LAKES' }],
            wrapper: {
              lines: expect.arrayContaining([{ role: 'REPORT_LINE', text: 'Dossier : THE LAKES' }]) as unknown,
            },
          },
        },
      ],
    },
  });
});
