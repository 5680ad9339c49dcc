import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ImportsService } from '../../src/imports/imports.service.js';
import { givenReferences, givenRevision, seedTexts } from '../fixtures/given.js';
import { askAs, givenAccount, givenSession } from '../fixtures/accounts.js';
import {
  type Editor,
  givenApproved,
  givenEditor,
  givenOriginal,
  givenTranslated,
  readersHave,
  setState,
} from '../fixtures/editors.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Editor;
let id: string;
let articleId: string;
let headline: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenEditor(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});
beforeEach(async () => {
  headline = `Une langue ${++count}`;
  ({ id, articleId } = await givenOriginal(server, headline));
});

const publishIt = (language: string, expectedRevision: number) =>
  editor.do('publishTranslation', { articleId, language, expectedRevision });

describe('publishing one language', () => {
  it('neither publishes nor blocks the others (payloadcms/payload#7211, #14672, strapi/strapi#24298)', async () => {
    await givenApproved(server, id, 'en', { headline: 'English' });
    // French has a newer text that nobody has approved, and something that blocks French alone.
    await givenRevision(server, id, 'fr', { headline: 'Français, pas encore' });
    await setState(server, id, 'fr', 'DRAFT');
    await server.database.sql(
      `insert into desk.finding (article_id, position, code, severity, language, path, message)
       values ($1, 90, 'TEXT_LANGUAGE_UNKNOWN', 'ERROR', 'fr', 'text.language', 'Which language is it?')`,
      [id],
    );
    expect(await publishIt('en', 1)).toMatchObject({ __typename: 'TranslationPublished', edition: 2, isNew: true });
    expect(await readersHave(server, articleId)).toEqual({ fr: headline, en: 'English' });
    const states = await server.database.sql(
      'select language, state from desk.translation where article_id = $1 order by language',
      [id],
    );
    expect(states).toEqual([
      { language: 'en', state: 'PUBLISHED' },
      { language: 'fr', state: 'DRAFT' },
    ]);
    expect(await publishIt('fr', 2)).toMatchObject({ code: 'NOT_APPROVED', state: 'DRAFT' });
    await setState(server, id, 'fr', 'APPROVED');
    expect(await publishIt('fr', 2)).toMatchObject({ code: 'BLOCKED_BY_FINDINGS' });
    expect(await readersHave(server, articleId)).toEqual({ fr: headline, en: 'English' });
  });

  it('is one transaction of under 15 statements, with its audit entry', async () => {
    await givenTranslated(server, id, 'en', 'English');
    await givenApproved(server, id, 'en', { headline: 'English, anew' });
    const statements: string[] = [];
    const source = server.app.get(DataSource);
    const logger = source.logger;
    // TypeORM tells its logger of every statement, `START TRANSACTION` and `COMMIT` too.
    source.logger = { ...silent, logQuery: (query) => void statements.push(query) };
    try {
      expect(await publishIt('en', 2)).toMatchObject({ edition: 3, isNew: true });
    } finally {
      source.logger = logger;
    }
    const begin = statements.findIndex((statement) => statement.startsWith('START'));
    const whole = statements.slice(begin);
    expect(whole.at(-1)).toBe('COMMIT');
    expect(whole.filter((statement) => statement === 'COMMIT')).toHaveLength(1);
    expect(whole.length).toBeLessThan(15);
    expect(whole.some((statement) => statement.includes('insert into audit.entry'))).toBe(true);
  });

  it('is told in the audit trail: who, which language, before and after', async () => {
    await givenApproved(server, id, 'en', { headline: 'English' });
    await editor.do('publishTranslation', { articleId, language: 'en', expectedRevision: 1, reason: 'It is ready' });
    const entries = await server.database.sql(
      'select * from audit.entry where object_id = $1 and account_id is not null',
      [id],
    );
    expect(entries).toMatchObject([
      {
        operation: 'article.publish',
        language: 'en',
        actor_kind: 'ACCOUNT',
        before: { edition: 1, languages: ['fr'] },
        after: { edition: 2, revision: 1 },
        reason: 'It is ready',
      },
    ]);
    expect(entries[0]?.actor_name).toContain('Edda Editor');
  });

  it('twice at once issues one edition', async () => {
    await givenApproved(server, id, 'en', { headline: 'English' });
    const results = await Promise.all(Array.from({ length: 5 }, () => publishIt('en', 1)));
    expect(results.map(({ edition }) => edition as number)).toEqual([2, 2, 2, 2, 2]);
    expect(results.filter(({ isNew }) => isNew === true)).toHaveLength(1);
    expect(
      await server.database.sql('select 1 from audit.entry where object_id = $1 and account_id is not null', [id]),
    ).toHaveLength(1);
  });

  it('is not done with a text that somebody has written meanwhile', async () => {
    await givenApproved(server, id, 'en', { headline: 'English' });
    await givenApproved(server, id, 'en', { headline: 'English, later' });
    expect(await publishIt('en', 1)).toMatchObject({ code: 'REVISION_CONFLICT', revision: 2 });
    expect(await readersHave(server, articleId)).toEqual({ fr: headline });
  });

  it.each([
    ['an article that is none', { articleId: 'QXJ0aWNsZTp4', language: 'en' }, 'NOT_FOUND'],
    ['a language that nobody has written', { language: 'de' }, 'NOT_FOUND'],
    ['a reason without words', { language: 'fr', reason: '  ' }, 'INVALID_VALUE'],
    ['a reason that is too long', { language: 'fr', reason: 'é'.repeat(2_001) }, 'INVALID_VALUE'],
  ])('of %s is refused', async (_what, input, code) => {
    expect(await editor.do('publishTranslation', { articleId, expectedRevision: 1, ...input })).toMatchObject({ code });
  });

  it('of many texts has a result for each, and none waits for another', async () => {
    await givenApproved(server, id, 'en', { headline: 'English' });
    await givenRevision(server, id, 'de', { headline: 'Deutsch' });
    await setState(server, id, 'de', 'TRANSLATED');
    const other = await givenOriginal(server, `Une autre ${count}`);
    const document = `mutation ($input: PublishTranslationsInput!) {
      publishTranslations(input: $input) { results { __typename ... on Problem { code } ... on TranslationPublished { edition isNew } } } }`;
    const person = await givenAccount(server, { roles: [{ role: 'EDITOR', languages: [] }] });
    const { data } = await askAs(server, await givenSession(server, person), document, {
      input: {
        translations: [
          { articleId, language: 'de', expectedRevision: 1 },
          { articleId, language: 'en', expectedRevision: 1 },
          { articleId: other.articleId, language: 'fr', expectedRevision: 1 },
          { articleId: 'nonsense', language: 'fr', expectedRevision: 1 },
        ],
      },
    });
    expect(data.publishTranslations.results).toEqual([
      { __typename: 'NotApproved', code: 'NOT_APPROVED' },
      { __typename: 'TranslationPublished', edition: 2, isNew: true },
      { __typename: 'TranslationPublished', edition: 1, isNew: false },
      { __typename: 'NotFound', code: 'NOT_FOUND' },
    ]);
  });

  it('tells what was published before and after a fault, and where that was', async () => {
    const others = await Promise.all([0, 1].map((n) => givenOriginal(server, `Une panne ${count}-${n}`)));
    const person = await givenAccount(server, { roles: [{ role: 'EDITOR', languages: [] }] });
    const [broken, last] = others;
    if (broken === undefined || last === undefined) throw new Error('nothing is there');
    for (const one of [broken, last]) await givenApproved(server, one.id, 'de', { headline: `Panne ${one.id}` });
    await server.database.sql(`create function desk.fail() returns trigger language plpgsql as
      $$ begin raise 'a fault of ours'; end $$`);
    await server.database.sql(`create trigger fail before insert on edition.edition for each row
      when (new.article_id = '${broken.id}') execute function desk.fail()`);
    const document = `mutation ($input: PublishTranslationsInput!) {
      publishTranslations(input: $input) { results { __typename ... on TranslationPublished { isNew } } } }`;
    const translations = others.map((one) => ({ articleId: one.articleId, language: 'de', expectedRevision: 1 }));
    const { data, errors } = await askAs(server, await givenSession(server, person), document, {
      input: { translations },
    });
    await server.database.sql('drop trigger fail on edition.edition');
    expect(data.publishTranslations.results).toEqual([null, { __typename: 'TranslationPublished', isNew: true }]);
    expect(errors).toMatchObject([
      { path: ['publishTranslations', 'results', 0], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });
});

describe('unpublishing one language', () => {
  it('tells what is scheduled of it still, which gives it to readers again unless it is called off', async () => {
    const at = { at: '2044-07-14T08:00', timeZone: 'UTC' };
    await editor.do('schedulePublication', { articleId, language: 'fr', expectedRevision: 1, ...at });
    expect(await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 1 })).toMatchObject({
      schedule: { version: 1, dueAt: '2044-07-14T08:00:00.000Z', revision: 1 },
    });
    expect(await editor.do('cancelPublication', { articleId, language: 'fr', expectedVersion: 1 })).toMatchObject({
      __typename: 'PublicationCancelled',
    });
  });

  it('leaves the others exactly as readers have them', async () => {
    await givenTranslated(server, id, 'en', 'English');
    await givenApproved(server, id, 'en', { headline: 'English, which waits' });
    await setState(server, id, 'fr', 'PUBLISHED');
    expect(await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 2 })).toMatchObject({
      edition: 3,
    });
    expect(await readersHave(server, articleId)).toEqual({ en: 'English' });
    const [{ state } = {}] = await server.database.sql(
      `select state from desk.translation where article_id = $1 and language = 'fr'`,
      [id],
    );
    expect(state).toBe('APPROVED');
  });

  it('of the last one takes the article from readers, without a word', async () => {
    const { data } = await server.query('query ($id: ID!) { node(id: $id) { ... on Article { slug } } }', {
      id: articleId,
    });
    const { slug } = data.node as { slug: string };
    expect(await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 1 })).toMatchObject({
      edition: null,
    });
    const asked = await server.query(
      'query ($id: ID!, $slug: String!) { node(id: $id) { id } article(slug: $slug) { id } withdrawn(slug: $slug) { id } }',
      { id: articleId, slug },
    );
    expect(asked.data).toEqual({ node: null, article: null, withdrawn: null });
  });

  it('does not come back with another language', async () => {
    await givenTranslated(server, id, 'en', 'English');
    await editor.do('unpublishTranslation', { articleId, language: 'en', expectedEdition: 2 });
    await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 3 });
    await givenApproved(server, id, 'de', { headline: 'Deutsch' });
    expect(await publishIt('de', 1)).toMatchObject({ isNew: true });
    expect(await readersHave(server, articleId)).toEqual({ de: 'Deutsch' });
    // A person gives it back, and nobody else does.
    expect(await publishIt('fr', 1)).toMatchObject({ isNew: true });
    expect(await readersHave(server, articleId)).toEqual({ de: 'Deutsch', fr: headline });
  });

  it('is never undone by an import', async () => {
    await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 1 });
    const [again] = await seedTexts(server, [page({ headline, body: ['Le document dit maintenant autre chose.'] })], {
      isPublishing: true,
    });
    expect(again).toMatchObject({ publication: { outcome: 'withheld' } });
    expect(await readersHave(server, articleId)).toEqual({});
  });

  it('keeps the import that brought the article from being taken back', async () => {
    await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 1 });
    const runs = await server.database.sql<{ number: number }>('select max(number) as number from desk.import_run');
    expect(await server.app.get(ImportsService).undo(runs[0]?.number ?? 0, false)).toMatchObject({
      isDone: false,
      builtUpon: [{ articleId: id, reasons: ['decided upon at the desk'] }],
    });
  });

  it('of what readers do not have, or of another edition, is refused', async () => {
    expect(await editor.do('unpublishTranslation', { articleId, language: 'en', expectedEdition: 1 })).toMatchObject({
      code: 'NOT_PUBLISHED',
    });
    expect(await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 7 })).toMatchObject({
      code: 'EDITION_CONFLICT',
      lastEdition: 1,
    });
    expect(await readersHave(server, articleId)).toEqual({ fr: headline });
  });
});

const silent = {
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
