import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { type Editor, givenEditor, readersHave, setState } from '../fixtures/editors.js';
import { articleIdOf, givenArticle, givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { givenWriter, type Writer } from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Editor;
let contributor: Writer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenEditor(server);
  contributor = await givenWriter(server, [{ role: 'CONTRIBUTOR', languages: [] }]);
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** What a contributor makes of an article's French original: a draft. */
async function write(id: string, text: { readonly headline?: string; readonly body?: string }): Promise<void> {
  const [original] = await server.database.sql<{ id: string; version: number }>(
    'select id, text_version as version from desk.translation where article_id = $1 and is_original',
    [id],
  );
  const at = { translationId: toGlobalId('Translation', original?.id ?? ''), expectedVersion: original?.version };
  const saved = await contributor.do('saveRevision', { ...at, ...text, reason: 'Written' });
  expect(saved).toMatchObject({ translation: { state: 'DRAFT' } });
}

const outcomeOf = async (text: string, isPublishing: boolean): Promise<unknown> => {
  const [seeded] = await seedTexts(server, [text], { isPublishing });
  return seeded !== undefined && 'publication' in seeded ? seeded.publication : seeded;
};

describe('what a person has written and nobody approved', () => {
  it('is not published by an import of a document that is as it was', async () => {
    const headline = `La rive ${++count}`;
    await givenArticle(server, { headline });
    const id = await articleIdOf(server, headline);
    await write(id, { headline: `${headline}, brouillon` });
    expect(await outcomeOf(page({ headline }), true)).toEqual({ outcome: 'unapproved' });
    expect(await readersHave(server, toGlobalId('Article', id))).toEqual({ fr: headline });
    await setState(server, id, 'fr', 'APPROVED');
    expect(await outcomeOf(page({ headline }), true)).toEqual({ outcome: 'published', number: 2 });
    expect(await readersHave(server, toGlobalId('Article', id))).toEqual({ fr: `${headline}, brouillon` });
    // From here on, what documents alone have brought goes to readers again.
    const changed = page({ headline, body: ['Depuis l’automne, la plage du nord est close.'] });
    expect(await outcomeOf(changed, true)).toEqual({ outcome: 'published', number: 3 });
    expect(
      await server.database.sql(
        `select actor_kind, language, before, after from audit.entry
         where object_id = $1 and operation = 'article.publish' order by id`,
        [id],
      ),
    ).toEqual([
      { actor_kind: 'IMPORT', language: 'fr', before: { edition: null }, after: { edition: 1 } },
      { actor_kind: 'IMPORT', language: 'fr', before: { edition: 1 }, after: { edition: 2 } },
      { actor_kind: 'IMPORT', language: 'fr', before: { edition: 2 }, after: { edition: 3 } },
    ]);
  });

  it('is not published by an import that changes something beside it, in an article that readers never had', async () => {
    const headline = `Le quai ${++count}`;
    expect(await givenArticle(server, { headline, copyright: null })).toMatchObject({
      publication: { outcome: 'blocked' },
    });
    const id = await articleIdOf(server, headline);
    await write(id, { headline: `${headline}, brouillon` });
    const articleId = toGlobalId('Article', id);
    const waiver = { code: 'COPYRIGHT_NOTICE_MISSING', language: null, path: 'rights.copyright', reason: 'None.' };
    expect(await editor.do('waiveFinding', { articleId, ...waiver })).toMatchObject({ __typename: 'FindingWaived' });
    const changed = page({ headline, copyright: null, body: ['Depuis l’hiver, le quai du sud est ouvert.'] });
    expect(await outcomeOf(changed, false)).toEqual({ outcome: 'unapproved' });
    expect(await readersHave(server, articleId)).toEqual({});
    await setState(server, id, 'fr', 'APPROVED');
    expect(await outcomeOf(changed, true)).toEqual({ outcome: 'published', number: 1 });
    expect(await readersHave(server, articleId)).toEqual({ fr: `${headline}, brouillon` });
  });
});
