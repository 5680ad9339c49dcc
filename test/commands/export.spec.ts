import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { stopProcesses } from '../support/server-process.js';
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

  const written = await full.run('export', '--out', path);
  expect(written).toMatchObject({ status: 0, stderr: '' });
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
