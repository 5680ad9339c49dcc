import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { askAs, codeOf, givenAccount, givenSession, ME, type Person } from '../fixtures/accounts.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let ada: Person;
beforeAll(async () => {
  server = await startTestServer();
  ada = await givenAccount(server, { roles: [{ role: 'EDITOR', languages: [] }] });
}, 60_000);
afterAll(async () => {
  await server.close();
});

const REFRESH = `mutation ($secret: String!) { refreshSession(input: { secret: $secret }) {
  ... on SignedIn { secret session { id } } ... on Problem { code } } }`;

async function refresh(secret: string): Promise<{ code: string | null; secret: string }> {
  const answer = await server.query(REFRESH, { secret });
  return { code: codeOf(answer), secret: String(answer.data.refreshSession.secret) };
}

/** Lets time pass for secrets that were replaced. */
async function later(seconds: number): Promise<void> {
  await server.database.sql(`update account.session_secret set replaced_at = replaced_at - $1 * interval '1 second'`, [
    seconds,
  ]);
}

/** The id of the session that a secret is of. */
async function idOf(secret: string): Promise<string> {
  const answer = await askAs(server, secret, '{ desk { me { sessions { id isCurrent } } } }');
  const sessions = answer.data.desk.me.sessions as { id: string; isCurrent: boolean }[];
  return sessions.find(({ isCurrent }) => isCurrent)?.id ?? '';
}

const isGood = async (secret: string): Promise<boolean> => codeOf(await askAs(server, secret, ME)) === null;

describe('a session', () => {
  it('has a new secret when it is refreshed; the old one is good for requests under way', async () => {
    const first = await givenSession(server, ada);
    const { code, secret: second } = await refresh(first);
    expect(code).toBeNull();
    expect(second).not.toBe(first);
    expect(await isGood(second)).toBe(true);
    expect(await isGood(first)).toBe(true);
  });

  it('is refreshed once, of two who ask at once', async () => {
    const first = await givenSession(server, ada);
    const answers = await Promise.all([refresh(first), refresh(first), refresh(first)]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['SECRET_REPLACED', 'SECRET_REPLACED', null]);
    const newer = answers.find(({ code }) => code === null);
    expect(await isGood(newer?.secret ?? '')).toBe(true);
  });

  it.each(['asked with', 'refreshed by'])(
    'ends with all its secrets when a replaced one is replayed: %s',
    async (how) => {
      const first = await givenSession(server, ada);
      const { secret: second } = await refresh(first);
      const { secret: third } = await refresh(second);
      await later(31);
      expect(await isGood(third)).toBe(true);
      if (how === 'asked with') expect(codeOf(await askAs(server, first, ME))).toBe('UNAUTHENTICATED');
      else expect((await refresh(first)).code).toBe('SESSION_ENDED');
      expect(await isGood(third)).toBe(false);
      expect((await refresh(third)).code).toBe('SESSION_ENDED');
      const [entry] = await server.database.sql(
        `select operation, after from audit.entry where operation = 'session.end' order by id desc limit 1`,
      );
      expect(entry).toEqual({ operation: 'session.end', after: { endReason: 'REPLAYED' } });
    },
  );

  it('that is expired, idle, ended or of a disabled account is refused, and not refreshed', async () => {
    const disabled = await givenAccount(server);
    for (const [what, person] of [
      [`expires_at = now()`, ada],
      [`last_used_at = now() - interval '13 hours'`, ada],
      [`ended_at = now()`, ada],
      [null, disabled],
    ] as const) {
      const secret = await givenSession(server, person);
      if (what === null)
        await server.database.sql('update account.account set disabled_at = now() where id = $1', [disabled.id]);
      else {
        await server.database.sql(
          `update account.session set ${what} where id = (select id from account.session order by created_at desc limit 1)`,
        );
      }
      expect([what, codeOf(await askAs(server, secret, ME))]).toEqual([what, 'UNAUTHENTICATED']);
      expect((await refresh(secret)).code).toBe('SESSION_ENDED');
    }
  });

  it('is used, which keeps it, to the minute', async () => {
    const secret = await givenSession(server, ada);
    const id = await idOf(secret);
    const sessionId = Buffer.from(id, 'base64url').toString().slice('Session:'.length);
    await server.database.sql(`update account.session set last_used_at = now() - interval '2 hours' where id = $1`, [
      sessionId,
    ]);
    expect(await isGood(secret)).toBe(true);
    const [row] = await server.database.sql<{ fresh: boolean }>(
      `select last_used_at > now() - interval '1 minute' as fresh from account.session where id = $1`,
      [sessionId],
    );
    expect(row?.fresh).toBe(true);
  });

  it('is ended by its owner: this one, another one, all others, and never somebody else’s', async () => {
    const person = await givenAccount(server);
    const [mine, second, third] = [
      await givenSession(server, person),
      await givenSession(server, person),
      await givenSession(server, person),
    ];
    const foreign = await givenSession(server, ada);
    const REVOKE = `mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) {
      ... on SessionRevoked { session { endedAt } } ... on Problem { code } } }`;
    for (const id of [await idOf(foreign), toGlobalId('Account', person.id), 'nonsense', '']) {
      expect(codeOf(await askAs(server, mine, REVOKE, { id }))).toBe('NOT_FOUND');
    }
    expect(await isGood(foreign)).toBe(true);
    expect(codeOf(await askAs(server, mine, REVOKE, { id: await idOf(second) }))).toBeNull();
    expect(await isGood(second)).toBe(false);
    const ALL = 'mutation { revokeSessions(input: {}) { ... on SessionsRevoked { count } } }';
    expect((await askAs(server, mine, ALL)).data.revokeSessions).toEqual({ count: 1 });
    expect(await isGood(third)).toBe(false);
    const OUT = 'mutation { signOut { ... on SessionRevoked { session { isCurrent endedAt } } } }';
    expect((await askAs(server, mine, OUT)).data.signOut.session.isCurrent).toBe(true);
    expect(await isGood(mine)).toBe(false);
  });
});

