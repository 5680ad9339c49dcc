import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { forGood } from '../../src/imports/desk-transactions.js';
import { givenReferences, seedTexts } from '../fixtures/given.js';
import { page, type PageFacts } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
  await givenReferences(server);
}, 60_000);
afterEach(async () => {
  await server.close();
});

const SHARED: [string, PageFacts][] = [
  ['the same new things', { source: 'Source nouvelle', authors: ['Autrice nouvelle'], themes: ['Thème nouveau'] }],
  ['what is known', { source: 'South Front', authors: ['South Front'], themes: ['Environnement'] }],
  ['a new theme alone', { source: 'South Front', authors: ['South Front'], themes: ['Thème nouveau'] }],
];

it.each(SHARED)(
  'the first documents of an empty desk, all at once, that name %s',
  async (_what, facts) => {
    const texts = Array.from({ length: 8 }, (_, i) => page({ headline: `Ensemble ${i}`, ...facts }));
    const seeded = (await Promise.all(texts.map((text) => seedTexts(server, [text])))).flat();
    expect(seeded.map((document) => document.outcome)).toEqual(Array(8).fill('added'));
    const counts = await server.database.sql(
      `select (select count(*)::int from desk.contact_point) as contacts, (select count(*)::int from desk.notice) as notices,
       (select count(*)::int from desk.reuse_term) as terms, (select count(*)::int from edition.current_article) as articles`,
    );
    expect(counts).toEqual([{ contacts: 1, notices: 2, terms: 2, articles: 8 }]);
  },
  60_000,
);

it('the same document many times at once is one', async () => {
  const text = page({ headline: 'Une seule fois' });
  const seeded = (await Promise.all(Array.from({ length: 6 }, () => seedTexts(server, [text])))).flat();
  expect(seeded.map((document) => document.outcome).sort()).toEqual(['added', ...Array<string>(5).fill('unchanged')]);
});

it('states of one page at once are one article, each compared with the one before', async () => {
  const texts = Array.from({ length: 4 }, (_, i) =>
    page({ headline: 'Un titre', body: [`Texte numéro ${i}, en français ordinaire, assez long pour être reconnu.`] }),
  );
  const seeded = (await Promise.all(texts.map((text) => seedTexts(server, [text])))).flat();
  expect(seeded.map((document) => document.outcome).sort()).toEqual(['added', 'changed', 'changed', 'changed']);
  expect(await server.database.sql('select count(*)::int as texts from desk.revision')).toEqual([{ texts: 4 }]);
});

it('a batch may think for minutes between two statements: formatting long texts is no reason to end it', async () => {
  const desk = forGood(server.app.get(DataSource), () => undefined);
  const ASK = `select current_setting('idle_in_transaction_session_timeout') as idle`;
  const [limits] = await desk.inTransaction((manager) => manager.query<{ idle: string }[]>(ASK));
  expect(limits).toEqual({ idle: '10min' });
});
