import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { isForAnyone, isInScope, isPermitted, type Permission, type Scope } from '../../src/accounts/permissions.js';
import { permissionsOf } from '../../src/accounts/permits.js';
import { fromGlobalId, toGlobalId } from '../../src/common/global-id.js';
import { givenAccount, givenSession, givenToken, type Person } from '../fixtures/accounts.js';
import { givenReferences } from '../fixtures/given.js';
import { approve, articleInput, at, givenTranslated, type GivenText, mutationOf, textOf } from '../fixtures/writers.js';
import { type GraphQLAnswer, startTestServer, type TestServer } from '../support/test-server.js';
import { type ValueFor, type WholeOperation, wholeOperations } from '../support/whole-operation.js';

/** Words of the desk that nobody may meet who does not read it. */
const WORDS = ['Zirkonia', 'Quetzalcode', 'Labradorescent', 'Pegmatitique', 'Wolframite'];

/** A word in every address by which somebody signs in: their owners meet their own alone, and admins all of them. */
const ADDRESS = 'obsidiane';
/** From where an admin has signed in. */
const HOST = '203.0.113.77';

/** Somebody who asks, and what they may do. */
interface Asker {
  readonly secret: string;
  readonly email: string;
  may: (permission: Permission) => boolean;
}

let server: TestServer;
let operations: WholeOperation[];
/** The same, and asked for little: for who is refused. */
let refusals: WholeOperation[];
const askers = new Map<string, Asker>();
const people = new Map<string, Person>();
let english: GivenText;
/** What is there, by what arguments are called. */
let there: Record<string, string>;
/** What is stored of passwords and of secrets, as an answer could have it. */
let hashes: string[];

async function givenAsker(
  name: string,
  role: Parameters<typeof isPermitted>[1],
  scopes?: readonly Scope[],
): Promise<Asker> {
  const person = await givenAccount(server, { email: `${ADDRESS}-${askers.size}@example.org`, name, roles: role });
  people.set(name, person);
  const secret = scopes === undefined ? await givenSession(server, person) : await givenToken(server, person, scopes);
  const may = (permission: Permission): boolean =>
    isForAnyone(permission) ||
    ((scopes === undefined || isInScope(permission, scopes)) && isPermitted(permission, role));
  const asker = { secret, email: person.email, may };
  askers.set(name, asker);
  return asker;
}

