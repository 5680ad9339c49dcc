import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, isInputObjectType, isRequiredInputField } from 'graphql';
import { languagesOf, type Permission, type RoleGrant, ROLES } from '../../src/accounts/permissions.js';
import { permissionsOf } from '../../src/accounts/permits.js';
import { givenReferences } from '../fixtures/given.js';
import {
  approve,
  articleInput,
  at,
  givenTranslated,
  type GivenText,
  givenWriter,
  givenWritten,
  textOf,
  type Writer,
} from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Writer;
let articleId: string;
let original: GivenText;
let english: GivenText;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenWriter(server);
  ({ articleId, original } = await givenWritten(server, editor));
  english = await givenTranslated(editor, original);
}, 60_000);
afterAll(async () => {
  await server.close();
});

const translatorOf = (...languages: string[]) => givenWriter(server, [{ role: 'TRANSLATOR', languages }]);

/** What every operation is asked with here, by its fields: a text that there is, in English. */
const VALUES: Readonly<Record<string, () => unknown>> = {
  articleId: () => articleId,
  translationId: () => english.translationId,
  expectedVersion: () => english.expectedVersion,
  revisionId: () => english.revisionId,
  sourceRevisionId: () => original.revisionId,
  language: () => 'en',
  headline: () => 'Not mine',
  body: () => 'Not mine.',
  slug: () => 'not-mine',
  method: () => 'HUMAN',
  reason: () => 'Not mine',
  passageIds: () => [],
  pairs: () => [],
};

function inputOf(mutation: string): Record<string, unknown> {
  const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
  const type = getNamedType(schema.getMutationType()?.getFields()[mutation]?.args[0]?.type);
  if (!isInputObjectType(type)) throw new Error(`${mutation} has no input`);
  const fields = Object.values(type.getFields()).filter((field) => field.name in VALUES || isRequiredInputField(field));
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = VALUES[name];
      if (value === undefined) throw new Error(`say what ${mutation} is asked with for ${name}`);
      return [name, value()];
    }),
  );
}

/** A permission that somebody has in some languages alone. */
function isByLanguage(permission: Permission): boolean {
  return ROLES.some((role) => {
    const languages = languagesOf(permission, [{ role, languages: ['fr'] }]);
    return languages !== 'ALL' && languages.length > 0;
  });
}

/** Every operation that is a matter of language to somebody: by the schema, so that none is forgotten. */
function byLanguage(): string[] {
  const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
  return Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter((field) => permissionsOf(field as never).some(isByLanguage))
    .map(({ name }) => name)
    .filter((name) => !GIVING_BACK.has(name));
}

/** What is one's own is given back in whatever language: it changes no text, and nobody else's task. */
const GIVING_BACK: ReadonlySet<string> = new Set(['releaseTranslation']);

describe('a translator outside their language', () => {
  it('does nothing to a text, whatever they try, and nothing is half done', async () => {
    const translator = await translatorOf('de', 'fr');
    const rows = () => server.database.sql('select * from desk.translation order by id');
    const before = await rows();
    const names = byLanguage();
    expect(names.length).toBeGreaterThan(10);
    const codes: Record<string, string | null> = {};
    for (const name of names) codes[name] = await translator.code(name, inputOf(name));
    expect(codes).toEqual(Object.fromEntries(names.map((name) => [name, 'FORBIDDEN'])));
    expect(await rows()).toEqual(before);
    expect(await server.database.sql('select 1 from desk.working_text')).toEqual([]);
  });

  it('in their own, does what the table says: regions too, and nobody’s original', async () => {
    const translator = await translatorOf('en', 'fr');
    const canadian = await translator.do('startTranslation', {
      sourceRevisionId: original.revisionId,
      language: 'fr-CA',
    });
    expect(canadian).toMatchObject({ __typename: 'TranslationStarted' });
    expect(await translator.code('saveWorkingText', { ...at(textOf(canadian)), body: 'Le port.' })).toBeNull();
    // French is theirs, but an original is its writers’.
    expect(await translator.code('saveWorkingText', { ...at(original), body: 'Autre.' })).toBe('FORBIDDEN');
    const slug = { articleId, expectedVersion: 1, language: 'fr', slug: 'pas-a-moi' };
    expect(await translator.code('changeSlug', slug)).toBe('FORBIDDEN');
    expect(await translator.code('approveTranslation', at(english))).toBe('FORBIDDEN');
    expect(await translator.code('editArticle', { articleId, expectedVersion: 1, kind: 'VIDEO' })).toBe('FORBIDDEN');
  });
});

