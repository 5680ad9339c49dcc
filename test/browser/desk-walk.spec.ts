import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, Response } from 'playwright-core';
import { givenAccount, type Person } from '../fixtures/accounts.js';
import { readersHave } from '../fixtures/editors.js';
import { articleIdOf, givenPublished, givenReferences } from '../fixtures/given.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { expectEventually, launchChromium, newVisitor, openPlayground } from './playground-page.js';

const EXAMPLES = new URL('../../src/playground/examples/desk/', import.meta.url);

/** What the trail is to tell in the end, from the beginning. */
const STORY = `
colophon seed: article.publish fr
colophon seed: article.publish fr
colophon user add: account.create
colophon user add: account.create
colophon user add: account.create
Tora: session.open
Tora: translation.claim en
Tora: translation.start en
Tora: text.save en
Tora: note.write en
Tora: translation.complete en
Tora: session.end
Edda: session.open
Edda: note.resolve en
Edda: translation.review en
Edda: translation.approve en
Edda: article.schedule en
Edda: article.schedule en
Edda: article.publish en
Edda: article.edit
Edda: finding.waive
Edda: finding.waive
Edda: finding.waive
Edda: text.save fr
Edda: text.save fr
Edda: translation.review fr
Edda: translation.sendBack fr
Edda: translation.review fr
Edda: translation.approve fr
Edda: article.correct fr
Edda: translation.assign en
Edda: translation.bringUpToDate en
Edda: article.withdraw
Edda: article.reinstate
Edda: article.unpublish en
Edda: translation.start de
Edda: translation.abandon de
Edda: text.restore fr
Edda: article.create fr
Edda: apiToken.create
Edda: session.end
Ada: session.open
Ada: account.create`
  .trim()
  .split('\n');

/** The examples that were used. */
const done = new Set<string>();

/** What an example's operation came to: its one field. */
type Result = Record<string, any>;

let server: TestServer;
let browser: Browser;
let page: Page;
let complaints: readonly string[];
let leave: () => Promise<void>;
let articleId: string;
const people = {} as Record<'translator' | 'editor' | 'admin', Person>;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le port' });
  await givenPublished(server, { headline: 'Le phare' });
  articleId = toGlobalId('Article', await articleIdOf(server, 'Le port'));
  people.translator = await givenAccount(server, { name: 'Tora', roles: [{ role: 'TRANSLATOR', languages: ['en'] }] });
  people.editor = await givenAccount(server, { name: 'Edda', roles: [{ role: 'EDITOR', languages: [] }] });
  people.admin = await givenAccount(server, { name: 'Ada', roles: [{ role: 'ADMIN', languages: [] }] });
  browser = await launchChromium();
  ({ page, complaints, leave } = await newVisitor(browser, [server.url]));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await openPlayground(page, server.url);
  await page.getByRole('button', { name: /Desk$/ }).click();
}, 120_000);
afterAll(async () => {
  await leave();
  await browser.close();
  await server.close();
});

async function signIn({ email, password }: Person): Promise<void> {
  const signOut = page.getByRole('button', { name: 'Sign out' });
  if (await signOut.isVisible()) await signOut.click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await signOut.waitFor();
}

/** Chooses the article of the walk in the panel, and one of its languages, or one that it is to have. */
async function choose(language: string): Promise<void> {
  if (await page.getByRole('searchbox').isVisible()) {
    await page.getByRole('searchbox').fill('le port');
    await page.locator('.found button', { hasText: 'Le port' }).click();
  }
  const known = page
    .getByRole('group', { name: 'Language' })
    .getByRole('button', { name: new RegExp(`^${language} `) });
  await page.getByRole('button', { name: 'Another', exact: true }).waitFor();
  if ((await known.count()) > 0) await known.click();
  else {
    await page.getByLabel('Another language').fill(language);
    await page.getByRole('button', { name: 'Choose' }).click();
  }
  await expectEventually(page, async () => (await known.getAttribute('aria-pressed')) ?? '', 'true');
}

/** An example's title in the panel, and its operation's name, as its tab has it. */
function example(file: string): { readonly title: string; readonly name: string } {
  const text = readFileSync(new URL(`${file}.graphql`, EXAMPLES), 'utf8');
  return {
    title: /^# (.*)\.\n/.exec(text)?.[1] ?? '',
    name: /^(?:query|mutation) (\w+)/m.exec(text)?.[1] ?? '',
  };
}

const button = (file: string) =>
  page.locator('.jobs button').filter({ hasText: new RegExp(`^${example(file).title}`) });

