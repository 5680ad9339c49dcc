import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const ROOT = join(import.meta.dirname, '..', '..');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

/** An instruction of the Dockerfile with its lines joined: `['COPY', 'src ./src']`. */
const instructions = dockerfile
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) ?? ['', line]);

function argumentsOf(name: string): string[] {
  return instructions.filter(([found]) => found === name).map(([, text]) => text ?? '');
}

/** The last stage, which is the image. */
const image = instructions.slice(instructions.findLastIndex(([name]) => name === 'FROM'));

function inImage(name: string): string {
  return image.findLast(([found]) => found === name)?.[1] ?? '';
}

describe('Dockerfile', () => {
  it('has only instructions that Docker knows', () => {
    const known = 'ARG FROM WORKDIR COPY RUN ENV USER EXPOSE HEALTHCHECK CMD'.split(' ');
    expect(instructions.filter(([name]) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('builds on a Node that the product runs on, the same in every stage', () => {
    const [, version] = /^NODE_VERSION=(\d+)$/.exec(argumentsOf('ARG')[0] ?? '') ?? [];
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(Number(version)).toBeGreaterThan(Number.parseFloat(engines.node.replace('>=', '')));
    for (const from of argumentsOf('FROM')) expect(from).toMatch(/^node:\$\{NODE_VERSION\}-slim(?: AS \w+)?$/);
  });

  it('copies what is there and what .dockerignore lets through', () => {
    const allowed = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const sources = argumentsOf('COPY')
      .filter((text) => !text.startsWith('--from='))
      .flatMap((text) => text.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) {
      expect(existsSync(join(ROOT, source))).toBe(true);
      expect(allowed).toContain(source);
    }
    expect([...new Set(sources)].sort()).toEqual(allowed.sort());
  });

  it('copies a folder to a folder of the same name', () => {
    for (const text of argumentsOf('COPY').filter((one) => !one.startsWith('--from='))) {
      const [first = '', target] = text.split(' ');
      if (statSync(join(ROOT, first)).isDirectory()) expect(target).toBe(`./${first}`);
    }
  });

  it('runs Node itself, without root, on every address', () => {
    expect(JSON.parse(inImage('CMD'))).toEqual(['node', 'dist/main.js']);
    expect(inImage('USER')).toBe('node');
    const settings = Object.fromEntries(
      inImage('ENV')
        .split(' ')
        .map((one) => one.split('=')),
    ) as Record<string, string>;
    expect(loadConfig(settings)).toMatchObject({ host: '0.0.0.0', port: Number(inImage('EXPOSE')), logFormat: 'json' });
  });

  describe('health check', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer();
    }, 60_000);
    afterAll(async () => {
      await server.close();
    });

    it('passes for a server and fails without one', async () => {
      const [, command] = /CMD (\[.*\])$/.exec(inImage('HEALTHCHECK')) ?? [];
      const [program = '', ...rest] = JSON.parse(command ?? '[]') as string[];
      expect(program).toBe('node');
      const statusOn = (port: string): Promise<number | null> =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, rest, { env: { PORT: port }, stdio: 'ignore' });
          child.on('exit', resolve);
        });
      expect(await statusOn(new URL(server.url).port)).toBe(0);
      expect(await statusOn('1')).toBe(1);
    });
  });
});

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly restart: string;
  readonly environment: Record<string, string>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Record<string, { readonly condition: string }>;
}

describe('docker-compose.yml', () => {
  const { services, volumes } = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')) as {
    services: { postgres: Service; server: Service };
    volumes: Record<string, unknown>;
  };

  it('has Postgres 18 with its data in a volume where that image wants it', () => {
    expect(services.postgres.image).toBe('postgres:18');
    expect(services.postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(Object.keys(volumes)).toEqual(['postgres']);
    expect(services.postgres.healthcheck?.test.join(' ')).toContain('pg_isready -h 127.0.0.1');
  });

  it('starts the server when Postgres is healthy, on the database that Postgres makes', () => {
    const { POSTGRES_USER: user, POSTGRES_DB: database, POSTGRES_PASSWORD: password } = services.postgres.environment;
    expect(services.server.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    const { DATABASE_URL: given } = services.server.environment;
    expect(given).toBe(`postgres://${user}:${password}@postgres:5432/${database}`);
    const filledIn = given?.replaceAll(/\$\{\w+:-(\w+)\}/g, '$1');
    expect(loadConfig({ DATABASE_URL: filledIn }).databaseUrl).toBe(
      'postgres://colophon:colophon@postgres:5432/colophon',
    );
  });

  it('comes up again by itself, and is reached from this machine alone', () => {
    for (const { restart } of Object.values(services)) expect(restart).toBe('unless-stopped');
    expect(services.postgres.ports).toBeUndefined();
    expect(services.server.build).toBe('.');
    expect(services.server.ports).toEqual([`127.0.0.1:\${PORT:-3000}:${inImage('EXPOSE')}`]);
  });
});
