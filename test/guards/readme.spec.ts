import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { FINDING_SEVERITIES } from '../../src/articles/finding.js';
import { settingDescriptions } from '../../src/setting.js';
import { HEADER_ROLES, LINE_ROLES, OPTIONAL_ROLES, ROVING_ROLES } from '../../src/publishers/line-roles.js';
import { FURTHER_SLOTS, ROLE_SLOTS } from '../../src/publishers/wrapper-definition.js';
import { parsePublisherFile } from '../../src/publishers/publisher-file.js';
import { parseTermFile } from '../../src/taxonomy/term-file.js';
import { runHere } from '../support/run-here.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The contents of a page's fenced blocks of one language. */
function blocksOf(page: string, language: string): string[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text]) =>
    found === language && text !== undefined ? [text] : [],
  );
}

/** The cells of the table whose first column has this heading, without the ticks of code. */
function tableOf(page: string, firstHeading: string): string[][] {
  const lines = page.split('\n');
  const cells = (line: string): string[] =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
  const start = lines.findIndex((line) => line.startsWith('|') && cells(line)[0] === firstHeading);
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return start === -1 ? [] : lines.slice(start + 2, end).map(cells);
}

function untick(cell = ''): string {
  return cell.replaceAll('`', '');
}

/** Where a heading is reached, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

const readme = read('README.md');
const seedsPage = read('docs/seeds.md');
const schema = buildSchema(read('src/schema.graphql'));

/** Every operation that a page shows: in GraphQL, in a script, in a shell command. */
function operationsOf(page: string): string[] {
  const scripts = blocksOf(page, 'js').flatMap((script) =>
    [...script.matchAll(/\/\* GraphQL \*\/ `([^`]*)`/g)].map(([, text]) => text ?? ''),
  );
  const bodies = blocksOf(page, 'sh').flatMap((command) =>
    [...command.matchAll(/-d '(\{[^']*\})'/g)].map(([, body]) => (JSON.parse(body ?? '') as { query: string }).query),
  );
  return [...blocksOf(page, 'graphql'), ...scripts, ...bodies];
}

describe('README.md', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ seed: true });
  }, 60_000);
  afterAll(async () => {
    await server.close();
  });

  it('shows operations that the schema has', () => {
    const operations = operationsOf(readme);
    expect(operations.length).toBeGreaterThanOrEqual(3);
    for (const operation of operations) expect(validate(schema, parse(operation))).toEqual([]);
  });

  it('shows the answer that the server gives', async () => {
    const [question] = blocksOf(readme, 'graphql');
    const [answer] = blocksOf(readme, 'json');
    const given = await server.query(question ?? '');
    expect({ data: given.data as unknown }).toEqual(JSON.parse(answer ?? '') as unknown);
  });

  it('shows operations that the server answers without errors', async () => {
    for (const operation of operationsOf(readme)) expect((await server.query(operation)).errors).toBeUndefined();
  });

  it('shows a script for front ends that runs', async () => {
    const [script] = blocksOf(readme, 'js');
    const here = (script ?? '').replaceAll('http://localhost:3000', server.url);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', here]);
    expect(stdout).toMatch(/^<h2 lang="en">Video: The Liberation of Palmyra.*<\/h2> is not available in French\n$/);
  });

  it('lists the settings that there are, with their defaults', () => {
    expect(tableOf(readme, 'variable')).toEqual(
      settingDescriptions.map(({ variable, defaultValue, description }) => [
        `\`${variable}\``,
        defaultValue,
        description,
      ]),
    );
  });

  it('lists the commands that there are, each with help', async () => {
    const helpOf = async (...command: string[]): Promise<string> => (await runHere([...command, '--help'], {})).stdout;
    const named = tableOf(readme, 'command').map(([cell]) => untick(cell));
    const there = [...(await helpOf()).matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name]) => name);
    expect(named.map((command) => command.split(' ')[0])).toEqual(there);
    for (const command of named) {
      const help = await helpOf(command.split(' ')[0] ?? '');
      expect(help).toContain('--json');
      const [, parameters] = command.split(' ');
      expect(help.replaceAll(/[<>]/g, '')).toContain(parameters ?? '');
    }
  });
});

describe('docs/seeds.md', () => {
  it('lists the findings that there are, with what blocks', () => {
    const listed = tableOf(seedsPage, 'code').map(([code, severity]) => [untick(code), severity]);
    expect(Object.fromEntries(listed)).toEqual(FINDING_SEVERITIES);
  });

  it('lists the lines of a wrapper with their slots', () => {
    const listed = tableOf(seedsPage, 'line').map(([role, slots, further, place]) => [
      untick(role),
      untick(slots),
      untick(further),
      place,
    ]);
    const named = (slots: readonly string[] = []): string => slots.map((slot) => `{${slot}}`).join(' ');
    expect(listed).toEqual(
      LINE_ROLES.map((role) => [
        (OPTIONAL_ROLES as readonly string[]).includes(role) ? `${role} *` : role,
        named(ROLE_SLOTS[role]),
        named(FURTHER_SLOTS[role]),
        ROVING_ROLES.has(role) ? 'above or below' : HEADER_ROLES.has(role) ? 'above the text' : 'below the text',
      ]),
    );
  });

  it('shows data files that are whole', () => {
    const [publisher, terms] = blocksOf(seedsPage, 'yaml');
    expect(Object.keys(parsePublisherFile(publisher ?? '', 'docs/seeds.md').wrappers)).toEqual(['en', 'fr']);
    expect(parseTermFile(terms ?? '', 'docs/seeds.md').terms).toHaveLength(1);
  });
});

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe.each(pages)('%s', (path) => {
  const page = read(path);

  it('links to files and headings that exist', () => {
    const targets = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const broken = targets.filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? join(ROOT, path) : resolve(dirname(join(ROOT, path)), file);
      if (!existsSync(found)) return true;
      if (anchor === undefined) return false;
      const headings = [...readFileSync(found, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, text]) => anchorOf(text ?? ''));
      return !headings.includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...page.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(([, a, b]) => a ?? b);
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
  });

  it('names files of the repository that exist', () => {
    const named = [...page.matchAll(/(?<![\w/.-])((?:src|test|docs|seeds)\/[\w./-]*\w\.(?:ts|js|md|yaml|graphql))/g)];
    // NAME stands for a name of the reader's own.
    const files = named.map(([, file = '']) => file).filter((file) => !file.includes('NAME'));
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('docs/ARCHITECTURE.md', () => {
  it('names every folder of src and test, and none that is not there', () => {
    const tree = /^```\n([\s\S]*?)^```$/m.exec(read('docs/ARCHITECTURE.md'))?.[1] ?? '';
    const below = (top: string): string[] => {
      const section = tree.slice(tree.indexOf(`\n${top}/\n`) + top.length + 3).split(/^\S/m)[0] ?? '';
      return [...section.matchAll(/^ {2}(\S.*?)(?: {2,}|$)/gm)]
        .flatMap(([, names]) => (names ?? '').split(' '))
        .filter((name) => name.endsWith('/'));
    };
    for (const top of ['src', 'test']) {
      const there = readdirSync(join(ROOT, top), { withFileTypes: true }).filter((entry) => entry.isDirectory());
      expect(below(top).sort()).toEqual(there.map(({ name }) => `${name}/`).sort());
    }
  });
});
