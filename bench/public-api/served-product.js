import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Attempts to reach a server that has just been started, and how long to wait between them. */
const ATTEMPTS = { count: 300, waitMs: 100 };

/** How the bench starts the product, with the environment's variables put in their places. */
async function readPeer(environment) {
  const text = await readFile(join(import.meta.dirname, 'peer.json'), 'utf8');
  return JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, (_, name) => environment[name]));
}

/**
 * Runs `work` on a server that is started as the bench starts it, with `settings` beside; `work` gets what asks it a
 * query, and its address.
 */
export async function withServer(environment, work, settings = {}) {
  const { cmd, cwd, env: usual, url: usualUrl } = await readPeer(environment);
  const env = { ...usual, ...settings };
  const url = usualUrl.replace(`:${usual.PORT}/`, `:${env.PORT}/`);
  const [command, ...args] = cmd.split(' ');
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'close');
  const ask = async (query, variables) => {
    const response = await globalThis.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors !== undefined) throw new Error(`The server answered ${JSON.stringify(errors)}`);
    return data;
  };
  try {
    await untilReady(() => ask('{ __typename }', {}));
    return await work(ask, url);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function untilReady(ask) {
  for (let attempt = 1; ; attempt++) {
    try {
      await ask();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS.count) throw error;
      await sleep(ATTEMPTS.waitMs);
    }
  }
}
