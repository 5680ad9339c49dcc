import { type ChildProcess, execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { Client } from 'pg';

import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { chooseEndpoint, EMBEDDED_NAME, type PostgresEndpoint, setting } from './postgres-endpoint.js';
import { explainPostgresFailure } from './postgres-failure.js';
import { clearRemains } from './postgres-remains.js';
import { makeReachable } from './reachable-binaries.js';
import { choosePostgresUser, giveTo, type PostgresUser, spawnAs } from './postgres-user.js';

/** Where lines about the embedded Postgres go; Nest's Logger fits. */
export interface PostgresLog {
  log(line: string): void;
  warn(line: string): void;
  debug(line: string): void;
}

/** Folders of an embedded Postgres, all absolute. */
export interface PostgresFolders {
  /** The data folder; the cluster is its subfolder `postgres`. */
  readonly data: string;
  /** Where its socket lies; belongs to us alone. Null: in the cluster itself. */
  readonly socket: string | null;
}

const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '100',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: '',
  logging_collector: 'off',
};

const SHUTDOWN_MS = 8000;
const LONGEST_PAUSE_MS = 5000;

/** A real Postgres of our own, run as a child process on the data folder and started again when it dies. */
export class EmbeddedPostgres {
  private child: ChildProcess | null = null;
  private output: string[] = [];
  private recovering: Promise<void> | null = null;
  private readonly stopping = new AbortController();

  private constructor(
    private readonly cluster: string,
    private readonly binaries: PostgresBinaries,
    private readonly user: PostgresUser | null,
    private readonly endpoint: PostgresEndpoint,
    private readonly extraSettings: Readonly<Record<string, string>>,
    private readonly log: PostgresLog,
  ) {}

