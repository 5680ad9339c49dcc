import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/** Ticks of a processor second in /proc: fixed by Linux's interface to programs. */
const TICKS = 100;

const QUIET = { log: () => undefined, debug: () => undefined, warn: console.warn };

/**
 * The Postgres that is measured: the one at DATABASE_URL, where databases are made and dropped, or the product's own, with
 * the product's settings, on a folder of its own.
 */
export class MeasuredPostgres {
  #url;
  #folder;
  #path;

  constructor(url, folder, path) {
    this.#url = url;
    this.#folder = folder;
    this.#path = path;
  }

  static async start({ url, product, path, settings = {} }) {
    if (url !== undefined) return new MeasuredPostgres(url, null, null);
    const { DataFolder } = await import(join(product, 'database', 'data-folder.js'));
    const folder = await DataFolder.open(path, 'serve', QUIET);
    process.once('exit', () => {
      folder.abandon();
    });
    return new MeasuredPostgres(await folder.startPostgres(settings), folder, join(path, 'postgres'));
  }

  async stop() {
    await this.#folder?.close();
  }

  urlOf(database) {
    const url = new URL(this.#url);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** Makes a database that nothing is in yet, and gives its address. */
  async createDatabase(name) {
    await this.dropDatabase(name);
    await this.query('postgres', `create database ${name} template template0`);
    return this.urlOf(name);
  }

  async dropDatabase(name) {
    await this.query('postgres', `drop database if exists ${name} with (force)`);
  }

  async query(database, text, values = []) {
    const client = new Client({ connectionString: this.urlOf(database) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Processor seconds of all of its processes so far; null where they can not be seen. */
  async processorSeconds() {
    if (this.#path === null || process.platform !== 'linux') return null;
    const pid = Number((await readFile(join(this.#path, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    let ticks = await ticksOf(pid, true);
    for (const name of await readdir('/proc')) {
      const process = /^\d+$/.test(name) ? await statOf(name) : null;
      if (process?.parent === pid) ticks += await ticksOf(Number(name), false);
    }
    return ticks / TICKS;
  }
}

/** Of a process itself, and with `ended` of its children that have ended. */
async function ticksOf(pid, ended) {
  const fields = (await statOf(pid))?.fields;
  if (fields === undefined) return 0;
  // proc(5): utime, stime, cutime, cstime.
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  return user + system + (ended ? endedUser + endedSystem : 0);
}

async function statOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The name in brackets may have spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { fields, parent: Number(fields[1]) };
}
