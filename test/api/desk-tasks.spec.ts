import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AccountsService } from '../../src/accounts/accounts.service.js';
import type { RoleGrant } from '../../src/accounts/permissions.js';
import { commandActor } from '../../src/common/actor.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { askAs, givenAccount, givenSession, givenToken, type Person } from '../fixtures/accounts.js';
import { givenOriginal, givenTranslated } from '../fixtures/editors.js';
import { givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** Somebody who is signed in. */
interface Colleague {
  readonly person: Person;
  readonly id: string;
  do(mutation: string, input: Record<string, unknown>): Promise<Record<string, any>>;
  desk(selection: string): Promise<Record<string, any>>;
}

const nothing = (): void => undefined;
const SILENT = {
  ...{ logQuery: nothing, logQueryError: nothing, logQuerySlow: nothing, logSchemaBuild: nothing },
  ...{ logMigration: nothing, log: nothing },
};

const ASSIGNMENT = 'assignment { language article { id } assignee { id name isDisabled } assignedBy { id } }';
const LOCK = 'lock { holder { id name } endsAt }';
const NOTE = `note { id language body passage { blockId quote } writtenBy { name } editedAt resolvedBy { name }
  resolvedAt article { id } }`;
const RESULTS: Readonly<Record<string, string>> = {
  assignTranslation: `... on TranslationAssigned { ${ASSIGNMENT} } ... on TranslationTaken { ${ASSIGNMENT} ${LOCK} }`,
  unassignTranslation: `... on TranslationReleased { language article { id } } ... on TranslationTaken { ${ASSIGNMENT} }`,
  claimTranslation: `... on TranslationClaimed { ${ASSIGNMENT} } ... on TranslationTaken { ${ASSIGNMENT} ${LOCK} }`,
  releaseTranslation: `... on TranslationReleased { language } ... on TranslationTaken { ${ASSIGNMENT} }`,
  lockText: `... on TextLocked { ${LOCK} translation { id lock { holder { id } } } } ... on TextHeld { ${LOCK} }`,
  unlockText: '... on TextUnlocked { translationId }',
  saveWorkingText: '... on TextSaved { translation { headline lock { holder { name } } } }',
  addNote: `... on NoteAdded { ${NOTE} }`,
  editNote: `... on NoteEdited { ${NOTE} }`,
  resolveNote: `... on NoteResolved { ${NOTE} }`,
};

let server: TestServer;
let editor: Colleague;
let anna: Colleague;
let bert: Colleague;
let id: string;
let articleId: string;
let count = 0;
const colleague = async (name: string, ...roles: RoleGrant[]): Promise<Colleague> => {
  const person = await givenAccount(server, { name, roles });
  const secret = await givenSession(server, person);
  return {
    person,
    id: toGlobalId('Account', person.id),
    do: async (mutation, input) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const { data, errors } = await askAs(
        server,
        secret,
        `mutation ($input: ${type}!) { result: ${mutation}(input: $input) {
          __typename ... on Problem { code path } ${RESULTS[mutation] ?? ''} } }`,
        { input },
      );
      return errors === undefined ? (data.result as Record<string, any>) : { thrown: errors[0]?.extensions.code };
    },
    desk: async (selection) => {
      const { data, errors } = await askAs(server, secret, `{ desk { ${selection} } }`);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data.desk as Record<string, any>;
    },
  };
};
const translator = (name: string, ...languages: string[]) => colleague(name, { role: 'TRANSLATOR', languages });
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await colleague('Edda Editor', { role: 'EDITOR', languages: [] });
  anna = await translator('Anna', 'en', 'de');
  bert = await translator('Bert', 'en', 'es');
}, 60_000);
afterAll(async () => {
  await server.close();
});
beforeEach(async () => {
  ({ id, articleId } = await givenOriginal(server, `À traduire ${++count}`));
});

const sql = <Row = Record<string, any>>(text: string, values: unknown[] = []) => server.database.sql<Row>(text, values);
const trail = async (operation: string, objectId: string) =>
  sql(
    'select actor_name, language, before, after, reason from audit.entry where operation = $1 and object_id = $2 order by id',
    [operation, objectId],
  );
const assigneesOf = async (language: string): Promise<string[]> =>
  (
    await sql<{ name: string }>(
      `select a.name from desk.translation_assignment t join account.account a on a.id = t.assignee_id
       where t.article_id = $1 and t.language = $2`,
      [id, language],
    )
  ).map(({ name }) => name);

