import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AccountsService } from '../../src/accounts/accounts.service.js';
import { Passwords } from '../../src/accounts/sign-in/passwords.js';
import { commandActor } from '../../src/common/actor.js';
import { askAs, codeOf, givenAccount, givenSession, ME, type Person, SIGN_IN } from '../fixtures/accounts.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let ada: Person;
beforeAll(async () => {
  server = await startTestServer({ config: { trustProxy: ['loopback'] } });
  ada = await givenAccount(server, { email: 'Ada@Example.org', roles: [{ role: 'EDITOR', languages: [] }] });
}, 60_000);
afterAll(async () => {
  await server.close();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.database.sql('delete from account.sign_in_attempt');
});

const signIn = (email: string, password: string, address = '203.0.113.7') =>
  server.query(SIGN_IN, { email, password }, { 'x-forwarded-for': address, 'user-agent': 'a browser' });

describe('signing in', () => {
  it('answers with a session, whatever the case of the address', async () => {
    const answer = await signIn('ADA@example.ORG', ada.password);
    expect(answer.data.signIn).toMatchObject({
      __typename: 'SignedIn',
      session: { isCurrent: true, address: '203.0.113.7', userAgent: 'a browser' },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await askAs(server, String(answer.data.signIn.secret), ME)).data).toEqual({
      desk: { me: { email: ada.email } },
    });
  });

  it('stores hashes alone', async () => {
    const { secret } = (await signIn(ada.email, ada.password)).data.signIn as { secret: string };
    const dump = await server.database.sql<{ row: string }>(
      `select a::text as row from account.account a union all select s::text from account.session s
       union all select x::text from account.session_secret x union all select e::text from audit.entry e`,
    );
    const text = dump.map(({ row }) => row).join('\n');
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.replace('colophon_session_', ''));
    expect(text).not.toContain(ada.password);
  });

  it('hashes anew what was hashed with other parameters', async () => {
    const { hash } = await import('@node-rs/argon2');
    const old = await hash(ada.password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await server.database.sql('update account.account set password_hash = $2 where id = $1', [ada.id, old]);
    expect(codeOf(await signIn(ada.email, ada.password))).toBeNull();
    const [row] = await server.database.sql<{ hash: string }>(
      'select password_hash as hash from account.account where id = $1',
      [ada.id],
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(codeOf(await signIn(ada.email, ada.password))).toBeNull();
  });

  it('takes a password as it is typed on any keyboard', async () => {
    const person = await givenAccount(server, { password: 'un été à la plage' });
    expect(codeOf(await signIn(person.email, 'un été à la plage'.normalize('NFD')))).toBeNull();
  });
});

describe('a sign-in that is refused', () => {
  it('is refused alike for a wrong password, an unknown address, a disabled account and one without a password', async () => {
    const disabled = await givenAccount(server);
    await server.app.get(AccountsService).disable(commandActor('user disable'), disabled.id);
    const without = await givenAccount(server);
    await server.database.sql('update account.account set password_hash = null where id = $1', [without.id]);
    const verify = jest.spyOn(Passwords.prototype, 'verify');
    const answers = [];
    for (const [email, password] of [
      [ada.email, 'wrong horse battery'],
      ['nobody@example.org', ada.password],
      [disabled.email, disabled.password],
      [without.email, without.password],
      ['', ''],
      ['no address at all', 'x'.repeat(200_000)],
    ] as const) {
      verify.mockClear();
      const answer = await signIn(email, password);
      answers.push(JSON.stringify(answer.data));
      // The same work, whoever it is: one password is checked.
      expect(verify).toHaveBeenCalledTimes(1);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('SIGN_IN_REFUSED');
  });

  it('opens no session and writes nothing but the count, and once what the trail has of it', async () => {
    const count = () =>
      server.database.sql('select (select count(*) from account.session) s, (select count(*) from audit.entry) e');
    await signIn(ada.email, 'wrong horse battery');
    const before = await count();
    await signIn(ada.email, 'wrong horse battery');
    await signIn('nobody@example.org', 'wrong horse battery');
    expect(await count()).toEqual(before);
  });

  it('is in the trail when it begins and when it is stopped, however many attempts there are; strangers’ addresses never', async () => {
    const person = await givenAccount(server);
    const refusals = () =>
      server.database.sql(
        `select actor_kind, actor_name, account_id, address, object_id, after from audit.entry
         where operation = 'session.refuse' and (object_id = $1 or address = '192.0.2.77') order by id`,
        [person.id],
      );
    const stranger = { actor_kind: 'STRANGER', actor_name: 'somebody', account_id: null };
    for (let i = 0; i < 14; i++) await signIn(person.email, 'wrong horse battery', `198.51.100.${i}`);
    const ofAccount = [
      { ...stranger, address: '198.51.100.0', object_id: person.id, after: { barred: null, attempts: 1 } },
      { ...stranger, address: '198.51.100.10', object_id: person.id, after: { barred: 'ACCOUNT', attempts: 11 } },
    ];
    expect(await refusals()).toEqual(ofAccount);
    const verify = jest.spyOn(server.app.get(Passwords), 'verify').mockResolvedValue(false);
    for (let i = 0; i < 54; i++) await signIn(`stranger-${i}@example.org`, 'wrong horse battery', '192.0.2.77');
    verify.mockRestore();
    const ofAddress = { ...stranger, address: '192.0.2.77', object_id: null, after: { barred: 'ADDRESS' } };
    expect(await refusals()).toEqual([...ofAccount, ofAddress]);
    const told = await server.database.sql(`select 1 from audit.entry e where e::text like '%stranger-%'`);
    expect(told).toEqual([]);
  });

  it('sends the same statements for an unknown account as for a wrong password', async () => {
    const sent: string[] = [];
    jest.spyOn(server.app.get(DataSource).logger, 'logQuery').mockImplementation((statement) => {
      sent.push(statement);
    });
    // The first attempt is noted, the eleventh is stopped.
    for (let i = 0; i < 12; i++) {
      await signIn(ada.email, 'wrong horse battery', `198.51.100.${i}`);
      const known = sent.splice(0);
      await signIn('nobody@example.org', 'wrong horse battery', `198.51.100.${i}`);
      expect(known.length).toBeGreaterThan(0);
      expect(sent.splice(0)).toEqual(known);
    }
  });
});

describe('a flood of attempts', () => {
  it('at one account is stopped after ten, from wherever it comes, and for the right password too', async () => {
    const person = await givenAccount(server);
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, i) => signIn(person.email, 'wrong horse battery', `198.51.100.${i}`)),
    );
    const codes = answers.map(codeOf).sort();
    expect(codes.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(4);
    const late = await signIn(person.email, person.password, '192.0.2.1');
    expect(codeOf(late)).toBe('TOO_MANY_ATTEMPTS');
    expect(late.data.signIn.retryAfterSeconds).toBeGreaterThan(800);
    expect(late.status).toBe(200);
    expect(late.headers.get('retry-after')).toBe(String(late.data.signIn.retryAfterSeconds));
    const headers = { accept: 'application/json', 'x-forwarded-for': '192.0.2.1' };
    const old = await server.query(SIGN_IN, { email: person.email, password: person.password }, headers);
    expect(old).toMatchObject({ status: 429, data: { signIn: { __typename: 'TooManyAttempts' } } });
    expect(codeOf(await signIn(ada.email, ada.password, '192.0.2.1'))).toBeNull();
  });

  it('at an account that is not there is stopped alike', async () => {
    const codes = [];
    for (let i = 0; i < 11; i++) codes.push(codeOf(await signIn('Nobody@example.org', 'wrong', `198.51.100.${i}`)));
    expect(codes.slice(9)).toEqual(['SIGN_IN_REFUSED', 'TOO_MANY_ATTEMPTS']);
    const rows = await server.database.sql<{ subject: string }>('select subject from account.sign_in_attempt');
    expect(JSON.stringify(rows)).not.toMatch(/nobody/i);
  });

  it('from one address is stopped after fifty, whichever accounts it tries', async () => {
    await server.database.sql(
      `insert into account.sign_in_attempt (subject, attempts) values ('address:203.0.113.7', 49)`,
    );
    expect(codeOf(await signIn('one@example.org', 'wrong'))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await signIn('two@example.org', 'wrong'))).toBe('TOO_MANY_ATTEMPTS');
    expect(codeOf(await signIn(ada.email, ada.password))).toBe('TOO_MANY_ATTEMPTS');
    expect(codeOf(await signIn(ada.email, ada.password, '198.51.100.9'))).toBeNull();
  });

  it('is over after a quarter of an hour, and the owner’s coming ends it for the account', async () => {
    await server.database.sql(
      `insert into account.sign_in_attempt (subject, attempts, since) values ('address:203.0.113.7', 99, now() - interval '16 minutes')`,
    );
    for (let i = 0; i < 9; i++) await signIn(ada.email, 'wrong');
    expect(codeOf(await signIn(ada.email, ada.password))).toBeNull();
    for (let i = 0; i < 9; i++) expect(codeOf(await signIn(ada.email, 'wrong'))).toBe('SIGN_IN_REFUSED');
  });

  it('is counted by all servers on one database', async () => {
    const other = await startTestServer({ database: server.database, config: { trustProxy: ['loopback'] } });
    const person = await givenAccount(server);
    try {
      const codes = await Promise.all(
        Array.from({ length: 12 }, async (_, i) =>
          codeOf(
            await (i % 2 === 0 ? server : other).query(
              SIGN_IN,
              { email: person.email, password: 'wrong' },
              { 'x-forwarded-for': `198.51.100.${i}` },
            ),
          ),
        ),
      );
      expect(codes.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(10);
    } finally {
      await other.close();
    }
  });
});

