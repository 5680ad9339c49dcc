import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';

/** A visitor of the playground, and whatever their console or a network monitor would show as wrong. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Goes when nothing is on its way any more: a server that answers nobody could outlive its test. */
  readonly leave: () => Promise<void>;
}

/** Runs in the page: makes a violation of its policy a complaint. */
const TELL_OF_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI);
});`;

/** Starts the browser that the tests use. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.COLOPHON_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** Somebody who has never been there. Requests that go elsewhere than to these origins are complaints, too. */
export async function newVisitor(browser: Browser, origins: readonly string[]): Promise<Visitor> {
  const complaints: string[] = [];
  const underWay = new Set<Request>();
  const context = await browser.newContext({ viewport: { width: 1500, height: 900 } });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(TELL_OF_VIOLATIONS);
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('requestfinished', (request) => underWay.delete(request));
  context.on('requestfailed', (request) => {
    underWay.delete(request);
    // Whoever goes on elsewhere does not wait for the rest.
    const { errorText = '' } = request.failure() ?? {};
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${errorText}`);
  });
  context.on('request', (request) => {
    underWay.add(request);
    if (!/^(?:data|blob):/.test(request.url()) && !origins.includes(new URL(request.url()).origin)) {
      complaints.push(`left the server: ${request.url()}`);
    }
  });
  const leave = async (): Promise<void> => {
    const until = Date.now() + 5_000;
    while (underWay.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    await context.close();
  };
  return { context, page: await context.newPage(), complaints, leave };
}

/** Opens an example's tab, and waits until the editor shows it: nobody runs what they do not see. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) }).click();
  await page.locator('.graphiql-query-editor .view-lines', { hasText: new RegExp(`\\b${name}\\b`) }).waitFor();
}

/** Runs in the page: opens a tab, and runs what it has in the moment in which the editor shows it, quicker than any hand. */
const RUN_AT_ONCE = (name: string): string => `new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('the editor never shows ${name}')), 10_000);
  const tabs = [...document.querySelectorAll('.graphiql-tab-button')];
  tabs.find(({ textContent }) => textContent === '${name}').click();
  const run = () => {
    if (!document.querySelector('.graphiql-query-editor .view-lines').textContent.includes('${name}')) setTimeout(run);
    else resolve(document.querySelector('.graphiql-execute-button').click());
  };
  run();
})`;

/** Opens an example's tab, and runs it as somebody does who looks at it. */
export async function runTab(page: Page, name: string): Promise<void> {
  await openTab(page, name);
  await page.locator('.graphiql-execute-button').click();
}

/** Opens an example's tab and runs it at once. */
export async function runTabAtOnce(page: Page, name: string): Promise<void> {
  await page.locator('#playground.ready .graphiql-query-editor .view-lines').waitFor();
  await page.evaluate(RUN_AT_ONCE(name));
}

/** Opens the playground as a first visitor does, and waits for the documentation and the editors. */
export async function openPlayground(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/graphql`);
  await page.getByText('All Schema Types').waitFor();
}

/** What the editor of operations holds, as far as it is drawn. */
export async function editorOf(page: Page): Promise<string> {
  return (await page.locator('.graphiql-query-editor .view-lines').innerText()).replaceAll('\u00a0', ' ');
}

/** Runs what is open, and gives what the answer pane shows once it shows the words. */
export async function runUntil(page: Page, words: string): Promise<string> {
  await page.locator('.graphiql-execute-button').click();
  const answer = (): Promise<string> => answerOf(page);
  await expectEventually(page, answer, words);
  return answer();
}

/** The part of the answer that is drawn. */
export async function answerOf(page: Page): Promise<string> {
  // The editor draws spaces that do not break.
  return (await page.locator('.graphiql-response .view-lines').innerText()).replaceAll('\u00a0', ' ');
}

/** Waits until what is read has the words. */
export async function expectEventually(page: Page, read: () => Promise<string>, words: string): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    const text = await read().catch(() => '');
    if (text.includes(words)) return;
    if (Date.now() > until) throw new Error(`"${words}" was awaited, but the page shows:\n${text}`);
    await page.waitForTimeout(50);
  }
}
