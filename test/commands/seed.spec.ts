import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixtureNames, fixturePath } from '../fixtures/fixtures.js';
import { page } from '../fixtures/page.js';
import { stopProcesses } from '../support/server-process.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';
import { type CommandLine, commandLine } from './colophon.js';

let colophon: CommandLine;
beforeEach(async () => {
  colophon = await commandLine();
});
afterEach(async () => {
  await stopProcesses();
  await colophon.database.drop();
});
afterAll(removeTemporaryFolders);

const GOOD = fixtureNames().filter((name) => !/^(?:refused|blocked)-/.test(name));

/** A folder of these documents. */
async function folderOf(documents: Record<string, string | Buffer>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(documents)) await writeFile(join(folder, name), text);
  return folder;
}

async function documentNames(): Promise<string[]> {
  const rows = await colophon.database.sql<{ name: string }>('select file_name as name from desk.document order by 1');
  return rows.map((row) => row.name);
}

describe('seed', () => {
  it('brings the product’s own seeds in, and says the second time that there is nothing to do', async () => {
    const first = await colophon.run('seed');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('published as edition 1');
    expect(first.stdout).toContain('ORIGIN_URL_MISSING');
    expect(first.stdout).toContain('LINK_TRUNCATED');
    const counts = await colophon.rowCounts();
    expect(counts).toMatchObject({ 'desk.document': 1, 'edition.edition': 1, 'edition.article_search': 1 });

    const second = await colophon.run('seed');
    expect(second).toMatchObject({ status: 0, stderr: '' });
    expect(second.stdout).toMatch(/nothing to do/i);
    expect(await colophon.rowCounts()).toEqual(counts);
  }, 60_000);

  it('prints one line of JSON for machines', async () => {
    const { status, value } = await colophon.json('seed');
    expect(status).toBe(0);
    expect(value).toMatchObject({
      references: { changed: 0, unchanged: 0 },
      documents: [
        {
          path: expect.stringMatching(/000_6973d8f3f5864503\.txt$/) as unknown,
          outcome: 'added',
          publication: { outcome: 'published', number: 1 },
          findings: [
            { code: 'ORIGIN_URL_MISSING', severity: 'WARNING', line: 9 },
            { code: 'LINK_TRUNCATED', severity: 'WARNING', line: 33 },
          ],
        },
      ],
    });
    expect((await colophon.json('seed')).value).toMatchObject({
      references: { added: 0, changed: 0 },
      documents: [{ outcome: 'unchanged', publication: { outcome: 'unchanged', number: 1 } }],
    });
  }, 60_000);

  it('takes the good of a mixed lot, and tells of each of the others where, what was expected and what stood there', async () => {
    const bad = fixtureNames('refused-');
    const paths = [...GOOD.slice(0, 2), ...bad, ...GOOD.slice(2, 4)].map(fixturePath);
    const { status, stdout, stderr } = await colophon.run('seed', ...paths);
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(await documentNames()).toEqual(
      GOOD.slice(0, 4)
        .map((name) => `${name}.txt`)
        .sort(),
    );
    for (const [name, ...words] of [
      ['refused-letter', 'line 1', 'NOT_AN_ARTICLE'],
      ['refused-impossible-date', 'line 7', '31 février 2016', 'DATE_IMPOSSIBLE'],
      ['refused-latin-1', 'line 3', '0xe9', 'DOCUMENT_NOT_UTF8'],
      ['refused-nul', 'line 19', 'DOCUMENT_HAS_NUL'],
      ['refused-empty', 'DOCUMENT_EMPTY'],
    ]) {
      const line = stdout.split('\n').find((one) => one.includes(`${name ?? ''}.txt`)) ?? '';
      for (const word of ['expected', 'found', ...words]) expect(line).toContain(word);
    }
    expect(stdout).not.toMatch(/\bat .*\.js:\d+|select |insert /i);
  }, 60_000);

  it('stores nothing of what it refuses', async () => {
    await colophon.run('seed', fixturePath(GOOD[0] ?? ''));
    const before = await colophon.rowCounts();
    const { status, value } = await colophon.json('seed', ...fixtureNames('refused-').map(fixturePath));
    expect(status).toBe(1);
    const { documents } = value as { documents: { outcome: string; refusal: { code: string } }[] };
    expect(documents.map((document) => document.outcome)).toEqual(documents.map(() => 'refused'));
    expect(await colophon.rowCounts()).toEqual(before);
  }, 60_000);

  it('goes on behind a path that leads nowhere', async () => {
    const { status, stdout, stderr } = await colophon.run('seed', 'no/such/file.txt', fixturePath(GOOD[0] ?? ''));
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('no/such/file.txt');
    expect(await documentNames()).toEqual([`${GOOD[0] ?? ''}.txt`]);
  }, 60_000);

  it('keeps what is blocked from readers, and says why', async () => {
    const { status, stdout } = await colophon.run('seed', fixturePath('blocked-no-copyright'));
    expect(status).toBe(0);
    expect(stdout).toContain('not published');
    expect(stdout).toContain('COPYRIGHT_NOTICE_MISSING');
    expect(await colophon.rowCounts()).toMatchObject({
      'desk.article': 1,
      'edition.edition': 0,
      'edition.reference': 0,
    });
  }, 60_000);

  it('takes folders in folders, and passes over hidden files', async () => {
    const folder = await folderOf({ 'a.txt': page({ headline: 'A' }), '.hidden': 'x' });
    await mkdir(join(folder, 'below'));
    await writeFile(join(folder, 'below', 'b.txt'), page({ headline: 'B' }));
    expect((await colophon.run('seed', folder)).status).toBe(0);
    expect(await documentNames()).toEqual(['a.txt', 'b.txt']);
  }, 60_000);

  it('of an empty folder is fine', async () => {
    expect((await colophon.run('seed', await temporaryFolder())).status).toBe(0);
  }, 60_000);

  it('changes nothing the second time, whatever the order of the documents', async () => {
    const folder = await folderOf({
      '1.txt': page({ headline: 'Premier' }),
      '2.txt': page({ headline: 'Second', themes: ['Œuvres'] }),
      '3.txt': page({ headline: 'Troisième', themes: ['Oeuvres'] }),
    });
    await colophon.run('seed', folder);
    const counts = await colophon.rowCounts();
    expect(counts['edition.edition']).toBe(3);
    expect((await colophon.run('seed', folder)).stdout).toMatch(/nothing to do/i);
    expect(await colophon.rowCounts()).toEqual(counts);
  }, 60_000);

  it('changes nothing the second time, though a later page says more of a contact than an earlier one', async () => {
    const folder = await folderOf({
      '1.txt': page({ headline: 'Premier', clauses: ['responsibility', 'media-contact'] }),
      '2.txt': page({ headline: 'Second' }),
    });
    await colophon.run('seed', folder);
    expect((await colophon.run('seed', folder)).stdout).toMatch(/nothing to do/i);
  }, 60_000);

  it('twice at once brings each document in once', async () => {
    const folder = await temporaryFolder();
    for (const name of GOOD) await cp(fixturePath(name), join(folder, `${name}.txt`));
    const endings = await Promise.all([colophon.run('seed', folder), colophon.run('seed', folder)]);
    for (const { status, stderr } of endings) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await documentNames()).toEqual(GOOD.map((name) => `${name}.txt`).sort());
    expect(await colophon.rowCounts()).toMatchObject({ 'edition.edition': GOOD.length, 'desk.publisher': 1 });
  }, 60_000);

  it('twice at once, of different folders that name the same new things', async () => {
    const folders = await Promise.all(
      ['a', 'b'].map((letter) =>
        folderOf(
          Object.fromEntries(
            Array.from({ length: 8 }, (_, i) => [
              `${i}.txt`,
              page({
                headline: `${letter} ${i}`,
                source: `Source ${i}`,
                themes: [`Thème ${i}`],
                authors: [`Autrice ${i}`],
              }),
            ]),
          ),
        ),
      ),
    );
    await colophon.run('seed', await temporaryFolder());
    const endings = await Promise.all(folders.map((folder) => colophon.run('seed', folder)));
    for (const { status, stderr } of endings) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await colophon.rowCounts()).toMatchObject({ 'desk.document': 16, 'edition.edition': 16 });
  }, 60_000);

  it('refuses data files that make no sense, before anything is stored', async () => {
    const seeds = await temporaryFolder();
    await cp('seeds', seeds, { recursive: true });
    await writeFile(join(seeds, 'sources.yaml'), 'sources: [{ slug: A b, name: A }]');
    const { runColophon } = await import('../support/server-process.js');
    const { status, stderr } = await runColophon(['seed'], {
      DATABASE_URL: colophon.database.connectionString,
      COLOPHON_SEEDS_DIR: seeds,
    }).ended;
    expect(status).toBe(1);
    expect(stderr).toContain('sources.yaml: sources.0.slug');
    expect(stderr).not.toContain(seeds);
    expect(await colophon.rowCounts()).toMatchObject({ 'desk.publisher': 0, 'desk.document': 0 });
  }, 60_000);
});
