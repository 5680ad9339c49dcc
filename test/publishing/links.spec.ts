import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { HostTurns } from '../../src/publishing/links/host-turns.js';
import { LinkChecksService } from '../../src/publishing/links/link-checks.service.js';
import { type LinkTrial, tryLink } from '../../src/publishing/links/try-link.js';
import { type Editor, givenApproved, givenEditor, givenOriginal } from '../fixtures/editors.js';
import { givenReferences } from '../fixtures/given.js';
import { runHere } from '../support/run-here.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const PACE = { pauseMs: 1, timeoutMs: 2000 };

let site: Server;
let at: string;
let asked: string[];
let atOnce: { now: number; most: number };
let server: TestServer;
let editor: Editor;
beforeAll(async () => {
  site = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    response.on('close', () => (atOnce.now -= 1));
    const [, what = ''] = (request.url ?? '').split('/');
    if (what === 'silent') return;
    const isHead = request.method === 'HEAD';
    if (what === 'headless' && isHead) response.statusCode = 405;
    else if (what === 'to') response.writeHead(302, { location: (request.url ?? '').slice('/to/'.length) });
    else if (what === 'circle') response.writeHead(302, { location: '/circle' });
    else response.statusCode = Number(what) || 200;
    response.end(isHead ? '' : 'x');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  at = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  server = await startTestServer({ config: { linkChecksPrivate: true } });
  await givenReferences(server);
  editor = await givenEditor(server);
}, 60_000);
afterAll(async () => {
  await server.close();
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
});
beforeEach(() => {
  asked = [];
  atOnce = { now: 0, most: 0 };
});

/** An article without any link: what tests ask is here, and nowhere else. */
async function givenUnlinked(headline: string): Promise<{ id: string; articleId: string }> {
  const given = await givenOriginal(server, headline);
  await server.database.sql('update desk.origin set url = null');
  await server.database.sql('delete from desk.article_link');
  await server.database.sql('update desk.link_walk set walked_at = now()');
  return given;
}

const trial = (more: Partial<LinkTrial> = {}): LinkTrial => ({
  turns: new HostTurns(1),
  timeoutMs: 2000,
  isPrivateAllowed: true,
  signal: new AbortController().signal,
  ...more,
});

it.each([
  ['something is there', '/200', 'ALIVE', ['HEAD /200']],
  ['a server knows no HEAD', '/headless', 'ALIVE', ['HEAD /headless', 'GET /headless']],
  ['nothing is there', '/404', 'DEAD', ['HEAD /404', 'GET /404']],
  ['nothing will be there', '/410', 'DEAD', ['HEAD /410', 'GET /410']],
  ['no programs are let in', '/403', 'UNSURE', ['HEAD /403', 'GET /403']],
  ['the server is ill', '/503', 'UNSURE', ['HEAD /503', 'GET /503']],
  ['the server says nothing', '/silent', 'UNSURE', ['HEAD /silent']],
  ['it is elsewhere', '/to//200', 'ALIVE', ['HEAD /to//200', 'HEAD /200']],
  ['nothing is elsewhere', '/to//404', 'DEAD', ['HEAD /to//404', 'HEAD /404', 'GET /404']],
  ['it goes round', '/circle', 'UNSURE', Array.from({ length: 6 }, () => 'HEAD /circle')],
  ['it leads out of the web', '/to/file:///etc/passwd', 'REFUSED', ['HEAD /to/file:///etc/passwd']],
])('a link is tried: %s', async (_what, path, outcome, requests) => {
  expect(await tryLink(`${at}${path}`, trial())).toMatchObject({ outcome });
  expect(asked).toEqual(requests);
});

