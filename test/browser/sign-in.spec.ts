import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { askAs, codeOf, givenAccount, givenToken, ME, type Person } from '../fixtures/accounts.js';
import { type RealProvider, startProvider } from '../fixtures/providers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import {
  answerOf,
  editorOf,
  expectEventually,
  launchChromium,
  newVisitor,
  openPlayground,
  runUntil,
} from './playground-page.js';

const WHO_AM_I = '# Mine\n{ desk { me { name } } }';

/** Runs in the page: puts its clock forward. */
const A_WHILE_LATER = '{ const now = Date.now; Date.now = () => now() + 16 * 60_000; }';

let server: TestServer;
let provider: RealProvider;
let browser: Browser;
let ada: Person;
beforeAll(async () => {
  // The provider says what of it is not for production.
  for (const method of ['info', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  provider = await startProvider(`${url}/sign-in/callback`);
  server = await startTestServer({
    config: {
      port,
      signInAttempts: 3,
      oidcIssuer: provider.issuer,
      oidcClientId: 'colophon',
      oidcClientSecret: 'a client secret',
      oidcRedirectUrl: `${url}/sign-in/callback`,
      oidcReturnUrl: `${url}/graphql`,
    },
  });
  ada = await givenAccount(server, { name: 'Ada Nord', roles: [{ role: 'TRANSLATOR', languages: ['fr'] }] });
  browser = await launchChromium();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await server.close();
  await provider.close();
});

let context: BrowserContext;
let page: Page;
let complaints: readonly string[];
let leave: () => Promise<void>;
beforeEach(async () => {
  ({ context, page, complaints, leave } = await newVisitor(browser, [server.url, provider.issuer]));
  await openPlayground(page, server.url);
});
afterEach(async () => {
  // Browsers tell of each answer with such a status; the test that brings it about says so in words.
  expect(complaints.filter((one) => !one.includes('a status of 429'))).toEqual([]);
  await leave();
});

/** A port that nobody has: the provider has to know it before the server starts. */
async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, 'close');
  return port;
}

async function openDesk(): Promise<void> {
  await page.getByRole('button', { name: /Desk$/ }).click();
}

