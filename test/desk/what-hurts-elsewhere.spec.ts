import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobQueue } from '../../src/publishing/job-queue.js';
import { SchedulesService } from '../../src/publishing/schedules.service.js';
import { readersHave } from '../fixtures/editors.js';
import { givenReferences } from '../fixtures/given.js';
import { nodesOf } from '../fixtures/readers-of-the-desk.js';
import {
  approve,
  at,
  givenTranslated,
  type GivenText,
  givenWriter,
  givenWritten,
  textOf,
  type Writer,
} from '../fixtures/writers.js';
import { eventually } from '../support/server-process.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

// The other pains have their tests beside their subjects: docs/reliability.md says where.

let server: TestServer;
let editor: Writer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenWriter(server);
  await server.app.get(JobQueue).ready({ pollMs: 100, expireSeconds: 5, retrySeconds: 1 });
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function publish(articleId: string, language: string, expectedRevision: number): Promise<void> {
  const published = await editor.do('publishTranslation', { articleId, language, expectedRevision });
  expect(published).toMatchObject({ __typename: 'TranslationPublished' });
}

/** An article whose French original readers have, with approved translations. */
async function givenLanguages(
  ...languages: string[]
): Promise<{ articleId: string; original: GivenText; texts: GivenText[] }> {
  const { articleId, original } = await givenWritten(server, editor);
  const french = await approve(editor, original, true);
  await publish(articleId, 'fr', 1);
  const texts: GivenText[] = [];
  for (const language of languages) {
    texts.push(await approve(editor, await givenTranslated(editor, french, language), false));
  }
  return { articleId, original: french, texts };
}

const languagesOf = async (articleId: string): Promise<string[]> =>
  Object.keys(await readersHave(server, articleId)).sort();

async function statesOf(articleId: string): Promise<Record<string, string>> {
  const { article } = await editor.desk(`article(id: "${articleId}") { translations { language state } }`);
  const texts = (article as { translations: { language: string; state: string }[] }).translations;
  return Object.fromEntries(texts.map(({ language, state }) => [language, state]));
}

