import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { givenApproved, givenEditor, givenOriginal, setState } from '../fixtures/editors.js';
import { articleIdOf, givenArticle, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { type DeskReader, givenReader } from '../fixtures/readers-of-the-desk.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let reader: DeskReader;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  reader = await givenReader(server, 'READER');
}, 60_000);
afterAll(async () => {
  await server.close();
});

const WHOLE = `id slug kind publishedOn edition { number } publisher { name } origin { relation url source { name } }
  credits { role agent { name } } regions { label } themes { label } rights { status holder copyright { raw }
  reuseTerms { effect text { value } } notices { text { value } } } contactPoints { email } links { url }
  wrapper { language lines { role text } } evidence { path exact } corrections { note }
  text { language headline } texts { language slug headline dek isOriginal isOutdated isFallback method body(format: HTML) }`;

/** What a preview comes to: the article, or the problem. */
async function preview(articleId: string, texts: string, selection = WHOLE): Promise<any> {
  const { preview } = await reader.desk(`preview(articleId: "${articleId}", texts: [${texts}]) {
    ... on ArticlePreviewed { article { ${selection} } }
    ... on Problem { __typename code path } ... on NotApproved { state } ... on NoText { language } }`);
  return preview?.article ?? preview;
}

/** How many rows the tables of the editions have, each. */
async function rowsOfEditions(): Promise<unknown> {
  const tables = await server.database.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('edition', 'desk') order by 1`,
  );
  const counts = tables.map(({ name }) => `(select count(*)::int from ${name}) as "${name}"`).join(', ');
  return (
    await server.database.sql(`select ${counts}, (select last_value from edition.event_position) as position`)
  )[0];
}

const texts = (article: any): Record<string, string> =>
  Object.fromEntries(
    (article.texts as { language: string; headline: string }[]).map((one) => [one.language, one.headline]),
  );

describe('a preview', () => {
  it('is, to the letter, what is published next', async () => {
    const { id, articleId } = await givenOriginal(server, 'La marée');
    await givenApproved(server, id, 'en', { headline: 'The tide', body: 'A [link](https://a.example/).' });
    const before = await preview(articleId, '{ language: "en", of: APPROVED }');
    await publish(server, id, 'en');
    const asReaders = async (args: string): Promise<any> =>
      (
        await server.query(`query ($id: [ID!]!) { nodes(ids: $id ${args}) { ... on Article { ${WHOLE} } } }`, {
          id: [articleId],
        })
      ).data.nodes[0];
    // Its text is the one that was asked for; all around it is as readers get it who ask for nothing.
    const { slug, text, texts: all } = await asReaders(', languages: ["en"]');
    expect(before).toEqual({ ...(await asReaders('')), slug, text, texts: all });
    expect(before).toMatchObject({ text: { language: 'en' }, wrapper: { language: 'fr' } });
    expect(texts(before)).toEqual({ fr: 'La marée', en: 'The tide' });
    expect(before.edition.number).toBe(2);
  });

  it('leaves no trace: no row, no event, no slug, nothing in what is kept of answers', async () => {
    await givenArticle(server, { headline: 'Le naufrage', copyright: null });
    const id = await articleIdOf(server, 'Le naufrage');
    const articleId = toGlobalId('Article', id);
    const before = await rowsOfEditions();
    const asked = `{ article(slug: "le-naufrage") { id } articles { edges { node { text { headline } } } } }`;
    const publicBefore = (await server.query(asked)).data;
    for (const _ of [1, 2]) {
      const shown = await preview(articleId, '{ language: "fr", of: SAVED }');
      expect(shown).toMatchObject({ id: articleId, edition: { number: 1 }, text: { headline: 'Le naufrage' } });
      expect(await rowsOfEditions()).toEqual(before);
      expect((await server.query(asked)).data).toEqual(publicBefore);
    }
    expect((await server.query(`{ node(id: "${articleId}") { id } }`)).data).toEqual({ node: null });
    expect(JSON.stringify(publicBefore)).not.toContain('naufrage');
  });

  it('shows no text that is not published unless it is asked for, and what readers have as they have it', async () => {
    const { id, articleId } = await givenOriginal(server, 'La falaise');
    await givenRevision(server, id, 'fr', { headline: 'La falaise, brouillon' });
    await givenRevision(server, id, 'en', { headline: 'The cliff, a draft' });
    await givenRevision(server, id, 'de', { headline: 'Die Klippe, ein Entwurf' });
    expect(texts(await preview(articleId, ''))).toEqual({ fr: 'La falaise' });
    expect(texts(await preview(articleId, '{ language: "en", of: SAVED }'))).toEqual({
      fr: 'La falaise',
      en: 'The cliff, a draft',
    });
    const both = await preview(articleId, '{ language: "en", of: SAVED }, { language: "fr", of: SAVED }');
    expect(texts(both)).toEqual({ fr: 'La falaise, brouillon', en: 'The cliff, a draft' });
    const shown = await server.query(`{ node(id: "${articleId}") { ... on Article { texts { headline } } } }`);
    expect(shown.data.node.texts).toEqual([{ headline: 'La falaise' }]);
  });

  it('shows what is in hand where that is asked for, and only then', async () => {
    const { articleId } = await givenOriginal(server, 'La jetée');
    const people = await givenEditor(server);
    const { article } = await reader.desk(`article(id: "${articleId}") { translation(language: "fr") { id version } }`);
    const { id: translationId, version } = article.translation as { id: string; version: number };
    const typed = { translationId, expectedVersion: version, headline: 'La jetée, tapée', body: 'Tapé.' };
    expect(await people.do('saveWorkingText', typed)).not.toHaveProperty('code');
    expect(texts(await preview(articleId, '{ language: "fr", of: IN_HAND }'))).toEqual({ fr: 'La jetée, tapée' });
    expect(texts(await preview(articleId, '{ language: "fr", of: SAVED }'))).toEqual({ fr: 'La jetée' });
  });

  it('of what is not there, or not approved, is refused', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le môle');
    await givenRevision(server, id, 'en', { headline: 'The pier' });
    await setState(server, id, 'en', 'REVIEWED');
    const nobody = toGlobalId('Article', '00000000-0000-4000-8000-000000000000');
    const fr = '{ language: "fr", of: SAVED }';
    expect(await preview(articleId, `${fr}, { language: "en" }`)).toEqual({
      ...{ __typename: 'NotApproved', code: 'NOT_APPROVED', path: ['texts', '1'], state: 'REVIEWED' },
    });
    expect(await preview(articleId, `{ language: "it", of: IN_HAND }, ${fr}`)).toEqual({
      ...{ __typename: 'NoText', code: 'NO_TEXT', path: ['texts', '0'], language: 'it' },
    });
    await givenArticle(server, { headline: 'Le môle, jamais', copyright: null });
    const never = toGlobalId('Article', await articleIdOf(server, 'Le môle, jamais'));
    expect(await preview(never, '')).toEqual({
      ...{ __typename: 'NothingToShow', code: 'NOTHING_TO_SHOW', path: ['texts'] },
    });
    for (const args of [
      `articleId: "${articleId}", texts: [{ language: "fr" }, { language: "fr", of: SAVED }]`,
      `articleId: "${toGlobalId('Source', id)}", texts: []`,
    ]) {
      expect([args, await reader.refusal(`preview(${args}) { __typename }`)]).toEqual([args, 'BAD_USER_INPUT']);
    }
    expect(await preview(nobody, '')).toBeNull();
    expect(
      (await server.query(`{ desk { preview(articleId: "${articleId}", texts: []) { __typename } } }`)).data,
    ).toEqual({
      desk: null,
    });
  });
});
