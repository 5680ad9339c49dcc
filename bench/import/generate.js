import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PageMaker } from './pages.js';

/** How many files lie in one folder. */
const FOLDER = 500;

/**
 * Writes pages into a folder, as an archive lies on a disk; gives their bytes in all. `product` is the folder of the built
 * product, whose wrappers the pages are written by.
 */
export async function generate(folder, { count, seed, product, seeds, shortened = 1 }) {
  const { knowledgeOf, readSeedFiles } = await import(join(product, 'commands', 'seed-files.js'));
  const files = await readSeedFiles(seeds);
  const maker = new PageMaker(seed, knowledgeOf(files), files.terms);
  let bytes = 0;
  for (let place = 0; place < count; place++) {
    const inside = join(folder, String(Math.floor(place / FOLDER)).padStart(3, '0'));
    if (place % FOLDER === 0) await mkdir(inside, { recursive: true });
    const page = Buffer.from(maker.page(place, shortened));
    bytes += page.length;
    await writeFile(join(inside, `${String(place).padStart(6, '0')}.txt`), page);
  }
  return bytes;
}