/** Opens an example, writes into its variables what a person would, and runs it. */
async function job(file: string, written: object = {}): Promise<Result> {
  const { name } = example(file);
  done.add(file);
  const tabs = await page.locator('.graphiql-tab-button').count();
  await button(file).click();
  await expectEventually(
    page,
    async () => (await page.locator('.graphiql-tab-button').allInnerTexts()).slice(tabs).join(),
    name,
  );
  // The editors change together.
  await page.locator('.graphiql-query-editor .view-lines', { hasText: new RegExp(`\\b${name}\\b`) }).waitFor();
  if (Object.keys(written).length > 0) await writeVariables(written);
  return run(name);
}

async function run(name: string): Promise<Result> {
  const asked = page.waitForResponse((response) => isAnswerTo(response, name));
  await page.locator('.graphiql-execute-button').click();
  const { data, errors } = (await (await asked).json()) as { data?: Result; errors?: unknown };
  expect(errors).toBeUndefined();
  await page.locator('.graphiql-response .view-lines', { hasText: 'data' }).waitFor();
  return Object.values(data ?? {})[0] as Result;
}

function isAnswerTo(response: Response, name: string): boolean {
  const asked = response.request().postData() ?? '';
  return asked.includes(`mutation ${name}(`) || new RegExp(`query ${name}\\b`).test(asked);
}

const VARIABLES = '.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines';

/** The variables of the tab that is open, copied out of the editor as a person would: what is stored lags behind. */
async function readVariables(): Promise<Result> {
  await page.locator(VARIABLES).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  return JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()')) as Result;
}

/** Writes these variables over, and leaves the others as they are. */
async function writeVariables(written: object): Promise<void> {
  const wanted = JSON.stringify({ ...(await readVariables()), ...written });
  await page.locator(VARIABLES).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(wanted);
  // The editor closes brackets by itself.
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  await expectEventually(page, async () => JSON.stringify(await readVariables()), wanted);
}

const readers = (): Promise<Record<string, string>> => readersHave(server, articleId);

