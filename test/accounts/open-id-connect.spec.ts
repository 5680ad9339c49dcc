import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Config } from '../../src/config.js';
import { AccountsService } from '../../src/accounts/accounts.service.js';
import { commandActor } from '../../src/common/actor.js';
import { askAs, codeOf, givenAccount, ME } from '../fixtures/accounts.js';
import {
  browse,
  jwt,
  type Known,
  PROVIDERS_KEY,
  type RealProvider,
  startLiar,
  startProvider,
} from '../fixtures/providers.js';
import { type GraphQLAnswer, startTestServer, type TestServer } from '../support/test-server.js';

const RETURN_URL = 'https://editors.example.org/signed-in';

let server: TestServer;
let provider: RealProvider;
beforeAll(async () => {
  // The provider says what of it is not for production.
  for (const method of ['info', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
  server = await startTestServer();
  provider = await startProvider(`${server.url}/sign-in/callback`);
  configure({ oidcIssuer: provider.issuer });
}, 60_000);
afterAll(async () => {
  await provider.close();
  await server.close();
});
afterEach(() => {
  configure({ oidcIssuer: provider.issuer, oidcCreatesAccounts: false });
});

/** The settings are read whenever they are needed. */
function configure(config: Partial<Config>): void {
  Object.assign(server.app.get(Config), {
    oidcClientId: 'colophon',
    oidcClientSecret: 'a client secret',
    oidcRedirectUrl: `${server.url}/sign-in/callback`,
    oidcReturnUrl: RETURN_URL,
    ...config,
  });
}

/** What a page knows that begins. */
function newVerifier(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Goes to the provider and back; gives what stands behind the `#`, and the address of the callback. */
async function signInThere(challenge: string): Promise<{ said: URLSearchParams; callback: string }> {
  const visited = await browse(`${server.url}/sign-in/oidc?challenge=${challenge}`);
  const last = visited.at(-1) ?? '';
  expect(last.split('#', 1)[0]).toBe(RETURN_URL);
  return { said: saidBy(last), callback: visited.at(-2) ?? '' };
}

function saidBy(url: string): URLSearchParams {
  return new URLSearchParams(new URL(url).hash.slice(1));
}

function exchange(code: string | null, verifier: string): Promise<GraphQLAnswer> {
  return server.query(
    `mutation ($code: String!, $verifier: String!) { exchangeSignInCode(input: { code: $code, verifier: $verifier }) {
       ... on SignedIn { secret } ... on Problem { code } } }`,
    { code, verifier },
  );
}

/** Signs in from the first step to the last; gives who it is then, or the problem. */
async function wholeWay(known: Known): Promise<string | null> {
  provider.known = known;
  const { verifier, challenge } = newVerifier();
  const { said } = await signInThere(challenge);
  if (said.get('sign-in-problem') !== null) return said.get('sign-in-problem');
  const answer = await exchange(said.get('sign-in-code'), verifier);
  const { secret, code } = answer.data.exchangeSignInCode as { secret?: string; code?: string };
  if (secret === undefined) return code ?? null;
  return (await askAs(server, secret, ME)).data.desk.me.email as string;
}

describe('signing in with a provider', () => {
  it('finds the account by an e-mail address that the provider has verified, and from then on by the identity', async () => {
    const person = await givenAccount(server);
    expect(await wholeWay({ sub: 'ada', email: person.email.toUpperCase(), email_verified: true })).toBe(person.email);
    // The address there may change, or no longer be verified: it is the same person.
    expect(await wholeWay({ sub: 'ada', email: 'other@example.org', email_verified: false })).toBe(person.email);
    const entries = await server.database.sql<{ operation: string }>(
      'select operation from audit.entry where account_id = $1 order by id',
      [person.id],
    );
    expect(entries.map(({ operation }) => operation)).toEqual(['account.tieIdentity', 'session.open', 'session.open']);
  });

  it('never finds an account by an address that is not verified', async () => {
    const person = await givenAccount(server, { roles: [{ role: 'ADMIN', languages: [] }] });
    for (const claims of [{ email_verified: false }, {}]) {
      expect(await wholeWay({ sub: 'eve', email: person.email, ...claims })).toBe('EMAIL_NOT_VERIFIED');
    }
    expect(await wholeWay({ sub: 'eve' })).toBe('EMAIL_NOT_VERIFIED');
  });

  it('makes an account, of a reader, only where the settings say so', async () => {
    const known = { sub: 'new', email: 'New@example.org', email_verified: true, name: 'Nouvelle 👩‍🚀' };
    expect(await wholeWay(known)).toBe('NO_ACCOUNT');
    configure({ oidcCreatesAccounts: true });
    expect(await wholeWay(known)).toBe('new@example.org');
    expect(await wholeWay({ ...known, sub: 'nameless', email: 'nameless@example.org', name: 'a\u202eb' })).toBe(
      'nameless@example.org',
    );
    const rows = await server.database.sql(
      `select a.name, array_agg(r.role) as roles from account.account a join account.role r on r.account_id = a.id
       where a.email in ('new@example.org', 'nameless@example.org') group by a.name order by a.name collate "C" desc`,
    );
    expect(rows).toEqual([
      { name: 'nameless@example.org', roles: ['READER'] },
      { name: 'Nouvelle 👩‍🚀', roles: ['READER'] },
    ]);
  });

  it('lets nobody in who is shut out', async () => {
    const person = await givenAccount(server);
    const known = { sub: 'out', email: person.email, email_verified: true };
    await server.app.get(AccountsService).disable(commandActor('user disable'), person.id);
    expect(await wholeWay(known)).toBe('SIGN_IN_REFUSED');
    await server.app.get(AccountsService).enable(commandActor('user enable'), person.id);
    expect(await wholeWay(known)).toBe(person.email);
    await server.app.get(AccountsService).disable(commandActor('user disable'), person.id);
    expect(await wholeWay(known)).toBe('SIGN_IN_REFUSED');
  });

  it('hands nothing over in an address that servers see or pages pass on', async () => {
    const person = await givenAccount(server);
    provider.known = { sub: 'seen', email: person.email, email_verified: true };
    const { challenge } = newVerifier();
    const { callback, said } = await signInThere(challenge);
    const response = await fetch(`${server.url}/sign-in/oidc?challenge=${challenge}`, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(callback).not.toContain(said.get('sign-in-code'));
    expect(said.get('sign-in-code')).toMatch(/^colophon_code_/);
    const { search } = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(new URLSearchParams(search))).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe('somebody who comes back as they should not', () => {
  it('with a code of the page that was used, guessed, too old, or begun by another page', async () => {
    const person = await givenAccount(server);
    provider.known = { sub: 'codes', email: person.email, email_verified: true };
    const { verifier, challenge } = newVerifier();
    const code = (await signInThere(challenge)).said.get('sign-in-code');
    expect(codeOf(await exchange(code, verifier))).toBeNull();
    expect(codeOf(await exchange(code, verifier))).toBe('SECRET_REFUSED');
    expect(codeOf(await exchange('colophon_code_guessed', verifier))).toBe('SECRET_REFUSED');
    const stolen = (await signInThere(challenge)).said.get('sign-in-code');
    expect(codeOf(await exchange(stolen, newVerifier().verifier))).toBe('SECRET_REFUSED');
    // Who has tried once with the wrong text does not try again.
    expect(codeOf(await exchange(stolen, verifier))).toBe('SECRET_REFUSED');
    const old = (await signInThere(challenge)).said.get('sign-in-code');
    await server.database.sql('update account.sign_in_code set expires_at = now()');
    expect(codeOf(await exchange(old, verifier))).toBe('SECRET_REFUSED');
  });

  it('by the same address again, or without having gone', async () => {
    const person = await givenAccount(server);
    provider.known = { sub: 'again', email: person.email, email_verified: true };
    const { callback } = await signInThere(newVerifier().challenge);
    const back = async (url: string): Promise<string | null> =>
      saidBy((await browse(url)).at(-1) ?? '').get('sign-in-problem');
    expect(await back(callback)).toBe('SIGN_IN_REFUSED');
    for (const query of ['', '?', '?state=&code=x', '?code=x&state=guessed', `?error=access_denied&state=x`]) {
      expect(await back(`${server.url}/sign-in/callback${query}`)).toBe('SIGN_IN_REFUSED');
    }
    expect(await back(`${server.url}/sign-in/oidc`)).toBe('SIGN_IN_REFUSED');
    expect(await back(`${server.url}/sign-in/oidc?challenge=short`)).toBe('SIGN_IN_REFUSED');
  });

  it('with the state of somebody else, whose nonce and verifier are others', async () => {
    const person = await givenAccount(server);
    provider.known = { sub: 'swapped', email: person.email, email_verified: true };
    const begin = async (): Promise<string> => {
      const url = `${server.url}/sign-in/oidc?challenge=${newVerifier().challenge}`;
      return (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    };
    const [mine, theirs] = [new URL(await begin()), new URL(await begin())];
    mine.searchParams.set('state', theirs.searchParams.get('state') ?? '');
    const last = (await browse(mine.href)).at(-1) ?? '';
    expect(saidBy(last).get('sign-in-problem')).toBe('SIGN_IN_REFUSED');
  });
});

describe('a provider that is not what it seems', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

  const now = Math.floor(Date.now() / 1000);
  const claims = { aud: 'colophon', sub: 'liar', iat: now, exp: now + 600, email_verified: true };

  it.each<[string, string | null, (about: { issuer: string; nonce: string; email: string }) => string]>([
    [
      'nothing, and so is believed',
      null,
      ({ issuer: iss, nonce, email }) => jwt({ ...claims, iss, nonce, email }, PROVIDERS_KEY),
    ],
    [
      'a key of its own',
      'SIGN_IN_REFUSED',
      ({ issuer: iss, nonce, email }) => jwt({ ...claims, iss, nonce, email }, stranger),
    ],
    [
      'no signature',
      'SIGN_IN_REFUSED',
      ({ issuer: iss, nonce, email }) => jwt({ ...claims, iss, nonce, email }, null, { alg: 'none' }),
    ],
    [
      'another nonce',
      'SIGN_IN_REFUSED',
      ({ issuer: iss, email }) => jwt({ ...claims, iss, nonce: 'other', email }, PROVIDERS_KEY),
    ],
    ['no nonce', 'SIGN_IN_REFUSED', ({ issuer: iss, email }) => jwt({ ...claims, iss, email }, PROVIDERS_KEY)],
    [
      'another issuer',
      'SIGN_IN_REFUSED',
      ({ nonce, email }) => jwt({ ...claims, iss: 'https://x.example', nonce, email }, PROVIDERS_KEY),
    ],
    [
      'another audience',
      'SIGN_IN_REFUSED',
      ({ issuer: iss, nonce, email }) => jwt({ ...claims, aud: 'x', iss, nonce, email }, PROVIDERS_KEY),
    ],
    [
      'a time long past',
      'SIGN_IN_REFUSED',
      ({ issuer: iss, nonce, email }) => jwt({ ...claims, exp: now - 600, iss, nonce, email }, PROVIDERS_KEY),
    ],
  ])('forges an identity with %s', async (_what, problem, forge) => {
    const { email } = await givenAccount(server);
    const liar = await startLiar((about) => forge({ ...about, email }));
    try {
      await withProvider(liar.issuer, async (other) => {
        const { verifier, challenge } = newVerifier();
        const last = (await browse(`${other.url}/sign-in/oidc?challenge=${challenge}`)).at(-1) ?? '';
        expect(saidBy(last).get('sign-in-problem')).toBe(problem);
        const code = saidBy(last).get('sign-in-code');
        if (problem === null) expect(codeOf(await exchange(code, verifier))).toBeNull();
      });
    } finally {
      await liar.close();
    }
  });

  it('is away, and back again', async () => {
    const { challenge } = newVerifier();
    const liar = await startLiar(() => '');
    await liar.close();
    await withProvider(liar.issuer, async (other) => {
      const last = (await browse(`${other.url}/sign-in/oidc?challenge=${challenge}`)).at(-1) ?? '';
      expect(saidBy(last).get('sign-in-problem')).toBe('PROVIDER_AWAY');
      Object.assign(other.app.get(Config), { oidcIssuer: provider.issuer });
      const response = await fetch(`${other.url}/sign-in/oidc?challenge=${challenge}`, { redirect: 'manual' });
      expect(response.headers.get('location')).toContain(provider.issuer);
    });
  });

  /** Another server on the same database, which asks this provider. */
  async function withProvider(oidcIssuer: string, work: (other: TestServer) => Promise<void>): Promise<void> {
    const other = await startTestServer({ database: server.database });
    const { oidcClientId, oidcClientSecret, oidcReturnUrl } = server.app.get(Config);
    const oidcRedirectUrl = `${other.url}/sign-in/callback`;
    Object.assign(other.app.get(Config), {
      oidcIssuer,
      oidcClientId,
      oidcClientSecret,
      oidcReturnUrl,
      oidcRedirectUrl,
    });
    try {
      await work(other);
    } finally {
      await other.close();
    }
  }
});

it('without a provider in the settings, there is nothing at its addresses', async () => {
  configure({ oidcIssuer: undefined });
  for (const path of ['oidc?challenge=x', 'callback?state=x']) {
    expect((await fetch(`${server.url}/sign-in/${path}`, { redirect: 'manual' })).status).toBe(404);
  }
});
