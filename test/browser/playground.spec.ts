import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { givenPublished, givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import * as playground from './playground-page.js';

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

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer({ seed: true });
  browser = await playground.launchChromium();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

let page: Page;
let complaints: readonly string[];
let leave: () => Promise<void>;
beforeEach(async () => {
  ({ page, complaints, leave } = await playground.newVisitor(browser, [server.url]));
});
afterEach(async () => {
  await leave();
});

const openPlayground = (): Promise<void> => playground.openPlayground(page, server.url);
const runUntil = (words: string): Promise<string> => playground.runUntil(page, words);

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
    await playground.openTab(page, name);
    const answer = await runUntil(words);
    expect(answer).not.toContain('"errors"');
    expect(complaints).toEqual([]);
  });

  it.each([
    ['at the first click', 'Le phare', playground.runTab],
    ['in the moment in which its tab opens', 'Le quai', playground.runTabAtOnce],
  ])('follows what is published, run %s', async (_, headline, run) => {
    await openPlayground();
    const subscribed = new Promise<void>((resolve) => {
      page.once('websocket', (socket) => {
        socket.on('framesent', ({ payload }) => {
          if (String(payload).includes('"subscribe"')) resolve();
        });
      });
    });
    await run(page, 'Follow');
    await subscribed;
    await givenReferences(server);
    await givenPublished(server, { headline });
    await playground.expectEventually(page, () => playground.answerOf(page), headline);
    expect(complaints).toEqual([]);
  });

  it('brings an example back that was closed', async () => {
    await openPlayground();
    await page.locator('.graphiql-tab-close').first().click();
    await page.getByRole('button', { name: /Examples/ }).click();
    await page.locator('.examples button').first().click();
    await playground.expectEventually(
      page,
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
    // What is on its way would outlive the server.
    await script.arrayBuffer();
  });
});