describe('text that is no text', () => {
  it.each([
    ['NUL', 'ada\0@example.org'],
    ['half a character', 'ada\ud800@example.org'],
  ])('is refused before anything is done: %s', async (_what, email) => {
    const answer = await signIn(email, 'wrong');
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });

  it.each(['👩‍🚀@example.org', 'نور@example.org', '\u200fada@example.org', 'ada@example.org\u202e', 'a'.repeat(100_000)])(
    'of any kind is an unknown address: %#',
    async (email) => {
      expect(codeOf(await signIn(email, '🔑'.repeat(20)))).toBe('SIGN_IN_REFUSED');
    },
  );
});

describe('passwords', () => {
  const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) {
    __typename ... on PasswordChanged { endedSessions } ... on Problem { code path } } }`;
  const SET = `mutation ($secret: String!, $newPassword: String!) { setPassword(input: { secret: $secret, newPassword: $newPassword }) {
    __typename ... on PasswordSet { email } ... on Problem { code path } } }`;

  it('are changed by who knows them, which ends all other sessions', async () => {
    const person = await givenAccount(server);
    const [mine, other] = [await givenSession(server, person), await givenSession(server, person)];
    const change = (currentPassword: string, newPassword: string) =>
      askAs(server, mine, CHANGE, { input: { currentPassword, newPassword } });
    expect((await change('wrong horse battery', 'a new long password')).data.changePassword).toEqual({
      __typename: 'SignInRefused',
      code: 'SIGN_IN_REFUSED',
      path: ['input', 'currentPassword'],
    });
    expect((await change(person.password, 'short')).data.changePassword).toMatchObject({
      code: 'INVALID_VALUE',
      path: ['input', 'newPassword'],
    });
    expect((await askAs(server, other, ME)).data.desk.me.email).toBe(person.email);
    expect((await change(person.password, 'a new long password')).data.changePassword).toEqual({
      __typename: 'PasswordChanged',
      endedSessions: 1,
    });
    expect(codeOf(await askAs(server, other, ME))).toBe('UNAUTHENTICATED');
    expect((await askAs(server, mine, ME)).data.desk.me.email).toBe(person.email);
    expect(codeOf(await signIn(person.email, person.password))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await signIn(person.email, 'a new long password'))).toBeNull();
  });

  it('are chosen once by the secret of a reset, which has ended everything before', async () => {
    const person = await givenAccount(server);
    const session = await givenSession(server, person);
    const reset = await server.app.get(AccountsService).resetPassword(commandActor('user reset'), person.id);
    if (!('secret' in reset)) throw new Error('not reset');
    expect(codeOf(await askAs(server, session, ME))).toBe('UNAUTHENTICATED');
    expect(codeOf(await signIn(person.email, person.password))).toBe('SIGN_IN_REFUSED');
    const set = (secret: string, newPassword: string) => server.query(SET, { secret, newPassword });
    expect(codeOf(await set(reset.secret, 'short'))).toBe('INVALID_VALUE');
    expect(codeOf(await set(`${reset.secret.slice(0, -4)}AAAA`, 'another long password'))).toBe('SECRET_REFUSED');
    const [first, second] = await Promise.all([
      set(reset.secret, 'another long password'),
      set(reset.secret, 'a third long password'),
    ]);
    expect([codeOf(first), codeOf(second)].sort()).toEqual(['SECRET_REFUSED', null]);
    const chosen = codeOf(first) === null ? 'another long password' : 'a third long password';
    expect(codeOf(await signIn(person.email, chosen))).toBeNull();
  });

  it('are not chosen by a secret that is too old', async () => {
    const person = await givenAccount(server);
    const reset = await server.app.get(AccountsService).resetPassword(commandActor('user reset'), person.id);
    await server.database.sql(`update account.password_secret set expires_at = now() where account_id = $1`, [
      person.id,
    ]);
    const secret = 'secret' in reset ? reset.secret : '';
    expect(codeOf(await server.query(SET, { secret, newPassword: 'another long password' }))).toBe('SECRET_REFUSED');
  });
});