describe('a translation that nobody has begun', () => {
  it('is claimed by one of eight who want it at once', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, (_, i) => translator(`Translator ${i}`, 'de')));
    const results = await Promise.all(many.map((one) => one.do('claimTranslation', { articleId, language: 'de' })));
    const won = results.filter(({ __typename }) => __typename === 'TranslationClaimed');
    expect(won).toHaveLength(1);
    const { assignee } = won[0]?.assignment ?? {};
    for (const result of results.filter((one) => !won.includes(one))) {
      expect(result).toMatchObject({ code: 'TRANSLATION_TAKEN', assignment: { assignee }, lock: null });
    }
    expect(await assigneesOf('de')).toEqual([assignee.name]);
    expect(await trail('translation.claim', id)).toMatchObject([
      { language: 'de', before: null, after: { assignee: assignee.name } },
    ]);
  });

  it('stands in its translator’s list, and is somebody else’s once it is given back', async () => {
    expect(await anna.do('claimTranslation', { articleId, language: 'de' })).toMatchObject({
      assignment: {
        language: 'de',
        article: { id: articleId },
        assignee: { id: anna.id },
        assignedBy: { id: anna.id },
      },
    });
    // To have it again is no mistake, and leaves no trace.
    expect(await anna.do('claimTranslation', { articleId, language: 'de' })).toMatchObject({
      __typename: 'TranslationClaimed',
    });
    const mine = `assignments(filter: { assigneeId: "${anna.id}", isStarted: false }) { edges { node {
      language article { id assignments { assignee { name } } } translation { id } } } }`;
    expect((await anna.desk(mine)).assignments.edges).toEqual([
      {
        node: {
          language: 'de',
          article: { id: articleId, assignments: [{ assignee: { name: 'Anna' } }] },
          translation: null,
        },
      },
    ]);
    const released = { __typename: 'TranslationReleased', language: 'de' };
    expect(await anna.do('releaseTranslation', { articleId, language: 'de' })).toEqual(released);
    expect(await anna.do('releaseTranslation', { articleId, language: 'de' })).toMatchObject({ code: 'NOT_ASSIGNED' });
    expect(await trail('translation.claim', id)).toHaveLength(1);
    expect(await trail('translation.release', id)).toMatchObject([{ before: { assignee: 'Anna' }, after: null }]);
    expect((await anna.desk(mine)).assignments.edges).toEqual([]);
  });

  it('is claimed by nobody outside their languages', async () => {
    expect(await bert.do('claimTranslation', { articleId, language: 'de' })).toEqual({ thrown: 'FORBIDDEN' });
    expect(await bert.do('claimTranslation', { articleId, language: 'es-MX' })).toMatchObject({
      assignment: { language: 'es-MX' },
    });
    const nothing = { articleId: toGlobalId('Article', bert.person.id), language: 'en' };
    expect(await bert.do('claimTranslation', nothing)).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'articleId'],
    });
    expect(await bert.do('claimTranslation', { articleId: bert.id, language: 'en' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await bert.do('releaseTranslation', { articleId, language: 'de' })).toMatchObject({ code: 'NOT_ASSIGNED' });
  });
});

describe('an original', () => {
  it('is the task of who may edit articles, and of no translator', async () => {
    const contributor = await colleague('Conny', { role: 'CONTRIBUTOR', languages: [] });
    const french = await translator('Fleur', 'fr');
    const at = { articleId, language: 'fr' };
    const [row] = await sql<{ id: string }>('select id from desk.translation where article_id = $1', [id]);
    const translationId = toGlobalId('Translation', row?.id ?? '');
    expect(await french.do('claimTranslation', at)).toEqual({ thrown: 'FORBIDDEN' });
    expect(await french.do('lockText', { translationId })).toEqual({ thrown: 'FORBIDDEN' });
    expect(await editor.do('assignTranslation', { ...at, assigneeId: french.id })).toMatchObject({
      code: 'ASSIGNEE_MAY_NOT',
    });
    expect(await contributor.do('claimTranslation', at)).toMatchObject({ assignment: { assignee: { name: 'Conny' } } });
    expect(await contributor.do('lockText', { translationId })).toMatchObject({ lock: { holder: { name: 'Conny' } } });
    expect(await contributor.do('claimTranslation', { articleId, language: 'en' })).toEqual({ thrown: 'FORBIDDEN' });
    const roles = [{ role: 'TRANSLATOR' as const, languages: ['fr'] }];
    await server.app.get(AccountsService).setRoles(commandActor('user role'), contributor.person.id, roles);
    expect(await assigneesOf('fr')).toEqual([]);
  });
});

