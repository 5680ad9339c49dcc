import { createHash } from 'node:crypto';
import { access, chmod, constants, lstat, mkdir, mkdtemp, realpath, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ColophonError } from '../common/colophon-error.js';

import { DataFolderLock, type FolderHolder } from './data-folder-lock.js';
import { EmbeddedPostgres, type PostgresLog } from './embedded-postgres.js';
import { choosePostgresUser } from './postgres-user.js';

/** Another process works on the data folder. */
export class DataFolderInUseError extends ColophonError {
  override readonly name = 'DataFolderInUseError';
  constructor(
    folder: string,
    readonly holder: FolderHolder,
  ) {
    const who =
      holder.purpose === 'command'
        ? `a command (process ${holder.pid})`
        : `the Colophon of process ${holder.pid}${holder.url === null ? '' : ` at ${holder.url}`}`;
    super(`The data folder ${folder} is in use by ${who}; stop it, or set COLOPHON_DATA_DIR to another folder.`);
  }
}

/** A socket's path has room for about a hundred bytes; this much of it is our file's name. */
const LONGEST_SOCKET_FOLDER_BYTES = 100 - '.colophon-12345678-old'.length;
const COMMAND_PATIENCE_MS = 60_000;

/** The folder that keeps the embedded Postgres, held by this process until it is closed. */
export class DataFolder {
  private postgres: EmbeddedPostgres | null = null;
  private url: string | null = null;
  private readonly startedAt = new Date().toISOString();
  private lock: DataFolderLock | null = null;

  private constructor(
    private readonly givenPath: string,
    private readonly path: string,
    private readonly socketFolder: string | null,
    private readonly log: PostgresLog,
  ) {}

  /**
   * Makes the folder where it is missing and takes hold of it.
   * Throws ColophonError in one line when it cannot be written, and DataFolderInUseError when another process has it.
   */
  static async open(path: string, purpose: FolderHolder['purpose'], log: PostgresLog): Promise<DataFolder> {
    try {
      const absolute = await makeFolder(path);
      const socketFolder = await chooseSocketFolder(absolute);
      const folder = new DataFolder(path, absolute, socketFolder, log);
      const result = await DataFolderLock.acquire(socketFolder ?? absolute, () => folder.describe(purpose));
      if ('holder' in result) throw new DataFolderInUseError(path, result.holder);
      folder.lock = result.lock;
      return folder;
    } catch (error) {
      throw explainFolderFailure(path, error);
    }
  }

  /** Starts the embedded Postgres on the folder and gives its connection string. */
  async startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<string> {
    const folders = { data: this.path, socket: this.socketFolder };
    try {
      this.postgres = await EmbeddedPostgres.start(folders, this.log, settings);
    } catch (error) {
      throw explainFolderFailure(this.givenPath, error);
    }
    return this.postgres.connectionString();
  }

  /** Tells the address of the server to others who ask for the folder. */
  announce(url: string): void {
    this.url = url;
  }

  /** Stops Postgres, then lets go of the folder. */
  async close(): Promise<void> {
    await this.postgres?.stop();
    this.postgres = null;
    await this.lock?.release();
  }

  /** Ends Postgres without waiting for it, when the process must end now. */
  abandon(): void {
    this.postgres?.kill();
  }

  private describe(purpose: FolderHolder['purpose']): FolderHolder {
    const connectionString = this.postgres?.connectionString() ?? null;
    return { pid: process.pid, purpose, url: this.url, connectionString, startedAt: this.startedAt };
  }
}

/**
 * Does a command's work with the Postgres of a data folder: the one that a running server has there, or its own
 * for as long as the work lasts. Another command on the same folder is waited for.
 */
export async function withDataFolder<T>(
  path: string,
  log: PostgresLog,
  work: (connectionString: string) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + COMMAND_PATIENCE_MS;
  for (;;) {
    let folder: DataFolder;
    try {
      folder = await DataFolder.open(path, 'command', log);
    } catch (error) {
      if (!(error instanceof DataFolderInUseError)) throw error;
      const { purpose, connectionString } = error.holder;
      if (purpose === 'serve' && connectionString !== null) return work(connectionString);
      if (performance.now() > deadline) throw error;
      await sleep(200);
      continue;
    }
    return closeAfterwards(folder, async () => work(await folder.startPostgres()));
  }
}

/** Postgres does not outlive the command, not even one that Ctrl-C ends. */
async function closeAfterwards<T>(folder: DataFolder, work: () => Promise<T>): Promise<T> {
  const interrupt = (_name: string, number: number) => {
    void folder.close().finally(() => process.exit(128 + number));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await folder.close();
  }
}

async function makeFolder(path: string): Promise<string> {
  const absolute = resolve(path);
  // As root, Postgres runs under another account that has to pass through.
  const created = await mkdir(absolute, { recursive: true }).catch(async (error: unknown) => {
    await refuseUnwritableParent(absolute);
    throw error;
  });
  if (created !== undefined) await chmod(absolute, process.getuid?.() === 0 ? 0o711 : 0o700);
  const real = await realpath(absolute);
  await rmdir(await mkdtemp(join(real, '.probe-')));
  return real;
}

/** On a read-only disk Node's `mkdir` says only that something is missing; the nearest folder there is says why. */
async function refuseUnwritableParent(path: string): Promise<void> {
  let parent = path;
  do parent = dirname(parent);
  while ((await stat(parent).catch(() => null)) === null);
  await access(parent, constants.W_OK);
}

/** Null where sockets fit into the data folder; else a private folder among the temporary ones, found again by its name. */
async function chooseSocketFolder(dataFolder: string): Promise<string | null> {
  if (process.platform === 'win32' || Buffer.byteLength(`${dataFolder}/postgres`) <= LONGEST_SOCKET_FOLDER_BYTES) {
    return null;
  }
  const { uid } = await stat(dataFolder);
  const name = createHash('sha256').update(`${uid}:${dataFolder}`).digest('hex').slice(0, 16);
  const folder = join(await realpath(tmpdir()), `colophon-${name}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  const found = await lstat(folder);
  const owners = [process.getuid?.(), (await choosePostgresUser(join(dataFolder, 'postgres')))?.uid];
  if (!found.isDirectory() || (found.mode & 0o077) !== 0 || !owners.includes(found.uid)) {
    throw new ColophonError(
      'The path of the data folder is too long for sockets, and their place among the temporary files is not ours: set COLOPHON_DATA_DIR to a shorter path.',
    );
  }
  return folder;
}

function explainFolderFailure(path: string, error: unknown): unknown {
  const sentence = FOLDER_FAILURES[(error as NodeJS.ErrnoException).code ?? ''];
  if (sentence === undefined || error instanceof ColophonError) return error;
  return new ColophonError(`The data folder ${path} ${sentence}.`);
}

const ELSEWHERE = 'set COLOPHON_DATA_DIR to a folder that can be written';

const FOLDER_FAILURES: Readonly<Record<string, string>> = {
  EROFS: `lies on a read-only disk; ${ELSEWHERE}`,
  EACCES: `cannot be written by this user; ${ELSEWHERE}`,
  EPERM: `cannot be written by this user; ${ELSEWHERE}`,
  ENOENT: `cannot be made; ${ELSEWHERE}`,
  ENOTDIR: `is not a folder; ${ELSEWHERE}`,
  EEXIST: `is not a folder; ${ELSEWHERE}`,
  ENOSPC: 'lies on a full disk; free some space and start again',
  EDQUOT: 'is over its disk quota; free some space and start again',
};
