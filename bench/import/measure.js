import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const USAGE = pathToFileURL(join(import.meta.dirname, 'usage.js')).href;

/** Seconds that the machine's processors have worked or were withheld so far; null where they can not be seen. */
async function machineSeconds() {
  const text = await readFile('/proc/stat', 'utf8').catch(() => null);
  if (text === null) return null;
  // proc(5): user, nice, system, idle, iowait, irq, softirq, steal, in hundredths.
  const [user, nice, system, , , irq, softIrq, steal] = text.split('\n')[0].trim().split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softIrq + steal) / 100;
}

/**
 * Runs a program to its end and measures it: seconds from start to exit, processor seconds of all of its threads,
 * its peak resident set, processor seconds of Postgres meanwhile, processors that others had on average, and the last
 * line that it has printed.
 */
export async function measure(postgres, { args, nodeArgs = [], database, scratch }) {
  const usageFile = join(scratch, 'usage.json');
  await rm(usageFile, { force: true });
  // What was written before is on disk before the clock starts.
  await postgres.query('postgres', 'checkpoint');
  const before = await postgres.processorSeconds();
  const machineBefore = await machineSeconds();
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
  const machineAfter = await machineSeconds();
  const usage = JSON.parse(await readFile(usageFile, 'utf8'));
  const postgresSeconds = before === null || after === null ? null : after - before;
  const others =
    machineBefore === null || postgresSeconds === null
      ? null
      : Math.max(0, (machineAfter - machineBefore - usage.processorSeconds - postgresSeconds) / seconds);
  return { seconds, last, ...usage, postgresSeconds, others };
}