describe('an editor', () => {
  const assign = (assigneeId: string, more: Record<string, unknown> = {}) =>
    editor.do('assignTranslation', { articleId, language: 'en', assigneeId, ...more });

  it('gives a task to somebody, and to somebody else once they have seen whose it is', async () => {
    expect(await assign(anna.id)).toMatchObject({
      assignment: { assignee: { id: anna.id, isDisabled: false }, assignedBy: { id: editor.id } },
    });
    expect(await bert.do('claimTranslation', { articleId, language: 'en' })).toMatchObject({
      code: 'TRANSLATION_TAKEN',
      assignment: { assignee: { name: 'Anna' } },
    });
    // Who has not seen that it is Anna's takes nothing from her.
    expect(await assign(bert.id)).toMatchObject({
      code: 'TRANSLATION_TAKEN',
      assignment: { assignee: { name: 'Anna' } },
    });
    expect(await assign(bert.id, { expectedAssigneeId: editor.id })).toMatchObject({ code: 'TRANSLATION_TAKEN' });
    expect(await assign(bert.id, { expectedAssigneeId: anna.id })).toMatchObject({
      assignment: { assignee: { id: bert.id } },
    });
    expect(await anna.do('releaseTranslation', { articleId, language: 'en' })).toMatchObject({
      code: 'TRANSLATION_TAKEN',
    });
    const unassign = (expectedAssigneeId: string) =>
      editor.do('unassignTranslation', { articleId, language: 'en', expectedAssigneeId });
    expect(await unassign(anna.id)).toMatchObject({ code: 'TRANSLATION_TAKEN' });
    expect(await unassign(bert.id)).toMatchObject({ language: 'en', article: { id: articleId } });
    expect(await unassign(bert.id)).toMatchObject({ code: 'NOT_ASSIGNED' });
    expect(await assign(anna.id, { expectedAssigneeId: bert.id })).toMatchObject({ code: 'NOT_ASSIGNED' });
    expect(
      (await trail('translation.assign', id)).map(
        ({ before, after }) => [before?.assignee, after?.assignee] as string[],
      ),
    ).toEqual([
      [undefined, 'Anna'],
      ['Anna', 'Bert'],
      ['Bert', undefined],
    ]);
  });

  it('gives none to who may not write in the language, is shut out, or is nobody', async () => {
    expect(await assign(bert.id, { language: 'de' })).toMatchObject({
      code: 'ASSIGNEE_MAY_NOT',
      path: ['input', 'assigneeId'],
    });
    const gone = await translator('Gone', 'en');
    await sql('update account.account set disabled_at = now() where id = $1', [gone.person.id]);
    expect(await assign(gone.id)).toMatchObject({ code: 'ASSIGNEE_MAY_NOT' });
    expect(await assign(toGlobalId('Account', id))).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'assigneeId'] });
    expect(await assign(articleId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await anna.do('assignTranslation', { articleId, language: 'en', assigneeId: anna.id })).toEqual({
      thrown: 'FORBIDDEN',
    });
    expect(await assigneesOf('en')).toEqual([]);
  });
});

describe('whoever may do less than before', () => {
  it('loses the tasks that they may no longer do, with a line in the trail for each', async () => {
    const carla = await translator('Carla', 'en', 'de');
    for (const language of ['en', 'de']) await carla.do('claimTranslation', { articleId, language });
    const accounts = server.app.get(AccountsService);
    await accounts.setRoles(commandActor('user role'), carla.person.id, [{ role: 'TRANSLATOR', languages: ['de'] }]);
    expect([await assigneesOf('en'), await assigneesOf('de')]).toEqual([[], ['Carla']]);
    await accounts.disable(commandActor('user disable'), carla.person.id);
    expect(await assigneesOf('de')).toEqual([]);
    expect(await trail('translation.assign', id)).toMatchObject([
      { language: 'en', before: { assignee: 'Carla' }, after: null, reason: 'The roles were changed' },
      { language: 'de', before: { assignee: 'Carla' }, after: null, reason: 'The account was disabled' },
    ]);
  });

  it('gets no task that was claimed while they were shut out', async () => {
    const dora = await translator('Dora', 'de');
    const accounts = server.app.get(AccountsService);
    await Promise.all([
      accounts.disable(commandActor('user disable'), dora.person.id),
      ...Array.from({ length: 5 }, () => dora.do('claimTranslation', { articleId, language: 'de' })),
    ]);
    expect(await assigneesOf('de')).toEqual([]);
  });
});

