import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { isForAnyone, isInScope, isPermitted, type RoleGrant, ROLES, SCOPES } from '../../src/accounts/permissions.js';
import { guardedFields, guardFields, permissionsOf } from '../../src/accounts/permits.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { codeOf, givenAccount, givenSession, givenToken, type Person } from '../fixtures/accounts.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Everybody who could ask: without a role, with each, and in each state. */
const GRANTS: readonly (readonly [string, readonly RoleGrant[]])[] = [
  ['no role', []],
  ...ROLES.map((role) => [role, [{ role, languages: role === 'TRANSLATOR' ? ['fr'] : [] }]] as const),
];

let server: TestServer;
let people: Map<string, Person>;
let operations: readonly {
  readonly name: string;
  readonly document: string;
  readonly field: GraphQLField<unknown, never>;
}[];
beforeAll(async () => {
  server = await startTestServer();
  people = new Map();
  for (const [name, roles] of GRANTS) people.set(name, await givenAccount(server, { roles }));
  const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
  const mutations = new Set(Object.values(schema.getMutationType()?.getFields() ?? {}));
  operations = guardedFields(schema).map((field) => {
    const args = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
    const given = args.map(({ name, type }) => `${name}: ${valueOf(type, name)}`).join(', ');
    const call = `${field.name}${given === '' ? '' : `(${given})`} ${isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'}`;
    const isMutation = mutations.has(field as never);
    return {
      name: isMutation ? field.name : `desk.${field.name}`,
      document: isMutation ? `mutation { ${call} }` : `{ desk { ${call} } }`,
      field: field,
    };
  });
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** A value that is well formed, and names nobody. */
function valueOf(type: GraphQLInputType, name: string): string {
  if (isNonNullType(type)) return valueOf(type.ofType, name);
  if (isListType(type)) return `[${valueOf(type.ofType, name)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(
      (one) => isNonNullType(one.type) && one.defaultValue === undefined,
    );
    return `{ ${needed.map((one) => `${one.name}: ${valueOf(one.type, one.name)}`).join(', ')} }`;
  }
  if (type.name === 'Boolean') return 'false';
  if (type.name === 'Int') return '1';
  if (type.name === 'ID')
    return JSON.stringify(
      toGlobalId(
        name.replace(/Id$/, '').replace(/^./, (c) => c.toUpperCase()),
        NOBODY,
      ),
    );
  if (type.name === 'PartialDate') return '"2016"';
  if (type.name === 'EmailAddress') return '"nobody@example.org"';
  return type.name === 'LanguageTag' ? '"fr"' : '"a text that nobody knows"';
}

async function codeFor(document: string, secret: string | null): Promise<string | null> {
  return codeOf(await server.query(document, {}, secret === null ? {} : { authorization: `Bearer ${secret}` }));
}

const personOf = (name: string): Person => people.get(name) ?? { id: NOBODY, email: '', password: '' };

describe('every mutation and every field of the desk', () => {
  it('has its line in the table of permissions', () => {
    expect(operations.length).toBeGreaterThan(15);
    expect(operations.filter(({ field }) => permissionsOf(field as never).length === 0)).toEqual([]);
  });

  it.each(GRANTS)('is done or refused as the table says: signed in with %s', async (name, grants) => {
    const wrong: string[] = [];
    for (const { name: operation, document, field } of operations) {
      const permissions = permissionsOf(field as never);
      const code = await codeFor(document, await givenSession(server, personOf(name)));
      const isDone = code !== 'FORBIDDEN' && code !== 'UNAUTHENTICATED';
      if (isDone !== permissions.some((one) => isPermitted(one, grants))) wrong.push(`${operation}: ${String(code)}`);
      if (code === 'INTERNAL_SERVER_ERROR' || code === 'GRAPHQL_VALIDATION_FAILED') wrong.push(`${operation}: ${code}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(GRANTS)('is done or refused as the table says: a token of each scope, with %s', async (name, grants) => {
    const wrong: string[] = [];
    for (const scope of SCOPES) {
      const token = await givenToken(server, personOf(name), [scope]);
      for (const { name: operation, document, field } of operations) {
        const permissions = permissionsOf(field as never);
        const code = await codeFor(document, token);
        const isDone = code !== 'FORBIDDEN' && code !== 'UNAUTHENTICATED';
        const may = permissions.some(
          (one) => isForAnyone(one) || (isInScope(one, [scope]) && isPermitted(one, grants)),
        );
        if (isDone !== may) wrong.push(`${operation} with ${scope}: ${String(code)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is refused to who has not signed in, and to credentials that no longer hold, whatever the role', async () => {
    const expired = await givenSession(server, personOf('ADMIN'));
    await server.database.sql(`update account.session set expires_at = now()`);
    const revoked = await givenToken(server, personOf('ADMIN'), SCOPES);
    await server.database.sql(`update account.api_token set revoked_at = now()`);
    const disabled = await givenAccount(server, { roles: [{ role: 'ADMIN', languages: [] }] });
    const [session, token] = [await givenSession(server, disabled), await givenToken(server, disabled, SCOPES)];
    await server.database.sql('update account.account set disabled_at = now() where id = $1', [disabled.id]);
    const wrong: string[] = [];
    for (const { name, document, field } of operations) {
      const isOpen = permissionsOf(field as never).some(isForAnyone);
      for (const secret of [null, expired, revoked, session, token]) {
        const answer = await server.query(document, {}, secret === null ? {} : { authorization: `Bearer ${secret}` });
        const code = codeOf(answer);
        const isNothing = answer.data?.desk === null && code === null;
        const isRefused = code === 'UNAUTHENTICATED' || (secret === null && name.startsWith('desk.') && isNothing);
        if (isRefused === isOpen) wrong.push(`${name}: ${String(code)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a server whose operation declares no permission', () => {
  const schemaWith = (extensions: Record<string, unknown>): GraphQLSchema =>
    new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: { a: { type: GraphQLString } } }),
      mutation: new GraphQLObjectType({ name: 'Mutation', fields: { burnItAll: { type: GraphQLString, extensions } } }),
    });

  it('does not start', () => {
    expect(() => {
      guardFields(schemaWith({}));
    }).toThrow('burnItAll');
    expect(() => {
      guardFields(schemaWith({ permissions: ['article.publish', 'article.burn'] }));
    }).toThrow('burnItAll');
    expect(() => {
      guardFields(schemaWith({ permissions: ['article.publish'] }));
    }).not.toThrow();
  });
});

describe('a way around', () => {
  it.each([
    ['an unknown field', '{ accountId: "x", roles: [], isAdmin: true }'],
    ['an unknown nested field', '{ accountId: "x", roles: [{ role: READER, permissions: ["audit.read"] }] }'],
    ['a role that is none', '{ accountId: "x", roles: [{ role: ROOT }] }'],
    ['a role by its number', '{ accountId: "x", roles: [{ role: 5 }] }'],
  ])('through %s is refused before anything is done', async (_what, input) => {
    const secret = await givenSession(server, personOf('ADMIN'));
    expect(await codeFor(`mutation { setRoles(input: ${input}) { __typename } }`, secret)).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('through variables with fields that nobody declared is refused', async () => {
    const secret = await givenSession(server, personOf('EDITOR'));
    const answer = await server.query(
      'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { __typename } }',
      { input: { name: 'x', scopes: ['READ_DESK'], accountId: personOf('ADMIN').id, __proto__x: { role: 'ADMIN' } } },
      { authorization: `Bearer ${secret}` },
    );
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });

  it('by giving oneself a role is refused to all but admins', async () => {
    for (const [name] of GRANTS) {
      if (name === 'ADMIN') continue;
      const person = personOf(name);
      const document = `mutation { setRoles(input: { accountId: "${toGlobalId('Account', person.id)}", roles: [{ role: ADMIN }] }) { __typename } }`;
      expect(await codeFor(document, await givenSession(server, person))).toBe('FORBIDDEN');
    }
  });

  it('through an alias, a fragment or a second field is guarded alike', async () => {
    const secret = await givenSession(server, personOf('READER'));
    const answer = await server.query(
      'query { a: desk { ...trail b: me { name } } } fragment trail on Desk { x: auditTrail { edges { cursor } } }',
      {},
      { authorization: `Bearer ${secret}` },
    );
    expect(answer.data).toEqual({ a: { b: { name: 'Ada Nord' }, x: null } });
    expect(codeOf(answer)).toBe('FORBIDDEN');
  });

  it('by who was an admin a moment ago is closed at once', async () => {
    const demoted = await givenAccount(server, { roles: [{ role: 'ADMIN', languages: [] }] });
    const secret = await givenSession(server, demoted);
    const document = '{ desk { accounts { edges { cursor } } } }';
    expect(await codeFor(document, secret)).toBeNull();
    await server.database.sql('delete from account.role where account_id = $1', [demoted.id]);
    expect(await codeFor(document, secret)).toBe('FORBIDDEN');
  });
});
