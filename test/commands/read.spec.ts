import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixturePath, SEED_DOCUMENT } from '../fixtures/fixtures.js';
import { formatPath } from '../fixtures/formats.js';
import { runHere } from '../support/run-here.js';
import { stopProcesses } from '../support/server-process.js';
import { type CommandLine, commandLine } from './colophon.js';

let colophon: CommandLine;
beforeAll(async () => {
  colophon = await commandLine();
});
afterAll(async () => {
  await stopProcesses();
  await colophon.database.drop();
});

describe('read', () => {
  it('shows parts with their lines, fields and findings, and stores nothing', async () => {
    const before = await colophon.rowCounts();
    const { status, stdout, stderr } = await colophon.runApart('read', SEED_DOCUMENT);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const word of [
      'HEADLINE',
      'BYLINE',
      'CLOSING',
      '17–27',
      'South Front',
      '2016-03-30',
      'LINK_TRUNCATED',
      'VIDEO',
    ]) {
      expect(stdout).toContain(word);
    }
    expect(await colophon.rowCounts()).toEqual(before);
  });

  it('needs no database', async () => {
    const { status } = await runHere(['read', SEED_DOCUMENT], { DATABASE_URL: 'postgres://a@127.0.0.1:1/none' });
    expect(status).toBe(0);
  });

  it('prints one line of JSON for machines', async () => {
    const { status, value } = await colophon.json('read', fixturePath('several-credits'));
    expect(status).toBe(0);
    expect(value).toMatchObject({
      fileName: 'several-credits.txt',
      article: { headline: 'Les ponts du lac rouvrent aux piétons', credits: [{}, {}, {}] },
      parts: expect.arrayContaining([
        expect.objectContaining({ role: 'BYLINE', language: 'fr', firstLine: 5 }),
      ]) as unknown,
      findings: [],
    });
  });

  it('refuses what is no article: file, line, what was expected, what stood there', async () => {
    const { status, stdout } = await colophon.run('read', fixturePath('refused-impossible-date'));
    expect(status).toBe(1);
    for (const word of ['refused-impossible-date.txt', 'line 7', 'expected', '31 février 2016']) {
      expect(stdout).toContain(word);
    }
    const { status: jsonStatus, value } = await colophon.json('read', fixturePath('refused-letter'));
    expect(jsonStatus).toBe(1);
    expect(value).toMatchObject({ refusal: { code: 'NOT_AN_ARTICLE', line: 1 } });
  });

  it('what is not there: one line, no stack', async () => {
    const { status, stdout, stderr } = await colophon.run('read', 'no/such/file.txt');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stdout).toContain('no/such/file.txt');
  });

  it('shows an archive’s posts one after another, and counts what is none', async () => {
    const { status, stdout } = await colophon.run('read', formatPath('wxr', 'export.xml'));
    expect(status).toBe(1);
    for (const word of [
      'export.xml#1 ',
      'export.xml#17 ',
      'NOT_PUBLISHED_AT_SOURCE',
      'DATE_IMPOSSIBLE',
      '1 attachment',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it('shows a page in HTML in its own encoding', async () => {
    const { status, value } = await colophon.json('read', formatPath('html', 'layout-table.html'));
    expect(status).toBe(0);
    expect(value).toMatchObject({ format: 'HTML', form: { charset: 'windows-1252' }, findings: [] });
  });
});

describe('a wrong call ends with status 2', () => {
  it.each([[['nonsense']], [['read']], [['seed', '--nonsense']], [['migrate', 'extra']], [['read', 'a', 'b']]])(
    '%j',
    async (args) => {
      const { status, stdout, stderr } = await colophon.run(...args);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/help/);
    },
  );

  it.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://a/b' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL'],
    [{ PORT: '70000' }, 'PORT'],
  ])('settings that make no sense: %j', async (settings, name) => {
    for (const command of [['seed'], ['migrate'], ['read', SEED_DOCUMENT], ['serve']]) {
      const { status, stderr } = await runHere(command, settings);
      expect({ command, status }).toEqual({ command, status: 2 });
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toContain(`${name}=`);
    }
  });
});

it.each(['serve', 'migrate', 'seed', 'read'])('%s --help says what it does', async (command) => {
  const { status, stdout } = await colophon.run(command, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--json');
});

it('--version says which', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await colophon.runApart('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
});

it('migrate says that there is nothing to do', async () => {
  expect(await colophon.json('migrate')).toEqual({ status: 0, value: { applied: [], pending: [] } });
  expect((await colophon.run('migrate')).stdout).toMatch(/nothing to do/i);
});
