import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSecret } from '../../src/accounts/secrets.js';
import { askAs, codeOf, givenAccount, givenSession, givenToken, ME, type Person } from '../fixtures/accounts.js';
import { type GraphQLAnswer, startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let ada: Person;
beforeAll(async () => {
  server = await startTestServer();
  ada = await givenAccount(server, { roles: [{ role: 'EDITOR', languages: [] }] });
}, 60_000);
afterAll(async () => {
  await server.close();
});

const isGood = async (secret: string): Promise<boolean> => codeOf(await askAs(server, secret, ME)) === null;

describe('a token', () => {
  const CREATE = `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) {
    ... on ApiTokenCreated { secret apiToken { id name scopes expiresAt lastUsedAt } } ... on Problem { code path } } }`;

  const create = async (input: Record<string, unknown>, by?: string): Promise<GraphQLAnswer> =>
    askAs(server, by ?? (await givenSession(server, ada)), CREATE, { input });

  it('is shown once, does what its scopes name, and is revoked', async () => {
    const session = await givenSession(server, ada);
    const answer = await create({ name: 'A script', scopes: ['READ_DESK'], days: 7 }, session);
    const { secret, apiToken } = answer.data.createApiToken as { secret: string; apiToken: { id: string } };
    expect(secret).toMatch(/^colophon_pat_[\w-]{43}$/);
    expect(apiToken).toMatchObject({ name: 'A script', scopes: ['READ_DESK'], lastUsedAt: null });
    const me = await askAs(
      server,
      secret,
      '{ desk { me { permissions { permission } apiTokens { id lastUsedAt } } } }',
    );
    expect(me.data.desk.me.permissions).toEqual([
      { permission: 'sign-in' },
      { permission: 'account.own' },
      { permission: 'desk.read' },
    ]);
    expect(me.data.desk.me.apiTokens[0].lastUsedAt).not.toBeNull();
    expect(JSON.stringify(me.data)).not.toContain(secret.slice(-20));
    const REVOKE = `mutation ($id: ID!) { revokeApiToken(input: { apiTokenId: $id }) {
      ... on ApiTokenRevoked { apiToken { revokedAt } } ... on Problem { code } } }`;
    const stranger = await givenSession(server, await givenAccount(server));
    expect(codeOf(await askAs(server, stranger, REVOKE, { id: apiToken.id }))).toBe('NOT_FOUND');
    expect(await isGood(secret)).toBe(true);
    expect(codeOf(await askAs(server, session, REVOKE, { id: apiToken.id }))).toBeNull();
    expect(await isGood(secret)).toBe(false);
  });

  it('makes no other token, ends no session and changes no password', async () => {
    const secret = await givenToken(server, ada, ['READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN']);
    expect(codeOf(await create({ name: 'Another', scopes: ['ADMIN'] }, secret))).toBe('FORBIDDEN');
    for (const mutation of ['signOut { __typename }', 'revokeSessions(input: {}) { __typename }']) {
      expect(codeOf(await askAs(server, secret, `mutation { ${mutation} }`))).toBe('FORBIDDEN');
    }
  });

  it('is no more than its account: an editor’s token with every scope administers nobody', async () => {
    const secret = await givenToken(server, ada, ['READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN']);
    expect(codeOf(await askAs(server, secret, '{ desk { accounts { edges { cursor } } } }'))).toBe('FORBIDDEN');
  });

  it('that is expired or revoked, or whose account is disabled, is refused', async () => {
    for (const change of ['expires_at = now()', 'revoked_at = now()']) {
      const secret = await givenToken(server, ada, ['READ_DESK']);
      await server.database.sql(
        `update account.api_token set ${change} where id = (select id from account.api_token order by created_at desc limit 1)`,
      );
      expect(codeOf(await askAs(server, secret, ME))).toBe('UNAUTHENTICATED');
    }
    const disabled = await givenAccount(server);
    const secret = await givenToken(server, disabled, ['READ_DESK']);
    await server.database.sql('update account.account set disabled_at = now() where id = $1', [disabled.id]);
    expect(codeOf(await askAs(server, secret, ME))).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['no name', { name: ' ' }, ['input', 'name']],
    ['a name of 100,000 characters', { name: 'a'.repeat(100_000) }, ['input', 'name']],
    ['a name that turns direction', { name: 'a\u202eb' }, ['input', 'name']],
    ['no scope', { scopes: [] }, ['input', 'scopes']],
    ['no day', { days: 0 }, ['input', 'days']],
    ['a thousand years', { days: 365_000 }, ['input', 'days']],
  ])('is not made with %s', async (_what, wrong, path) => {
    const answer = await create({ name: 'A script', scopes: ['READ_DESK'], ...wrong });
    expect(answer.data.createApiToken).toEqual({ code: 'INVALID_VALUE', path });
  });

  it.each(['emoji 👩‍🚀', 'نص عربي', 'שם \u200fעברי', '脚本'])('may be called %s', async (name) => {
    const answer = await create({ name, scopes: ['READ_DESK'] });
    expect(answer.data.createApiToken.apiToken.name).toBe(name);
  });

  it.each(['a\0b', 'a\ud800b'])('is not called by what is no text: %j', async (name) => {
    expect(codeOf(await create({ name, scopes: ['READ_DESK'] }))).toBe('BAD_USER_INPUT');
  });
});

describe('credentials that are none', () => {
  it.each([
    ['forged', `Bearer ${newSecret('session').text}`],
    ['forged token', `Bearer ${newSecret('apiToken').text}`],
    ['of another kind', `Bearer ${newSecret('password').text}`],
    ['cut short', `Bearer ${newSecret('session').text.slice(0, -1)}`],
    ['too long', `Bearer ${newSecret('session').text}A`],
    ['of another scheme', 'Basic YWRhOmFkYQ=='],
    ['a JWT of nobody', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['SQL', "Bearer colophon_pat_' or 1=1 --"],
    ['empty', 'Bearer '],
    ['nothing but long', `Bearer ${'a'.repeat(8000)}`],
  ])('are refused alike at the desk, and not looked at elsewhere: %s', async (_what, authorization) => {
    const desk = await server.query(ME, {}, { authorization });
    expect(desk.data).toEqual({ desk: null });
    expect(desk.errors?.map(({ extensions, message }) => ({ code: extensions.code, message }))).toEqual([
      { code: 'UNAUTHENTICATED', message: 'Sign in first: these credentials are missing, wrong or no longer good.' },
    ]);
    const open = await server.query('{ articles { totalCount } }', {}, { authorization });
    expect(open.data).toEqual({ articles: { totalCount: 0 } });
  });

  it('are null at the desk without a header, and an error for a mutation', async () => {
    const desk = await server.query(ME);
    expect([desk.data, desk.errors]).toEqual([{ desk: null }, undefined]);
    expect(codeOf(await server.query('mutation { signOut { __typename } }'))).toBe('UNAUTHENTICATED');
  });
});
