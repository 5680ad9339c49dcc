import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PageMaker } from './pages.js';

/** How many files lie in one folder, where nobody says otherwise. */
const FOLDER = 500;

/**
 * Writes pages into a folder, as an archive lies on a disk; gives their bytes in all. `product` is the folder of the built
 * product, whose wrappers the pages are written by; `folders` says how many pages each folder gets.
 */
export async function generate(folder, { count, seed, product, seeds, folders = [], ...options }) {
  const { knowledgeOf, readSeedFiles } = await import(join(product, 'commands', 'seed-files.js'));
  const files = await readSeedFiles(seeds);
  const maker = new PageMaker(seed, knowledgeOf(files), files.terms);
  let bytes = 0;
  for (let place = 0, number = 0; place < count; number++) {
    const inside = join(folder, String(number).padStart(3, '0'));
    await mkdir(inside, { recursive: true });
    for (const end = Math.min(count, place + (folders[number] ?? FOLDER)); place < end; place++) {
      const page = Buffer.from(maker.page(place, options));
      bytes += page.length;
      await writeFile(join(inside, `${String(place).padStart(6, '0')}.txt`), page);
    }
  }
  return bytes;
}
