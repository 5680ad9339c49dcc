import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DataSource, type EntityManager } from 'typeorm';
import type { Medium } from '../../src/common/vocabulary.js';
import { ContactsService } from '../../src/contacts/contacts.service.js';
import { inTransaction } from '../../src/database/transaction.js';
import { RightsService } from '../../src/rights/rights.service.js';
import { SourcesService } from '../../src/sources/sources.service.js';
import { TaxonomyService } from '../../src/taxonomy/taxonomy.service.js';
import { givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let publisherId: string;
beforeEach(async () => {
  server = await startTestServer();
  await givenReferences(server);
  const [publisher] = await server.database.sql<{ id: string }>('select id from desk.publisher');
  publisherId = publisher?.id ?? '';
}, 60_000);
afterEach(async () => {
  await server.close();
});

/** Does it eight times, each in a transaction of its own, all at once. */
async function atOnce<T>(work: (manager: EntityManager, i: number) => Promise<T>): Promise<T[]> {
  const source = server.app.get(DataSource);
  return Promise.all(Array.from({ length: 8 }, (_, i) => inTransaction(source, (manager) => work(manager, i))));
}

it('twenty-four documents, eight at a time, that bring new names and wordings', async () => {
  const outcomes: string[] = [];
  for (let round = 0; round < 3; round++) {
    const texts = Array.from({ length: 8 }, (_, i) =>
      page({
        headline: `Ensemble ${round} ${i}`,
        source: `Source ${round}`,
        authors: [`Autrice ${round}`],
        themes: i % 2 === 0 ? [`Thème ${round} a`, `Thème ${round} b`] : [`Thème ${round} b`, `Thème ${round} a`],
        regions: [`Région ${round}`],
      })
        .replaceAll('media@example.org', `media-${round}@example.org`)
        .replaceAll('sites de médias alternatifs', `sites ${round}`),
    );
    const seeded = await Promise.all(texts.map((text) => seedTexts(server, [text])));
    outcomes.push(...seeded.flat().map((document) => document.outcome));
  }
  expect(outcomes).toEqual(Array(24).fill('added'));
  const [counts] = await server.database.sql(
    `select (select count(*)::int from edition.current_article) as articles,
     (select count(*)::int from desk.contact_point) as contacts,
     (select count(*)::int from desk.source where name like 'Source %') as sources,
     (select count(*)::int from desk.agent where name like 'Autrice %') as agents,
     (select count(*)::int from desk.term_label where label like 'Thème % _') as themes,
     (select count(*)::int from desk.notice n where exists (select from desk.notice m where m.id <> n.id
       and (m.clause_key, m.language, m.text) = (n.clause_key, n.language, n.text))) as notices,
     (select count(*)::int from desk.reuse_term n where exists (select from desk.reuse_term m where m.id <> n.id
       and (m.clause_key, m.language, m.text, m.audience_label, m.contact_point_id)
         = (n.clause_key, n.language, n.text, n.audience_label, n.contact_point_id))) as terms`,
  );
  expect(counts).toEqual({ articles: 24, contacts: 3, sources: 3, agents: 3, themes: 6, notices: 0, terms: 0 });
}, 120_000);

it('an address, for the purposes of all who name it', async () => {
  const contacts = server.app.get(ContactsService);
  const purposes = ['GENERAL', 'MEDIA', 'CORRECTIONS'] as const;
  const found = await atOnce((manager, i) =>
    contacts.findOrAdd(manager, publisherId, 'new@example.org', [purposes[i % 3] ?? 'MEDIA']),
  );
  expect(new Set(found.map((contact) => contact.id)).size).toBe(1);
  expect(await server.database.sql('select email, purposes from desk.contact_point')).toEqual([
    { email: 'new@example.org', purposes: ['MEDIA', 'CORRECTIONS', 'GENERAL'] },
  ]);
});

it('wordings of a clause, each a version without gaps', async () => {
  const rights = server.app.get(RightsService);
  const reuse = { effect: 'PERMIT' as const, actions: [], media: ['WEB'] as Medium[], duties: [] };
  await atOnce(async (manager, i) => {
    const stated = { statedById: publisherId, clauseKey: 'c', language: 'fr', text: `Texte ${i % 3}` };
    await rights.findOrAddNotice(manager, stated, 'FAIR_USE_CLAIM');
    await rights.findOrAddReuseTerm(manager, stated, reuse, null, null);
  });
  for (const table of ['notice', 'reuse_term']) {
    const rows = await server.database.sql<{ version: number; text: string }>(
      `select version, text from desk.${table} order by version`,
    );
    expect(rows.map((row) => row.version)).toEqual([1, 2, 3]);
    expect(rows.map((row) => row.text).sort()).toEqual(['Texte 0', 'Texte 1', 'Texte 2']);
  }
});

it('labels that are written alike and have different slugs', async () => {
  const taxonomy = server.app.get(TaxonomyService);
  const terms = await atOnce((manager, i) => taxonomy.add(manager, 'THEME', i % 2 ? 'U.R.S.S' : 'u r s s', 'fr'));
  expect(new Set(terms.map((term) => term.id)).size).toBe(1);
  expect(await server.database.sql(`select 1 from desk.term where slug in ('urs-s', 'u-r-s-s')`)).toHaveLength(1);
});

it('sources that share a slug and are different', async () => {
  const sources = server.app.get(SourcesService);
  const names = ['新华社', '人民日报', '+++', '!!!'];
  const found = await atOnce((manager, i) => sources.findOrAdd(manager, names[i % 4] ?? ''));
  expect(found.map((source) => source.name)).toEqual([...names, ...names]);
  expect(new Set(found.map((source) => source.slug)).size).toBe(4);
});

it('names that no index holds are refused by name', async () => {
  const name = Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 99991).toString(36)).join(' ');
  const { app } = server;
  const fails = (work: (manager: EntityManager) => Promise<unknown>) =>
    expect(inTransaction(app.get(DataSource), work)).rejects.toMatchObject({ name: 'NameTooLongError' });
  await fails((manager) => app.get(SourcesService).findOrAdd(manager, name));
  await fails((manager) => app.get(SourcesService).findOrAddAgent(manager, name));
  await fails((manager) => app.get(TaxonomyService).add(manager, 'THEME', name, 'fr'));
  await fails((manager) => app.get(ContactsService).findOrAdd(manager, publisherId, name, ['MEDIA']));
  for (const statement of [
    `insert into desk.source (slug, name) values ('a', $1)`,
    `insert into desk.agent (name) values ($1)`,
    `insert into desk.term (scheme, slug, is_listed) values ('THEME', $1, false)`,
  ]) {
    await expect(server.database.sql(statement, [name])).rejects.toMatchObject({ code: '23514' });
  }
});
