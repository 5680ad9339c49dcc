/** Runs every drill, one after the other: `npm run drills`. Exit status 1 when one of them found anything. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const DRILLS = [
  'postgres-killed-during-import',
  'import-killed',
  'two-imports-at-once',
  'publication-killed',
  'killed-while-publishing',
  'postgres-killed-during-saves',
  'two-editors-at-once',
  'one-slug-at-once',
  'clocks-apart',
];

for (const name of DRILLS) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.js`), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
