import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..');

/** `colophon seed`, as a process that a drill watches and kills. */
export class ImportProcess {
  /** Articles of which it has said that they are in, by id. */
  acked = new Set();
  /** Its last word: what it has done; null where it had none. */
  summary = null;
  /** When it had told of the reference data, of the last document, and when it ended; by `performance.now()`. */
  startedAt = performance.now();
  importsSince = null;
  lastAckAt = null;
  endedAt = null;
  stderr = '';
  #child;
  #ended;
  #listeners = [];

  constructor(product, connectionString, inputs) {
    this.#child = spawn(process.execPath, [join(product, 'cli.js'), 'seed', '--json', ...inputs], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, DATABASE_URL: connectionString, COLOPHON_LOG_FORMAT: 'json' },
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#hear(line);
    });
    this.#child.stderr.on('data', (chunk) => (this.stderr += chunk.toString()));
    this.#ended = once(this.#child, 'close').then(([status]) => {
      this.endedAt = performance.now();
      this.#tell();
      return status;
    });
  }

  /** The exit status; null when it was killed. */
  ended() {
    return this.#ended;
  }

  async kill() {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }

  /** Waits until something holds of it, or it has ended. */
  async until(holds) {
    while (this.endedAt === null && !holds(this)) await new Promise((resolve) => this.#listeners.push(resolve));
  }

  #hear(line) {
    const told = JSON.parse(line);
    if ('references' in told) this.importsSince = performance.now();
    else if ('summary' in told) this.summary = told.summary;
    else if ('document' in told) {
      this.lastAckAt = performance.now();
      if (told.document.articleId !== undefined) this.acked.add(told.document.articleId);
    }
    this.#tell();
  }

  #tell() {
    for (const resolve of this.#listeners.splice(0)) resolve();
  }
}
