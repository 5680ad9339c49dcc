import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The queries that are measured, by the names of their files. */
export const QUERIES = ['q1', 'q2', 'q3', 'q4'];

const FIRST_PAGE = join(import.meta.dirname, 'queries', 'first-page.graphql');

/**
 * Writes the bench's variables into a folder of their own, with the cursor at which each second page begins: it is taken
 * from the first page, as a reader does. `ask` asks the server that is measured.
 */
export async function writeVariables(from, into, ask) {
  await mkdir(into, { recursive: true });
  const firstPage = await readFile(FIRST_PAGE, 'utf8');
  for (const name of QUERIES) {
    const sets = JSON.parse(await readFile(join(from, `${name}.json`), 'utf8'));
    if (name === 'q3') {
      for (const set of sets) {
        const { theme, region, limit } = set;
        const { articles } = await ask(firstPage, { theme, region, limit });
        set.after = articles.pageInfo.endCursor;
      }
    }
    await writeFile(join(into, `${name}.json`), JSON.stringify(sets));
  }
}
