import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixtureNames, fixturePath } from '../fixtures/fixtures.js';
import { page } from '../fixtures/page.js';
import { stopProcesses } from '../support/server-process.js';
import { runHere } from '../support/run-here.js';
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
    const first = await colophon.runApart('seed');
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

  it('prints JSON for machines, a line for each document as it goes', async () => {
    const { status, values } = await colophon.jsonLines('seed');
    expect(status).toBe(0);
    expect(values).toMatchObject([
      { references: { changed: 0, unchanged: 0 } },
      {
        document: {
          path: expect.stringMatching(/000_6973d8f3f5864503\.txt$/) as unknown,
          outcome: 'added',
          publication: { outcome: 'published', number: 1 },
          findings: [
            { code: 'ORIGIN_URL_MISSING', severity: 'WARNING', line: 9 },
            { code: 'LINK_TRUNCATED', severity: 'WARNING', line: 33 },
          ],
        },
      },
      { summary: { documents: { added: 1, refused: 0 }, reissued: 0, isDryRun: false } },
    ]);
    expect((await colophon.jsonLines('seed')).values).toMatchObject([
      { references: { added: 0, changed: 0 } },
      { document: { outcome: 'unchanged', publication: { outcome: 'unchanged', number: 1 } } },
      { summary: { documents: { added: 0, unchanged: 1 } } },
    ]);
  }, 60_000);

  it('shows the plan, and does it, and takes it back', async () => {
    const facts = {
      headline: 'Le pont',
      body: [Array.from({ length: 60 }, (_, i) => `Le pont ${i} est ouvert.`).join(' ')],
    };
    const folder = await folderOf({ 'pont.txt': page(facts) });
    await colophon.run('seed', folder);
    await writeFile(join(folder, 'pont.txt'), page({ ...facts, authors: ['Jean Petit'], headline: 'Le pont neuf' }));
    await writeFile(join(folder, 'bac.txt'), page({ headline: 'Le bac' }));
    const before = await colophon.rowCounts();
    const plan = await colophon.run('seed', '--dry-run', '--same-as', 'le-pont', join(folder, 'pont.txt'));
    expect(plan).toMatchObject({ status: 0, stderr: '' });
    expect(plan.stdout).toMatch(/pont\.txt: changed, waits at the desk \(--publish\), still edition 1/);
    for (const line of ['text.headline', '- Le pont', '+ Le pont neuf', 'credits', '+ AUTHOR, Jean Petit']) {
      expect(plan.stdout).toContain(line);
    }
    expect(plan.stdout).toMatch(
      /Plan for 1 document: 0 new, 1 changed, 0 unchanged, 0 refused; 0 editions to publish\./,
    );
    expect(await colophon.rowCounts()).toEqual(before);
    expect(
      (await colophon.run('seed', '--publish', '--same-as', 'le-pont', join(folder, 'pont.txt'))).stdout,
    ).toContain('published as edition 2');
    expect((await colophon.run('seed', folder)).stdout).toMatch(/2 documents: 1 added, 0 changed, 1 as they were/);

    const list = await colophon.run('imports');
    expect(list.stdout).toMatch(/3 {2}\S+ \S+ {2}1 added, 0 changed, finished/);
    const refused = await colophon.run('imports', 'undo', '1');
    expect(refused.status).toBe(1);
    expect(refused.stdout).toMatch(/✘ Import 1 is not taken back: 1 article built upon since/);
    expect(await colophon.json('imports', 'undo', '2')).toMatchObject({ status: 0, value: { isDone: true } });
    expect((await colophon.run('imports', 'undo', '1')).stdout).toMatch(/✔ Import 1 is taken back: 1 article removed/);
    expect(await colophon.run('imports', 'undo', '9')).toMatchObject({
      status: 1,
      stderr: 'There is no import run 9.\n',
    });
    expect((await colophon.run('imports', 'undo', 'x')).status).toBe(2);
  }, 120_000);

  it('takes the good of a mixed lot, and tells of each of the others where, what was expected and what stood there', async () => {
    const bad = fixtureNames('refused-');
    const paths = [...GOOD.slice(0, 2), ...bad, ...GOOD.slice(2, 4)].map(fixturePath);
    const { status, stdout, stderr } = await colophon.run('seed', '--new', ...paths);
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
    const names = fixtureNames('refused-');
    const { status, values } = await colophon.jsonLines('seed', ...names.map(fixturePath));
    expect(status).toBe(1);
    expect(values.at(-1)).toMatchObject({ summary: { documents: { added: 0, refused: names.length } } });
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

  it('twice at once brings each document in once, and what different documents name alike', async () => {
    const own = (letter: string): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: 8 }, (_, i) => [
          `${letter}${i}.txt`,
          page({
            headline: `${letter} ${i}`,
            source: `Source ${i}`,
            themes: [`Thème ${i}`],
            authors: [`Autrice ${i}`],
          }),
        ]),
      );
    const folders = await Promise.all(['a', 'b'].map((letter) => folderOf(own(letter))));
    for (const folder of folders) {
      for (const name of GOOD) await cp(fixturePath(name), join(folder, `${name}.txt`));
    }
    const endings = await Promise.all(folders.map((folder) => colophon.runApart('seed', '--new', folder)));
    for (const { status, stderr } of endings) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const names = [...GOOD.map((name) => `${name}.txt`), ...Object.keys({ ...own('a'), ...own('b') })];
    expect(await documentNames()).toEqual(names.sort());
    expect(await colophon.rowCounts()).toMatchObject({ 'edition.edition': names.length, 'desk.publisher': 2 });
  }, 60_000);

  it('refuses data files that make no sense, before anything is stored', async () => {
    const seeds = await temporaryFolder();
    await cp('seeds', seeds, { recursive: true });
    await writeFile(join(seeds, 'sources.yaml'), 'sources: [{ slug: A b, name: A }]');
    const { status, stderr } = await runHere(['seed'], {
      DATABASE_URL: colophon.database.connectionString,
      COLOPHON_SEEDS_DIR: seeds,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('sources.yaml: sources.0.slug');
    expect(stderr).not.toContain(seeds);
    expect(await colophon.rowCounts()).toMatchObject({ 'desk.publisher': 0, 'desk.document': 0 });
  }, 60_000);
});