const asker = (name: string): Asker => {
  const found = askers.get(name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
};

const ask = ({ secret }: Asker, document: string, variables: Record<string, unknown>): Promise<GraphQLAnswer> =>
  server.query(document, variables, { authorization: `Bearer ${secret}` });

/** All of an answer, but the moment and the number of the request; with ids that were asked with as dots. */
function bytesOf({ status, data, errors, headers }: GraphQLAnswer, asked: readonly string[] = []): string {
  const told = [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
  return asked.reduce((text, id) => text.replaceAll(id, '·'), JSON.stringify([status, data, errors, told]));
}

beforeAll(async () => {
  server = await startTestServer({
    config: { costMax: 100_000_000, depthMax: 50, tokensMax: 100_000, aliasesMax: 100_000, pageSizeMax: 10 },
  });
  await givenReferences(server);
  const all = { languages: [] };
  const admin = await givenAsker('Ada Admin', [{ role: 'ADMIN', ...all }]);
  const editor = await givenAsker('Edda Editor', [{ role: 'EDITOR', ...all }]);
  const translator = await givenAsker('Toni Translator', [{ role: 'TRANSLATOR', languages: ['en'] }]);
  await givenAsker('Rita Reader', [{ role: 'READER', ...all }]);
  await givenAsker('Theo Translator', [{ role: 'TRANSLATOR', languages: ['it'] }]);
  await givenAsker('Carl Contributor', [{ role: 'CONTRIBUTOR', ...all }]);
  await givenAsker('Rosa Rights', [{ role: 'RIGHTS_MANAGER', ...all }]);
  await givenAsker('Nora Nobody', []);
  await givenAsker('Program that writes', [{ role: 'EDITOR', ...all }], ['WRITE', 'PUBLISH']);
  await givenAsker('Program out of scope', [{ role: 'EDITOR', ...all }], ['ADMIN']);
  for (const [name, sql] of [
    ['Suspended', 'update account.account set disabled_at = now() where id = $1'],
    ['Expired session', 'update account.session set expires_at = now() where account_id = $1'],
    ['Expired token', 'update account.api_token set expires_at = now() where account_id = $1'],
    ['Revoked token', 'update account.api_token set revoked_at = now() where account_id = $1'],
  ] as const) {
    const scopes = name.endsWith('token') ? (['READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN'] as const) : undefined;
    const lost = await givenAsker(name, [{ role: 'ADMIN', ...all }], scopes);
    lost.may = isForAnyone;
    await server.database.sql(sql, [people.get(name)?.id]);
  }
  await server.database.sql('update account.session set address = $2 where account_id = $1', [
    people.get('Ada Admin')?.id,
    HOST,
  ]);

  const run = async (who: Asker, mutation: string, input: object): Promise<Record<string, any>> => {
    const { data, errors } = await ask(who, mutationOf(server, mutation), { input });
    if (errors !== undefined || data.result.code !== undefined)
      throw new Error(JSON.stringify([mutation, data, errors]));
    return data.result as Record<string, any>;
  };
  const writer = { do: (mutation: string, input: object) => run(translator, mutation, input) };
  const own = { headline: 'Zirkonia', body: 'Le Quetzalcode.', origin: { relation: 'VERBATIM', source: 'Wolframite' } };
  const { article } = await run(editor, 'createArticle', await articleInput(server, own));
  const original = textOf({ translation: (article as { translations: unknown[] }).translations[0] });
  english = await givenTranslated(writer as never, original);
  const articleId = article.id as string;
  english = textOf(await run(translator, 'saveWorkingText', { ...at(english), headline: 'Zirkonia in hand' }));
  const claimed = { articleId, language: 'en' };
  await run(translator, 'claimTranslation', claimed);
  await run(translator, 'addNote', { ...claimed, body: 'Labradorescent ?' });
  await run(translator, 'lockText', { translationId: english.translationId });
  await approve({ do: (mutation: string, input: object) => run(editor, mutation, input) } as never, original, true);
  const later = { at: '2044-07-14T08:00', timeZone: 'Europe/Paris' };
  await run(editor, 'schedulePublication', { articleId, language: 'fr', expectedRevision: 1, ...later });
  const [finding] = await server.database.sql<{ code: string; path: string }>(
    `select f.code, f.path from desk.finding f where f.article_id = $1 limit 1`,
    [fromGlobalId(articleId)?.id],
  );
  if (finding !== undefined) await run(editor, 'waiveFinding', { articleId, ...finding, reason: 'Pegmatitique' });

  const idOf = async (type: string, sql: string): Promise<string> =>
    toGlobalId(type, (await server.database.sql<{ id: string }>(sql, [people.get('Ada Admin')?.id]))[0]?.id ?? '');
  await givenToken(server, { id: people.get('Ada Admin')?.id ?? '' }, ['ADMIN']);
  const colleague = toGlobalId('Account', people.get('Edda Editor')?.id ?? '');
  there = {
    ...{ articleId, translationId: english.translationId, objectId: articleId },
    ...{ revisionId: english.revisionId, fromId: original.revisionId, toId: original.revisionId },
    ...{ sourceRevisionId: original.revisionId, accountId: colleague, assigneeId: colleague, writtenById: colleague },
    ...{ expectedAssigneeId: toGlobalId('Account', people.get('Toni Translator')?.id ?? '') },
    publisherId: await idOf('Publisher', 'select id from desk.publisher where $1::uuid is not null limit 1'),
    noteId: await idOf('Note', 'select id from desk.note where $1::uuid is not null'),
    sessionId: await idOf('Session', 'select id from account.session where account_id = $1 limit 1'),
    apiTokenId: await idOf('ApiToken', 'select id from account.api_token where account_id = $1 limit 1'),
    ...{ blockId: 'b1', sourceBlockId: 'b1' },
  };
  const stored = await server.database.sql<{ text: string }>(
    `select password_hash as text from account.account where password_hash is not null
     union all select encode(hash, 'hex') from account.session_secret union all select encode(hash, 'base64') from account.session_secret
     union all select encode(hash, 'hex') from account.api_token union all select encode(hash, 'base64') from account.api_token`,
  );
  hashes = stored.map(({ text }) => text);
  const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
  operations = wholeOperations(schema, 4);
  refusals = wholeOperations(schema, 2);
  expect(admin.may('account.administer')).toBe(true);
}, 90_000);
afterAll(async () => {
  await server.close();
});

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** The id of nothing, of the same kind. */
const unknown = (id: string): string => toGlobalId(fromGlobalId(id)?.type ?? 'Block', UNKNOWN);

/** What `id` is of, field by field. */
const KINDS: Readonly<Record<string, string>> = {
  'desk.article': 'articleId',
  'desk.translation': 'translationId',
  'desk.revision': 'revisionId',
};

/** What is asked with beside ids, so that the ids are looked at. */
const GIVEN: Readonly<Record<string, unknown>> = {
  language: 'en',
  at: '2044-07-14T08:00',
  timeZone: 'Europe/Paris',
  slug: 'le-port-rouvert',
};

/** The values of an operation; of ids, what is made of those that there are. */
function valuesOf({ name: operation }: WholeOperation, make: (id: string, name: string) => string): ValueFor {
  return (name, siblings) => {
    const id = there[name === 'id' ? (KINDS[operation] ?? '') : name];
    if (id !== undefined) return make(id, name);
    if (name === 'id' || name.endsWith('Id')) throw new Error(`say what ${operation} is asked with for ${name}`);
    if (name === 'expectedVersion' && siblings.includes('translationId')) return english.expectedVersion;
    return GIVEN[name];
  };
}

const variablesOf = (operation: WholeOperation, make = (id: string) => id): Record<string, unknown> =>
  operation.variables(valuesOf(operation, make));

const permissions = ({ field }: WholeOperation): readonly Permission[] => permissionsOf(field);

/** What of the private words an answer has; the asker’s own address is theirs. */
function leaksIn(text: string, words: readonly string[], { email }: Asker): string[] {
  const others = text.replaceAll(email, '·');
  return words.filter((word) => others.includes(word));
}

describe('who may not know', () => {
  it('is answered the same, byte for byte, of what there is and of what there is not', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const [name, who] of askers) {
      for (const operation of refusals) {
        const isRefused = !permissions(operation).some((permission) => who.may(permission));
        // Nobody’s sessions and tokens are anybody else’s business, whatever they may.
        const isTheirs = operation.ids.some((id) => id === 'sessionId' || id === 'apiTokenId') && name !== 'Ada Admin';
        if (operation.ids.length === 0 || !(isRefused || isTheirs)) continue;
        const [known, missing] = [variablesOf(operation), variablesOf(operation, unknown)];
        const asked = Object.values(there).flatMap((id) => [id, unknown(id)]);
        const one = bytesOf(await ask(who, operation.document, known), asked);
        const other = bytesOf(await ask(who, operation.document, missing), asked);
        compared += 1;
        if (one !== other) wrong.push(`${name}: ${operation.name}: ${one.slice(0, 200)} | ${other.slice(0, 200)}`);
        if (isRefused && !/FORBIDDEN|UNAUTHENTICATED/.test(one))
          wrong.push(`${name}: ${operation.name}: ${one.slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(300);
  }, 120_000);

  it('meets no word of the desk, whatever is asked', async () => {
    const wrong: string[] = [];
    for (const [name, who] of askers) {
      if (who.may('desk.read')) continue;
      for (const operation of operations) {
        // What a mutation answers with, whoever may do it may read, by a token of theirs that reads nothing else, too.
        if (operation.isMutation && permissions(operation).some((permission) => who.may(permission))) continue;
        const text = bytesOf(await ask(who, operation.document, variablesOf(operation)));
        const private_ = [...WORDS, HOST, ...hashes, ...(who.may('account.administer') ? [] : [ADDRESS])];
        for (const word of leaksIn(text, private_, who)) wrong.push(`${name}: ${operation.name}: ${word}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('who reads the desk', () => {
  it('meets names, and nobody’s address, hash or secret; admins meet addresses', async () => {
    const wrong: string[] = [];
    const met = new Set<string>();
    for (const [name, who] of askers) {
      if (!who.may('desk.read')) continue;
      for (const operation of operations) {
        if (operation.isMutation) continue;
        const { data, ...answer } = await ask(who, operation.document, variablesOf(operation));
        const text = JSON.stringify([data, answer.errors]);
        for (const word of [...WORDS, ADDRESS]) if (text.includes(word)) met.add(`${name}: ${word}`);
        const secrets = [...hashes, ...[...askers.values()].map(({ secret }) => secret)];
        const private_ = who.may('account.administer') ? secrets : [...secrets, ADDRESS, HOST];
        for (const word of leaksIn(text, private_, who)) wrong.push(`${name}: ${operation.name}: ${word}`);
      }
    }
    expect(wrong).toEqual([]);
    for (const word of ['Zirkonia', 'Quetzalcode', 'Labradorescent', 'Wolframite']) {
      expect([...met]).toContain(`Rita Reader: ${word}`);
    }
    expect([...met]).toContain(`Ada Admin: ${ADDRESS}`);
  }, 120_000);

  it('is told no more by who may not write: of a refusal nothing of the text', async () => {
    const wrong: string[] = [];
    for (const name of ['Theo Translator', 'Rita Reader']) {
      const who = asker(name);
      for (const operation of operations) {
        if (!operation.isMutation || !operation.ids.includes('translationId')) continue;
        const answer = await ask(who, operation.document, variablesOf(operation));
        const text = bytesOf(answer);
        if (answer.errors?.[0]?.extensions.code !== 'FORBIDDEN' && operation.name !== 'unlockText') {
          wrong.push(`${name}: ${operation.name}: ${text.slice(0, 200)}`);
        }
        for (const word of leaksIn(text, [...WORDS, ADDRESS], who)) wrong.push(`${name}: ${operation.name}: ${word}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

it('unknown ids of every kind are a clean NOT_FOUND, and what is no id at all a mistake of the caller', async () => {
  const admin = asker('Ada Admin');
  const wrong: string[] = [];
  let asked = 0;
  for (const operation of operations) {
    for (const id of operation.ids.filter((one) => one !== 'blockId' && !one.startsWith('expected'))) {
      const forms: readonly (readonly [string, (known: string) => string])[] = [
        ['unknown', unknown],
        ['of another kind', () => toGlobalId('Wrapper', UNKNOWN)],
        ['bare', () => UNKNOWN],
        ['none', () => 'nonsense'],
        ['empty', () => ''],
      ];
      for (const [form, make] of forms) {
        const values = operation.variables(valuesOf(operation, (known, name) => (name === id ? make(known) : known)));
        const answer = await ask(admin, operation.document, values);
        const codes = [...bytesOf(answer).matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
        const isNothing = codes.length === 0 && !operation.isMutation;
        const isClean = codes.length > 0 && codes.every((code) => code === 'NOT_FOUND' || code === 'BAD_USER_INPUT');
        asked += 1;
        if (answer.status >= 500 || !(isNothing || isClean)) {
          wrong.push(
            `${operation.name} with ${form} ${id}: ${answer.status} ${codes.join()} ${bytesOf(answer).slice(0, 300)}`,
          );
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(150);
}, 120_000);
