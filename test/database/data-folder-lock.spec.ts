import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { DataFolderLock, type FolderHolder, findFolderHolder } from '../../src/database/data-folder-lock.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';

afterAll(removeTemporaryFolders);

const us = (): FolderHolder => ({
  pid: process.pid,
  purpose: 'command',
  url: null,
  connectionString: null,
  startedAt: new Date().toISOString(),
});

describe('DataFolderLock', () => {
  it('is held by one of many that want it at once, and free again after', async () => {
    const folder = await temporaryFolder();
    const results = await Promise.all(Array.from({ length: 10 }, () => DataFolderLock.acquire(folder, us)));
    const locks = results.flatMap((result) => ('lock' in result ? [result.lock] : []));
    expect(locks).toHaveLength(1);
    expect(results.filter((result) => 'holder' in result && result.holder.pid === process.pid)).toHaveLength(9);
    await locks[0]?.release();
    expect(await findFolderHolder(folder)).toBeNull();
    await expect(access(join(folder, 'colophon.sock'))).rejects.toThrow();
  });

  it('is taken over from a killed process, by one of many', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'colophon.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('on'))`;
    const killed = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await access(path);
    const results = await Promise.all(Array.from({ length: 5 }, () => DataFolderLock.acquire(folder, us)));
    const locks = results.flatMap((result) => ('lock' in result ? [result.lock] : []));
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
  });
});
