import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, type GraphQLObjectType, isObjectType, isUnionType } from 'graphql';
import { permissionsOf } from '../../src/accounts/permits.js';
import { fromGlobalId } from '../../src/common/global-id.js';
import { givenReferences } from '../fixtures/given.js';
import { readersHave } from '../fixtures/editors.js';
import {
  approve,
  articleInput,
  at,
  givenTranslated,
  givenWriter,
  givenWritten,
  publisherIdOf,
  textOf,
  type Writer,
} from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Writer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenWriter(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});

const trailOf = (articleId: string) =>
  server.database.sql<{ operation: string; after: { changed: string[] } }>(
    'select operation, language, before, after, reason from audit.entry where object_id = $1 order by id',
    [fromGlobalId(articleId)?.id],
  );

describe('writing an article', () => {
  it('makes it, with the first revision of its original, and publishes nothing', async () => {
    const { article, articleId } = await givenWritten(server, editor, { slug: 'le-grand-port', regions: ['Europe'] });
    expect(article).toMatchObject({
      version: 1,
      slugs: ['le-grand-port'],
      credits: [{ role: 'AUTHOR', agent: { name: 'Anne Martin' } }],
      translations: [{ language: 'fr', state: 'DRAFT', slug: 'le-grand-port', revision: { number: 1 } }],
    });
    expect(await readersHave(server, articleId)).toEqual({});
    expect(await trailOf(articleId)).toMatchObject([
      {
        operation: 'article.create',
        language: 'fr',
        before: null,
        after: { version: 1, publisher: 'mondialisation-ca', slug: 'le-grand-port', revision: 1 },
      },
    ]);
  });

  it('gives it what its publisher’s pages always state, and nobody’s name that was not said', async () => {
    const { article } = await givenWritten(server, editor);
    // For whom the permission of Mondialisation.ca holds is said by each page: it is left for a person.
    expect(article.rights.reuseTerms).toMatchObject([
      { effect: 'ASK_FIRST', contactPoint: { email: 'media@example.org' }, text: { language: 'fr' } },
    ]);
    expect(article.rights.notices).toMatchObject([
      { kind: 'LIABILITY_DISCLAIMER', statedBy: { slug: 'mondialisation-ca' } },
      { kind: 'FAIR_USE_CLAIM' },
    ]);
    expect(article.rights.notices[0].text.value).toContain('Centre de recherche sur la mondialisation');
    const bare = await givenWritten(server, editor, { credits: [], copyright: null, contactPoints: [] });
    expect(bare.article).toMatchObject({ credits: [], rights: { holder: null, copyright: null, reuseTerms: [] } });
    expect((bare.article.findings as { code: string }[]).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['COPYRIGHT_NOTICE_MISSING', 'CREDIT_MISSING']),
    );
  });

  it.each<[string, object, string, string[]]>([
    ['without a headline', { headline: ' ' }, 'INVALID_VALUE', ['input', 'headline']],
    ['with two lines of headline', { headline: 'a\nb' }, 'INVALID_VALUE', ['input', 'headline']],
    ['with a publisher who is none', { publisherId: 'UHVibGlzaGVyOng' }, 'NOT_FOUND', ['input', 'publisherId']],
    ['with a slug that is none', { slug: 'Le Port' }, 'INVALID_VALUE', ['input', 'slug']],
    [
      'with a name that is too long',
      { credits: [{ role: 'AUTHOR', name: 'x'.repeat(301) }] },
      'INVALID_VALUE',
      ['input', 'credits', '0', 'name'],
    ],
    [
      'with an address that is not of the web',
      { origin: { relation: 'VERBATIM', url: 'mailto:a@b.example' } },
      'INVALID_VALUE',
      ['input', 'origin', 'url'],
    ],
    [
      'with a year that is none',
      { copyright: { raw: '©', year: -1 } },
      'INVALID_VALUE',
      ['input', 'copyright', 'year'],
    ],
    ['with one term twice', { themes: ['Paix', 'Paix'] }, 'INVALID_VALUE', ['input', 'themes']],
    [
      'with more links than any page has',
      { links: Array.from({ length: 101 }, () => ({ kind: 'OTHER', url: 'https://a.example/' })) },
      'INVALID_VALUE',
      ['input', 'links'],
    ],
    ['with quotes in quotes without end', { body: '> '.repeat(500) }, 'INVALID_VALUE', ['input', 'body']],
    ['with more lines than are kept', { body: 'a\n'.repeat(4001) }, 'INVALID_VALUE', ['input', 'body']],
    [
      'with more cells than are kept',
      { body: `|a|\n|-|\n${'|a'.repeat(20_000)}|` },
      'INVALID_VALUE',
      ['input', 'body'],
    ],
    ['with more text than is kept', { body: 'x'.repeat(300_001) }, 'INVALID_VALUE', ['input', 'body']],
  ])('%s is refused, and nothing stays of it', async (_what, rest, code, path) => {
    const before = await server.database.sql('select count(*) from desk.article');
    expect(await editor.do('createArticle', await articleInput(server, rest))).toMatchObject({ code, path });
    expect(await server.database.sql('select count(*) from desk.article')).toEqual(before);
  });

  it.each([
    ['a link that runs', { links: [{ kind: 'OTHER', url: 'javascript:alert(1)' }] }],
    ['a kind that is none', { kind: 'POEM' }],
    ['a date that is none', { publishedOn: '2026-02-31' }],
    ['a language that is none', { language: 'fr_CA' }],
    ['a field that nobody declared', { state: 'PUBLISHED' }],
    ['a nested field that nobody declared', { origin: { relation: 'OWN', articleId: 'x' } }],
  ])('with %s is no such input', async (_what, rest) => {
    const answer = await editor.ask('createArticle', await articleInput(server, rest));
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('by six at once with one slug makes one', async () => {
    const inputs = await Promise.all(Array.from({ length: 6 }, () => articleInput(server, { slug: `six-${count}` })));
    const codes = await Promise.all(inputs.map((input) => editor.code('createArticle', input)));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'SLUG_TAKEN')).toHaveLength(5);
  });
});