describe('what hurts elsewhere', () => {
  it('scheduled jobs keep their language: each publishes its own, when it is due, and no other', async () => {
    const { articleId } = await givenLanguages('en', 'de');
    const later = (language: string, moment: string) =>
      editor.do('schedulePublication', { articleId, language, expectedRevision: 1, at: moment, timeZone: 'UTC' });
    const [{ soon } = { soon: '' }] = await server.database.sql<{ soon: string }>(
      `select to_char((now() + interval '2 s') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS') as soon`,
    );
    expect(await later('de', '2044-07-14T08:00')).toMatchObject({ __typename: 'PublicationScheduled' });
    expect(await later('en', soon)).toMatchObject({ __typename: 'PublicationScheduled' });
    server.app.get(SchedulesService).begin({ pollMs: 100, expireSeconds: 5, retrySeconds: 1 });
    await eventually(async () => (await languagesOf(articleId)).includes('en'), 'English is published');
    expect(await languagesOf(articleId)).toEqual(['en', 'fr']);
    expect(await statesOf(articleId)).toEqual({ fr: 'PUBLISHED', en: 'PUBLISHED', de: 'APPROVED' });
    const { schedules } = await editor.desk('schedules(first: 100) { edges { node { articleId language problem } } }');
    const left = nodesOf(schedules).filter((one) => one.articleId === articleId);
    expect(left).toEqual([{ articleId, language: 'de', problem: null }]);
    const entries = await server.database.sql(
      `select language from audit.entry where operation = 'article.publish' and after ->> 'edition' is not null
       and object_id = (select article_id::text from desk.publication_schedule where language = 'de')`,
    );
    expect(entries).toEqual([{ language: 'fr' }, { language: 'en' }]);
  }, 30_000);

  it('a translation is known to be out of date without anybody pressing a button: at the desk by saving, to readers by publishing', async () => {
    const { articleId, original, texts } = await givenLanguages('en');
    await publish(articleId, 'en', 1);
    const outdated = async (): Promise<unknown> => {
      const { translations } = await editor.desk(
        'translations(outdated: true, language: "en", first: 100) { edges { node { id outdatedPassages } } }',
      );
      return nodesOf(translations).filter(({ id }) => id === texts[0]?.translationId);
    };
    const readersAreTold = async (): Promise<unknown> => {
      const { data } = await server.query(
        'query ($id: ID!) { node(id: $id) { ... on Article { texts { language isOutdated } } } }',
        { id: articleId },
      );
      return data.node.texts;
    };
    expect(await outdated()).toEqual([]);
    const body = 'Le port a rouvert hier.\n\nLes grues tournent.\n\nDeux navires attendent.';
    const typed = textOf(await editor.do('saveWorkingText', { ...at(original), body }));
    // What somebody is typing is nobody’s source yet.
    expect(await outdated()).toEqual([]);
    const saved = textOf(await editor.do('saveRevision', { ...at(typed), reason: 'Since yesterday' }));
    expect(await outdated()).toEqual([{ id: texts[0]?.translationId, outdatedPassages: 1 }]);
    expect(await readersAreTold()).toEqual([
      { language: 'fr', isOutdated: false },
      { language: 'en', isOutdated: false },
    ]);
    await approve(editor, saved, true);
    await publish(articleId, 'fr', 2);
    expect(await readersAreTold()).toEqual([
      { language: 'fr', isOutdated: false },
      { language: 'en', isOutdated: true },
    ]);
    // Nor does its state say so: it is as published as it was.
    expect(await statesOf(articleId)).toMatchObject({ en: 'PUBLISHED' });
  });

  it('a detail that all languages share flips no sibling’s status, edited and published with one of them', async () => {
    const { articleId } = await givenLanguages('en', 'de');
    await publish(articleId, 'en', 1);
    const before = await readersHave(server, articleId);
    const edited = await editor.do('editArticle', { articleId, expectedVersion: 1, kind: 'INTERVIEW' });
    expect(edited).toMatchObject({ __typename: 'ArticleEdited' });
    expect(await statesOf(articleId)).toEqual({ fr: 'PUBLISHED', en: 'PUBLISHED', de: 'APPROVED' });
    await publish(articleId, 'de', 1);
    const after = await readersHave(server, articleId);
    expect(after).toEqual({ ...before, de: after.de });
    expect(await statesOf(articleId)).toEqual({ fr: 'PUBLISHED', en: 'PUBLISHED', de: 'PUBLISHED' });
  });

  it('a restore publishes nothing, not even where its text is scheduled', async () => {
    const { articleId, texts } = await givenLanguages('en');
    const [english] = texts;
    if (english === undefined) throw new Error('there is no English text');
    const newer = textOf(await editor.do('saveRevision', { ...at(english), headline: 'Anew', reason: 'Anew' }));
    const approved = await approve(editor, newer, false);
    const when = { at: '2044-07-14T08:00', timeZone: 'UTC' };
    await editor.do('schedulePublication', { articleId, language: 'en', expectedRevision: 2, ...when });
    const restored = await editor.do('restoreRevision', { ...at(approved), revisionId: english.revisionId });
    expect(restored).toMatchObject({
      __typename: 'RevisionRestored',
      translation: { state: 'APPROVED', isUnsaved: true, isPublished: false },
    });
    await server.database.sql(
      `update desk.publication_schedule set due_at = now() - interval '1 s' where language = 'en'`,
    );
    expect(await server.app.get(SchedulesService).runDue()).toMatchObject([{ outcome: 'PUBLISHED' }]);
    // What was approved, not what was put in hand since.
    expect(await readersHave(server, articleId)).toMatchObject({ en: 'Anew' });
  });
});