describe('a text that somebody is writing', () => {
  let translationId: string;
  let textId: string;
  beforeEach(async () => {
    await givenTranslated(server, id, 'en', 'English');
    const [row] = await sql<{ id: string }>(
      `select id from desk.translation where article_id = $1 and language = 'en'`,
      [id],
    );
    textId = row?.id ?? '';
    translationId = toGlobalId('Translation', textId);
  });
  const endIt = () =>
    sql(`update desk.text_lock set ends_at = now() - interval '1 s' where translation_id = $1`, [textId]);
  const endsInSeconds = async (): Promise<number> => {
    const [row] = await sql<{ s: number }>(
      'select extract(epoch from ends_at - now())::float8 as s from desk.text_lock where translation_id = $1',
      [textId],
    );
    return row?.s ?? 0;
  };

  it('is held by one of eight who begin at once, for five minutes by Postgres’ clock', async () => {
    const many = [anna, bert, anna, bert, anna, bert, anna, bert];
    const results = await Promise.all(many.map((one) => one.do('lockText', { translationId })));
    const holder = results.find(({ __typename }) => __typename === 'TextLocked')?.lock.holder;
    results.forEach((result, i) => {
      const isHolder = many[i]?.id === holder.id;
      expect(result).toMatchObject({ __typename: isHolder ? 'TextLocked' : 'TextHeld', lock: { holder } });
    });
    expect(await endsInSeconds()).toBeGreaterThan(290);
    expect(await endsInSeconds()).toBeLessThanOrEqual(300);
  });

  it('is anybody’s after its end, an editor’s before it, and free once it is let go', async () => {
    expect(await anna.do('lockText', { translationId })).toMatchObject({
      lock: { holder: { name: 'Anna' } },
      translation: { id: translationId, lock: { holder: { id: anna.id } } },
    });
    expect(await bert.do('lockText', { translationId })).toMatchObject({
      code: 'TEXT_HELD',
      lock: { holder: { name: 'Anna' } },
    });
    expect(await editor.do('lockText', { translationId })).toMatchObject({ code: 'TEXT_HELD' });
    expect(await bert.do('lockText', { translationId, takeOver: true })).toEqual({ thrown: 'FORBIDDEN' });
    await endIt();
    expect(await bert.do('lockText', { translationId })).toMatchObject({ lock: { holder: { name: 'Bert' } } });
    expect(await editor.do('lockText', { translationId, takeOver: true })).toMatchObject({
      lock: { holder: { id: editor.id } },
    });
    expect(await trail('translation.takeOver', id)).toMatchObject([
      { language: 'en', before: { holder: 'Bert' }, after: { holder: 'Edda Editor' } },
    ]);
    // Bert no longer holds it: that he goes takes nothing from the editor.
    await bert.do('unlockText', { translationId });
    expect(await bert.do('lockText', { translationId })).toMatchObject({ code: 'TEXT_HELD' });
    expect(await editor.do('unlockText', { translationId })).toEqual({ __typename: 'TextUnlocked', translationId });
    expect(await bert.do('lockText', { translationId })).toMatchObject({ lock: { holder: { name: 'Bert' } } });
  });

  it('is saved by whoever has read its newest state all the same; saving holds it, and puts its end off', async () => {
    const save = async (who: Colleague, headline: string) => {
      const { translation } = await who.desk(`translation(id: "${translationId}") { version }`);
      const expectedVersion = (translation as { version: number }).version;
      return who.do('saveWorkingText', { translationId, expectedVersion, headline });
    };
    expect(await save(anna, 'One')).toMatchObject({
      translation: { headline: 'One', lock: { holder: { name: 'Anna' } } },
    });
    const held = `article(id: "${articleId}") { translation(language: "en") { lock { holder { name } } assignee { name } } }`;
    expect((await bert.desk(held)).article.translation).toEqual({ lock: { holder: { name: 'Anna' } }, assignee: null });
    // It warns Bert, and keeps him from nothing.
    expect(await save(bert, 'Two')).toMatchObject({
      translation: { headline: 'Two', lock: { holder: { name: 'Anna' } } },
    });
    expect((await bert.desk(held)).article.translation.lock.holder.name).toBe('Anna');
    await sql(`update desk.text_lock set ends_at = now() + interval '1 minute' where translation_id = $1`, [textId]);
    await save(anna, 'Three');
    expect(await endsInSeconds()).toBeGreaterThan(290);
    await endIt();
    expect((await bert.desk(held)).article.translation.lock).toBeNull();
    await save(bert, 'Four');
    expect((await bert.desk(held)).article.translation.lock.holder.name).toBe('Bert');
  });

  it('is told of to who comes too late for the task', async () => {
    await anna.do('claimTranslation', { articleId, language: 'en' });
    await anna.do('lockText', { translationId });
    expect(await bert.do('claimTranslation', { articleId, language: 'en' })).toMatchObject({
      code: 'TRANSLATION_TAKEN',
      lock: { holder: { name: 'Anna' }, endsAt: expect.any(String) },
    });
  });

  it('is in their languages, and is one', async () => {
    const cleo = await translator('Cleo', 'de');
    expect(await cleo.do('lockText', { translationId })).toEqual({ thrown: 'FORBIDDEN' });
    expect(await cleo.do('unlockText', { translationId })).toEqual({ thrown: 'FORBIDDEN' });
    expect(await anna.do('lockText', { translationId: toGlobalId('Translation', id) })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await anna.do('unlockText', { translationId: articleId })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a note', () => {
  const add = (who: Colleague, more: Record<string, unknown> = {}) =>
    who.do('addNote', { articleId, body: 'Who is « Durand » ?', ...more });

  it('is of an article, of a language, or of a passage, whose beginning is kept with it', async () => {
    expect(await add(anna)).toMatchObject({
      note: {
        language: null,
        passage: null,
        body: 'Who is « Durand » ?',
        writtenBy: { name: 'Anna' },
        article: { id: articleId },
      },
    });
    expect(await add(anna, { language: 'ja' })).toMatchObject({ note: { language: 'ja', passage: null } });
    expect(await add(anna, { language: 'fr', blockId: 'b1' })).toMatchObject({
      note: { passage: { blockId: 'b1', quote: expect.stringMatching(/\S/) } },
    });
    expect(await add(bert, { language: 'fr', blockId: 'headline' })).toMatchObject({
      note: { passage: { blockId: 'headline', quote: expect.stringMatching(/\S/) } },
    });
    expect(await add(anna, { language: 'fr', blockId: 'b999' })).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'blockId'],
    });
    expect(await add(anna, { language: 'ja', blockId: 'b1' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await add(anna, { blockId: 'b1' })).toMatchObject({ code: 'INVALID_VALUE', path: ['input', 'language'] });
    const { article } = await bert.desk(`article(id: "${articleId}") {
      notes { language } translation(language: "fr") { notes { passage { blockId } } } }`);
    expect((article.notes as { language: string | null }[]).map(({ language }) => language)).toEqual([
      'fr',
      'fr',
      'ja',
      null,
    ]);
    expect(article.translation.notes).toEqual([{ passage: { blockId: 'headline' } }, { passage: { blockId: 'b1' } }]);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['too much', 'é'.repeat(2_001)],
  ])('that says %s is refused', async (_what, body) => {
    expect(await add(anna, { body })).toMatchObject({ code: 'INVALID_VALUE', path: ['input', 'body'] });
  });

  it.each([
    ['emoji and marks of direction', 'Ça va 👩‍👩‍👧 \u202eabc\u202c'],
    ['as much as may be', '😀'.repeat(2_000)],
    ['Markdown that would be script', '<script>alert(1)</script> [x](javascript:alert(1))'],
  ])('with %s is kept to the letter', async (_what, body) => {
    expect(await add(anna, { body })).toMatchObject({ note: { body } });
  });

  it('is worded anew by its author alone, until somebody resolves it; the trail has how it read', async () => {
    const { note } = await add(anna);
    const edit = (who: Colleague, body: string) => who.do('editNote', { noteId: note.id, body });
    expect(await edit(bert, 'Nobody')).toMatchObject({ code: 'NOT_YOUR_NOTE' });
    expect(await edit(editor, 'Nobody')).toMatchObject({ code: 'NOT_YOUR_NOTE' });
    expect(await edit(anna, 'Who is Dupont?')).toMatchObject({
      note: { body: 'Who is Dupont?', editedAt: expect.any(String), resolvedAt: null },
    });
    expect(await edit(anna, '')).toMatchObject({ code: 'INVALID_VALUE' });
    expect(await bert.do('resolveNote', { noteId: note.id })).toMatchObject({ note: { resolvedBy: { name: 'Bert' } } });
    // Who was first is remembered.
    expect(await editor.do('resolveNote', { noteId: note.id })).toMatchObject({
      note: { resolvedBy: { name: 'Bert' } },
    });
    expect(await edit(anna, 'Too late')).toMatchObject({ code: 'NOTE_IS_RESOLVED' });
    expect(await anna.do('resolveNote', { noteId: articleId })).toMatchObject({ code: 'NOT_FOUND' });
    const [row] = await sql<{ id: string }>('select id from desk.note where article_id = $1', [id]);
    const noteId = row?.id ?? '';
    expect(await trail('note.write', noteId)).toMatchObject([{ after: { articleId: id } }]);
    expect(await trail('note.edit', noteId)).toMatchObject([
      { before: { body: 'Who is « Durand » ?' }, after: { body: 'Who is Dupont?' } },
    ]);
    expect(await trail('note.resolve', noteId)).toMatchObject([{ actor_name: expect.stringContaining('Bert') }]);
  });

  it('is written by no reader, and by no token that may only read', async () => {
    const reader = await colleague('Rea', { role: 'READER', languages: [] });
    expect(await add(reader)).toEqual({ thrown: 'FORBIDDEN' });
    const token = await givenToken(server, anna.person, ['READ_DESK']);
    const { errors } = await askAs(
      server,
      token,
      `mutation { addNote(input: { articleId: "${articleId}", body: "x" }) { __typename } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('keeps the import that brought the article from being taken back', async () => {
    await add(anna);
    const [run] = await sql<{ number: number }>('select max(number) as number from desk.import_run');
    expect(await server.app.get(ImportsService).undo(run?.number ?? 0, false)).toMatchObject({
      isDone: false,
      builtUpon: [{ articleId: id, reasons: ['decided upon at the desk'] }],
    });
  });

  it('is found in the desk’s list, page by page, whichever way', async () => {
    for (let i = 1; i <= 5; i++)
      await add(i % 2 === 0 ? bert : anna, { body: `Note ${i}`, language: i === 5 ? 'en' : null });
    const list = async (args: string) => {
      const { notes } = await editor.desk(
        `notes(${args}) { edges { cursor node { body } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }`,
      );
      return {
        ...(notes.pageInfo as { startCursor: string; endCursor: string }),
        bodies: (notes.edges as { node: { body: string } }[]).map(({ node }) => node.body),
      };
    };
    const filter = `filter: { articleId: "${articleId}" }`;
    const first = await list(`first: 2, ${filter}`);
    expect(first).toMatchObject({ bodies: ['Note 5', 'Note 4'], hasNextPage: true });
    const second = await list(`first: 2, after: "${first.endCursor}", ${filter}`);
    expect(second).toMatchObject({ bodies: ['Note 3', 'Note 2'], hasNextPage: true, hasPreviousPage: true });
    expect(await list(`last: 2, before: "${second.startCursor}", ${filter}`)).toMatchObject({
      bodies: ['Note 5', 'Note 4'],
    });
    const of = async (more: string) => (await list(`filter: { articleId: "${articleId}" ${more} }`)).bodies;
    expect(await of('language: "en"')).toEqual(['Note 5']);
    expect(await of(`writtenById: "${bert.id}"`)).toEqual(['Note 4', 'Note 2']);
    expect(await of('isResolved: true')).toEqual([]);
    expect(await of('isResolved: false')).toHaveLength(5);
  });
});

it('lists of many articles take a statement for each kind of thing, however many there are', async () => {
  const lists = `assignments(first: FIRST, filter: { assigneeId: "${editor.id}" }) { edges { node { article { id assignments { language } notes { body } }
    translation { id assignee { id } lock { endsAt } notes(isResolved: false) { body } } } } }`;
  for (let i = 0; i < 6; i++) {
    const given = await givenOriginal(server, `Liste ${i} ${count}`);
    await editor.do('assignTranslation', { articleId: given.articleId, language: 'fr', assigneeId: editor.id });
    await anna.do('addNote', { articleId: given.articleId, body: 'x', language: 'fr' });
  }
  const source = server.app.get(DataSource);
  const statementsFor = async (first: number): Promise<number> => {
    const [logger, statements] = [source.logger, [] as string[]];
    source.logger = { ...SILENT, logQuery: (query) => void statements.push(query) };
    const { assignments } = await editor.desk(lists.replace('FIRST', String(first)));
    source.logger = logger;
    expect(assignments.edges).toHaveLength(first);
    return statements.length;
  };
  expect(await statementsFor(2)).toBeLessThan(15);
  expect(await statementsFor(6)).toBe(await statementsFor(2));
});