describe('editing an article', () => {
  it('flips no translation’s status, and changes no text: what all languages share is no text', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const english = await approve(editor, await givenTranslated(editor, original), false);
    await approve(editor, original, true);
    const texts = 'select id, state, text_version, slug, updated_at from desk.translation order by id';
    const before = await server.database.sql(texts);
    const edited = await editor.do('editArticle', {
      ...{ articleId, expectedVersion: 1, kind: 'INTERVIEW', publishedOn: '2026-11-02', reason: 'It is one' },
      credits: [{ role: 'AUTHOR', name: 'Jean Dupont' }],
      origin: { relation: 'ADAPTED', source: 'South Front', url: 'https://southfront.example/a' },
      links: [{ kind: 'SOCIAL', url: 'https://social.example/a' }],
      themes: ['Économie'],
    });
    expect(edited).toMatchObject({
      __typename: 'ArticleEdited',
      article: {
        version: 2,
        kind: 'INTERVIEW',
        credits: [{ agent: { name: 'Jean Dupont' } }],
        contactPoints: [{ email: 'media@example.org' }],
        rights: { copyright: { raw: 'Copyright © Anne Martin, 2026' } },
      },
    });
    expect(await server.database.sql(texts)).toEqual(before);
    expect(english.expectedVersion).toBeGreaterThan(0);
    const trail = await trailOf(articleId);
    expect(trail.at(-1)).toMatchObject({
      operation: 'article.edit',
      reason: 'It is one',
      before: { version: 1, kind: 'ARTICLE', credits: [{ role: 'AUTHOR', name: 'Anne Martin' }] },
      after: { version: 2, kind: 'INTERVIEW' },
    });
    expect(trail.at(-1)?.after.changed).toEqual(expect.arrayContaining(['kind', 'credits', 'origin.url', 'themes']));
    expect(trail.at(-1)?.after.changed).not.toContain('contactPoints');
  });

  it('that somebody else has edited meanwhile shows it as it is', async () => {
    const { articleId } = await givenWritten(server, editor);
    await editor.do('editArticle', { articleId, expectedVersion: 1, kind: 'VIDEO' });
    expect(await editor.do('editArticle', { articleId, expectedVersion: 1, kind: 'REVIEW' })).toMatchObject({
      ...{ code: 'ARTICLE_CONFLICT', path: ['input', 'expectedVersion'], ArticleConflict_version: 2 },
      article: { version: 2, kind: 'VIDEO' },
    });
  });

  it.each<[string, object, string]>([
    ['an article that is none', { articleId: 'QXJ0aWNsZTp4' }, 'NOT_FOUND'],
    ['null for what an article always has', { credits: null }, 'INVALID_VALUE'],
    ['a reason without words', { kind: 'VIDEO', reason: ' ' }, 'INVALID_VALUE'],
  ])('with %s is refused', async (_what, rest, code) => {
    const { articleId } = await givenWritten(server, editor);
    expect(await editor.code('editArticle', { articleId, expectedVersion: 1, ...rest })).toBe(code);
  });

  it('takes a copyright notice away by null', async () => {
    const { articleId } = await givenWritten(server, editor);
    const { article } = await editor.do('editArticle', { articleId, expectedVersion: 1, copyright: null });
    expect(article).toMatchObject({ rights: { holder: null, copyright: null } });
  });
});

