import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const USAGE = pathToFileURL(join(import.meta.dirname, 'usage.js')).href;

/**
 * Runs a program to its end and measures it: seconds from start to exit, processor seconds of all of its threads,
 * its peak resident set, processor seconds of Postgres meanwhile, and the last line that it has printed.
 */
export async function measure(postgres, { args, nodeArgs = [], database, scratch }) {
  const usageFile = join(scratch, 'usage.json');
  await rm(usageFile, { force: true });
  // What was written before is on disk before the clock starts.
  await postgres.query('postgres', 'checkpoint');
  const before = await postgres.processorSeconds();
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, ...nodeArgs, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: postgres.urlOf(database),
      COLOPHON_LOG_FORMAT: 'json',
      BENCH_USAGE: usageFile,
    },
  });
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = line;
  });
  const [status] = await once(child, 'close');
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with status ${status}: ${last}`);
  const after = await postgres.processorSeconds();
  return {
    seconds,
    last,
    ...JSON.parse(await readFile(usageFile, 'utf8')),
    postgresSeconds: before === null || after === null ? null : after - before,
  };
}
