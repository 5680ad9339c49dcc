import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { toGlobalId } from '../../src/common/global-id.js';
import { askAs, givenAccount, givenSession } from '../fixtures/accounts.js';
import { type Editor, givenApproved, givenEditor, givenOriginal } from '../fixtures/editors.js';
import { articleIdOf, givenArticle, givenReferences } from '../fixtures/given.js';
import { type DeskReader, givenReader, nodesOf, type Row } from '../fixtures/readers-of-the-desk.js';
import { statementsOf } from '../fixtures/statements.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let reader: DeskReader;
let editor: Editor;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  reader = await givenReader(server, 'READER');
  editor = await givenEditor(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});

const namesIn = (list: unknown): string[] => nodesOf(list).map(({ name }) => String(name));

describe('the list of colleagues', () => {
  const colleagues = async (args: string): Promise<string[]> =>
    namesIn((await reader.desk(`colleagues(${args}) { edges { node { name } } }`)).colleagues);

  it('has everybody by name, and who may do something in a language, for all who read the desk', async () => {
    const translator = (name: string, ...languages: string[]) =>
      givenAccount(server, { name, roles: [{ role: 'TRANSLATOR', languages }] });
    const anna = await translator('Colette Anna', 'fr', 'de');
    await translator('Colette Berta', 'pt');
    await givenAccount(server, { name: 'Colette Carla', roles: [{ role: 'CONTRIBUTOR', languages: [] }] });
    const gone = await translator('Colette Dora', 'fr');
    await givenAccount(server, { name: 'Colette Edda', roles: [{ role: 'EDITOR', languages: [] }] });
    await server.database.sql('update account.account set disabled_at = now() where id = $1', [gone.id]);

    const of = (more: string) => colleagues(`search: "colette", ${more}`);
    const all = ['Colette Anna', 'Colette Berta', 'Colette Carla', 'Colette Dora', 'Colette Edda'];
    expect(await of('first: 9')).toEqual(all);
    expect(await of('mayDo: "translation.edit", language: "fr"')).toEqual(['Colette Anna', 'Colette Edda']);
    expect(await of('mayDo: "translation.edit", language: "pt-BR"')).toEqual(['Colette Berta', 'Colette Edda']);
    expect(await of('mayDo: "translation.edit", language: "p"').catch(() => 'refused')).toBe('refused');
    expect(await of('mayDo: "translation.edit"')).toEqual(['Colette Anna', 'Colette Berta', 'Colette Edda']);
    expect(await of('mayDo: "article.edit", language: "fr"')).toEqual(['Colette Carla', 'Colette Edda']);
    const { colleagues: page } = await reader.desk(
      'colleagues(first: 1, search: "colette") { edges { cursor node { id isDisabled } } }',
    );
    const after = page.edges[0].cursor as string;
    expect(page.edges[0].node).toEqual({ id: toGlobalId('Account', anna.id), isDisabled: false });
    expect(await of(`first: 2, after: "${after}"`)).toEqual(['Colette Berta', 'Colette Carla']);
    expect(await of(`last: 2`)).toEqual(['Colette Dora', 'Colette Edda']);
    for (const args of [`after: "${after}"`, 'language: "fr"', 'mayDo: "translate"', 'search: " "']) {
      expect([args, await reader.refusal(`colleagues(${args}) { edges { cursor } }`)]).toEqual([
        args,
        'BAD_USER_INPUT',
      ]);
    }
  });

  it('leads to one whom a text can be assigned to', async () => {
    await givenAccount(server, { name: 'Dalia Daher', roles: [{ role: 'TRANSLATOR', languages: ['es'] }] });
    const { articleId } = await givenOriginal(server, 'À traduire');
    const { colleagues: found } = await reader.desk(
      'colleagues(mayDo: "translation.edit", language: "es", search: "dalia") { edges { node { id } } }',
    );
    const input = { articleId, language: 'es', assigneeId: nodesOf(found)[0]?.id as string };
    expect(await editor.do('assignTranslation', input)).toMatchObject({ __typename: 'TranslationAssigned' });
  });
});

