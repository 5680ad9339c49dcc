/**
 * Measures the public API beside hand-written SQL and prints a table: `npm run bench:api`. SIDE_BY_SIDE_BENCH is the folder
 * of the side-by-side bench, which is kept apart, with its environment set; `--database URL` holds its articles
 * (load-articles.js). `--product FOLDER` measures another build, `--only q1,q2` some of the queries; what follows `--` is
 * for the bench itself.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reportText } from './report.js';
import { withServer } from './served-product.js';
import { QUERIES, writeVariables } from './variables.js';

const ROOT = join(import.meta.dirname, '..', '..');

const { values, positionals } = parseArgs({
  options: {
    database: { type: 'string' },
    product: { type: 'string', default: join(ROOT, 'dist') },
    only: { type: 'string', default: QUERIES.join(',') },
  },
  allowPositionals: true,
});
const bench = process.env.SIDE_BY_SIDE_BENCH;
if (bench === undefined) throw new Error('Set SIDE_BY_SIDE_BENCH to the folder of the side-by-side bench');
if (values.database === undefined) throw new Error('Name the --database that holds the articles');

const environment = {
  ...process.env,
  COLOPHON_PRODUCT: resolve(values.product),
  COLOPHON_BENCH: import.meta.dirname,
  COLOPHON_URL: values.database,
};
const scratch = await mkdtemp(join(tmpdir(), 'colophon-bench-'));
try {
  const variables = join(scratch, 'variables');
  await withServer(environment, (ask) => writeVariables(join(bench, 'data', 'vars'), variables, ask));
  const out = join(scratch, 'out');
  const args = ['load/run.mjs', join(import.meta.dirname, 'peer.json'), '--vars', variables, '--out', out];
  const child = spawn(process.execPath, [...args, '--only', values.only, ...positionals], {
    cwd: bench,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`The bench ended with status ${status}`);
  console.log(reportText(JSON.parse(await readFile(join(out, 'colophon.json'), 'utf8'))));
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}