describe('a walk through the desk by its examples alone', () => {
  it('a translator takes a task, translates it, and may not publish it', async () => {
    await signIn(people.translator);
    await choose('en');
    expect(await button('publish').isDisabled()).toBe(true);
    expect(await button('write').innerText()).toContain('There is no text in this language yet.');
    expect(await job('claim')).toMatchObject({ __typename: 'TranslationClaimed' });
    expect((await job('my-queue')).assignments.edges).toMatchObject([{ node: { language: 'en', translation: null } }]);
    expect(await job('start-translation')).toMatchObject({ __typename: 'TranslationStarted' });
    const { translationSheet } = await job('translation-sheet');
    expect(translationSheet.rows.length).toBeGreaterThan(0);
    const text = { headline: 'The port', body: 'The port reopened.' };
    expect(await job('write', text)).toMatchObject({ __typename: 'TextSaved', translation: { isUnsaved: true } });
    expect(await job('save-revision', { ...text, reason: 'Translated' })).toMatchObject({ revision: { number: 1 } });
    expect(await job('note', { note: 'Is “port” the right word?' })).toMatchObject({ __typename: 'NoteAdded' });
    expect(await job('complete')).toMatchObject({ translation: { state: 'TRANSLATED' } });
    expect(await button('approve').innerText()).toContain('Not with your roles.');
    expect(await readers()).toEqual({ fr: 'Le port' });
  });

  it('an editor reviews, approves, looks, schedules, thinks better of it and publishes', async () => {
    await signIn(people.editor);
    await choose('en');
    expect((await job('findings')).findings.edges).toBeInstanceOf(Array);
    expect(await job('resolve-note')).toMatchObject({ __typename: 'NoteResolved' });
    expect(await job('review')).toMatchObject({ translation: { state: 'REVIEWED' } });
    expect(await job('approve')).toMatchObject({ translation: { state: 'APPROVED' } });
    expect(await job('preview')).toMatchObject({
      preview: { article: { text: { language: 'en', headline: 'The port' } } },
    });
    expect(await job('schedule')).toMatchObject({ __typename: 'PublicationScheduled' });
    expect(await readers()).toEqual({ fr: 'Le port' });
    expect(await job('call-off')).toMatchObject({ __typename: 'PublicationCancelled' });
    expect(await job('publish')).toMatchObject({ __typename: 'TranslationPublished', language: 'en' });
    expect(await readers()).toEqual({ fr: 'Le port', en: 'The port' });
  });

  it('a finding blocks, and is waived; what is stale is refused, and filled in again', async () => {
    await choose('fr');
    expect(await job('edit-credits', { credits: [] })).toMatchObject({ __typename: 'ArticleEdited' });
    expect(await job('publish')).toMatchObject({ __typename: 'BlockedByFindings' });
    expect(await job('waive', { waiverReason: 'The author wants no name.' })).toMatchObject({
      __typename: 'FindingWaived',
    });
    expect(await job('revoke-waiver')).toMatchObject({ __typename: 'WaiverRevoked' });
    expect(await job('waive')).toMatchObject({ __typename: 'FindingWaived' });
    expect(await job('save-revision', { headline: 'Le port rouvre', reason: 'Il rouvre' })).toMatchObject({
      revision: { number: 2 },
    });
    // The same tab once more: the text has another version by now.
    expect(await run('SaveRevision')).toMatchObject({ __typename: 'EditConflict' });
    await writeVariables({ headline: 'Le port a rouvert', reason: 'Il a rouvert' });
    const stale = (await readVariables()).expectedVersion as number;
    await page.getByRole('button', { name: 'As it is now' }).click();
    await expectEventually(page, async () => String((await readVariables()).expectedVersion > stale), 'true');
    expect(await readVariables()).toMatchObject({ headline: 'Le port a rouvert' });
    expect(await run('SaveRevision')).toMatchObject({ revision: { number: 3 } });
    expect(await readers()).toEqual({ fr: 'Le port', en: 'The port' });
  });

  it('the original is corrected, its translation is out of date, and is looked after', async () => {
    expect(await job('review')).toMatchObject({ translation: { state: 'REVIEWED' } });
    expect(await job('send-back')).toMatchObject({ translation: { state: 'DRAFT' } });
    expect(await job('review')).toMatchObject({ translation: { state: 'REVIEWED' } });
    expect(await job('approve')).toMatchObject({ translation: { state: 'APPROVED' } });
    expect(await job('correct')).toMatchObject({ __typename: 'ArticleCorrected' });
    expect(await readers()).toEqual({ fr: 'Le port a rouvert', en: 'The port' });
    await choose('en');
    expect(await job('assign')).toMatchObject({ assignment: { assignee: { name: 'Edda' } } });
    expect(await job('bring-up-to-date')).toMatchObject({ translation: { isOutdated: false } });
    expect((await job('outdated-french')).translations.edges).toEqual([]);
    expect((await job('figures')).counts.articles).toBe(2);
  });

  it('all of it is withdrawn and reinstated, and one language taken back', async () => {
    expect(await job('withdraw', { publicReason: 'It was not ours.' })).toMatchObject({
      tombstone: { reason: 'It was not ours.' },
    });
    expect(await readers()).toEqual({});
    const { data } = await server.query('query ($id: ID!) { node(id: $id) { ... on Tombstone { reason } } }', {
      id: articleId,
    });
    expect(data.node.reason).toBe('It was not ours.');
    expect(await job('reinstate')).toMatchObject({ __typename: 'ArticleReinstated' });
    expect(await readers()).toEqual({ fr: 'Le port a rouvert', en: 'The port' });
    expect(await job('unpublish')).toMatchObject({ __typename: 'TranslationUnpublished' });
    expect(await readers()).toEqual({ fr: 'Le port a rouvert' });
    await choose('de');
    expect(await job('start-translation')).toMatchObject({ __typename: 'TranslationStarted' });
    expect(await job('abandon')).toMatchObject({ translation: { language: 'de', state: 'ABANDONED' } });
  });

  it('a revision is compared and restored, which publishes nothing', async () => {
    await choose('fr');
    expect((await job('revisions')).translation.revisions.edges).toHaveLength(3);
    expect((await job('diff')).revisionDiff.html).toContain('rouvert');
    expect(await job('restore')).toMatchObject({
      translation: { headline: 'Le port rouvre', isUnsaved: true, isPublished: true },
    });
    expect((await job('article-at-the-desk')).article.translations).toMatchObject([
      { state: 'PUBLISHED', isUnsaved: true },
      {},
    ]);
    expect(await readers()).toEqual({ fr: 'Le port a rouvert' });
    expect(await job('write-article', { newHeadline: 'Le quai', author: 'Anne Martin' })).toMatchObject({
      __typename: 'ArticleCreated',
    });
    expect(await job('make-token')).toMatchObject({ __typename: 'ApiTokenCreated' });
  });

  it('an admin makes an account, and reads the whole story in order', async () => {
    await signIn(people.admin);
    expect(await job('make-account')).toMatchObject({ __typename: 'PasswordToChoose' });
    const entries = ((await job('audit-trail')).auditTrail.edges as { node: Result }[]).map(({ node }) => node);
    const story = entries.reverse().map(({ actorName, operation, language }) => {
      const who = String(actorName).replace(/ <.*/, '');
      return `${who}: ${String(operation)}${language === null ? '' : ` ${String(language)}`}`;
    });
    expect(story).toEqual(STORY);
    // Nothing was left out.
    expect([...done].sort()).toEqual(
      readdirSync(EXAMPLES)
        .map((name) => name.replace('.graphql', ''))
        .sort(),
    );
    expect(complaints).toEqual([]);
  });
});
