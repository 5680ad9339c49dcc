import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { articleIdOf, givenReferences, givenRevision, publish, seedTexts } from '../fixtures/given.js';
import { page as documentOf } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'front-end');
const ARTICLES = 12;

let folder: string;
let pages: Server;
let site: string;
let server: TestServer;
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colophon-front-end-'));
  await promisify(execFile)(process.execPath, [join(EXAMPLE, 'build.js'), folder]);
  pages = createServer((request, response) => {
    void (request.url?.startsWith('/front-end.js') ? sendScript() : sendPage()).then(([type, body]) => {
      response.setHeader('content-type', type).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  site = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  server = await startTestServer({ config: { corsOrigins: [site] } });
  await givenReferences(server);
  const documents = Array.from({ length: ARTICLES }, (_, i) =>
    documentOf({ headline: `Le port ${i + 1}`, publishedOn: `${i + 1} mars 2016` }),
  );
  await seedTexts(server, documents);
  const translated = await articleIdOf(server, 'Le port 12');
  await givenRevision(server, translated, 'en', { headline: 'The harbour', body: 'The *lake* again.' });
  await publish(server, translated, 'en');
  browser = await chromium.launch({
    executablePath: process.env.COLOPHON_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await server.close();
  pages.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  complaints = [];
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});

async function sendScript(): Promise<[string, string]> {
  return ['text/javascript', await readFile(join(folder, 'front-end.js'), 'utf8')];
}

async function sendPage(): Promise<[string, string]> {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  return ['text/html; charset=utf-8', html.replace(/data-api="[^"]*"/, `data-api="${server.url}/graphql"`)];
}

it('walks the whole list by its button, and repeats nothing', async () => {
  await page.goto(site);
  for (const count of [5, 10]) {
    await page.locator(`ol > li:nth-child(${count})`).waitFor();
    await page.getByRole('button', { name: 'Plus d’articles' }).click();
  }
  await page.locator(`ol > li:nth-child(${ARTICLES})`).waitFor();
  const headlines = await page.locator('ol h2').allInnerTexts();
  expect(headlines).toEqual(Array.from({ length: ARTICLES }, (_, i) => `Le port ${ARTICLES - i}`));
  expect(await page.getByRole('button').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('shows an article with credits, origin and rights, in one language and in the other', async () => {
  await page.goto(site);
  await page.getByRole('link', { name: 'Le port 12' }).click();
  await page.locator('h1').waitFor();
  expect(await page.locator('h1').innerText()).toBe('Le port 12');
  expect(await page.locator('.credits').innerText()).toMatch(/^Par \S/);
  expect(await page.locator('.origin').innerText()).toMatch(/^D’abord paru chez \S/);
  expect(await page.locator('.rights li').count()).toBeGreaterThan(0);
  expect(await page.locator('.fallback').count()).toBe(0);
  await page.getByRole('link', { name: 'en' }).click();
  await page.getByRole('heading', { level: 1, name: 'The harbour' }).waitFor();
  expect(await page.locator('.body em').innerText()).toBe('lake');
  expect(await page.locator('.credits').innerText()).toMatch(/^By \S/);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(complaints).toEqual([]);
});

it('tells what stands in for a text that there is not', async () => {
  await page.goto(`${site}/?language=en`);
  await page.getByRole('heading', { name: 'The harbour' }).waitFor();
  const items = page.locator('ol > li');
  expect(await items.nth(0).locator('.fallback').count()).toBe(0);
  expect(await items.nth(1).locator('.fallback').innerText()).toBe('This text is not available in English.');
  expect(await items.nth(1).locator('h2').getAttribute('lang')).toBe('fr');
  expect(complaints).toEqual([]);
});

it('finds words, and marks them', async () => {
  await page.goto(site);
  await page.getByRole('searchbox').fill('habitants');
  await page.getByRole('searchbox').press('Enter');
  await page.locator('.snippet mark').first().waitFor();
  expect((await page.locator('.snippet mark').first().innerText()).toLowerCase()).toBe('habitants');
  await page.goto(`${site}/?search=introuvable`);
  await page.getByText('Rien trouvé.').waitFor();
  expect(complaints).toEqual([]);
});
