import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..', '..');

/** How a process of the built product ended. */
export interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built product as a process of its own. */
export interface ColophonProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** What it has written so far to standard output. */
  stdout(): string;
  /** The address that `serve --json` says when it is ready. */
  ready(): Promise<string>;
  /** Sends a signal, SIGTERM without a name, and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

const running = new Set<ChildProcess>();

/** Ends what a failed test left running: for `afterEach`. */
export async function stopProcesses(): Promise<void> {
  const left = [...running];
  for (const child of left) child.kill('SIGTERM');
  const ends = Promise.all(left.map((child) => once(child, 'exit')));
  const late = await Promise.race([ends.then(() => false), sleep(10_000, true, { ref: false })]);
  if (late) for (const child of left) child.kill('SIGKILL');
}

/** Runs a command of the built product with these settings and no others of ours. */
export function runColophon(args: readonly string[], settings: Readonly<Record<string, string>>): ColophonProcess {
  const child = spawn(process.execPath, [join('dist', 'cli.js'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, COLOPHON_LOG_FORMAT: 'json', COLOPHON_SEED_ON_START: 'off', ...settings },
  });
  if (child.pid === undefined) throw new Error('The built product could not be started.');
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([status]): Ending => {
    running.delete(child);
    return { status: status as number | null, stdout, stderr };
  });
  return {
    child,
    pid: child.pid,
    ended,
    stdout: () => stdout,
    ready: () => Promise.race([readyUrl(() => stdout), failed(ended)]),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts the server on a free port. */
export function runServer(settings: Readonly<Record<string, string>>): ColophonProcess {
  return runColophon(['serve', '--json'], { HOST: '127.0.0.1', PORT: '0', ...settings });
}

/** Waits until something holds, 20 s at most. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await sleep(25);
  }
}

/** Status of a health check; 0 when nobody answers. */
export async function healthStatus(url: string, check: 'live' | 'ready'): Promise<number> {
  return fetch(`${url}/health/${check}`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function readyUrl(stdout: () => string): Promise<string> {
  let url: string | undefined;
  await eventually(() => {
    url = /^\{"url":"([^"]+)"/m.exec(stdout())?.[1];
    return url !== undefined;
  }, 'the server is ready');
  return url ?? '';
}

async function failed(ended: Promise<Ending>): Promise<never> {
  const { status, stderr, stdout } = await ended;
  throw new Error(`The server ended with status ${String(status)}: ${stderr}${stdout}`);
}
