/**
 * Measures answers out of the cache beside a bare node:http server that sends the same bytes, and how long a publication
 * takes to reach another process: `node bench/public-api/cached.js --database URL`, with `wrk` installed and the product built.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import pg from 'pg';

const ROOT = join(import.meta.dirname, '..', '..');
const PORT = 4071;
const SECONDS = 5;
const ROUNDS = 3;

const { values } = parseArgs({
  options: { database: { type: 'string' }, product: { type: 'string', default: join(ROOT, 'dist') } },
});
if (values.database === undefined) throw new Error('Name the --database that holds the articles');

const query = await readFile(join(import.meta.dirname, 'queries', 'q1.graphql'), 'utf8');
const body = JSON.stringify({ query, variables: { locale: 'fr' } });

/** Requests a second at 32 connections. */
async function rate(url) {
  const script = join(tmpdir(), `colophon-wrk-${process.pid}.lua`);
  const lines = [
    'wrk.method = "POST"',
    `wrk.body = [==[${body}]==]`,
    'wrk.headers["content-type"] = "application/json"',
  ];
  await writeFile(script, lines.join('\n'));
  const { stdout } = await promisify(execFile)('wrk', ['-t1', '-c32', `-d${SECONDS}s`, '-s', script, url]);
  await rm(script);
  if (stdout.includes('Non-2xx')) throw new Error(stdout);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]);
}

async function startProduct() {
  const child = spawn(process.execPath, [join(values.product, 'main.js')], {
    cwd: ROOT,
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(PORT),
      DATABASE_URL: values.database,
      COLOPHON_SEED_ON_START: 'off',
      COLOPHON_LOG_LEVEL: 'warn',
    },
  });
  const url = `http://127.0.0.1:${PORT}/graphql`;
  for (let i = 0; i < 200; i++) {
    const answer = await globalThis
      .fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      .catch(() => null);
    if (answer?.status === 200) return { child, url, bytes: Buffer.from(await answer.arrayBuffer()) };
    await sleep(50);
  }
  throw new Error('The product did not start');
}

/** Bare HTTP: the body is read, as a request of GraphQL has one, and the same bytes are sent every time. */
async function startBare(bytes) {
  const code =
    `const b = Buffer.from(process.argv[1], 'base64'); require('node:http').createServer((q, s) => { q.on('data', () => {}); ` +
    `q.on('end', () => { s.writeHead(200, { 'content-type': 'application/json', 'content-length': b.length }); s.end(b); }); ` +
    `}).listen(${PORT + 1}, '127.0.0.1')`;
  const child = spawn(process.execPath, ['-e', code, bytes.toString('base64')], { stdio: 'ignore' });
  await sleep(500);
  return { child, url: `http://127.0.0.1:${PORT + 1}/` };
}

/** Milliseconds from a commit to its notification on another connection. */
async function notificationTimes(count) {
  const [writer, reader] = [0, 1].map(() => new pg.Client({ connectionString: values.database }));
  await Promise.all([writer.connect(), reader.connect()]);
  await reader.query('listen colophon_bench');
  const times = [];
  for (let i = 0; i < count; i++) {
    await writer.query('begin');
    await writer.query(`select pg_notify('colophon_bench', gen_random_uuid()::text)`);
    const heard = once(reader, 'notification').then(() => performance.now());
    await writer.query('commit');
    const committed = performance.now();
    times.push((await heard) - committed);
  }
  await Promise.all([writer.end(), reader.end()]);
  return times.sort((a, b) => a - b);
}

const product = await startProduct();
const bare = await startBare(product.bytes);
try {
  const rates = [];
  await rate(product.url);
  for (let i = 0; i < ROUNDS; i++) rates.push([await rate(bare.url), await rate(product.url)]);
  const mean = (of) => rates.reduce((sum, one) => sum + one[of], 0) / ROUNDS;
  console.log('| | requests a second |\n| --- | ---: |');
  console.log(`| bare node:http, the same ${product.bytes.length} bytes | ${Math.round(mean(0))} |`);
  console.log(`| out of the answer cache | ${Math.round(mean(1))} |`);
  console.log(`| **ratio** (wanted: ≥ 0.5) | **${(mean(1) / mean(0)).toFixed(2)}** |\n`);
  const times = await notificationTimes(1_000);
  const at = (share) => Math.max(times[Math.floor(times.length * share)] ?? 0, 0).toFixed(2);
  console.log(`From commit to notification, 1,000 times: median ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms.`);
} finally {
  product.child.kill();
  bare.child.kill();
}
