import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../support/test-server.js';

const read = (name: string) => readFileSync(new URL(`../contract/${name}`, import.meta.url), 'utf8');
const variables = JSON.parse(read('article.variables.json')) as { slug: string };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ seed: true });
}, 60_000);
afterAll(async () => {
  await server.close();
});

describe('the queries that front ends send as they stand', () => {
  it('article.graphql is answered to the letter', async () => {
    const answer = await server.query(read('article.graphql'), variables);
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify({ data: answer.data as unknown })).toBe(
      JSON.stringify(JSON.parse(read('article.expected.json'))),
    );
  });

  it('wrapper-in-english.graphql is answered in English', async () => {
    const answer = await server.query(read('wrapper-in-english.graphql'), { slug: variables.slug });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      article: {
        wrapper: {
          language: 'en',
          lines: [
            { role: 'BYLINE', text: 'By South Front' },
            { role: 'DATELINE', text: 'Mondialisation.ca, March 30, 2016' },
            { role: 'ORIGIN_LINE', text: expect.stringMatching(/^South Front,? March 28, 2016$/) as unknown },
            { role: 'REGION_LINE', text: 'Region: Middle East & North Africa' },
            { role: 'THEME_LINE', text: 'Theme: Terrorism' },
            { role: 'SOURCE_STATEMENT', text: 'The original source of this article is South Front' },
            { role: 'COPYRIGHT_LINE', text: 'Copyright © South Front, South Front, 2016' },
            { role: 'CREDITS_LINE', text: 'Articles by: South Front' },
          ],
        },
      },
    });
  });

  it('front-page.graphql lists the article', async () => {
    const answer = await server.query(read('front-page.graphql'), {
      first: 10,
      filter: { region: 'middle-east-and-north-africa', theme: 'terrorism' },
      languages: ['fr'],
    });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      articles: {
        totalCount: 1,
        edges: [
          {
            node: {
              slug: variables.slug,
              publishedOn: '2016-03-30',
              text: { language: 'en', isFallback: true },
              publisher: { name: 'Mondialisation.ca' },
              origin: { source: { name: 'South Front' } },
              credits: [{ role: 'AUTHOR', agent: { name: 'South Front' } }],
              themes: [{ label: 'Terrorisme' }],
            },
          },
        ],
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
      },
    });
  });

  it('search.graphql finds the article', async () => {
    const answer = await server.query(read('search.graphql'), { text: 'liberated palmyra', first: 5 });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      search: { totalCount: 1, edges: [{ node: { slug: variables.slug } }], pageInfo: { hasNextPage: false } },
    });
    expect(JSON.stringify(answer.data)).toContain('<mark>');
  });
});
