import { afterAll, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixturePath, SEED_DOCUMENT } from '../fixtures/fixtures.js';
import { runHere } from '../support/run-here.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';

/** No command here needs a database. */
const SETTINGS = { DATABASE_URL: 'postgres://a@127.0.0.1:1/none', NO_COLOR: '1' };
afterAll(removeTemporaryFolders);

it('wrappers test tells what matched, what never did, what nothing knows, and what was refused', async () => {
  const paths = ['blocked-unknown-clause', 'en-translation', 'blocked-unknown-publisher', 'refused-letter'].map(
    fixturePath,
  );
  const run = (...args: string[]) => runHere(['wrappers', 'test', ...args], SETTINGS);
  const { status, stdout, stderr } = await run(SEED_DOCUMENT, ...paths);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  for (const line of [
    /^✘ 4 documents read, 1 refused\.$/m,
    /^ +1 {2}NOT_AN_ARTICLE {2}\S+refused-letter\.txt:1$/m,
    /^ +1 {2}Le Phare libre {2}\S+:7$/m,
    /^mondialisation-ca fr {2}2 documents$/m,
    /^ +2 {2}BYLINE +Par \{credits\}$/m,
    /^ +TRANSLATOR_LINE +none of \d+ patterns$/m,
    /^ +1 {2}Toute traduction de cette page .*\n +\S+blocked-unknown-clause\.txt:33$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

it('wrappers test reads with one data file that is being written, and says what is wrong with it', async () => {
  const run = (path: string) => runHere(['wrappers', 'test', SEED_DOCUMENT, '--publisher', path, '--json'], SETTINGS);
  const { status, stdout } = await run('seeds/publishers/mondialisation-ca.yaml');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ read: 1, refused: 0, wrappers: [{ documents: 1, unclaimed: [] }] });
  const draft = join(await temporaryFolder(), 'draft.yaml');
  await writeFile(draft, 'slug: draft\nname: Draft\nlanguage: en\nwrappers: { en: { conjunction: and } }\n');
  const wrong = await run(draft);
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/^\S+draft\.yaml: wrappers\.en\.lines: must hold/);
});