describe('editing rights', () => {
  const term = {
    ...{ text: 'Reproduction libre.', effect: 'PERMIT', actions: ['REPRODUCE'], media: ['WEB'] },
    ...{ duties: ['NAME_SOURCE'], audienceLabel: 'sites de médias alternatifs' },
  };
  let manager: Writer;
  beforeAll(async () => {
    manager = await givenWriter(server, [{ role: 'RIGHTS_MANAGER', languages: [] }]);
  });

  it('is for who manages rights: whose an article is, who allows what, and what stands below it', async () => {
    const { article, articleId } = await givenWritten(server, editor);
    const [disclaimer] = article.rights.notices as { text: { value: string } }[];
    const input = {
      ...{ articleId, expectedVersion: 1, copyright: { raw: '© South Front', source: 'South Front' } },
      ...{ reuseTerms: [term], notices: [{ kind: 'LIABILITY_DISCLAIMER', text: disclaimer?.text.value }] },
    };
    expect(await editor.code('editRights', input)).toBe('FORBIDDEN');
    expect(await manager.do('editRights', input)).toMatchObject({
      __typename: 'RightsEdited',
      article: {
        version: 2,
        rights: {
          holder: 'South Front',
          reuseTerms: [{ effect: 'PERMIT', audienceLabel: 'sites de médias alternatifs' }],
          notices: [{ kind: 'LIABILITY_DISCLAIMER' }],
        },
      },
    });
    // The words are known: it is the same clause in the same version.
    const clauses = `select n.clause_key, n.version from desk.article_notice a join desk.notice n on n.id = a.notice_id
      where a.article_id = $1`;
    expect(await server.database.sql(clauses, [fromGlobalId(articleId)?.id])).toEqual([
      { clause_key: 'responsibility', version: 1 },
    ]);
    expect((await trailOf(articleId)).at(-1)).toMatchObject({
      operation: 'rights.edit',
      after: { version: 2, changed: ['rights.copyright', 'rights.reuseTerms', 'rights.notices'] },
    });
  });

  it('is told in the trail as it was and is; of what is long, what was put in and taken out', async () => {
    const { articleId, article } = await givenWritten(server, editor);
    const given = (article.rights.notices as { text: { value: string } }[]).map(({ text }) => text.value);
    expect(JSON.stringify(given).length).toBeGreaterThan(500);
    const notice = (text: string) => ({ clauseKey: text.slice(0, 3), kind: 'FAIR_USE_CLAIM', text });
    const edit = (expectedVersion: number, ...texts: string[]) =>
      manager.do('editRights', { articleId, expectedVersion, notices: texts.map(notice) });
    const told = async () => {
      const { before, after } = (await trailOf(articleId)).at(-1) as unknown as Record<'before' | 'after', any>;
      const texts = [before, after].map((state) =>
        (state['rights.notices'] as { text: string }[]).map((one) => one.text),
      );
      return { texts, partly: (after.partly ?? null) as string[] | null };
    };
    const [long, other] = ['one'.padEnd(1500, '.'), 'two'.padEnd(1500, '.')];
    await edit(1, 'new');
    expect(await told()).toEqual({ texts: [given, ['new']], partly: null });
    await edit(2, long, 'new');
    await edit(3, 'new', other);
    expect(await told()).toEqual({ texts: [[long], [other]], partly: ['rights.notices'] });
    await edit(4, other, 'new');
    await edit(5, 'new', other);
    const ordered = [
      [other, 'new'],
      ['new', other],
    ];
    expect(await told()).toEqual({ texts: ordered, partly: ['rights.notices'] });
  });

  it('makes another wording of a clause another version of it, and leaves others’ articles as they are', async () => {
    const [one, other] = [await givenWritten(server, editor), await givenWritten(server, editor)];
    const notices = [{ clauseKey: 'fair-use', kind: 'FAIR_USE_CLAIM', text: `Usage équitable, ${++count}.` }];
    await manager.do('editRights', { articleId: one.articleId, expectedVersion: 1, notices });
    const shown = `select n.version from desk.article_notice a join desk.notice n on n.id = a.notice_id
      where a.article_id = $1 and n.clause_key = 'fair-use'`;
    const versions = async (id: string) => (await server.database.sql(shown, [fromGlobalId(id)?.id]))[0]?.version;
    expect(await versions(one.articleId)).toBeGreaterThan(1);
    expect(await versions(other.articleId)).toBe(1);
  });

  it.each<[string, object, string[]]>([
    ['a rule of nothing', { reuseTerms: [{ ...term, actions: [] }] }, ['input', 'reuseTerms', '0', 'actions']],
    ['a rule without words', { reuseTerms: [{ ...term, text: ' ' }] }, ['input', 'reuseTerms', '0', 'text']],
    [
      'a clause twice',
      { notices: [1, 2].map(() => ({ clauseKey: 'a', kind: 'FAIR_USE_CLAIM', text: 'x' })) },
      ['input', 'notices'],
    ],
    [
      'a key that is none',
      { notices: [{ clauseKey: 'A b', kind: 'FAIR_USE_CLAIM', text: 'x' }] },
      ['input', 'notices', '0', 'clauseKey'],
    ],
    ['null for what is a list', { notices: null }, ['input', 'notices']],
  ])('with %s is refused', async (_what, rest, path) => {
    const { articleId } = await givenWritten(server, editor);
    const refused = await manager.do('editRights', { articleId, expectedVersion: 1, ...rest });
    expect(refused).toMatchObject({ code: 'INVALID_VALUE', path });
  });
});

