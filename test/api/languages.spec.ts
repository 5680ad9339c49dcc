import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const QUERY = `query ($slug: String!, $languages: [LanguageTag!], $fallback: Fallback! = ORIGINAL) {
  article(slug: $slug, languages: $languages, fallback: $fallback) {
    slug
    text { language isOriginal isFallback isOutdated headline body }
    texts { language isFallback isOriginal method }
  }
}`;
const LIST = `query ($languages: [LanguageTag!], $fallback: Fallback! = ORIGINAL) {
  articles(languages: $languages, fallback: $fallback) { totalCount edges { node { slug text { language } } } }
}`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare', publishedOn: '2 mars 2016' });
  await givenPublished(server, { headline: 'La digue', publishedOn: '1 mars 2016' });
  const id = await articleIdOf(server, 'Le phare');
  await givenRevision(server, id, 'en', { headline: 'The lighthouse', body: 'English text.' });
  await givenRevision(server, id, 'de', { headline: 'Der Leuchtturm', body: 'Deutscher Text.' });
  await publish(server, id, 'en');
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function textOf(variables: object, acceptLanguage?: string) {
  const answer = await server.query(
    QUERY,
    { slug: 'le-phare', ...variables },
    acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.article?.text as { language: string; isFallback: boolean; headline: string } | undefined;
}

describe('the language served', () => {
  it.each<[string, object, string | undefined, string, boolean]>([
    ['the publisher’s without a wish', {}, undefined, 'fr', false],
    ['the argument’s', { languages: ['en'] }, undefined, 'en', false],
    ['the header’s', {}, 'en', 'en', false],
    ['the header’s best', {}, 'fr;q=0.5, en;q=0.9', 'en', false],
    ['the argument’s before the header’s', { languages: ['fr'] }, 'en', 'fr', false],
    ['the first that there is', { languages: ['it', 'en', 'fr'] }, undefined, 'en', false],
    ['a wider one', { languages: ['en-GB'] }, undefined, 'en', false],
    ['what is meant by FR-ca', { languages: ['FR-ca'] }, undefined, 'fr', false],
    ['the original for want of a better', { languages: ['it'] }, undefined, 'fr', true],
    ['the original, the draft in German being no reader’s', { languages: ['de'] }, undefined, 'fr', true],
    ['the original for a header that asks for another', {}, 'it', 'fr', true],
    ['the publisher’s for a header that asks for anything', {}, '*', 'fr', false],
    ['the publisher’s for a header that is nonsense', {}, 'fr_CA;;q=x, !!', 'fr', false],
    ['the publisher’s for an empty list', { languages: [] }, undefined, 'fr', false],
  ])('is %s', async (_what, variables, header, language, isFallback) => {
    expect(await textOf(variables, header)).toMatchObject({ language, isFallback });
  });

  it('comes with its own slug, headline and body, under every slug of the article', async () => {
    for (const slug of ['le-phare', 'le-phare-en']) {
      const { data } = await server.query(QUERY, { slug, languages: ['en'] });
      expect(data.article).toMatchObject({
        slug: 'le-phare-en',
        text: { headline: 'The lighthouse', body: 'English text.', isOriginal: false },
        texts: [
          { language: 'fr', isOriginal: true, isFallback: false, method: null },
          { language: 'en', isOriginal: false, isFallback: false, method: 'HUMAN' },
        ],
      });
    }
  });

  it('is none other than those asked for, where no fallback is wanted', async () => {
    expect(await textOf({ languages: ['de'], fallback: 'NONE' })).toBeUndefined();
    expect(await textOf({ languages: ['it', 'en'], fallback: 'NONE' })).toMatchObject({ language: 'en' });
    expect(await textOf({ languages: ['en-GB'], fallback: 'NONE' })).toMatchObject({ language: 'en' });
    expect(await textOf({ fallback: 'NONE' })).toMatchObject({ language: 'fr' });
  });
});

describe('a list', () => {
  it('has every article with its original, or those alone that have a language', async () => {
    const list = async (variables: object) => (await server.query(LIST, { ...variables })).data.articles as unknown;
    expect(await list({ languages: ['en'] })).toEqual({
      totalCount: 2,
      edges: [
        { node: { slug: 'le-phare-en', text: { language: 'en' } } },
        { node: { slug: 'la-digue', text: { language: 'fr' } } },
      ],
    });
    expect(await list({ languages: ['en'], fallback: 'NONE' })).toEqual({
      totalCount: 1,
      edges: [{ node: { slug: 'le-phare-en', text: { language: 'en' } } }],
    });
    expect(await list({ languages: ['de'], fallback: 'NONE' })).toEqual({ totalCount: 0, edges: [] });
  });

  it('shows nothing that its articles do not open with', async () => {
    for (const languages of [['fr'], ['en'], ['de'], ['fr-CA', 'en']]) {
      for (const fallback of ['ORIGINAL', 'NONE']) {
        const { data } = await server.query(LIST, { languages, fallback });
        for (const { node } of data.articles.edges as { node: { slug: string; text: object } }[]) {
          const opened = await server.query(QUERY, { slug: node.slug, languages, fallback });
          expect(opened.data.article).toMatchObject(node);
        }
      }
    }
  });
});

describe('a regional text', () => {
  const CANADIAN = { headline: 'Le fleuve', body: 'La poudrerie est passée.' };
  beforeAll(async () => {
    await givenPublished(server, { headline: 'La rivière', publishedOn: '3 avril 2016' });
    const id = await articleIdOf(server, 'La rivière');
    await givenRevision(server, id, 'fr-CA', CANADIAN);
    await publish(server, id, 'fr-CA');
  });

  const found = async (languages: string[]) => {
    const { data } = await server.query(
      `query ($languages: [LanguageTag!]) {
         search(text: "poudrerie", languages: $languages) { edges { node { text { language } } } } }`,
      { languages },
    );
    return (data.search.edges as { node: { text: { language: string } } }[]).map((edge) => edge.node.text.language);
  };

  it('is searched where it is served', async () => {
    expect(await found(['fr-CA', 'en'])).toEqual(['fr-CA']);
    expect(await found(['fr-CA-x-quebec'])).toEqual(['fr-CA']);
    expect(await found(['en', 'fr-CA'])).toEqual(['fr-CA']);
    expect(await found(['fr'])).toEqual([]);
    expect(await found(['fr-FR', 'fr-CA'])).toEqual([]);
  });

  it('is what those get who ask for nothing, where the publisher’s language is just that', async () => {
    const listed = async () => {
      const { data } = await server.query('{ articles(fallback: NONE) { edges { node { slug text { language } } } } }');
      return (data.articles.edges as { node: { slug: string; text: { language: string } } }[]).map((edge) => edge.node);
    };
    const id = await articleIdOf(server, 'La rivière');
    await server.database.sql(`update desk.publisher set language = 'fr-CA'`);
    await publish(server, id, 'fr-CA');
    expect(await listed()).toContainEqual({ slug: 'la-riviere-fr-ca', text: { language: 'fr-CA' } });
    await server.database.sql(`update desk.publisher set language = 'en'`);
    await publish(server, id, 'fr');
    expect((await listed()).map((article) => article.slug)).not.toContain('la-riviere');
    await server.database.sql(`update desk.publisher set language = 'fr'`);
    await publish(server, id, 'fr');
  });
});

describe('what is no language tag', () => {
  it.each(['fr_CA', 'xx-!!', '', '*', 'français'])('“%s” is refused, and named', async (tag) => {
    for (const variables of [{ languages: [tag] }, { languages: ['fr', tag] }]) {
      const { data, errors, status } = await server.query(QUERY, { slug: 'le-phare', ...variables });
      expect(status).toBeLessThan(500);
      expect(data ?? null).toBeNull();
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors?.[0]?.message).toContain(JSON.stringify(tag));
    }
  });

  it('is refused as a literal too', async () => {
    const { errors } = await server.query('{ article(slug: "le-phare", languages: ["fr_CA"]) { slug } }');
    expect(errors?.[0]?.message).toContain('fr_CA');
    expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(errors?.[0]?.extensions.code);
  });

  it('so are more languages than anybody reads', async () => {
    const { errors } = await server.query(QUERY, { slug: 'x', languages: Array<string>(21).fill('fr') });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'languages' });
  });
});
