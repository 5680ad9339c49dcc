import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { codeOf, ME, SIGN_IN } from '../fixtures/accounts.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { type CommandLine, commandLine } from './colophon.js';

const ROOT = join(import.meta.dirname, '..', '..');

let colophon: CommandLine;
let server: TestServer;
beforeAll(async () => {
  colophon = await commandLine();
  server = await startTestServer({ database: colophon.database });
}, 60_000);
afterAll(async () => {
  await server.close();
  await colophon.database.drop();
});

/** Runs the built product with something on its standard input. */
async function withInput(
  input: string,
  ...args: string[]
): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join('dist', 'cli.js'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NO_COLOR: '1', DATABASE_URL: colophon.database.connectionString },
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number];
  return { status, ...texts };
}

it('user add makes the first admin, with a password from standard input', async () => {
  const args = [
    'user',
    'add',
    'Ada@Example.org',
    '--name',
    'Ada Nord',
    '--role',
    'admin',
    '--role',
    'translator:fr,en',
  ];
  const { status, stdout, stderr } = await withInput('correct horse battery\n', ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe('✔ ada@example.org  Ada Nord  admin translator:en,fr\n');
  const answer = await server.query(SIGN_IN, { email: 'ada@example.org', password: 'correct horse battery' });
  const headers = { authorization: `Bearer ${answer.data.signIn.secret as string}` };
  expect((await server.query(ME, {}, headers)).data.desk.me.email).toBe('ada@example.org');
  const [entry] = await colophon.database.sql(
    `select actor_kind, actor_name, operation, before, after from audit.entry where operation = 'account.create'`,
  );
  expect(entry).toEqual({
    actor_kind: 'COMMAND',
    actor_name: 'colophon user add',
    operation: 'account.create',
    before: null,
    after: {
      email: 'ada@example.org',
      name: 'Ada Nord',
      roles: [
        { role: 'ADMIN', languages: [] },
        { role: 'TRANSLATOR', languages: ['en', 'fr'] },
      ],
    },
  });
});

it('user add takes no password that is too short, and none at all', async () => {
  const add = ['user', 'add', 'eve@example.org', '--name', 'Eve'];
  const short = await withInput('short\n', ...add, '--json');
  expect(short.status).toBe(1);
  expect(JSON.parse(short.stdout)).toMatchObject({ problem: { code: 'INVALID_VALUE', path: ['input', 'password'] } });
  const none = await colophon.runApart(...add);
  expect(none).toMatchObject({ status: 1, stdout: '' });
  expect(none.stderr).toContain('There is no password');
});

it('user add --no-password prints a secret by which a password is chosen', async () => {
  const added = await colophon.json('user', 'add', 'bea@example.org', '--name', 'Bea', '--no-password');
  expect(added).toMatchObject({ status: 0, value: { account: { email: 'bea@example.org', roles: [] } } });
  const { secret } = added.value as { secret: string };
  const set = await server.query(
    `mutation ($secret: String!) { setPassword(input: { secret: $secret, newPassword: "a long new password" }) {
       ... on PasswordSet { email } ... on Problem { code } } }`,
    { secret },
  );
  expect(set.data.setPassword).toEqual({ email: 'bea@example.org' });
});

it('user add refuses an address that has an account, a wrong role, and a password as an argument', async () => {
  const again = await colophon.run('user', 'add', 'BEA@example.org', '--name', 'Bea', '--no-password');
  expect(again).toMatchObject({ status: 1, stdout: '✘ Another account has this e-mail address.\n' });
  for (const args of [
    ['--role', 'king'],
    ['--role', 'translator'],
    ['--role', 'editor:fr'],
    ['--role', 'translator:fr_CA'],
    ['--password', 'correct horse battery'],
  ]) {
    expect(
      (await colophon.run('user', 'add', 'new@example.org', '--name', 'New', '--no-password', ...args)).status,
    ).toBe(2);
  }
  const crowned = await colophon.run('user', 'role', 'bea@example.org', 'reader', 'king');
  expect(crowned).toMatchObject({ status: 2, stdout: '' });
  expect(crowned.stderr).toContain('There is no role "king".');
});

it('user role, disable, enable and reset change what a server lets somebody do, at once', async () => {
  const { value } = await colophon.json('user', 'reset', 'bea@example.org');
  const { secret } = value as { secret: string };
  const newPassword = 'yet another password';
  await server.query(
    'mutation ($secret: String!, $newPassword: String!) { setPassword(input: { secret: $secret, newPassword: $newPassword }) { __typename } }',
    { secret, newPassword },
  );
  const signedIn = await server.query(SIGN_IN, { email: 'bea@example.org', password: newPassword });
  const headers = { authorization: `Bearer ${signedIn.data.signIn.secret as string}` };
  const roles = async (): Promise<unknown> =>
    (await server.query('{ desk { me { roles { role languages } } } }', {}, headers)).data.desk.me.roles;
  expect(await roles()).toEqual([]);
  expect((await colophon.run('user', 'role', 'bea@example.org', 'translator:fr', 'reader')).status).toBe(0);
  expect(await roles()).toEqual([
    { role: 'READER', languages: [] },
    { role: 'TRANSLATOR', languages: ['fr'] },
  ]);
  expect((await colophon.run('user', 'disable', 'bea@example.org')).status).toBe(0);
  expect(codeOf(await server.query(ME, {}, headers))).toBe('UNAUTHENTICATED');
  expect((await colophon.run('user', 'enable', 'bea@example.org')).status).toBe(0);
  // What has ended stays ended.
  expect(codeOf(await server.query(ME, {}, headers))).toBe('UNAUTHENTICATED');
  expect(codeOf(await server.query(SIGN_IN, { email: 'bea@example.org', password: newPassword }))).toBeNull();
});

it('the last admin is neither disabled nor demoted, and nobody is reset who is not there', async () => {
  for (const args of [
    ['disable', 'ada@example.org'],
    ['role', 'ada@example.org', 'editor'],
    ['role', 'ada@example.org'],
  ]) {
    const { status, value } = await colophon.json('user', ...args);
    expect({ status, value }).toMatchObject({ status: 1, value: { problem: { code: 'LAST_ADMIN' } } });
  }
  expect(await colophon.json('user', 'reset', 'nobody@example.org')).toMatchObject({
    status: 1,
    value: { problem: { code: 'NOT_FOUND', message: 'No account has the address nobody@example.org.' } },
  });
});

it('user list tells everybody, and no secret', async () => {
  const { status, stdout } = await colophon.run('user', 'list');
  expect(status).toBe(0);
  expect(stdout).toBe(
    'ada@example.org  Ada Nord  admin translator:en,fr\nbea@example.org  Bea  reader translator:fr\n',
  );
  const { value } = await colophon.json('user', 'list');
  expect(JSON.stringify(value)).not.toMatch(/argon2|colophon_|hash/);
});
