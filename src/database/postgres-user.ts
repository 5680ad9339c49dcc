import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chown, lchown, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { ColophonError } from '../common/colophon-error.js';

/** The account that Postgres runs under; it refuses to run as root. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];

/**
 * Chooses the account for a cluster: null when we are not root and Postgres simply runs as ourselves.
 * An existing cluster keeps its owner; a new one gets `postgres` where the system has it, else `nobody`.
 */
export async function choosePostgresUser(clusterFolder: string): Promise<PostgresUser | null> {
  if (process.getuid?.() !== 0) return null;
  const cluster = await stat(clusterFolder).catch(() => null);
  if (cluster !== null && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid };
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new ColophonError('Postgres does not run as root: start Colophon as another user, or set DATABASE_URL.');
}

/** Gives a folder with all that is in it to the account: a cluster that root copied belongs to root. */
export async function giveTo(user: PostgresUser | null, folder: string): Promise<void> {
  if (user === null) return;
  await chown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), user.uid, user.gid);
}

/**
 * Starts a program of Postgres under the account.
 * `paths` are files and folders that it has to reach: where one of them lies in a folder of root's, the program gets the
 * capability to pass by, and nothing else of root's.
 */
export async function spawnAs(
  user: PostgresUser | null,
  program: string,
  args: readonly string[],
  paths: readonly string[],
  options: SpawnOptions,
): Promise<ChildProcess> {
  if (user === null) return spawn(program, args, options);
  const reachable = await Promise.all([program, ...paths].map((path) => canReach(user, path)));
  if (reachable.every(Boolean)) return spawn(program, args, { ...options, uid: user.uid, gid: user.gid });
  const setpriv = await firstRunnable(SETPRIV);
  if (setpriv === null) {
    throw new ColophonError(
      'Postgres does not run as root, and other users cannot reach this folder: move it to one that they can enter, or start Colophon as another user.',
    );
  }
  const privileges = [
    ...['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'],
    ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override'],
  ];
  return spawn(setpriv, [...privileges, '--', program, ...args], options);
}

async function firstRunnable(programs: readonly string[]): Promise<string | null> {
  for (const program of programs) {
    const runnable = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return program;
  }
  return null;
}

/** Whether the account may enter every folder on the way to the path, and read what stands there. */
export async function canReach(user: PostgresUser, path: string): Promise<boolean> {
  let folder = await realpath(path);
  if (!(await mayReadAndEnter(user, folder, 5))) return false;
  while (folder !== dirname(folder)) {
    folder = dirname(folder);
    if (!(await mayReadAndEnter(user, folder, 1))) return false;
  }
  return true;
}

async function mayReadAndEnter(user: PostgresUser, path: string, bits: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}