describe('a slug', () => {
  it('is taken in any language, now and formerly, in whatever case or form it is written', async () => {
    const name = `ete-${++count}`;
    const { articleId } = await givenWritten(server, editor, { slug: name });
    const renamed = { articleId, language: 'fr', slug: `${name}-b` };
    // What says nothing, or what it says already, changes nothing.
    for (const [mutation, rest] of [
      ['editArticle', {}],
      ['changeSlug', { language: 'fr', slug: name }],
    ] as const) {
      const same = await editor.do(mutation, { articleId, expectedVersion: 1, ...rest });
      expect(same).toMatchObject({ article: { version: 1 } });
    }
    expect(await editor.do('changeSlug', { ...renamed, expectedVersion: 1 })).toMatchObject({
      article: { version: 2, slugs: [name, `${name}-b`] },
    });
    const other = await givenWritten(server, editor);
    const english = await givenTranslated(editor, other.original);
    const ask = { articleId: other.articleId, expectedVersion: 1 };
    for (const slug of [name, `${name}-b`]) {
      expect(await editor.do('changeSlug', { ...ask, language: 'en', slug })).toMatchObject({
        ...{ code: 'SLUG_TAKEN', SlugTaken_slug: slug, path: ['input', 'slug'] },
      });
      expect(await editor.code('saveWorkingText', { ...at(english), slug })).toBe('SLUG_TAKEN');
    }
    for (const slug of [name.toUpperCase(), `été-${count}`.normalize('NFC'), `été-${count}`.normalize('NFD')]) {
      expect(await editor.code('changeSlug', { ...ask, language: 'fr', slug })).toBe('INVALID_VALUE');
    }
    // Headlines that read alike come to the same slug: the later one gets another.
    const slugs: string[] = [];
    for (const headline of [`Été ${count}`.normalize('NFD'), `ÉTÉ ${count}`]) {
      const { article } = await givenWritten(server, editor, { headline });
      slugs.push(article.translations[0].slug as string);
    }
    expect(new Set([name, ...slugs]).size).toBe(3);
    expect((await trailOf(articleId)).at(-1)).toMatchObject({
      ...{ operation: 'article.changeSlug', language: 'fr' },
      ...{ before: { slug: name }, after: { slug: `${name}-b` } },
    });
  });

  it.each<[string, object, string]>([
    ['of a language that the article does not have', { language: 'de' }, 'NOT_FOUND'],
    ['of an article that is none', { articleId: 'nonsense' }, 'NOT_FOUND'],
    ['of another version', { expectedVersion: 9 }, 'ARTICLE_CONFLICT'],
  ])('%s is not changed', async (_what, rest, code) => {
    const { articleId } = await givenWritten(server, editor);
    const input = { articleId, expectedVersion: 1, language: 'fr', slug: `autre-${++count}` };
    expect(await editor.code('changeSlug', { ...input, ...rest })).toBe(code);
  });
});