async function signIn({ email, password }: { readonly email: string; readonly password: string }): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs in, and waits until the panel says who is signed in. */
async function signedIn(person: Person = ada): Promise<void> {
  await openDesk();
  await signIn(person);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

const notice = (of: Page = page): Promise<string> => of.locator('.desk .notice').innerText();

/** What the tab keeps, as its own scripts see it. */
async function secretOf(of: Page = page): Promise<string> {
  const kept = await of.evaluate<string | null>('sessionStorage.getItem("colophon.credential")');
  return (JSON.parse(kept ?? '{}') as { secret?: string }).secret ?? '';
}

/** Writes an operation in a new tab of the editor. */
async function write(text: string): Promise<void> {
  await page.locator('button[aria-label="New tab"]').click();
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** The requests that ask for an operation, from now on. */
function requestsOf(operation: string): Request[] {
  const requests: Request[] = [];
  context.on('request', (request) => {
    if (request.postData()?.includes(operation) === true) requests.push(request);
  });
  return requests;
}

describe('by password', () => {
  it('shows who one is and what one may do, asks as them, and outlives a reload, in this tab alone', async () => {
    await signedIn();
    await page.getByText('What you may do').click();
    const panel = await page.locator('.desk').innerText();
    expect(panel).toMatch(/Ada Nord\s+person\d+@example\.org/);
    expect(panel).toContain('Translator: fr');
    expect(panel).toMatch(/Translations in fr\s+start, edit, translate, review/);
    await write(`${WHO_AM_I} # password: "${ada.password}", ${await secretOf()}`);
    await runUntil(page, '"name": "Ada Nord"');
    await page.reload();
    await page.locator('.signed-in-name').waitFor();
    // The editor writes down what it holds half a second later.
    await page.waitForTimeout(600);
    const secret = await secretOf();
    const kept = await page.evaluate<string>('JSON.stringify(localStorage)');
    expect(kept).toContain('# Mine');
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(ada.password);
    const other = await context.newPage();
    await other.goto(`${server.url}/graphql`);
    await other.getByLabel('Password').waitFor();
    expect(await secretOf(other)).toBe('');
  });

  it('signs out at the server, too', async () => {
    await signedIn();
    const secret = await secretOf();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    expect(await secretOf()).toBe('');
    expect(codeOf(await askAs(server, secret, ME))).toBe('UNAUTHENTICATED');
    await page.goto('about:blank');
    await page.goBack();
    await page.getByLabel('Password').waitFor();
  });

  it('says in words why not, and takes the right password after all', async () => {
    const { email, password } = await givenAccount(server);
    await openDesk();
    await signIn({ email, password: 'a wrong password' });
    await expectEventually(page, notice, 'The e-mail address or the password is wrong');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await signIn({ email, password });
    await page.getByText('No role yet').waitFor();
    await page.locator('.desk .notice').waitFor({ state: 'detached' });
  });

  it('says how long to wait after too many attempts', async () => {
    const { email } = await givenAccount(server);
    await openDesk();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const answer = page.waitForResponse((response) => response.request().method() === 'POST');
      await signIn({ email, password: 'a wrong password' });
      await answer;
    }
    await expectEventually(page, notice, 'Try again in 15 minutes.');
  });
});

describe('a session', () => {
  it('is refreshed when it is used after a while: once, whoever asks', async () => {
    await signedIn();
    const first = await secretOf();
    const refreshed = requestsOf('RefreshSession');
    await page.evaluate(A_WHILE_LATER);
    await write(WHO_AM_I);
    await runUntil(page, '"name": "Ada Nord"');
    const second = await secretOf();
    expect(refreshed).toHaveLength(1);
    expect(second).not.toBe(first);
    expect(codeOf(await askAs(server, second, ME))).toBeNull();
  });

  it('that is over says so, asks to sign in again, and leaves what was written', async () => {
    const person = await givenAccount(server, { name: 'Bo Lind' });
    await signedIn(person);
    await write(WHO_AM_I);
    await server.database.sql('update account.account set disabled_at = now() where id = $1', [person.id]);
    await runUntil(page, 'UNAUTHENTICATED');
    expect(await notice()).toContain('Your session is over');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(person.email);
    expect(await editorOf(page)).toContain('# Mine');
    expect(await secretOf()).toBe('');
    await signIn(person);
    await expectEventually(page, notice, 'this account may not sign in');
    await server.database.sql('update account.account set disabled_at = null where id = $1', [person.id]);
    await signIn(person);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await runUntil(page, '"name": "Bo Lind"');
  });

  it('stays one when its tab is duplicated, however often it is refreshed', async () => {
    await signedIn();
    // As browsers do when a tab is duplicated: what it keeps is copied.
    const [copy] = await Promise.all([context.waitForEvent('page'), page.evaluate('void window.open(location.href)')]);
    await copy.locator('.signed-in-name').waitFor();
    const first = await secretOf(copy);
    await page.evaluate(A_WHILE_LATER);
    await write(WHO_AM_I);
    await runUntil(page, '"name": "Ada Nord"');
    const second = await secretOf();
    expect(second).not.toBe(first);
    await expectEventually(copy, () => secretOf(copy), second);
    await server.database.sql(`update account.session_secret set replaced_at = replaced_at - interval '1 minute'`);
    await copy.reload();
    await copy.locator('.signed-in-name').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expectEventually(copy, () => notice(copy), 'You have signed out in another tab.');
  });
});

describe('by a token', () => {
  it('does what the token may, and forgets it without ending it', async () => {
    const token = await givenToken(server, ada, ['READ_DESK']);
    await openDesk();
    await page.getByLabel('Or paste a token of yours').fill(` Bearer ${token}\n`);
    await page.getByRole('button', { name: 'Use the token' }).click();
    await page.getByText('By a token').waitFor();
    await write(WHO_AM_I);
    expect(await runUntil(page, '"name": "Ada Nord"')).not.toContain('errors');
    await page.getByRole('button', { name: 'Forget the token' }).click();
    await page.getByLabel('Password').waitFor();
    expect(await secretOf()).toBe('');
    expect(codeOf(await askAs(server, token, ME))).toBeNull();
  });

  it('refuses what is none, and what does not hold', async () => {
    await openDesk();
    for (const [pasted, words] of [
      ['correct horse battery', 'A token begins with colophon_pat_'],
      [`colophon_pat_${'x'.repeat(43)}`, 'This token does not hold'],
    ] as const) {
      await page.getByLabel('Or paste a token of yours').fill(pasted);
      await page.getByRole('button', { name: 'Use the token' }).click();
      await expectEventually(page, notice, words);
      expect(await secretOf()).toBe('');
    }
  });
});

describe('by OpenID Connect', () => {
  it('comes back with a code, which is gone from the address and the history', async () => {
    provider.known = { sub: 'ada', email: ada.email, email_verified: true, name: 'Ada' };
    await openDesk();
    await page.getByRole('button', { name: 'Sign in with your organisation' }).click();
    await page.locator('.signed-in-name').waitFor();
    expect(page.url()).toBe(`${server.url}/graphql`);
    await page.reload();
    await page.locator('.signed-in-name').waitFor();
    await page.goBack();
    expect(page.url()).not.toContain('sign-in-code');
    await page.goForward();
    expect(page.url()).toBe(`${server.url}/graphql`);
    await page.locator('.signed-in-name').waitFor();
  });

  it('takes no code that was begun elsewhere, and tells what the provider says', async () => {
    const exchanged = requestsOf('ExchangeSignInCode');
    await page.goto(`${server.url}/graphql#sign-in-code=colophon_code_${'x'.repeat(43)}`);
    await expectEventually(page, notice, 'was not begun in this tab');
    expect(page.url()).toBe(`${server.url}/graphql`);
    expect(exchanged).toEqual([]);
    await page.goto(`${server.url}/graphql#sign-in-problem=NO_ACCOUNT`);
    await expectEventually(page, notice, 'Nobody has an account here with your e-mail address');
    expect(await answerOf(page)).not.toContain('errors');
  });
});