  /**
   * Creates the cluster where there is none, clears what a killed server left, starts Postgres and makes sure that
   * the database exists. Throws ColophonError in one line.
   */
  static async start(
    folders: PostgresFolders,
    log: PostgresLog,
    extraSettings: Readonly<Record<string, string>> = {},
  ): Promise<EmbeddedPostgres> {
    const cluster = join(folders.data, 'postgres');
    const user = await choosePostgresUser(cluster);
    const binaries = await makeReachable(await findPostgresBinaries(), user);
    if (user !== null && folders.socket !== null) await giveTo(user, folders.socket);
    const endpoint = await chooseEndpoint(folders.data, folders.socket ?? cluster);
    const postgres = new EmbeddedPostgres(cluster, binaries, user, endpoint, extraSettings, log);
    await postgres.prepareCluster();
    await postgres.launch();
    try {
      await postgres.createDatabase();
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return postgres;
  }

  /** Where `pg` and TypeORM find Colophon's database, or another one of this Postgres. */
  connectionString(database?: string): string {
    return this.endpoint.connectionString(database);
  }

  /** Process id of the running Postgres; null while it is being started again. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Ends Postgres: its sessions are cut, its data is safe on disk. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.recovering;
    const child = this.child;
    if (child === null || hasEnded(child)) return;
    const ended = once(child, 'exit');
    await this.interrupt(child);
    const stages: readonly NodeJS.Signals[] = ['SIGQUIT', 'SIGKILL'];
    for (const next of stages) {
      const patience = sleep(SHUTDOWN_MS, 'late', { ref: false });
      if ((await Promise.race([ended, patience])) !== 'late') return;
      child.kill(next);
    }
    await ended;
  }

  /** Ends Postgres at once, without waiting; it recovers at the next start. */
  kill(): void {
    this.stopping.abort();
    this.child?.kill('SIGQUIT');
  }

  private async interrupt(child: ChildProcess): Promise<void> {
    if (process.platform !== 'win32') child.kill('SIGINT');
    else await promisify(execFile)(this.binaries.pgCtl, ['stop', '-D', this.cluster, '-m', 'fast', '--no-wait']);
  }

  private async prepareCluster(): Promise<void> {
    const existing = await stat(this.cluster).catch(() => null);
    if (existing === null) {
      await this.initialise();
      return;
    }
    if (this.user !== null && existing.uid === 0) await giveTo(this.user, this.cluster);
    // A restored copy is often open to all, which Postgres refuses.
    if (process.platform !== 'win32' && (existing.mode & 0o077) !== 0) await chmod(this.cluster, 0o700);
    if (await clearRemains(this.cluster)) this.log.log('Stopped the Postgres that an earlier server left behind.');
  }

  /** In a folder of its own, renamed when complete: a half-made cluster never takes the real one's place. */
  private async initialise(): Promise<void> {
    for (const name of await readdir(join(this.cluster, '..'))) {
      if (name.startsWith('postgres.new')) {
        await rm(join(this.cluster, '..', name), { recursive: true, force: true, maxRetries: 5 });
      }
    }
    this.log.log('Making the embedded Postgres ready for its first start …');
    const unfinished = `${this.cluster}.new-${process.pid}`;
    await mkdir(unfinished, { mode: 0o700 });
    try {
      if (this.user !== null) await giveTo(this.user, unfinished);
      await this.runInitdb(unfinished);
      await rename(unfinished, this.cluster);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
      throw error;
    }
  }

  private async runInitdb(folder: string): Promise<void> {
    const args = [
      ...['-D', folder, '-U', EMBEDDED_NAME, '--encoding=UTF8', '--no-instructions'],
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...this.endpoint.initdbArgs,
    ];
    const child = await this.spawn(this.binaries.initdb, args, folder);
    await untilEnded(child);
    if (child.exitCode !== 0) throw explainPostgresFailure(this.output);
  }

  private async spawn(
    program: string,
    args: readonly string[],
    folder: string,
    onLine: (line: string) => void = () => undefined,
  ): Promise<ChildProcess> {
    const child = await spawnAs(this.user, program, args, [folder], {
      // Of its own process group: Ctrl-C must reach it through us, after the last request was answered.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(process.platform === 'win32'
        ? { windowsHide: true }
        : { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } }),
    });
    this.output = [];
    child.once('error', (error: NodeJS.ErrnoException) => {
      this.keep(`error: its program could not be run (${error.code ?? 'unknown'})`);
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.keep(line);
        onLine(line);
      });
    }
    return child;
  }

  private keep(line: string): void {
    this.output.push(line);
    if (this.output.length > 100) this.output.shift();
    this.log.debug(line);
  }

  private async launch(): Promise<void> {
    const args = [
      '-D',
      this.cluster,
      ...setting({ ...SETTINGS, ...this.extraSettings }),
      ...this.endpoint.postgresArgs,
    ];
    const log = new EventEmitter();
    const ready = once(log, 'ready');
    const child = await this.spawn(this.binaries.postgres, args, this.cluster, (line) => {
      if (line.includes('database system is ready to accept connections')) log.emit('ready');
    });
    const end = untilEnded(child);
    await Promise.race([end, ready]);
    if (hasEnded(child)) {
      await end;
      throw explainPostgresFailure(this.output);
    }
    this.child = child;
    void end.then(() => {
      this.child = null;
      if (!this.stopping.signal.aborted) this.recovering = this.recover();
    });
  }

  /** Postgres has ended without our wish, killed by somebody: it comes back. */
  private async recover(): Promise<void> {
    for (let pause = 100; !this.stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      this.log.warn('Postgres ended unexpectedly; starting it again.');
      try {
        await clearRemains(this.cluster);
        await this.launch();
        this.log.log('Postgres runs again.');
        return;
      } catch (error) {
        this.log.warn(error instanceof Error ? error.message : String(error));
      }
      await sleep(pause, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  private async createDatabase(): Promise<void> {
    const client = new Client({ connectionString: this.connectionString('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [EMBEDDED_NAME]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${EMBEDDED_NAME}`);
    } finally {
      await client.end();
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Waits for the end of a process, and a moment for the rest of its output. One that could not be started has ended. */
async function untilEnded(child: ChildProcess): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  await new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  await Promise.race([closed, sleep(500, undefined, { ref: false })]);
}
