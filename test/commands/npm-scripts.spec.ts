import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from '@jest/globals';
import { SEED_DOCUMENT } from '../fixtures/fixtures.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';

const ROOT = join(import.meta.dirname, '..', '..');
afterAll(removeTemporaryFolders);

/** The script builds the product anew: elsewhere, so that nobody else starts what is half written. */
async function copyOfTheRepository(): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ['package.json', 'tsconfig.json', '.swcrc', 'src', 'seeds']) {
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

it('npm run -s colophon -- hands a command its arguments, and prints nothing of its own', async () => {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['run', '-s', 'colophon', '--', 'read', SEED_DOCUMENT, '--json'],
    { cwd: await copyOfTheRepository() },
  );
  expect(JSON.parse(stdout)).toMatchObject({ article: { publishedOn: '2016-03-30' } });
}, 60_000);
