import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eventually, runColophon, stopProcesses } from '../support/server-process.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';
import { type CommandLine, commandLine } from './colophon.js';

let [full, empty]: CommandLine[] = [];
beforeEach(async () => {
  [full, empty] = [await commandLine(), await commandLine()];
});
afterEach(async () => {
  await stopProcesses();
  await Promise.all([full?.database.drop(), empty?.database.drop()]);
});
afterAll(removeTemporaryFolders);

it('export writes a file when it is whole, and the same to standard output; seed brings it back', async () => {
  if (full === undefined || empty === undefined) throw new Error('no databases');
  const folder = await temporaryFolder();
  const path = join(folder, 'all.jsonl.gz');
  await full.run('seed');

  const started = performance.now();
  const written = await full.runApart('export', '--out', path);
  expect(written).toMatchObject({ status: 0, stderr: '' });
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(written.stdout).toContain('1 article, 1 edition, 1 document.');
  expect(await readdir(folder)).toEqual(['all.jsonl.gz']);
  const text = gunzipSync(await readFile(path)).toString();
  const { status, stdout } = await full.run('export');
  expect({ status, isSame: stdout === text }).toEqual({ status: 0, isSame: true });
  expect(text.split('\n').at(0)).toBe('{"colophon":"export","version":1}');

  const seeded = await empty.run('seed', path);
  expect(seeded).toMatchObject({ status: 0, stderr: '' });
  expect(seeded.stdout).toMatch(/all\.jsonl\.gz:\d+: added, published as edition 1/);
  expect((await empty.run('seed', path)).stdout).toMatch(/nothing to do/i);
  expect((await empty.run('export')).stdout).toBe(text);

  const refused = await full.run('export', '--out', join(folder, 'none', 'all.jsonl'));
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toMatch(/all\.jsonl can not be written \(ENOENT\)\.\n$/);
  expect(await readdir(folder)).toEqual(['all.jsonl.gz']);
}, 120_000);

it('export ends with a line when the database goes away, and leaves nothing', async () => {
  if (full === undefined) throw new Error('no database');
  const { database } = full;
  const path = join(await temporaryFolder(), 'all.jsonl.gz');
  const locking = database
    .sql('begin; lock table edition.edition in access exclusive mode; select pg_sleep(60)')
    .catch(() => undefined);
  const exporting = full.runApart('export', '--out', path);
  await eventually(async () => (await database.endConnections(`wait_event_type = 'Lock'`)) > 0, 'an export that reads');
  const { status, stdout, stderr } = await exporting;
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^The database cannot be reached right now\.\n$/m);
  expect(await readdir(dirname(path))).toEqual([]);
  await database.endConnections(`query like '%pg_sleep(60)'`);
  await locking;
}, 60_000);

it('a command whose output nobody reads any more does its work, and says nothing of it', async () => {
  if (full === undefined) throw new Error('no database');
  const seeding = runColophon(['seed'], { DATABASE_URL: full.database.connectionString });
  seeding.child.stdout?.destroy();
  expect(await seeding.ended).toMatchObject({ status: 0, stderr: '' });
  expect((await full.run('verify')).stdout).toContain('1 document: 1 identical');
}, 60_000);

it('verify tells of a part that is kept as it stands although its line is known', async () => {
  if (full === undefined) throw new Error('no database');
  await full.run('seed');
  expect(await full.json('verify')).toMatchObject({ status: 0, value: { isIdentical: true, kept: 0, unclaimed: 0 } });
  await full.database.sql(
    `update desk.document_part set layout = '{"type":"TEXT","before":"","pieces":["Par [Chris Tomson](#)\\n\\n"],"after":""}'
     where role = 'BYLINE'`,
  );
  expect((await full.run('verify')).stdout).toMatch(/parts, 1 kept as it stands, [\d,]+ of/);
}, 60_000);
