import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { afterAll, afterEach, describe, expect, it } from '@jest/globals';

import { runHere } from '../support/run-here.js';
import { findFreePort, runColophon, runServer, stopProcesses } from '../support/server-process.js';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder.js';

const mounts: string[] = [];

afterEach(stopProcesses);
afterAll(async () => {
  for (const folder of mounts) execFileSync('umount', [folder]);
  await removeTemporaryFolders();
});

/** A small disk of its own; null where this account may not mount one. */
async function mountDisk(options: string): Promise<string | null> {
  const folder = await temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounts.push(folder);
  return folder;
}

async function refusal(settings: Record<string, string>) {
  const { status, stderr, stdout } = await runServer(settings).ended;
  const lines = stderr.trimEnd().split('\n');
  expect(stdout).not.toMatch(/"level":(?:50|60)|\n\s+at /);
  return { status, lines };
}

/** What a start says of its data folder, of a command that opens it in the same way and takes no process. */
async function refusalOfFolder(dataFolder: string) {
  const { status, stderr, stdout } = await runHere(['migrate'], { COLOPHON_DATA_DIR: dataFolder });
  expect(stdout).toBe('');
  return { status, lines: stderr.trimEnd().split('\n') };
}

function skipped(reason: string): void {
  process.stdout.write(`Not tried here: ${reason}.\n`);
}

describe('a start that cannot succeed ends in one clear line', () => {
  it('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const dataFolder = join(await temporaryFolder(), 'data');
    expect(await refusal({ COLOPHON_DATA_DIR: dataFolder, PORT: port })).toEqual({
      status: 1,
      lines: [`Port ${port} is taken; set PORT to another, or to 0 for any free one.`],
    });
    expect(await readdir(dataFolder)).toEqual([]);
    other.close();
  });

  it('when another server has the data folder', async () => {
    const dataFolder = await temporaryFolder();
    const first = runServer({ COLOPHON_DATA_DIR: dataFolder });
    const url = await first.ready();
    const { status, lines } = await refusal({ COLOPHON_DATA_DIR: dataFolder });
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringContaining(`in use by the Colophon of process ${first.pid} at ${url};`)]);

    const command = await runColophon(['migrate', '--json'], { COLOPHON_DATA_DIR: dataFolder }).ended;
    expect(command).toMatchObject({ status: 0, stdout: '{"applied":[],"pending":[]}\n' });
    await first.stop();
  });

  it('when the data folder is read-only', async () => {
    const disk = await mountDisk('ro,size=1m');
    if (disk === null) {
      skipped('a read-only disk, for want of the right to mount one');
      return;
    }
    for (const dataFolder of [disk, join(disk, 'data')]) {
      const { status, lines } = await refusalOfFolder(dataFolder);
      expect(status).toBe(1);
      expect(lines).toEqual([expect.stringMatching(/read-only disk; set COLOPHON_DATA_DIR/)]);
    }
  });

  it('when the disk is full, and the next start works once it is not', async () => {
    const disk = await mountDisk('size=150m,mode=0755');
    if (disk === null) {
      skipped('a full disk, for want of the right to mount a small one');
      return;
    }
    const filler = join(disk, 'filler');
    await writeFile(filler, Buffer.alloc(130 * 1024 * 1024));
    const dataFolder = join(disk, 'data');
    const { status, lines } = await refusal({ COLOPHON_DATA_DIR: dataFolder });
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/full/)]);

    await writeFile(filler, '');
    const next = runServer({ COLOPHON_DATA_DIR: dataFolder });
    await next.ready();
    await next.stop();
  });

  it('when the data folder is a file', async () => {
    const file = join(await temporaryFolder(), 'data');
    await writeFile(file, '');
    const { status, lines } = await refusalOfFolder(file);
    expect({ status, lines }).toEqual({ status: 1, lines: [expect.stringMatching(/is not a folder/)] });
  });

  it('when another version of Postgres made the data folder', async () => {
    const dataFolder = await temporaryFolder();
    await runHere(['migrate'], { COLOPHON_DATA_DIR: dataFolder });
    await writeFile(join(dataFolder, 'postgres', 'PG_VERSION'), '17\n');
    const { status, lines } = await refusalOfFolder(dataFolder);
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringContaining('made by Postgres 17, and this is Postgres 18')]);
  });

  it('when something else lies where the cluster should be', async () => {
    const dataFolder = await temporaryFolder();
    await mkdir(join(dataFolder, 'postgres'));
    const { status, lines } = await refusalOfFolder(dataFolder);
    expect(status).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(dataFolder);
  });

  it('when settings make no sense: one line for each, before anything starts', async () => {
    const dataFolder = join(await temporaryFolder(), 'data');
    const { status, lines } = await refusal({ COLOPHON_DATA_DIR: dataFolder, PORT: 'abc', DATABASE_URL: 'mysql://x' });
    expect(status).toBe(2);
    expect(lines).toHaveLength(2);
    expect(lines.join('\n')).toMatch(/DATABASE_URL=[^]*PORT=abc/);
  });

  it('when the command is not known', async () => {
    const { status, stderr } = await runColophon(['migrat'], {}).ended;
    expect(status).toBe(2);
    expect(stderr).toMatch(/unknown command 'migrat'/);
  });

  it('when no address of this machine is meant', async () => {
    const port = String(await findFreePort());
    const dataFolder = join(await temporaryFolder(), 'data');
    const { status, lines } = await refusal({ COLOPHON_DATA_DIR: dataFolder, HOST: '192.0.2.1', PORT: port });
    expect({ status, lines }).toEqual({ status: 1, lines: ['HOST=192.0.2.1 is no address of this machine.'] });
  });
});