it.each([
  ['this machine', () => at],
  ['this machine, by its name', () => at.replace('127.0.0.1', 'localhost')],
  ['this machine, in other figures', () => at.replace('127.0.0.1', '0x7f000001')],
  ['this machine, in one figure', () => at.replace('127.0.0.1', '2130706433')],
  ['this machine, as IPv6', () => at.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
  ['the secrets of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
  ['no address of the web', () => 'gopher://example.org/'],
])('a link to %s is not followed', async (_what, url) => {
  expect(await tryLink(url(), trial({ isPrivateAllowed: false }))).toMatchObject({ outcome: 'REFUSED' });
  expect(asked).toEqual([]);
});

it('a redirection into a private network is not followed', async () => {
  // The first host is let through as if it were public; what it leads to is not.
  const { port } = site.address() as AddressInfo;
  let isFirst = true;
  const lenient = trial();
  const following: LinkTrial = {
    ...lenient,
    get isPrivateAllowed() {
      const allowed = isFirst;
      if (asked.length > 0) isFirst = false;
      return asked.length === 0 && allowed;
    },
  };
  const answer = await tryLink(`http://127.0.0.1:${port}/to/http://127.0.0.1:${port}/200`, following);
  expect(answer.outcome).toBe('REFUSED');
  expect(asked).toHaveLength(1);
});

it('a host is asked by one at a time', async () => {
  const one = trial();
  await Promise.all(Array.from({ length: 8 }, (_, i) => tryLink(`${at}/200/${i}`, one)));
  expect(asked).toHaveLength(8);
  expect(atOnce.most).toBe(1);
});

it('dead links are findings of the article and of the language, until they have gone or are mended', async () => {
  const { id, articleId } = await givenUnlinked('Les liens');
  await givenApproved(server, id, 'en', {
    headline: 'Links',
    body: `See [this](${at}/404/body) and <${at}/200/body>.`,
  });
  await server.database.sql('update desk.origin set url = $2 where article_id = $1', [id, `${at}/410/origin`]);
  await server.database.sql(`insert into desk.article_link values ($1, 90, 'OTHER', $2)`, [id, `${at}/404/link`]);
  const found = async (): Promise<string[]> => {
    const { findings } = await editor.desk(
      `findings(first: 50, filter: { articleId: "${articleId}", codes: [LINK_DEAD] }) { edges { node { path language severity message } } }`,
    );
    return (findings.edges as { node: Record<string, string | null> }[]).map(({ node }) =>
      [node.severity, node.language ?? '*', node.path, node.message].join(' '),
    );
  };
  expect(await found()).toEqual([]);
  const checks = server.app.get(LinkChecksService);
  const report = await checks.check(100, PACE);
  expect(report).toMatchObject({ tried: 4, links: { ALIVE: 1, DEAD: 3, UNSURE: 0, REFUSED: 0 } });
  expect(report.dead.map(({ path }) => path).sort()).toEqual(['links[90].url', 'origin.url', 'text.body']);
  const day = new Date().toISOString().slice(0, 10);
  expect(await found()).toEqual([
    `WARNING * links[90].url The link ${at}/404/link led nowhere on ${day}: the server answers 404. Give another, or take it out.`,
    `WARNING * origin.url The link ${at}/410/origin led nowhere on ${day}: the server answers 410. Give another, or take it out.`,
    `WARNING en text.body The link ${at}/404/body led nowhere on ${day}: the server answers 404. Give another, or take it out.`,
  ]);
  // They warn, and block nothing.
  expect(await editor.do('publishTranslation', { articleId, language: 'en', expectedRevision: 1 })).toMatchObject({
    __typename: 'TranslationPublished',
  });
  // Nothing was changed: nobody is asked again.
  asked = [];
  await server.database.sql('update desk.link_walk set walked_at = now()');
  expect(await checks.check(100, PACE)).toMatchObject({ articles: 0, tried: 0 });
  expect(asked).toEqual([]);
  // What no longer stands in the text is remarked no longer, before anybody looks again.
  await givenApproved(server, id, 'en', { headline: 'Links', body: 'See nothing.' });
  await server.database.sql('update desk.origin set url = $2 where article_id = $1', [id, `${at}/200/origin`]);
  expect((await found()).map((one) => one.split(' ')[2])).toEqual(['links[90].url']);
  // A link that was dead is tried again in its time, and may be alive.
  await server.database.sql(`update desk.article_link set url = $2 where article_id = $1 and position = 90`, [
    id,
    `${at}/200/link`,
  ]);
  await server.database.sql(`update desk.link_walk set walked_at = now() - interval '31 days' where article_id = $1`, [
    id,
  ]);
  expect((await checks.check(100, PACE)).dead).toEqual([]);
  expect(await found()).toEqual([]);
});

it('the command asks no private network for an article, unless it is told to', async () => {
  const { id } = await givenUnlinked('Le piège');
  await server.database.sql('update desk.origin set url = $2 where article_id = $1', [id, `${at}/404/trap`]);
  const settings = { DATABASE_URL: server.database.connectionString };
  const { status, stdout } = await runHere(['links', 'check', '--json'], settings);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    articles: 1,
    links: { ALIVE: 0, DEAD: 0, UNSURE: 0, REFUSED: 1 },
    tried: 1,
    dead: [],
  });
  expect(asked).toEqual([]);
  await server.database.sql('delete from desk.link_check');
  await server.database.sql('delete from desk.link_walk where article_id = $1', [id]);
  const told = await runHere(['links', 'check'], { ...settings, COLOPHON_LINK_CHECKS_PRIVATE: 'on' });
  expect(told.stdout).toBe(
    `✘ 1 article, 1 link tried: 0 alive, 1 dead, 0 unsure, 0 not followed\n  ${at}/404/trap\n    origin.url: the server answers 404\n`,
  );
});
