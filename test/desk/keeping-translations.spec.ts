import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fromGlobalId } from '../../src/common/global-id.js';
import { givenReferences } from '../fixtures/given.js';
import {
  approve,
  at,
  BODY,
  type GivenText,
  givenTranslated,
  givenWriter,
  givenWritten,
  textOf,
  type Writer,
} from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Writer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenWriter(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** Which languages readers are told are out of date, and which the desk is told are. */
async function outdated(articleId: string): Promise<{ readers: string[]; desk: string[] }> {
  const { data } = await server.query(
    'query ($id: ID!) { node(id: $id) { ... on Article { texts { language isOutdated } } } }',
    { id: articleId },
  );
  const told = data.node.texts as { language: string; isOutdated: boolean }[];
  const rows = await server.database.sql<{ language: string }>(
    'select language from desk.outdated_text where article_id = $1 order by language desc',
    [fromGlobalId(articleId)?.id],
  );
  return {
    readers: told
      .flatMap(({ language, isOutdated }) => (isOutdated ? [language] : []))
      .sort()
      .reverse(),
    desk: rows.map(({ language }) => language),
  };
}

const now = async ({ translationId }: GivenText): Promise<GivenText> =>
  textOf(await editor.desk(`translation(id: "${translationId}") { id version revision { id number } }`));

/** Approves and publishes a text as it stands. */
async function publish(articleId: string, text: GivenText, language: string, isOriginal = false): Promise<void> {
  await approve(editor, await now(text), isOriginal);
  const { translation } = await editor.desk(`translation(id: "${text.translationId}") { revision { number } }`);
  const input = { articleId, language, expectedRevision: translation.revision.number as number };
  expect(await editor.do('publishTranslation', input)).toMatchObject({ __typename: 'TranslationPublished' });
}

it('readers and the desk are told the same of a translation of a translation, which knows the original as its source does', async () => {
  const { articleId, original } = await givenWritten(server, editor);
  const english = await givenTranslated(editor, original, 'en');
  const german = await givenTranslated(editor, english, 'de');
  await publish(articleId, original, 'fr', true);
  await publish(articleId, english, 'en');
  await publish(articleId, german, 'de');
  expect(await outdated(articleId)).toEqual({ readers: [], desk: [] });

  const newer = textOf(
    await editor.do('saveRevision', {
      ...at(await now(original)),
      body: BODY.replace('Deux', 'Trois'),
      reason: 'Trois',
    }),
  );
  // Readers do not have it yet.
  expect(await outdated(articleId)).toEqual({ readers: [], desk: ['en', 'de'] });
  await publish(articleId, original, 'fr', true);
  expect(await outdated(articleId)).toEqual({ readers: ['en', 'de'], desk: ['en', 'de'] });
  const { translations, counts } = await editor.desk(
    'translations(outdated: true, language: "de") { edges { node { id outdatedPassages } } } counts { languages { language outdated } }',
  );
  expect(translations.edges).toEqual([{ node: { id: german.translationId, outdatedPassages: 1 } }]);
  expect(counts.languages).toContainEqual({ language: 'de', outdated: 1 });

  // The passage holds as it is: the text of the translation stays, and so what was made from it is up to date as well.
  const { translationSheet: sheet } = await editor.desk(
    `translationSheet(translationId: "${english.translationId}") { rows { passageId change { kind: change } } }`,
  );
  const changed = (sheet.rows as { passageId: string; change: object | null }[]).filter(
    ({ change }) => change !== null,
  );
  const settled = await editor.do('bringUpToDate', {
    ...at(await now(english)),
    passageIds: changed.map(({ passageId }) => passageId),
    sourceRevisionId: newer.revisionId,
  });
  await editor.do('saveRevision', { ...at(textOf(settled)), reason: 'Holds as it is' });
  expect(await outdated(articleId)).toEqual({ readers: ['en', 'de'], desk: [] });
  await publish(articleId, english, 'en');
  expect(await outdated(articleId)).toEqual({ readers: [], desk: [] });

  // What is written anew in the one between has to be taken over.
  await editor.do('saveRevision', { ...at(await now(english)), headline: 'The port, again', reason: 'Better' });
  await publish(articleId, english, 'en');
  expect(await outdated(articleId)).toEqual({ readers: ['de'], desk: ['de'] });
  const { revisionId } = await now(english);
  const passages = { passageIds: ['headline'], sourceRevisionId: revisionId };
  const again = await editor.do('bringUpToDate', { ...at(await now(german)), ...passages });
  await editor.do('saveRevision', { ...at(textOf(again)), reason: 'Holds' });
  await publish(articleId, german, 'de');
  expect(await outdated(articleId)).toEqual({ readers: [], desk: [] });
});
