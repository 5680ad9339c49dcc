import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ImportsService } from '../../src/imports/imports.service.js';
import { exportText, linesOf, seedExport } from '../fixtures/exports.js';
import { readablePaths } from '../fixtures/fixtures.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { givenApproved, givenEditor, givenOriginal, givenTranslated } from '../fixtures/editors.js';
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
import { approve, givenTranslated as writeTranslated, givenWriter, givenWritten, textOf } from '../fixtures/writers.js';
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
  await givenDecisions();
  exported = await exportText(full);

  await givenReferences(empty);
  seeded = await seedExport(empty, exported);
}, 240_000);
afterAll(async () => {
  await Promise.all([full.close(), empty.close()]);
});

let withdrawnId: string;

/** What people have done and decided at the desk. */
async function givenDecisions(): Promise<void> {
  const editor = await givenEditor(full);
  const writer = await givenWriter(full);
  const done = async (mutation: string, input: Record<string, unknown>): Promise<void> => {
    const result = await editor.do(mutation, input);
    if ('code' in result || 'blocking' in result) throw new Error(`${mutation}: ${JSON.stringify(result)}`);
  };
  const both = await givenOriginal(full, 'La digue');
  await givenTranslated(full, both.id, 'en', 'The dyke');
  await givenApproved(full, both.id, 'fr', { headline: 'La digue, corrigée' });
  const notes = ['fr', 'en'].map((language) => ({ language, note: 'A name was wrong.' }));
  const correction = { articleId: both.articleId, language: 'fr', expectedRevision: 2, expectedEdition: 2, notes };
  await done('correctArticle', correction);
  await done('unpublishTranslation', { articleId: both.articleId, language: 'en', expectedEdition: 3 });
  const withdrawn = await givenOriginal(full, 'La vanne');
  withdrawnId = withdrawn.id;
  const reason = { reason: 'A court has ordered it.', language: 'en' };
  await done('withdrawArticle', { articleId: withdrawn.articleId, expectedEdition: 1, ...reason });
  const taken = await givenOriginal(full, 'La rampe');
  await done('unpublishTranslation', { articleId: taken.articleId, language: 'fr', expectedEdition: 1 });
  await givenArticle(full, { headline: 'Le radier', copyright: null });
  const articleId = toGlobalId('Article', await articleIdOf(full, 'Le radier'));
  const finding = { code: 'COPYRIGHT_NOTICE_MISSING', path: 'rights.copyright', language: null };
  await done('waiveFinding', { articleId, ...finding, reason: 'It never had one.' });
  // A translation that is begun, one that is begun and given up, one in review, and an original that is in hand.
  const { original } = await givenWritten(full, writer);
  await writer.do('startTranslation', { sourceRevisionId: original.revisionId, language: 'en' });
  const { original: other } = await givenWritten(full, writer);
  const { translationId, expectedVersion } = textOf(
    await writer.do('startTranslation', { sourceRevisionId: other.revisionId, language: 'de' }),
  );
  await writer.do('discardWorkingText', { translationId, expectedVersion });
  await approve(writer, await writeTranslated(writer, other), false);
  const { revisionId: _, ...inHand } = other;
  await writer.do('saveWorkingText', { ...inHand, headline: 'En main' });
}

/** What neither is in an export nor comes of one, and columns that tell of one database alone. */
const OWN_TABLES = [
  'article_removal',
  'earlier_text',
  'import_run',
  'import_item',
  'pending_reissue',
  'edition_event',
  'text_lock',
];
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

it('what a person has taken from readers stays taken, whatever is imported where the export went', async () => {
  const node = '{ node(id: "ID") { __typename ... on Tombstone { reason language withdrawnAt } } }'.replace(
    'ID',
    toGlobalId('Article', withdrawnId),
  );
  const [before, after] = [await full.query(node), await empty.query(node)];
  expect(before.data.node).toMatchObject({ __typename: 'Tombstone' });
  expect(after.data).toEqual(before.data);
  const changed = ['La vanne', 'La rampe', 'La digue'].map((headline) => page({ headline, regions: ['Asie'] }));
  const seeded = await seedTexts(empty, changed, { isPublishing: true });
  expect(seeded).toMatchObject([
    { publication: { outcome: 'withheld' } },
    { publication: { outcome: 'withheld' } },
    { publication: { outcome: 'published' } },
  ]);
  expect((await empty.query(node)).data).toEqual(before.data);
});
