import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import {
  type Editor,
  givenApproved,
  givenEditor,
  givenOriginal,
  givenTranslated,
  readersHave,
  setState,
} from '../fixtures/editors.js';
import { articleIdOf, givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { follow } from '../fixtures/following.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Editor;
let id: string;
let articleId: string;
let headline: string;
let slug: string;
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
  headline = `Article entier ${++count}`;
  ({ id, articleId } = await givenOriginal(server, headline));
  await givenTranslated(server, id, 'en', 'English');
  slug = `article-entier-${count}`;
});

const NOTES = [
  { language: 'fr', note: 'Le chiffre était faux.' },
  { language: 'en', note: 'The figure was wrong.' },
];

describe('correcting an article', () => {
  const READ = `query ($id: ID!) { node(id: $id) { ... on Article {
    corrections { language note correctedAt }
    texts { language headline isOutdated corrections { language note } } } } }`;
  const correct = (more: Record<string, unknown> = {}) =>
    editor.do('correctArticle', {
      articleId,
      language: 'fr',
      expectedRevision: 2,
      expectedEdition: 2,
      notes: NOTES,
      ...more,
    });

  it('tells the readers of every language, changes one text, and makes its translations out of date', async () => {
    await givenApproved(server, id, 'fr', { headline: `${headline}, corrigé` });
    // Nobody’s business but the desk’s.
    await givenApproved(server, id, 'en', { headline: 'English, which waits' });
    expect(await correct()).toEqual({ __typename: 'ArticleCorrected', edition: 3 });
    const { data } = await server.query(READ, { id: articleId });
    expect(data.node.texts).toMatchObject([
      { language: 'fr', headline: `${headline}, corrigé`, isOutdated: false, corrections: [NOTES[0]] },
      { language: 'en', headline: 'English', isOutdated: true, corrections: [NOTES[1]] },
    ]);
    expect((data.node.corrections as { language: string }[]).map(({ language }) => language)).toEqual(['en', 'fr']);
    expect(Date.now() - Date.parse(data.node.corrections[0].correctedAt as string)).toBeLessThan(60_000);
  });

  it('stays told in later editions, and goes with its language', async () => {
    await givenApproved(server, id, 'fr', { headline: `${headline}, corrigé` });
    await correct();
    await givenApproved(server, id, 'fr', { headline: `${headline}, encore` });
    await editor.do('publishTranslation', { articleId, language: 'fr', expectedRevision: 3 });
    const told = async () => {
      const { data } = await server.query(READ, { id: articleId });
      return (data.node.corrections as { language: string }[]).map(({ language }) => language).sort();
    };
    expect(await told()).toEqual(['en', 'fr']);
    await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 4 });
    expect(await told()).toEqual(['en']);
    await editor.do('publishTranslation', { articleId, language: 'fr', expectedRevision: 3 });
    expect(await told()).toEqual(['en', 'fr']);
  });

  it.each([
    ['without a note for each language', { notes: [NOTES[0]] }, 'INVALID_VALUE'],
    ['with two notes for one', { notes: [NOTES[0], NOTES[0]] }, 'INVALID_VALUE'],
    ['with a note for readers who have nothing', { notes: [...NOTES, { language: 'de', note: 'x' }] }, 'INVALID_VALUE'],
    ['with an empty note', { notes: [NOTES[0], { language: 'en', note: ' ' }] }, 'INVALID_VALUE'],
    ['of another edition', { expectedEdition: 1 }, 'EDITION_CONFLICT'],
    ['of another revision', { expectedRevision: 1 }, 'REVISION_CONFLICT'],
    ['of a language that readers do not have', { language: 'de' }, 'NOT_PUBLISHED'],
  ])('%s is refused, and nothing is noted', async (_what, more, code) => {
    await givenApproved(server, id, 'fr', { headline: `${headline}, corrigé` });
    expect(await correct(more)).toMatchObject({ code });
    expect(await server.database.sql('select 1 from desk.correction where article_id = $1', [id])).toEqual([]);
    expect(await readersHave(server, articleId)).toEqual({ fr: headline, en: 'English' });
  });

  it('with a text that nobody has approved is refused', async () => {
    await givenApproved(server, id, 'fr', { headline: 'Pas encore' });
    await setState(server, id, 'fr', 'REVIEWED');
    expect(await correct()).toMatchObject({ code: 'NOT_APPROVED', state: 'REVIEWED' });
  });

  it('is never changed in the record', async () => {
    await givenApproved(server, id, 'fr', { headline: `${headline}, corrigé` });
    await correct();
    await expect(server.database.sql(`update desk.correction set note = 'x'`)).rejects.toThrow('never changed');
    await expect(server.database.sql('delete from desk.correction')).rejects.toThrow('never changed');
  });
});

