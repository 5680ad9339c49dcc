import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSeedFiles, type SeedFiles } from '../../src/commands/seed-files.js';
import type { SeedCounts } from '../../src/commands/seeding.service.js';
import { parseTermFile } from '../../src/taxonomy/term-file.js';
import { articleIdOf, givenArticle, givenPublished, givenReferences, publish, seedInputs } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let files: SeedFiles;
beforeEach(async () => {
  server = await startTestServer();
  files = await readSeedFiles('seeds');
  await givenReferences(server);
}, 60_000);
afterEach(async () => {
  await server.close();
});

/** Seeds what is named and nothing else, twice: the second time, nothing is left to do. */
async function seed(chosen: Partial<SeedFiles>) {
  const nothing = { publishers: [], sources: [], terms: [], linkKinds: [] };
  const counts: SeedCounts[] = [];
  const options = { files: { ...nothing, ...chosen }, tellReferences: (told: SeedCounts) => counts.push(told) };
  await seedInputs(server, [], options);
  await seedInputs(server, [], options);
  expect(counts[1]).toMatchObject({ added: 0, changed: 0 });
  return counts[0];
}

function themes(...terms: string[]): Partial<SeedFiles> {
  return { terms: [parseTermFile(`scheme: THEME\nterms: [${terms.join(', ')}]`, 'themes.yaml')] };
}

async function filed(headline: string): Promise<unknown[]> {
  return server.database.sql(
    `select a.position, t.slug, a.raw_label as "rawLabel" from desk.article_term a join desk.term t on t.id = a.term_id
     where a.article_id = $1 and a.scheme = 'THEME' order by 1`,
    [await articleIdOf(server, headline)],
  );
}

/** The paths, within the article's themes, that the rows of a table are about. */
async function pathsIn(table: 'evidence' | 'finding', headline: string): Promise<unknown[]> {
  const rows = await server.database.sql<{ path: string }>(
    `select path from desk.${table} where article_id = $1 and path like 'themes[%' order by 1`,
    [await articleIdOf(server, headline)],
  );
  return rows.map((row) => row.path);
}

describe('what a data file no longer has is gone:', () => {
  it('labels and aliases of terms', async () => {
    await seed(themes('{ slug: sea, labels: { fr: Mer, en: Sea, de: Meer }, aliases: [Océan, Océans] }'));
    const counts = await seed(themes('{ slug: sea, labels: { fr: Mer, en: Sea }, aliases: [Océan] }'));
    expect(counts).toEqual({ added: 0, changed: 1, unchanged: 0 });
    const rows = await server.database.sql(
      `select array(select language from desk.term_label where term_id = t.id order by 1) as labels,
       array(select folded from desk.term_alias where term_id = t.id order by 1) as aliases
       from desk.term t where slug = 'sea'`,
    );
    expect(rows).toEqual([{ labels: ['en', 'fr'], aliases: ['mer', 'ocean', 'sea'] }]);
  });

  it('wrappers', async () => {
    const publisher = files.publishers.find(({ slug }) => slug === 'mondialisation-ca');
    if (publisher === undefined) throw new Error('no publisher');
    const languages = () =>
      server.database.sql(
        `select w.language from desk.wrapper w join desk.publisher p on p.id = w.publisher_id
         where p.slug = 'mondialisation-ca' order by 1`,
      );
    expect(await languages()).toEqual([{ language: 'en' }, { language: 'fr' }]);
    const { fr } = publisher.wrappers;
    if (fr === undefined) throw new Error('no wrapper');
    const counts = await seed({ publishers: [{ ...publisher, wrappers: { fr } }] });
    expect(counts).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await languages()).toEqual([{ language: 'fr' }]);
  });

  it('but never a term, a source or a publisher', async () => {
    const count = () =>
      server.database.sql(
        `select (select count(*) from desk.term) as terms, (select count(*) from desk.source) as sources,
         (select count(*) from desk.publisher) as publishers`,
      );
    const before = await count();
    await seed({});
    expect(await count()).toEqual(before);
  });
});