describe('what is answered to one person', () => {
  it('is kept by nobody, and given to nobody else', async () => {
    const [mine, others] = [await givenSession(server, ada), await givenSession(server, await givenAccount(server))];
    const ask = async (method: 'GET' | 'POST', secret: string | null): Promise<[string | null, string | undefined]> => {
      const headers = {
        'content-type': 'application/json',
        'apollo-require-preflight': '1',
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      };
      const response =
        method === 'GET'
          ? await fetch(`${server.url}/graphql?query=${encodeURIComponent(ME)}`, { headers })
          : await fetch(`${server.url}/graphql`, { method, headers, body: JSON.stringify({ query: ME }) });
      const { data } = (await response.json()) as { data: { desk: { me: { email: string } } | null } };
      return [response.headers.get('cache-control'), data.desk?.me.email];
    };
    for (const method of ['GET', 'POST'] as const) {
      for (let round = 0; round < 2; round++) {
        // What nobody is told is no answer for somebody either: caches in front keep it no more than the others.
        expect(await ask(method, null)).toEqual(['no-store', undefined]);
        expect(await ask(method, mine)).toEqual(['no-store', ada.email]);
        expect((await ask(method, others))[1]).not.toBe(ada.email);
      }
    }
  });

  it('of what is public is the same as for everybody, and is not kept either', async () => {
    const secret = await givenSession(server, ada);
    const url = `${server.url}/graphql?query=${encodeURIComponent('{ articles { totalCount } }')}`;
    const open = await fetch(url);
    expect(open.headers.get('cache-control')).toContain('public');
    const mine = await fetch(url, { headers: { authorization: `Bearer ${secret}`, 'apollo-require-preflight': '1' } });
    expect(mine.headers.get('cache-control')).toBe('no-store');
    expect(await mine.json()).toEqual(await open.json());
    // Without the header that no foreign page can send, a GET with credentials is none.
    expect((await fetch(url, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(400);
  });
});