it('publishers are known by their ids alone', async () => {
  const other = await publisherIdOf(server, 'global-research');
  const { article } = await givenWritten(server, editor, { publisherId: other, language: 'en' });
  expect(article.rights.notices[0]).toMatchObject({ statedBy: { slug: 'global-research' } });
});

describe('what was done answers with what it was done to', () => {
  it('as every mutation of the desk does: with an article or a text, or with what leads to them', () => {
    const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
    const leadsThere = (type: GraphQLObjectType): boolean =>
      'article' in type.getFields() || 'translation' in type.getFields();
    const without = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
      const permissions = permissionsOf(field as never);
      const union = getNamedType(field.type);
      if (permissions.some((one) => /^(sign-in|account)/.test(one)) || !isUnionType(union)) return [];
      const done = union.getTypes().filter((type) => !type.getInterfaces().some(({ name }) => name === 'Problem'));
      return done
        .filter((type) => {
          const inner = Object.values(type.getFields()).map((one) => getNamedType(one.type));
          return !leadsThere(type) && !inner.some((one) => isObjectType(one) && leadsThere(one));
        })
        .map(({ name }) => name);
    });
    expect(without).toEqual([]);
  });

  it('when it is published, scheduled, called off, corrected, taken from readers, withdrawn and given back', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const approved = await approve(editor, original, true);
    const language = 'fr';
    const about = { article: { id: articleId }, translation: { id: original.translationId } };
    const at = '2036-12-24T08:00';
    await editor.do('schedulePublication', { articleId, language, expectedRevision: 1, at, timeZone: 'Europe/Paris' });
    const off = await editor.do('cancelPublication', { articleId, language, expectedVersion: 1 });
    expect(off).toMatchObject({
      ...about,
      __typename: 'PublicationCancelled',
      PublicationCancelled_articleId: articleId,
    });
    const published = await editor.do('publishTranslation', { articleId, language, expectedRevision: 1 });
    expect(published).toMatchObject({ ...about, translation: { isPublished: true, state: 'PUBLISHED' } });
    const { translationId, expectedVersion } = approved;
    const revised = await editor.do('saveRevision', {
      translationId,
      expectedVersion,
      headline: 'Le port',
      reason: 'x',
    });
    await approve(editor, textOf(revised), true);
    const notes = [{ language, note: 'Le titre.' }];
    const correction = { articleId, language, expectedRevision: 2, expectedEdition: 1, notes };
    expect(await editor.do('correctArticle', correction)).toMatchObject({ ...about, __typename: 'ArticleCorrected' });
    const gone = { articleId, expectedEdition: 2, reason: 'A court ordered it.', language: 'en' };
    expect(await editor.do('withdrawArticle', gone)).toMatchObject({ article: { id: articleId } });
    const back = await editor.do('reinstateArticle', { articleId, expectedEdition: 2 });
    expect(back).toMatchObject({ article: { id: articleId, translations: [{ state: 'PUBLISHED' }] } });
    const taken = await editor.do('unpublishTranslation', { articleId, language, expectedEdition: 3 });
    expect(taken).toMatchObject({ ...about, translation: { isPublished: false, state: 'APPROVED' } });
    expect(await editor.do('lockText', { translationId })).toMatchObject({ translation: { id: translationId } });
    expect(await editor.do('unlockText', { translationId })).toMatchObject({ translation: { id: translationId } });
    await editor.do('claimTranslation', { articleId, language });
    expect(await editor.do('releaseTranslation', { articleId, language })).toMatchObject(about);
  });
});
