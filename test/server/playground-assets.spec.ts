import { rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { serveAssets } from '../../src/playground/playground-assets.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';

const SCRIPT = 'script-1A2B.js';

let folder: string;
let app: FastifyInstance;
let url: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, SCRIPT), 'run()');
  await writeFile(join(folder, `${SCRIPT}.gz`), gzipSync('run()'));
  await writeFile(join(folder, 'letters-3C4D.woff2'), 'abc');
  app = fastify({ forceCloseConnections: true });
  serveAssets(app, folder, '/assets');
  // As the server's own, it waits.
  app.addHook('onSend', (_request, _reply, payload) => Promise.resolve(payload));
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/assets`;
});
afterEach(async () => {
  await app.close();
});
afterAll(removeTemporaryFolders);

it.each(['gzip', 'identity'])('sends a file, and lets browsers keep it: %s', async (encoding) => {
  const response = await fetch(`${url}/${SCRIPT}`, { headers: { 'accept-encoding': encoding } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null);
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(await response.text()).toBe('run()');
});

it('sends what is not packed as it is', async () => {
  const response = await fetch(`${url}/letters-3C4D.woff2`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(await response.text()).toBe('abc');
});

it.each(['gzip', 'identity'])(
  'tells nothing of a file that is gone, and keeps nobody waiting: %s',
  async (encoding) => {
    await rm(join(folder, SCRIPT));
    await rm(join(folder, `${SCRIPT}.gz`));
    const response = await fetch(`${url}/${SCRIPT}`, { headers: { 'accept-encoding': encoding } });
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBeNull();
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).not.toContain(folder);
    await writeFile(join(folder, SCRIPT), 'run()');
    expect(await (await fetch(`${url}/${SCRIPT}`, { headers: { 'accept-encoding': 'identity' } })).text()).toBe(
      'run()',
    );
  },
);

it.each(['../package.json', '%2e%2e%2fpackage.json', `${SCRIPT}.gz`, 'nothing.js'])('has no %s', async (name) => {
  expect((await fetch(`${url}/${name}`)).status).toBe(404);
});
