import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { type Editor, givenEditor, readersHave, setState } from '../fixtures/editors.js';
import { articleIdOf, givenArticle, givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { approve, givenTranslated, givenWriter, givenWritten, textOf, type Writer } from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Editor;
let contributor: Writer;
let writer: Writer;
let manager: Writer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenEditor(server);
  writer = await givenWriter(server);
  manager = await givenWriter(server, [{ role: 'RIGHTS_MANAGER', languages: [] }]);
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

const versionOf = async (articleId: string): Promise<number> => {
  const { article } = await editor.desk(`article(id: "${articleId}") { version }`);
  return (article as { version: number }).version;
};

/** Does something with an article as it is now. */
const change = async (by: Writer, mutation: string, articleId: string, input: object): Promise<void> => {
  const code = await by.code(mutation, { articleId, expectedVersion: await versionOf(articleId), ...input });
  expect(code).toBeNull();
};

interface Found {
  readonly code: string;
  readonly language: string | null;
  readonly path: string;
  readonly message: string;
  readonly isWaived: boolean;
}

const findingsOf = async (articleId: string, code: string): Promise<Found[]> => {
  const { findings } = await editor.desk(
    `findings(first: 100, filter: { articleId: "${articleId}" }) {
      edges { node { code language path message waiver { reason } } } }`,
  );
  const nodes = (findings.edges as { node: Found & { waiver: unknown } }[]).map(({ node }) => node);
  return nodes.filter((one) => one.code === code).map(({ waiver, ...one }) => ({ ...one, isWaived: waiver !== null }));
};

const waive = async (articleId: string, { code, language, path }: Pick<Found, 'code' | 'language' | 'path'>) => {
  const wish = { articleId, code, language, path, reason: 'It is so.' };
  expect(await editor.do('waiveFinding', wish)).toMatchObject({ __typename: 'FindingWaived' });
};

const publishIt = (articleId: string, language: string) =>
  editor.do('publishTranslation', { articleId, language, expectedRevision: 1 });

it.each([
  ['nothing', ' '],
  ['markup, which readers do not get', '<div>\nWords\n</div>'],
])('a translation of %s stays blocked, whatever is written of its article', async (_, body) => {
  const { articleId, original } = await givenWritten(server, writer);
  const empty = { headline: 'Empty', body, sourceRevisionId: original.revisionId, language: 'en' };
  // A translation that comes with its text has its first revision by that.
  await approve(writer, textOf(await writer.do('startTranslation', empty)), false);
  const isBlocked = async (): Promise<void> => {
    const result = await publishIt(articleId, 'en');
    expect(result).toMatchObject({ blocking: [{ code: 'TEXT_MISSING', language: 'en' }] });
  };
  await isBlocked();
  await change(writer, 'editArticle', articleId, { themes: ['Guerre'] });
  await isBlocked();
  await change(manager, 'editRights', articleId, { notices: [] });
  await isBlocked();
  await change(writer, 'changeSlug', articleId, { language: 'fr', slug: `un-autre-port-${++count}` });
  await isBlocked();
  expect(await readersHave(server, articleId)).toEqual({});
});

it('a waiver falls when what the finding is about has changed, and the finding says what is so now', async () => {
  const origin = { relation: 'VERBATIM', url: 'https://alpha.example/a', publishedOn: '2026-10-01' };
  const { articleId } = await givenWritten(server, writer, {
    ...{ copyright: null, credits: [], origin: { ...origin, source: 'Alpha Press' } },
  });
  const missing = [
    { code: 'COPYRIGHT_NOTICE_MISSING', language: null, path: 'rights.copyright' },
    { code: 'CREDIT_MISSING', language: null, path: 'credits' },
  ];
  for (const one of missing) await waive(articleId, one);
  await change(writer, 'editArticle', articleId, { themes: ['Guerre'] });
  for (const { code } of missing) expect(await findingsOf(articleId, code)).toMatchObject([{ isWaived: true }]);
  await change(writer, 'editArticle', articleId, { origin: { ...origin, source: 'Beta News' } });
  for (const { code } of missing) {
    const [found] = await findingsOf(articleId, code);
    expect(found).toMatchObject({ isWaived: false });
    expect(found?.message).toContain('Beta News');
  }
});

describe('a permission is missing', () => {
  const rule = (effect: string, actions: string[], text: string, media = ['WEB']) => ({
    ...{ effect, actions, media, text, duties: [] },
  });
  const origin = { relation: 'VERBATIM', source: 'Holder Press', url: 'https://holder.example/a' };
  const copyright = { raw: '© Holder Press, 2026', source: 'Holder Press' };
  const given = async (rest: object, ...reuseTerms: object[]): Promise<string> => {
    const { articleId, original } = await givenWritten(server, writer, { origin, copyright, ...rest });
    await givenTranslated(writer, original);
    await change(manager, 'editRights', articleId, { reuseTerms });
    return articleId;
  };
  const languagesOf = async (articleId: string) =>
    (await findingsOf(articleId, 'PERMISSION_MISSING')).map(({ language }) => language).sort();

  it.each<[string, object, object[], string[]]>([
    ['for what is republished', {}, [rule('FORBID', ['REPRODUCE'], 'No copies.')], ['fr']],
    ['for what is translated here', {}, [rule('ASK_FIRST', ['TRANSLATE'], 'Ask to translate.')], ['en']],
    [
      'for a work that is a translation',
      { origin: { ...origin, relation: 'TRANSLATED' } },
      [rule('FORBID', ['TRANSLATE', 'REPRODUCE'], 'Neither.')],
      ['en', 'fr'],
    ],
    [
      'never for what is the publisher’s',
      { copyright: { raw: '©', author: 'Mondialisation.ca' } },
      [rule('FORBID', ['TRANSLATE', 'REPRODUCE'], 'Hands off.')],
      [],
    ],
    ['never for print alone', {}, [rule('ASK_FIRST', ['REPRODUCE'], 'Ask for print.', ['PRINT'])], []],
    ['never for what is permitted', {}, [rule('PERMIT', ['REPRODUCE', 'TRANSLATE'], 'Go on.')], []],
  ])('%s', async (_what, rest, rules, languages) => {
    expect(await languagesOf(await given(rest, ...rules))).toEqual(languages);
  });

  it('anew when a second rule is stated, or the first one is stricter', async () => {
    const ask = rule('ASK_FIRST', ['REPRODUCE'], 'Ask to republish.');
    const articleId = await given({}, ask);
    const wish = { code: 'PERMISSION_MISSING', language: 'fr', path: 'rights.reuseTerms' };
    await waive(articleId, wish);
    expect(await findingsOf(articleId, 'PERMISSION_MISSING')).toMatchObject([{ isWaived: true }]);
    await change(manager, 'editRights', articleId, { reuseTerms: [{ ...ask, effect: 'FORBID' }] });
    expect(await findingsOf(articleId, 'PERMISSION_MISSING')).toMatchObject([{ isWaived: false }]);
    await waive(articleId, wish);
    const both = [{ ...ask, effect: 'FORBID' }, rule('ASK_FIRST', ['REPRODUCE'], 'And ask the author.')];
    await change(manager, 'editRights', articleId, { reuseTerms: both });
    expect(await findingsOf(articleId, 'PERMISSION_MISSING')).toMatchObject([{ isWaived: false }]);
    const { articles } = await editor.desk(
      'articles(first: 100, filter: { isBlocked: true }) { edges { node { id } } }',
    );
    expect(articles.edges).toContainEqual({ node: { id: articleId } });
  });
});

it('each link that is cut short is found, in whatever form it stands, and waived by itself', async () => {
  const { articleId } = await givenWritten(server, writer, {
    dek: 'After [this](https://example.org/dek…).',
    body: `One [a](https://example.org/plain...) and [b](https://example.org/dots…).

Two <https://example.org/angle...>, [c](<https://example.org/in-angles…>), [d](https://example.org/titled... "Title"), [e][e].

Three https://example.org/bare… but no [f](https://example.org/whole), and one sentence on https://example.org/ends...

[e]: https://example.org/defined...`,
  });
  const found = await findingsOf(articleId, 'LINK_TRUNCATED');
  const names = ['plain...', 'dots…', 'angle...', 'in-angles…', 'titled...', 'bare…', 'defined...'];
  expect(found.map(({ path, message }) => [path, /example\.org\/(\S+)/.exec(message)?.[1]])).toEqual([
    ...names.map((name, i) => [`text.body.links[${i}].url`, name]),
    ['text.dek.links[0].url', 'dek…'],
  ]);
  await waive(articleId, { code: 'LINK_TRUNCATED', language: 'fr', path: 'text.body.links[3].url' });
  const left = await findingsOf(articleId, 'LINK_TRUNCATED');
  expect(left.filter(({ isWaived }) => isWaived).map(({ path }) => path)).toEqual(['text.body.links[3].url']);
});

it('a work that is itself a translation has a translator', async () => {
  const origin = { relation: 'TRANSLATED', source: 'Holder Press', url: 'https://holder.example/a' };
  const { articleId } = await givenWritten(server, writer, { origin });
  expect(await findingsOf(articleId, 'TRANSLATOR_MISSING')).toMatchObject([{ language: 'fr', path: 'credits' }]);
  const credits = [
    { role: 'AUTHOR', name: 'Anne Martin' },
    { role: 'TRANSLATOR', name: 'Jean Dupont' },
  ];
  await change(writer, 'editArticle', articleId, { credits });
  expect(await findingsOf(articleId, 'TRANSLATOR_MISSING')).toEqual([]);
});
