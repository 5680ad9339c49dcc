import { createHash } from 'node:crypto';
import { cp, lstat, mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { ColophonError } from '../common/colophon-error.js';

import type { PostgresBinaries } from './postgres-binaries.js';
import { canReach, giveTo, type PostgresUser } from './postgres-user.js';

/**
 * Programs of Postgres that its account can reach: those of the package, or a copy among the temporary files where the
 * package lies in a folder that only root may enter. A capability to pass by does not do here: Postgres asks `access()`
 * about its own programs, and that call knows no capabilities (access(2)).
 */
export async function makeReachable(binaries: PostgresBinaries, user: PostgresUser | null): Promise<PostgresBinaries> {
  const native = join(binaries.folder, 'native');
  const needed = [binaries.postgres, binaries.initdb, join(native, 'lib'), join(native, 'share')];
  if (user === null || (await Promise.all(needed.map((path) => canReach(user, path)))).every(Boolean)) return binaries;
  const copy = await copyOf(native, user);
  const moved = (path: string) => join(copy, relative(native, path));
  return {
    folder: copy,
    postgres: moved(binaries.postgres),
    initdb: moved(binaries.initdb),
    pgCtl: moved(binaries.pgCtl),
  };
}

/** Made once for a package and used again; complete or not there at all. */
async function copyOf(native: string, user: PostgresUser): Promise<string> {
  const { ino, mtimeMs } = await lstat(native);
  const key = createHash('sha256').update(`${native}:${ino}:${mtimeMs}:${user.uid}`).digest('hex').slice(0, 16);
  const copy = join(await realpath(tmpdir()), `colophon-postgres-${key}`);
  if (!(await isOurs(copy, user))) {
    const unfinished = await mkdtemp(`${copy}-`);
    try {
      await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
      await giveTo(user, unfinished);
      await rename(unfinished, copy).catch(() => undefined);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  if ((await isOurs(copy, user)) && (await canReach(user, copy))) return copy;
  throw new ColophonError(
    'Postgres does not run as root, and other users cannot enter this folder: move it to one that they can enter, or start Colophon as another user.',
  );
}

async function isOurs(folder: string, user: PostgresUser): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  return found !== null && found.isDirectory() && found.uid === user.uid && (found.mode & 0o022) === 0;
}
