import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { givenPublished, givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const EXAMPLES = ['Article', 'FrontPageInFrench', 'WhoAllowsWhat', 'Search', 'Notices', 'LinesInEnglish', 'Follow'];

/** What each example must show: a word that only an answer holds, as the editor draws it. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ['Article', 'South Front'],
  ['FrontPageInFrench', '"isFallback": true'],
  ['WhoAllowsWhat', 'ASK_FIRST'],
  ['Search', 'snippet'],
  ['Notices', 'LIABILITY_DISCLAIMER'],
  ['LinesInEnglish', 'By South Front'],
];

/** Runs in the page: makes a violation of its policy a complaint. */
const TELL_OF_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI);
});`;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer({ seed: true });
  browser = await chromium.launch({
    executablePath: process.env.COLOPHON_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

let context: BrowserContext;
let page: Page;
/** Whatever a visitor's console, or a network monitor, would show as wrong. */
let complaints: string[];
beforeEach(async () => {
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1500, height: 900 } });
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  context.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && new URL(request.url()).origin !== server.url) {
      complaints.push(`left the server: ${request.url()}`);
    }
  });
  await page.addInitScript(TELL_OF_VIOLATIONS);
});
afterEach(async () => {
  await context.close();
});

/** Opens the playground as a first visitor does, and waits for the documentation, not for the editors. */
async function openPlayground(): Promise<void> {
  await page.goto(`${server.url}/graphql`);
  await page.getByText('All Schema Types').waitFor();
}

/** What the answer pane shows once it shows the words. */
async function runUntil(words: string): Promise<string> {
  await page.locator('.graphiql-execute-button').click();
  const answer = page.locator('.graphiql-response .view-lines');
  // The editor draws spaces that do not break.
  await expectEventually(async () => (await answer.innerText()).replaceAll('\u00a0', ' '), words);
  return (await answer.innerText()).replaceAll('\u00a0', ' ');
}

async function expectEventually(read: () => Promise<string>, words: string): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    const text = await read().catch(() => '');
    if (text.includes(words)) return;
    if (Date.now() > until) throw new Error(`"${words}" was awaited, but the page shows:\n${text}`);
    await page.waitForTimeout(50);
  }
}

describe('the playground', () => {
  it('opens with named examples and the documentation beside them', async () => {
    await openPlayground();
    expect(await page.title()).toBe('Colophon · playground');
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(EXAMPLES);
    expect(await page.locator('.graphiql-plugin').innerText()).toContain('Articles as publishers carry them');
    expect(complaints).toEqual([]);
  });

  it.each(ANSWERS)('runs %s at the first click', async (name, words) => {
    await openPlayground();
    await page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) }).click();
    const answer = await runUntil(words);
    expect(answer).not.toContain('"errors"');
    expect(complaints).toEqual([]);
  });

  it('follows what is published', async () => {
    await openPlayground();
    const socket = page.waitForEvent('websocket');
    await page.locator('.graphiql-tab-button', { hasText: /^Follow$/ }).click();
    await page.locator('.graphiql-execute-button').click();
    await (await socket).waitForEvent('framesent', ({ payload }) => String(payload).includes('"subscribe"'));
    await givenReferences(server);
    await givenPublished(server, { headline: 'Le phare' });
    const answer = page.locator('.graphiql-response .view-lines');
    await expectEventually(async () => (await answer.innerText()).replaceAll('\u00a0', ' '), 'Le phare');
    expect(complaints).toEqual([]);
  });

  it('brings an example back that was closed', async () => {
    await openPlayground();
    await page.locator('.graphiql-tab-close').first().click();
    await page.getByRole('button', { name: /Examples/ }).click();
    await page.locator('.examples button').first().click();
    await expectEventually(
      async () => (await page.locator('.graphiql-tab-button').allInnerTexts()).at(-1) ?? '',
      'Article',
    );
    await runUntil('South Front');
    expect(complaints).toEqual([]);
  });

  it('completes what is typed, with its own workers', async () => {
    await openPlayground();
    await page.locator('button[aria-label="New tab"]').click();
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('{ arti');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row').first().waitFor();
    expect(await page.locator('.suggest-widget').innerText()).toContain('article');
    expect(page.workers().every((worker) => worker.url().startsWith(server.url))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('is kept to this server by its policy', async () => {
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|https?:|blob:|script-src[^;]*unsafe/);
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*src=)/);
    const asset = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
    const script = await fetch(new URL(asset, `${server.url}/graphql`));
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
  });
});
