import { createHash, randomBytes } from 'node:crypto';
import { chmod, link, lstat, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who works on a data folder, as it answers when asked. */
export interface FolderHolder {
  readonly pid: number;
  /** A server stays, a command ends soon. */
  readonly purpose: 'serve' | 'command';
  /** Where the server answers; null before it listens, and for a command. */
  readonly url: string | null;
  /** Where others find the Postgres of this folder; null before it runs. */
  readonly connectionString: string | null;
  readonly startedAt: string;
}

const SOCKET_NAME = 'colophon.sock';
const ANSWER_MS = 2000;
/** By then whoever took the same dead socket over has done so. */
const SETTLED_MS = 250;

/**
 * Holds a data folder for one process: a socket in it that answers who holds it.
 * A killed process leaves a socket behind that nobody answers on; it is taken over.
 */
export class DataFolderLock {
  private constructor(
    private readonly server: Server,
    private readonly path: string,
    /** The socket's inode: what we remove in the end must be ours. Null on Windows, whose pipes vanish by themselves. */
    private readonly inode: bigint | null,
  ) {}

  /** Takes the folder, or says who has it. `answer` is asked anew each time somebody wants to know. */
  static async acquire(
    socketFolder: string,
    answer: () => FolderHolder,
  ): Promise<{ readonly lock: DataFolderLock } | { readonly holder: FolderHolder }> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(`${JSON.stringify(answer())}\n`);
    });
    server.unref();
    if (process.platform === 'win32') return acquirePipe(server, socketFolder);

    const path = join(socketFolder, SOCKET_NAME);
    const own = join(socketFolder, `.colophon-${randomBytes(4).toString('hex')}`);
    await listen(server, own);
    await chmod(own, 0o600);
    const { ino } = await lstat(own, { bigint: true });
    try {
      for (let isTakeover = false; ;) {
        if (await link(own, path).then(() => true, isTaken)) {
          // Another one that took the old socket for dead, too, may be about to set ours aside: then it is not ours.
          if (isTakeover) await sleep(SETTLED_MS);
          if (!isTakeover || (await inodeOf(path)) === ino) return { lock: new DataFolderLock(server, path, ino) };
          continue;
        }
        isTakeover = true;
        const before = await inodeOf(path);
        const holder = await askHolder(path);
        if (holder !== null) {
          server.close();
          return { holder };
        }
        if (before !== null && (await inodeOf(path)) === before) await setAside(path, before, `${own}-old`);
      }
    } finally {
      await rm(own, { force: true });
    }
  }

  async release(): Promise<void> {
    if (this.inode !== null) {
      if ((await inodeOf(this.path)) === this.inode) await rm(this.path, { force: true });
    }
    this.server.close();
  }
}

/** Asks who holds a folder; null when nobody answers. */
export async function findFolderHolder(socketFolder: string): Promise<FolderHolder | null> {
  return askHolder(process.platform === 'win32' ? pipeName(socketFolder) : join(socketFolder, SOCKET_NAME));
}

async function acquirePipe(server: Server, socketFolder: string): ReturnType<typeof DataFolderLock.acquire> {
  const path = pipeName(socketFolder);
  try {
    await listen(server, path);
    return { lock: Reflect.construct(DataFolderLock, [server, path, null]) as DataFolderLock };
  } catch (error) {
    const holder = await askHolder(path);
    if (holder === null) throw error;
    return { holder };
  }
}

function pipeName(folder: string): string {
  return `\\\\.\\pipe\\colophon-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}

async function inodeOf(path: string): Promise<bigint | null> {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  return found?.ino ?? null;
}

function isTaken(error: NodeJS.ErrnoException): boolean {
  if (error.code === 'EEXIST') return false;
  throw error;
}

/** Moves a socket that nobody answers on out of the way; one that somebody else put there meanwhile goes back. */
async function setAside(path: string, inode: bigint, aside: string): Promise<void> {
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const found = await lstat(aside, { bigint: true });
  if (found.ino !== inode) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function askHolder(path: string): Promise<FolderHolder | null> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path);
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      try {
        resolve(JSON.parse(text) as FolderHolder);
      } catch {
        resolve(null);
      }
    });
  });
}