describe('a term that an import has added by itself', () => {
  const headline = 'Le port';

  it('is one with the data file’s term that claims its label', async () => {
    await givenPublished(server, { headline, themes: ['Océans', 'Environnement'] });
    expect(await filed(headline)).toMatchObject([{ slug: 'oceans' }, { slug: 'environment' }]);
    expect(await pathsIn('finding', headline)).toEqual(['themes[0]']);

    await seed(themes('{ slug: sea, labels: { fr: Mer, en: Sea }, aliases: [océans] }'));
    expect(await filed(headline)).toEqual([
      { position: 0, slug: 'sea', rawLabel: 'Océans' },
      { position: 1, slug: 'environment', rawLabel: 'Environnement' },
    ]);
    expect(await pathsIn('finding', headline)).toEqual([]);
    expect(await server.database.sql(`select 1 from desk.term where slug = 'oceans'`)).toEqual([]);

    const id = await articleIdOf(server, headline);
    // What readers get was issued anew with it.
    expect(await publish(server, id, 'fr')).toEqual({ outcome: 'unchanged', number: 2 });
    const { data } = await server.query(
      '{ article(slug: "le-port") { themes { slug rawLabel label(language: "en") } } }',
    );
    expect(data.article.themes[0]).toEqual({ slug: 'sea', rawLabel: 'Océans', label: 'Sea' });
  });

  it('is the data file’s term where both have the same slug', async () => {
    await givenPublished(server, { headline, themes: ['Océans'] });
    await seed(themes('{ slug: oceans, labels: { fr: Océans, en: Oceans } }'));
    expect(await filed(headline)).toEqual([{ position: 0, slug: 'oceans', rawLabel: 'Océans' }]);
    expect(await pathsIn('finding', headline)).toEqual([]);
  });

  it('leaves one place behind where a page writes the term in two ways', async () => {
    await givenArticle(server, { headline, themes: ['Océans', 'Mers', 'Vagues', 'Environnement'] });
    await seed(themes('{ slug: sea, labels: { fr: Mers, en: Sea }, aliases: [Océans] }'));
    expect(await filed(headline)).toEqual([
      { position: 0, slug: 'sea', rawLabel: 'Océans' },
      { position: 1, slug: 'vagues', rawLabel: 'Vagues' },
      { position: 2, slug: 'environment', rawLabel: 'Environnement' },
    ]);
    expect(await pathsIn('finding', headline)).toEqual(['themes[1]']);
    expect(await pathsIn('evidence', headline)).toEqual([
      'themes[0].rawLabel',
      'themes[1].rawLabel',
      'themes[2].rawLabel',
    ]);
    const [moved] = await server.database.sql(
      `select exact from desk.evidence where path = 'themes[2].rawLabel' and article_id = $1`,
      [await articleIdOf(server, headline)],
    );
    expect(moved).toEqual({ exact: 'Environnement' });
    expect(await publish(server, await articleIdOf(server, headline), 'fr')).toMatchObject({ number: 2 });
  });
});

it('a way of writing that goes over to another term takes its articles along, and no others', async () => {
  await seed(themes('{ slug: sea, labels: { fr: Mer, en: Sea }, aliases: [Lac] }'));
  await givenPublished(server, { headline: 'Le lac', themes: ['Lac'] });
  await givenPublished(server, { headline: 'La mer', themes: ['Mer'] });
  const changed = ['{ slug: sea, labels: { fr: Mer, en: Sea } }', '{ slug: lakes, labels: { fr: Lac, en: Lake } }'];
  await seed(themes(...changed.reverse()));
  expect(await filed('Le lac')).toMatchObject([{ slug: 'lakes' }]);
  expect(await filed('La mer')).toMatchObject([{ slug: 'sea' }]);
});

it('a source that an import has added by itself is one with the data file’s source that takes its name', async () => {
  const record = { slug: 'lake-post', name: 'Lake Post', kind: 'ORGANIZATION' as const, url: null };
  await seed({ sources: [record] });
  await givenPublished(server, { headline: 'Le pont', source: 'The Lake Post' });
  await seed({ sources: [{ ...record, name: 'The Lake Post' }] });
  expect(
    await server.database.sql(
      `select s.slug, s.name, o.article_id is not null as used from desk.source s left join desk.origin o
       on o.source_id = s.id where s.name ilike '%lake post'`,
    ),
  ).toEqual([{ slug: 'lake-post', name: 'The Lake Post', used: true }]);
});
