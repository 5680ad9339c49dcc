import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a server answers instead of doing what it was asked: its status, and what it says. */
export class Refused extends Error {
  constructor(status, errors) {
    super(`${status} ${JSON.stringify(errors)}`);
    this.status = status;
    this.code = errors?.[0]?.extensions?.code ?? null;
  }
}

/** `colophon serve` on a free port, which a drill asks, stops and kills. */
export class ServerProcess {
  url = '';
  /** What it has written to its log that people would be woken for. */
  alarms = [];
  #child;
  #ended;

  static async start(product, connectionString, { settings = {}, preload } = {}) {
    const server = new ServerProcess();
    const args = preload === undefined ? [] : ['--import', preload];
    server.#child = spawn(process.execPath, [...args, join(product, 'cli.js'), 'serve', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: connectionString,
        PORT: '0',
        HOST: '127.0.0.1',
        COLOPHON_LOG_FORMAT: 'json',
        COLOPHON_LOG_LEVEL: 'error',
        COLOPHON_SEED_ON_START: 'off',
        ...settings,
      },
    });
    server.#ended = once(server.#child, 'exit');
    const ready = new Promise((resolve) => {
      createInterface({ input: server.#child.stdout }).on('line', (line) => {
        if (line.startsWith('{"url"')) resolve(JSON.parse(line).url);
        else if (/"level":(?:"(?:error|fatal)"|[56]0)/.test(line)) server.alarms.push(line);
      });
    });
    createInterface({ input: server.#child.stderr }).on('line', (line) => server.alarms.push(line));
    server.url = await Promise.race([ready, server.#ended.then(() => '')]);
    if (server.url === '') throw new Error(`A server did not start: ${server.alarms.join(' | ')}`);
    return server;
  }

  async kill() {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Tells it to end; gives the exit status. */
  async stop() {
    this.#child.kill('SIGTERM');
    const [status] = await this.#ended;
    return status;
  }

  /** Asks one operation; gives its data. Throws a Refused for errors, whatever their status. */
  async ask(query, variables = {}, secret = null) {
    const response = await globalThis.fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new Refused(response.status, [{ message: text.slice(0, 200) }]);
    }
    if (response.status !== 200 || answer.errors !== undefined) throw new Refused(response.status, answer.errors);
    return answer.data;
  }
}
