import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const quiet = { log: () => undefined, debug: () => undefined, warn: console.warn };

/** Nothing in a test's Postgres has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** Builds the product, starts one Postgres for the whole run and migrates the template that test databases are cloned from. */
export default async function setUp() {
  execFileSync('npm', ['run', '-s', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const { DataFolder } = await import('../../dist/database/data-folder.js');
  const { migrate } = await import('../../dist/database/migrate.js');

  const path = mkdtempSync(join(tmpdir(), 'colophon-test-'));
  const folder = await DataFolder.open(path, 'serve', quiet);
  const abandon = () => {
    folder.abandon();
  };
  // Postgres is a process of its own: a run that is broken off must take it along.
  process.once('exit', abandon);
  for (const [name, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    process.once(name, () => process.exit(status));
  }
  const template = await folder.startPostgres(FAST);
  await migrate(template);
  process.env.COLOPHON_TEST_POSTGRES = template;
  globalThis.colophonTestPostgres = { path, folder, abandon };
}
