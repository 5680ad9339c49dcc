import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const SETTINGS = {
  shared_buffers: '64MB',
  max_connections: '60',
  // What a killed process has written stays with the system; nothing here has to survive a power cut.
  fsync: 'off',
};

/** A Postgres that is killed and started again as a drill likes, from the binaries that npm has brought. */
export class PostgresProcess {
  #cluster;
  #binaries;
  #endpoint;
  #spawn;
  #child = null;

  static async create(folder, product) {
    const from = (file) => import(join(product, 'database', file));
    const { choosePostgresUser, giveTo, spawnAs } = await from('postgres-user.js');
    const { findPostgresBinaries } = await from('postgres-binaries.js');
    const { makeReachable } = await from('reachable-binaries.js');
    const { chooseEndpoint } = await from('postgres-endpoint.js');
    const cluster = join(folder, 'cluster');
    await mkdir(cluster, { recursive: true, mode: 0o700 });
    const user = await choosePostgresUser(cluster);
    await giveTo(user, cluster);
    const postgres = new PostgresProcess();
    postgres.#cluster = cluster;
    postgres.#binaries = await makeReachable(await findPostgresBinaries(), user);
    postgres.#endpoint = await chooseEndpoint(folder, cluster);
    postgres.#spawn = (program, args) =>
      spawnAs(user, program, args, [cluster], {
        cwd: '/',
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      });
    const initdb = await postgres.#spawn(postgres.#binaries.initdb, [
      ...['-D', cluster, '-U', 'colophon', '--encoding=UTF8', '--no-sync', '--no-instructions'],
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...postgres.#endpoint.initdbArgs,
    ]);
    initdb.stdout.resume();
    initdb.stderr.resume();
    const [status] = await once(initdb, 'close');
    if (status !== 0) throw new Error('No cluster could be made.');
    return postgres;
  }

  /** Starts it, as often as it takes: what a killed one has left goes within a second. */
  async start() {
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = ['-D', this.#cluster, ...settings, ...this.#endpoint.postgresArgs];
    for (let attempt = 1; ; attempt++) {
      const child = await this.#spawn(this.#binaries.postgres, args);
      this.#child = child;
      const lines = [];
      const ready = new Promise((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
          createInterface({ input: stream }).on('line', (line) => {
            lines.push(line);
            if (lines.length > 50) lines.shift();
            if (line.includes('ready to accept connections')) resolve(true);
          });
        }
      });
      if (await Promise.race([ready, once(child, 'exit').then(() => false)])) return;
      if (attempt === 100) throw new Error(`Postgres does not start: ${lines.join(' | ')}`);
      await sleep(100);
    }
  }

  /** Kills it as a crash does, and waits until the process is gone. */
  async kill() {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    this.#child = null;
  }

  async stop() {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  }

  abandon() {
    this.#child?.kill('SIGQUIT');
  }

  urlOf(database) {
    return this.#endpoint.connectionString(database);
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

  /** Makes a database like another one; gives its name. */
  async createDatabase(name, template = 'template0') {
    await this.query('postgres', `create database ${name} template ${template}`);
    return name;
  }
}
