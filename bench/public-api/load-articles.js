/**
 * Puts the side-by-side bench's articles into a Colophon: `node load-articles.js --from postgres://…/bench_core --into
 * postgres://…/bench_colophon`. The database given has to be there, and nothing in it. The articles go in by the
 * product's own way: as an export that `seed` reads. With `--product FOLDER`, another build.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { Dataset } from './dataset.js';
import { ExportLines, FIRST_LINE } from './export-lines.js';

const ROOT = join(import.meta.dirname, '..', '..');

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    into: { type: 'string' },
    product: { type: 'string', default: join(ROOT, 'dist') },
  },
});
if (values.from === undefined || values.into === undefined) throw new Error('Name --from and --into');

/** Every line of an export with the dataset's articles. */
async function* lines(product, from) {
  const dataset = await Dataset.open(from);
  try {
    const maker = await ExportLines.open(product, await dataset.references());
    const counts = Object.fromEntries(TYPES.map((type) => [type, 0]));
    const lineOf = (record) => {
      counts[record.type]++;
      return `${JSON.stringify(record)}\n`;
    };
    yield `${JSON.stringify(FIRST_LINE)}\n`;
    for (const record of maker.referenceLines()) yield lineOf(record);
    for await (const article of dataset.articles()) {
      for (const record of maker.articleLines(article)) yield lineOf(record);
    }
    yield `${JSON.stringify({ type: 'end', counts })}\n`;
  } finally {
    await dataset.close();
  }
}

const TYPES = [
  ...['publisher', 'source', 'agent', 'term', 'contactPoint', 'notice', 'reuseTerm'],
  ...['document', 'article', 'revision', 'edition', 'formerArticle'],
];

/** Runs a command of the product to its end. */
async function run(args, environment) {
  const child = spawn(process.execPath, [join(values.product, 'cli.js'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, COLOPHON_LOG_LEVEL: 'warn', ...environment },
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${args[0]} ended with status ${status}`);
}

const scratch = await mkdtemp(join(tmpdir(), 'colophon-bench-'));
try {
  const file = join(scratch, 'articles.jsonl');
  const seeds = join(scratch, 'seeds');
  await mkdir(seeds);
  await pipeline(Readable.from(lines(values.product, values.from)), createWriteStream(file));
  const environment = { DATABASE_URL: values.into, COLOPHON_SEEDS_DIR: seeds };
  const start = performance.now();
  await run(['migrate'], environment);
  await run(['seed', '--json', file], environment);
  const seconds = (performance.now() - start) / 1000;
  const client = new Client({ connectionString: values.into });
  await client.connect();
  await client.query('vacuum analyze');
  const { rows } = await client.query('select count(*)::integer as count from edition.current_article');
  await client.end();
  console.error(`${rows[0].count} articles are published; that took ${seconds.toFixed(0)} s`);
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}
