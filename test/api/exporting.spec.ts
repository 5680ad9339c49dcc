import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ImportsService } from '../../src/imports/imports.service.js';
import { exportText, linesOf, seedExport } from '../fixtures/exports.js';
import { readablePaths } from '../fixtures/fixtures.js';
import {
  articleIdOf,
  givenArticle,
  givenReferences,
  givenRevision,
  publish,
  seedInputs,
  seedTexts,
} from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const ALL_FIELDS = readFileSync(new URL('../contract/article.graphql', import.meta.url), 'utf8');

/** A database with everything that an export can hold, and an empty one that its export goes into. */
let full: TestServer;
let empty: TestServer;
let exported: string;
let seeded: Awaited<ReturnType<typeof seedExport>>;
beforeAll(async () => {
  [full, empty] = await Promise.all([startTestServer(), startTestServer()]);
  await givenReferences(full);
  await seedInputs(full, [...readablePaths, fileURLToPath(new URL('../fixtures/html', import.meta.url))]);

  const { articleId } = await givenArticle(full, { headline: 'Le phare' });
  const english = { headline: 'The lighthouse', dek: '*A lead.*', body: 'A text[^1].\n\n[^1]: A note.' };
  await givenRevision(full, articleId, 'en', english);
  await publish(full, articleId, 'en');
  await givenRevision(full, articleId, 'fr', { headline: 'Le phare', body: 'Un texte <script>alert(1)</script>.' });
  await publish(full, articleId, 'fr');
  await givenRevision(full, articleId, 'fr', { headline: 'Le phare, au bureau' });
  // A later document of an article that a person has edited.
  const later = page({ headline: 'Le phare', regions: ['Asie'], body: ['Le document dit maintenant autre chose.'] });
  await seedTexts(full, [later]);
  await givenArticle(full, { headline: 'Jamais publiée', copyright: null });
  // An article that an import brought and was taken back with: its editions and its document stay.
  await givenArticle(full, { headline: 'Reprise' });
  const [run] = await full.app.get(ImportsService).listRuns(1);
  await full.app.get(ImportsService).undo(run?.number ?? 0, false);
  exported = await exportText(full);

  await givenReferences(empty);
  seeded = await seedExport(empty, exported);
}, 240_000);
afterAll(async () => {
  await Promise.all([full.close(), empty.close()]);
});

/** What neither is in an export nor comes of one, and columns that tell of one database alone. */
const OWN_TABLES = ['article_removal', 'earlier_text', 'import_run', 'import_item', 'pending_reissue', 'edition_event'];
const OWN_COLUMNS = ['wrapper.id', 'publisher.updated_at', 'source.updated_at', 'document_reading.read_with'];

/** All rows of all tables, without their own. */
async function rowsOf({ database }: TestServer): Promise<Record<string, string[]>> {
  const tables = await database.sql<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_schema in ('desk', 'edition') order by 1, 2`,
  );
  const all: Record<string, string[]> = {};
  for (const { schema, name } of tables.filter((table) => !OWN_TABLES.includes(table.name))) {
    const own = OWN_COLUMNS.filter((column) => column.startsWith(`${name}.`)).map((column) => column.split('.')[1]);
    const rows = await database.sql<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from ${schema}.${name} t order by 1`,
      [own],
    );
    all[`${schema}.${name}`] = rows.map(({ row }) => row);
  }
  return all;
}

describe('an export that goes into an empty database', () => {
  it('goes in whole', () => {
    const articles = linesOf(exported).filter(({ type }) => type === 'article');
    expect(seeded.filter(({ outcome }) => outcome !== 'added')).toEqual([]);
    expect(seeded).toHaveLength(articles.length);
    expect(seeded[0]?.path).toMatch(/^0\.txt:\d+$/);
  });

  it('comes out again the same to the letter', async () => {
    const again = await exportText(empty);
    const before = exported.split('\n');
    expect(again.split('\n').filter((line, i) => line !== before[i])).toEqual([]);
    expect(again === exported).toBe(true);
  });

  it('leaves every row of every table as it was', async () => {
    const [before, after] = [await rowsOf(full), await rowsOf(empty)];
    for (const [table, rows] of Object.entries(before)) expect({ [table]: after[table] }).toEqual({ [table]: rows });
  });

  it('gives readers the same articles, and the same when they search', async () => {
    const slugs = linesOf(exported).flatMap(({ served }) => (served?.slugs ?? []) as string[]);
    expect(slugs.length).toBeGreaterThan(20);
    const search = `query ($text: String!) { search(text: $text, first: 100) { totalCount edges { node { __typename } } } }`;
    for (const [query, variables] of [
      ...slugs.map((slug) => [ALL_FIELDS, { slug, languages: ['en', 'fr'] }] as const),
      ...['lac', 'the', 'phare', 'Lighthouse'].map((text) => [search, { text }] as const),
      ['{ articles(first: 100) { totalCount edges { cursor node { slug } } } }', {}] as const,
    ]) {
      const [before, after] = await Promise.all([full.query(query, variables), empty.query(query, variables)]);
      expect(before.errors).toBeUndefined();
      expect(after.data).toEqual(before.data);
    }
  });

  it('has nothing to do the second time, packed or not', async () => {
    const before = await rowsOf(empty);
    const again = await seedExport(empty, gzipSync(exported));
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    expect(await rowsOf(empty)).toEqual(before);
  });

  it('is taken back like any other import, and goes in again', async () => {
    const imports = empty.app.get(ImportsService);
    const [run] = await imports.listRuns(1);
    expect(run).toMatchObject({ added: seeded.length, changed: 0 });
    const undone = await imports.undo(run?.number ?? 0, false);
    expect(undone).toMatchObject({ isDone: true, builtUpon: [] });
    expect(
      await empty.database.sql('select 1 from desk.article union all select 1 from edition.current_article'),
    ).toEqual([]);
    await seedExport(empty, exported);
    expect(await exportText(empty)).toBe(exported);
  });

  it('is seen with --dry-run, and nothing stays', async () => {
    const other = await startTestServer();
    try {
      const planned = await seedExport(other, exported, { isDryRun: true });
      expect(planned.map(({ outcome }) => outcome)).toEqual(seeded.map(({ outcome }) => outcome));
      expect(await other.database.sql('select 1 from desk.article union all select 1 from desk.source')).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

it('what an export says otherwise than the desk is refused by name, and left alone', async () => {
  const articleId = await articleIdOf(empty, 'The lighthouse');
  await givenRevision(empty, articleId, 'en', { headline: 'The new lighthouse' });
  const refused = (await seedExport(empty, exported)).filter(({ outcome }) => outcome !== 'unchanged');
  expect(refused).toEqual([
    {
      path: '0.txt',
      outcome: 'refused',
      refusal: {
        code: 'EXPORT_CONTRADICTS',
        line: expect.any(Number),
        expected: 'the article “Le phare, au bureau” as it is here',
        found: 'something else in translations',
      },
    },
  ]);
  expect(await articleIdOf(empty, 'The new lighthouse')).toBe(articleId);
});