describe('what an article is written with', () => {
  it('is enough for the first article of a publisher', async () => {
    const { publishers } = await reader.desk('publishers { id slug name language pageLanguages }');
    expect((publishers as Row[]).map(({ slug, pageLanguages }): unknown[] => [slug, pageLanguages])).toEqual([
      ['global-research', ['en', 'fr']],
      ['mondialisation-ca', ['en', 'fr']],
    ]);
    const input = {
      ...{ publisherId: publishers[0].id as string, language: 'en', kind: 'ARTICLE', publishedOn: '2016' },
      ...{ headline: 'The first one', body: 'A text.', origin: { relation: 'OWN' } },
    };
    expect(await editor.do('createArticle', input)).toMatchObject({ __typename: 'ArticleCreated' });
  });

  it('has the sources, terms and names of drafts, which the public never gets', async () => {
    await givenArticle(server, { headline: 'Un brouillon', source: 'Quellwasser 100%', copyright: null });
    const found = async (list: string, selection: string) =>
      nodesOf((await reader.desk(`found: ${list} { edges { node { ${selection} } } }`)).found);
    expect(await found('sources(search: "WASSER 100%")', 'name slug')).toEqual([
      { name: 'Quellwasser 100%', slug: 'quellwasser-100' },
    ]);
    expect(await found('sources(search: "W_sser")', 'name')).toEqual([]);
    expect(await found('agents(search: "morel")', 'name kind')).toMatchObject([{ name: 'Anne Morel' }]);
    expect(await found('terms(scheme: THEME, search: "TERRORISME", languages: "fr")', 'slug label')).toContainEqual({
      ...{ slug: 'terrorism', label: 'Terrorisme' },
    });
    const all = await found('sources(first: 100)', 'name');
    const firstOf = async (args: string) =>
      (await reader.desk(`sources(${args}) { edges { node { name } } pageInfo { endCursor startCursor hasNextPage } }`))
        .sources as Row;
    const first = await firstOf('first: 2');
    const next = await firstOf(`first: 2, after: "${String(first.pageInfo.endCursor)}"`);
    expect([...namesIn(first), ...namesIn(next)]).toEqual(all.slice(0, 4).map(({ name }) => name as string));
    expect(namesIn(await firstOf(`last: 2, before: "${String(next.pageInfo.startCursor)}"`))).toEqual(namesIn(first));
    const { data } = await server.query(
      '{ desk { sources { edges { cursor } } } sources { edges { node { name } } } }',
    );
    expect(data).toMatchObject({ desk: null });
    expect(namesIn(data.sources)).not.toContain('Quellwasser 100%');
  });
});

describe('a cursor of the desk', () => {
  it('is of one filter alone', async () => {
    const id = await givenUncredited('Sans auteur');
    const articleId = toGlobalId('Article', id);
    const anna = await givenAccount(server, { name: 'Anna', roles: [{ role: 'TRANSLATOR', languages: ['it'] }] });
    const assigneeId = toGlobalId('Account', anna.id);
    await editor.do('assignTranslation', { articleId, language: 'it', assigneeId });
    await editor.do('addNote', { articleId, body: 'A note.' });
    const admin = await givenReader(server, 'ADMIN');
    for (const [list, filter, other] of [
      ['findings', 'severity: ERROR', 'severity: WARNING'],
      ['assignments', 'language: "it"', 'language: "es"'],
      ['notes', 'isResolved: false', 'isResolved: true'],
      ['auditTrail', 'operation: "note.write"', 'operation: "text.save"'],
    ] as const) {
      const { page } = await admin.desk(`page: ${list}(filter: { ${filter} }) { pageInfo { startCursor } }`);
      const cursor = page.pageInfo.startCursor as string;
      expect([list, typeof cursor]).toEqual([list, 'string']);
      const asked = (one: string) => `${list}(after: "${cursor}", filter: { ${one} }) { edges { cursor } }`;
      expect([list, await admin.refusal(asked(filter))]).toEqual([list, undefined]);
      expect([list, await admin.refusal(asked(other))]).toEqual([list, 'BAD_USER_INPUT']);
      expect([list, await admin.refusal(`${list}(after: "${cursor}") { edges { cursor } }`)]).toEqual([
        ...[list, 'BAD_USER_INPUT'],
      ]);
    }
  });
});

/** An article that has something remarkable. */
async function givenUncredited(headline: string): Promise<string> {
  await givenArticle(server, { headline, copyright: null });
  return articleIdOf(server, headline);
}

