import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { ColophonError } from '../common/colophon-error.js';
import { DatabaseUnavailableError } from '../database/database-errors.js';
import { writeFileWhole } from './write-file-whole.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colophon-whole-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const LINE = `${Array.from({ length: 200 }, (_, i) => i * i).join(' ')}\n`;

/** Once the file is open and written to, and long before its end: on a big heap one collection may take a second. */
const COLLECTED_AT = 100;

async function* lines(count: number, last?: Error): AsyncGenerator<string> {
  for (let i = 0; i < count; i++) {
    if (i === COLLECTED_AT) collectGarbage();
    yield await Promise.resolve(LINE);
  }
  if (last !== undefined) throw last;
}

it.each(['all.jsonl', 'all.jsonl.gz'])(
  'writes %s to its end, whatever is collected as garbage meanwhile',
  async (name) => {
    await writeFileWhole(join(folder, name), lines(500));
    const bytes = await readFile(join(folder, name));
    expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString() === LINE.repeat(500)).toBe(true);
    expect(await readdir(folder)).toContain(name);
    await rm(join(folder, name));
    expect(await readdir(folder)).toEqual([]);
  },
);

it.each([
  ['none/all.jsonl.gz', 'ENOENT'],
  ['file/all.jsonl', 'ENOTDIR'],
  ['folder', 'EISDIR'],
])('says of %s in a line that it can not be written, and leaves nothing', async (name, code) => {
  await writeFile(join(folder, 'file'), '');
  await mkdir(join(folder, 'folder'), { recursive: true });
  const path = join(folder, name);
  const writing = writeFileWhole(path, lines(10));
  await expect(writing).rejects.toEqual(new ColophonError(`${path} can not be written (${code}).`));
  expect((await readdir(folder)).sort()).toEqual(['file', 'folder']);
});

it.each([0, 300])('where the lines break off after %i, it says so itself, and what was there stays', async (count) => {
  const path = join(folder, 'kept.gz');
  await writeFile(path, 'as it was');
  await expect(writeFileWhole(path, lines(count, new DatabaseUnavailableError()))).rejects.toThrow(
    'The database cannot be reached right now.',
  );
  expect(await readFile(path, 'utf8')).toBe('as it was');
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});