describe('withdrawing an article', () => {
  const withdraw = (expectedEdition = 2) =>
    editor.do('withdrawArticle', { articleId, expectedEdition, reason: 'A court ordered it.', language: 'en' });
  const ASK = `query ($id: ID!, $slug: String!) {
    node(id: $id) { __typename id ... on Tombstone { reason language withdrawnAt } }
    article(slug: $slug) { id } withdrawn(slug: $slug) { id reason }
    articles(first: 50) { edges { node { id } } } }`;
  const asked = async () => (await server.query(ASK, { id: articleId, slug })).data as Record<string, any>;

  it('takes every language from readers at once; its id and slugs go on answering, with the reason', async () => {
    expect(await withdraw()).toMatchObject({
      tombstone: { id: articleId, reason: 'A court ordered it.', language: 'en' },
    });
    const data = await asked();
    expect(data.node).toMatchObject({ __typename: 'Tombstone', id: articleId, reason: 'A court ordered it.' });
    expect(data.article).toBeNull();
    expect(data.withdrawn).toEqual({ id: articleId, reason: 'A court ordered it.' });
    const listed = (data.articles.edges as { node: { id: string } }[]).map(({ node }) => node.id);
    expect(listed).not.toContain(articleId);
    const { article } = await editor.desk(`article(id: "${articleId}") { translations { state steps } }`);
    for (const text of article.translations) expect(text).toMatchObject({ steps: ['EDIT', 'SEND_BACK'] });
    const other = await server.query(`{ withdrawn(slug: "${slug}-en") { id } }`);
    expect(other.data.withdrawn).toEqual({ id: articleId });
    const states = await server.database.sql('select state from desk.translation where article_id = $1', [id]);
    expect(states.map(({ state }) => state)).not.toContain('PUBLISHED');
  });

  it('is told to who follows, by a downstream event', async () => {
    const follower = follow(server.url, 'subscription { articleWithdrawn { id } }');
    try {
      const told = follower.next();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await withdraw();
      expect((await told)?.data.articleWithdrawn).toEqual({ id: articleId });
    } finally {
      await follower.stop();
    }
  });

  it('keeps all of it from readers, whoever publishes, imports or reissues', async () => {
    await withdraw();
    await givenApproved(server, id, 'de', { headline: 'Deutsch' });
    expect(await editor.do('publishTranslation', { articleId, language: 'de', expectedRevision: 1 })).toMatchObject({
      code: 'ARTICLE_IS_WITHDRAWN',
    });
    const [again] = await seedTexts(server, [page({ headline, body: ['Le document dit maintenant autre chose.'] })], {
      isPublishing: true,
    });
    expect(again).toMatchObject({ publication: { outcome: 'withheld' } });
    expect(await readersHave(server, articleId)).toEqual({});
    expect(await withdraw()).toMatchObject({ code: 'ARTICLE_IS_WITHDRAWN' });
  });

  it('is given back as it was, in every language, and no draft with it', async () => {
    await givenApproved(server, id, 'en', { headline: 'English, which waits' });
    await withdraw();
    expect(await editor.do('reinstateArticle', { articleId, expectedEdition: 1 })).toMatchObject({
      code: 'EDITION_CONFLICT',
    });
    expect(await editor.do('reinstateArticle', { articleId, expectedEdition: 2 })).toMatchObject({ edition: 3 });
    expect(await readersHave(server, articleId)).toEqual({ fr: headline, en: 'English' });
    expect((await asked()).withdrawn).toBeNull();
    expect((await asked()).article).toEqual({ id: articleId });
    const states = await server.database.sql(
      'select language, state from desk.translation where article_id = $1 order by language',
      [id],
    );
    expect(states).toEqual([
      { language: 'en', state: 'APPROVED' },
      { language: 'fr', state: 'PUBLISHED' },
    ]);
    expect(await editor.do('reinstateArticle', { articleId, expectedEdition: 3 })).toMatchObject({
      code: 'NOT_WITHDRAWN',
    });
  });

  it('of another edition, or of what never was published, is refused', async () => {
    expect(await withdraw(1)).toMatchObject({ code: 'EDITION_CONFLICT', lastEdition: 2 });
    const never = `${headline}, jamais`;
    await seedTexts(server, [page({ headline: never, copyright: null })]);
    articleId = toGlobalId('Article', await articleIdOf(server, never));
    expect(await withdraw(0)).toMatchObject({ code: 'NOT_PUBLISHED', path: ['input', 'articleId'] });
  });

  describe('that readers no longer get', () => {
    beforeEach(async () => {
      await editor.do('unpublishTranslation', { articleId, language: 'en', expectedEdition: 2 });
      await editor.do('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 3 });
    });

    it('leaves its tombstone all the same, under its id and every slug, and followers are told', async () => {
      expect((await asked()).withdrawn).toBeNull();
      const follower = follow(server.url, 'subscription { articleWithdrawn { id } }');
      try {
        const told = follower.next();
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await withdraw(2)).toMatchObject({ code: 'EDITION_CONFLICT', lastEdition: 3 });
        expect(await withdraw(3)).toMatchObject({ tombstone: { id: articleId, reason: 'A court ordered it.' } });
        expect((await told)?.data.articleWithdrawn).toEqual({ id: articleId });
      } finally {
        await follower.stop();
      }
      const data = await asked();
      expect(data.node).toMatchObject({ __typename: 'Tombstone', id: articleId, reason: 'A court ordered it.' });
      expect(data.article).toBeNull();
      expect(data.withdrawn).toEqual({ id: articleId, reason: 'A court ordered it.' });
      const other = await server.query(`{ withdrawn(slug: "${slug}-en") { id } }`);
      expect(other.data.withdrawn).toEqual({ id: articleId });
      const [entry] = await server.database.sql(
        `select before->'languages' as had, reason from audit.entry where object_id = $1 and operation = 'article.withdraw'`,
        [id],
      );
      expect(entry).toEqual({ had: [], reason: 'A court ordered it.' });
    });

    it('is reinstated without giving readers what was taken from them before', async () => {
      await withdraw(3);
      expect((await asked()).withdrawn).not.toBeNull();
      expect(await editor.do('reinstateArticle', { articleId, expectedEdition: 3 })).toEqual({
        __typename: 'ArticleReinstated',
        edition: null,
      });
      expect(await readersHave(server, articleId)).toEqual({});
      expect(await asked()).toMatchObject({ node: null, article: null, withdrawn: null });
      expect(await editor.do('publishTranslation', { articleId, language: 'fr', expectedRevision: 1 })).toMatchObject({
        __typename: 'TranslationPublished',
      });
      expect((await asked()).article).toEqual({ id: articleId });
    });

    it('by an import that was taken back is not given back by a reinstatement either', async () => {
      await server.database.sql('delete from desk.unpublished_text where article_id = $1', [id]);
      await withdraw(3);
      expect(await editor.do('reinstateArticle', { articleId, expectedEdition: 3 })).toMatchObject({ edition: null });
    });
  });

  it('at the same moment as a publication ends withdrawn or with the publication refused', async () => {
    await givenApproved(server, id, 'en', { headline: 'English, anew' });
    const [published, withdrawn] = await Promise.all([
      editor.do('publishTranslation', { articleId, language: 'en', expectedRevision: 2 }),
      withdraw(),
    ]);
    // Whoever is second hears of the first.
    const codes = [published.code ?? 'DONE', withdrawn.code ?? 'DONE'].join(' ');
    expect(['DONE EDITION_CONFLICT', 'ARTICLE_IS_WITHDRAWN DONE']).toContain(codes);
  });

  it('tells the whole story in the audit trail', async () => {
    await withdraw();
    await editor.do('reinstateArticle', { articleId, expectedEdition: 2, reason: 'The order was lifted.' });
    const entries = await server.database.sql(
      'select operation, reason from audit.entry where object_id = $1 and account_id is not null order by id',
      [id],
    );
    expect(entries).toEqual([
      { operation: 'article.withdraw', reason: 'A court ordered it.' },
      { operation: 'article.reinstate', reason: 'The order was lifted.' },
    ]);
  });
});