describe('what publishing tells', () => {
  const ABOUT = 'article { id translations { headline } } translation { headline language }';

  it('leads to the article and the text, as many as there are by the same statements', async () => {
    for (const headline of ['Premier', 'Second']) {
      const { id, articleId } = await givenOriginal(server, headline);
      await givenApproved(server, id, 'de', { headline: `${headline} de` });
      const at = { at: '2044-07-14T08:00', timeZone: 'Europe/Paris' };
      await editor.do('schedulePublication', { articleId, language: 'de', expectedRevision: 1, ...at });
      await givenUncredited(`${headline} sans droits`);
    }
    const { schedules } = await reader.desk(`schedules { edges { node { ${ABOUT} scheduledByColleague { name } } } }`);
    expect(nodesOf(schedules).map(({ translation }) => translation as Row)).toEqual(
      expect.arrayContaining([
        { headline: 'Premier de', language: 'de' },
        { headline: 'Second de', language: 'de' },
      ]),
    );
    expect(nodesOf(schedules)[0]).toMatchObject({ scheduledByColleague: { name: 'Edda Editor' } });
    const { findings } = await reader.desk(`findings(first: 50) { edges { node { articleId code ${ABOUT} } } }`);
    expect(nodesOf(findings).length).toBeGreaterThan(2);
    for (const { articleId, article } of nodesOf(findings)) expect((article as Row).id).toBe(articleId);
    const ask = (list: string, first: number) =>
      statementsOf(server, () =>
        reader.desk(`${list}(first: ${first}) { edges { node { article { translations { headline } } } } }`),
      );
    for (const list of ['schedules', 'findings']) {
      const [one, two] = [await ask(list, 1), await ask(list, 2)];
      expect([list, two.statements.length]).toEqual([list, one.statements.length]);
    }
  });

  it('tells of a publication how the article stands after it', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le lac');
    for (const language of ['de', 'en']) await givenApproved(server, id, language, { headline: `Lac ${language}` });
    const person = await givenAccount(server, { name: 'Paula', roles: [{ role: 'EDITOR', languages: [] }] });
    const { data, errors } = await askAs(
      server,
      await givenSession(server, person),
      `mutation ($input: PublishTranslationsInput!) { publishTranslations(input: $input) { results {
        ... on TranslationPublished { article { id edition { languages } } translation { headline state } } } } }`,
      { input: { translations: ['de', 'en'].map((language) => ({ articleId, language, expectedRevision: 1 })) } },
    );
    expect(errors).toBeUndefined();
    const article = { id: articleId, edition: { languages: ['fr', 'de', 'en'] } };
    expect(data.publishTranslations.results).toEqual([
      { article, translation: { headline: 'Lac de', state: 'PUBLISHED' } },
      { article, translation: { headline: 'Lac en', state: 'PUBLISHED' } },
    ]);
  });

  it('tells whose account has made and changed a text, beside the name of then', async () => {
    const { id, articleId } = await givenOriginal(server, 'Qui écrit');
    const person = await givenAccount(server, { name: 'Then Named', roles: [{ role: 'EDITOR', languages: [] }] });
    const secret = await givenSession(server, person);
    const { article: begun } = await reader.desk(
      `article(id: "${articleId}") { translation(language: "fr") { revision { id } } }`,
    );
    const { data, errors } = await askAs(
      server,
      secret,
      `mutation ($input: StartTranslationInput!) { startTranslation(input: $input) { __typename
        ... on TranslationStarted { translation { id version } } } }`,
      {
        input: {
          sourceRevisionId: begun.translation.revision.id as string,
          language: 'de',
          headline: 'Wer schreibt',
          body: 'Text.',
        },
      },
    );
    expect(errors).toBeUndefined();
    expect(data.startTranslation).toMatchObject({ __typename: 'TranslationStarted' });
    await server.app.get(DataSource).query(`update account.account set name = 'Now Named' where id = $1`, [person.id]);
    const { article } = await reader.desk(
      `article(id: "${toGlobalId('Article', id)}") { translations { language changedBy changedByColleague { id name }
        revision { madeBy madeByColleague { id } } } }`,
    );
    expect(article.translations).toMatchObject([
      { language: 'fr', changedBy: null, changedByColleague: null, revision: { madeBy: null, madeByColleague: null } },
      {
        ...{ language: 'de', changedBy: 'Then Named' },
        changedByColleague: { id: toGlobalId('Account', person.id), name: 'Now Named' },
        revision: { madeBy: 'Then Named', madeByColleague: { id: toGlobalId('Account', person.id) } },
      },
    ]);
  });
});
