import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { ColophonError } from '../common/colophon-error.js';

const FAST_SHUTDOWN_MS = 15_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Clears what a killed server left on a cluster, so that Postgres can start: a Postgres still running there is
 * shut down, its last processes are waited for, and a lock file whose process id now belongs to some other program goes.
 * Returns whether a running Postgres was stopped.
 */
export async function clearRemains(clusterFolder: string): Promise<boolean> {
  const cluster = await realpath(clusterFolder);
  const postmaster = await readPostmasterPid(cluster);
  const wasRunning = postmaster !== null && (await isPostmasterOf(cluster, postmaster));
  if (wasRunning) await shutDown(postmaster);
  const orphans = await processesIn(cluster);
  if (!(await allGone(orphans, IMMEDIATE_SHUTDOWN_MS))) {
    orphans.forEach((pid) => {
      signal(pid, 'SIGKILL');
    });
    await allGone(orphans, IMMEDIATE_SHUTDOWN_MS);
  }
  // Postgres judges a dead process id by itself; a living one of another program would block it for ever.
  if (postmaster !== null && !wasRunning && isAlive(postmaster)) {
    await rm(join(cluster, 'postmaster.pid'), { force: true });
  }
  return wasRunning;
}

async function readPostmasterPid(cluster: string): Promise<number | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Math.abs(Number.parseInt(text, 10));
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await commandLineOf(pid);
  return commandLine.includes('postgres') && commandLine.includes(cluster);
}

async function commandLineOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  if (process.platform === 'win32') return '';
  const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout;
}

async function shutDown(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await allGone([pid], FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await allGone([pid], IMMEDIATE_SHUTDOWN_MS)) return;
  throw new ColophonError(`A Postgres (process ${pid}) still runs on the data folder and does not end: stop it first.`);
}

/** The processes of Postgres that work in the cluster: backends outlive a killed postmaster for a moment. */
async function processesIn(cluster: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const entries = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    entries
      .filter((entry) => /^\d+$/.test(entry))
      .map(async (pid) => {
        const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
        const isPostgres = folder === cluster && (await commandLineOf(Number(pid))).includes('postgres');
        return isPostgres ? [Number(pid)] : [];
      }),
  );
  return found.flat();
}

async function allGone(pids: readonly number[], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (pids.some(isAlive)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, but its parent has not asked: the first process of a container often never does. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}