describe('a contributor', () => {
  it('writes articles and their originals, in whatever language, and no translation', async () => {
    const contributor = await givenWriter(server, [{ role: 'CONTRIBUTOR', languages: [] }]);
    const own = await givenWritten(server, contributor);
    const saved = await contributor.do('saveRevision', { ...at(own.original), body: 'Autre.', reason: 'Mieux' });
    expect(saved).toMatchObject({ __typename: 'RevisionSaved' });
    const slug = { articleId: own.articleId, expectedVersion: 1, language: 'fr', slug: 'a-moi' };
    expect(await contributor.code('changeSlug', slug)).toBeNull();
    for (const name of ['saveWorkingText', 'saveRevision', 'restoreRevision', 'changeSlug', 'startTranslation']) {
      expect([name, await contributor.code(name, inputOf(name))]).toEqual([name, 'FORBIDDEN']);
    }
    for (const step of ['reviewTranslation', 'approveTranslation', 'sendBackTranslation']) {
      expect(await contributor.code(step, at(textOf(saved)))).toBe('FORBIDDEN');
    }
  });
});

describe('a role', () => {
  const everybody: readonly (readonly [string, readonly RoleGrant[]])[] = [
    ['no role', []],
    ['READER', [{ role: 'READER', languages: [] }]],
    ['RIGHTS_MANAGER', [{ role: 'RIGHTS_MANAGER', languages: [] }]],
  ];

  it.each(everybody)('that writes no texts changes none: %s', async (_name, roles) => {
    const writer = await givenWriter(server, roles);
    for (const name of byLanguage()) expect(await writer.code(name, inputOf(name))).toBe('FORBIDDEN');
    expect(await writer.code('createArticle', await articleInput(server))).toBe('FORBIDDEN');
  });

  it('by a token does no more than the token’s scopes', async () => {
    const { original: text } = await givenWritten(server, editor);
    const editorRole: RoleGrant[] = [{ role: 'EDITOR', languages: [] }];
    const reading = await givenWriter(server, editorRole, ['READ_DESK']);
    expect(await reading.code('saveWorkingText', { ...at(text), body: 'x' })).toBe('FORBIDDEN');
    const writing = await givenWriter(server, editorRole, ['WRITE', 'READ_DESK']);
    expect(await writing.code('reviewTranslation', at(text))).toBeNull();
    expect(await writing.code('approveTranslation', at(text))).toBe('FORBIDDEN');
  });

  it('is not had by saying so: what nobody declared is no input, wherever it is nested', async () => {
    const translator = await translatorOf('en');
    const text = await givenTranslated(editor, (await givenWritten(server, editor)).original);
    for (const extra of [
      { state: 'APPROVED' },
      { language: 'fr' },
      { isOriginal: false },
      { actor: { kind: 'COMMAND' } },
      { viewer: { roles: ['ADMIN'] } },
      { translationid: text.translationId },
    ]) {
      const answer = await translator.ask('saveRevision', { ...at(text), body: 'x', reason: 'x', ...extra });
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    const polluted = JSON.parse(`{ "__proto__": { "isAdmin": true }, "reason": "x" }`) as object;
    const sent = await translator.ask('completeTranslation', { ...at(text), ...polluted });
    expect(sent.status).toBe(400);
    const nested = { relation: 'OWN', source: 'x', publisher: { slug: 'global-research' } };
    const created = await editor.ask('createArticle', await articleInput(server, { origin: nested }));
    expect(created.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('that approves vouches for one text: another one is approved anew', async () => {
    const written = await givenWritten(server, editor);
    const approved = await approve(editor, written.original, true);
    const contributor = await givenWriter(server, [{ role: 'CONTRIBUTOR', languages: [] }]);
    await contributor.do('saveRevision', { ...at(approved), body: 'Après coup.', reason: 'x' });
    const publish = { articleId: written.articleId, language: 'fr', expectedRevision: 2 };
    expect(await editor.code('publishTranslation', publish)).toBe('NOT_APPROVED');
  });
});
