/**
 * Measures imports at scale and writes docs/benchmarks/import.md: `npm run bench:import`. With `--documents 200,1000`
 * other sizes, `--out FILE` another page, `--product FOLDER` another build; DATABASE_URL, another Postgres.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { generate } from './generate.js';
import { measure } from './measure.js';
import { MeasuredPostgres } from './postgres.js';
import { readProfiles } from './profile.js';
import { nameOfSources, reportText } from './report.js';

const ROOT = join(import.meta.dirname, '..', '..');

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000,10000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(ROOT, 'docs', 'benchmarks', 'import.md') },
    product: { type: 'string', default: join(ROOT, 'dist') },
  },
});

process.chdir(ROOT);
const ownBuild = join(ROOT, 'dist');
// Another build is of sources that are not known here.
const sources = values.product === ownBuild ? nameOfSources() : null;
const sizes = values.documents.split(',').map(Number);
const { product, seed } = values;
const cli = join(product, 'cli.js');
const scratch = await mkdtemp(join(tmpdir(), 'colophon-bench-'));

/** Says on the terminal what is going on. */
function say(text) {
  console.error(text);
}

/** Pages for each size, by it. */
async function makePages(counts) {
  const pages = new Map();
  for (const count of new Set(counts)) {
    const folder = join(scratch, `pages-${count}`);
    const bytes = await generate(folder, { count, seed: Number(seed), product, seeds: join(ROOT, 'seeds') });
    pages.set(count, { count, folder, bytes });
  }
  return pages;
}

/** One Postgres for a stretch of the work, with settings of its own. */
async function withPostgres(settings, work) {
  const path = join(scratch, 'data');
  const postgres = await MeasuredPostgres.start({ url: process.env.DATABASE_URL, product, path, settings });
  try {
    return await work(postgres);
  } finally {
    await postgres.stop();
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function emptyDatabase(postgres) {
  const database = 'colophon_bench';
  await postgres.createDatabase(database);
  await measure(postgres, { args: [cli, 'migrate'], database, scratch });
  return database;
}

/** The bare script before and after the import, the import, the import again, and `verify`. */
async function measureSize(postgres, { count, folder, bytes }) {
  const database = await emptyDatabase(postgres);
  const step = async (name, args) => {
    const measured = await measure(postgres, { args, database, scratch });
    say(`${count} documents, ${name}: ${(count / measured.seconds).toFixed(1)} a second`);
    return measured;
  };
  const bare = [join(import.meta.dirname, 'bare.js'), folder];
  const sizeOf = async () => {
    const [row] = await postgres.query(database, 'select pg_database_size(current_database())::float as bytes');
    return row.bytes;
  };
  const bareBefore = await step('bare', bare);
  await postgres.query(database, 'drop table bare');
  const sizeBefore = await sizeOf();
  const seed = await step('seed', [cli, 'seed', '--json', folder]);
  const sizeAfter = await sizeOf();
  const { summary } = JSON.parse(seed.last);
  if (summary.documents.added !== count) throw new Error(`Not every document was added: ${seed.last}`);
  const bareAfter = await step('bare again', bare);
  const again = await step('seed again', [cli, 'seed', '--json', folder]);
  const verify = await step('verify', [cli, 'verify', '--json']);
  await postgres.dropDatabase(database);
  return { count, bytes, bare: [bareBefore, bareAfter], seed, again, verify, databaseBytes: sizeAfter - sizeBefore };
}

/** What the import asks of Postgres; null where that Postgres does not say. */
async function countStatements({ count, folder }) {
  return withPostgres({ shared_preload_libraries: 'pg_stat_statements' }, async (postgres) => {
    const database = await emptyDatabase(postgres);
    try {
      await postgres.query(database, 'create extension pg_stat_statements; select pg_stat_statements_reset()');
    } catch (error) {
      say(`Statements are not counted: ${error.message}`);
      return null;
    }
    const filter = `from pg_stat_statements where dbid = (select oid from pg_database where datname = '${database}')`;
    await measure(postgres, { args: [cli, 'seed', '--json', folder], database, scratch });
    const [all] = await postgres.query(
      database,
      `select sum(calls)::int as calls, sum(total_exec_time) as ms ${filter}`,
    );
    const top = await postgres.query(
      database,
      `select calls::int, total_exec_time as ms, rows::int, regexp_replace(query, '\\s+', ' ', 'g') as query ${filter}
       order by total_exec_time desc limit 10`,
    );
    return { count, ...all, top };
  });
}

/** Where the time of our own process goes, thread by thread. */
async function profileImport({ count, folder }) {
  return withPostgres({}, async (postgres) => {
    const database = await emptyDatabase(postgres);
    const profiles = join(scratch, 'profiles');
    const nodeArgs = ['--cpu-prof', '--cpu-prof-dir', profiles];
    await measure(postgres, { args: [cli, 'seed', '--json', folder], nodeArgs, database, scratch });
    return { count, threads: await readProfiles(profiles, product) };
  });
}

try {
  const smaller = Math.min(1000, ...sizes);
  const pages = await makePages([...sizes, smaller]);
  const results = await withPostgres({}, async (postgres) => {
    const [row] = await postgres.query('postgres', 'show server_version');
    const measured = [];
    for (const count of sizes) measured.push(await measureSize(postgres, pages.get(count)));
    return { version: row.server_version, sizes: measured };
  });
  const statements = await countStatements(pages.get(smaller));
  const profile = await profileImport(pages.get(smaller));
  const text = await format(
    reportText({
      ...results,
      sources,
      statements,
      profile,
      seed,
      isOwnPostgres: process.env.DATABASE_URL === undefined,
    }),
    { parser: 'markdown' },
  );
  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, text);
  say(text);
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
