import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const quiet = { log: () => undefined, debug: () => undefined, warn: console.warn };

/** Nothing in a test's Postgres has to survive a power cut. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_connections: '200',
};

/** Linux keeps in memory what is written here. */
const MEMORY = '/dev/shm';
const MEMORY_BYTES_MIN = 3 * 1024 ** 3;

/** Each test database is a thousand files: where memory has room for them, all that tests write goes there. */
function writeToMemory() {
  if (!existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize >= MEMORY_BYTES_MIN) process.env.TMPDIR = MEMORY;
}

/** Builds the product, starts one Postgres for the whole run and migrates the template that test databases are cloned from. */
export default async function setUp() {
  execFileSync('npm', ['run', '-s', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const { DataFolder } = await import('../../dist/database/data-folder.js');
  const { migrate } = await import('../../dist/database/migrate.js');

  writeToMemory();
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
