/**
 * Measures the desk's lists beside the public front page, and prints a table: `node bench/desk/run.js --database
 * postgres://…/bench_desk`, a database that bench/public-api/load-articles.js has filled, and multiply.sql and then
 * multiply-desk.sql have made ten times as large. All are asked in turns of one server, on one connection, without kept
 * answers: what else the machine does slows all. An editor's account is made for the run and shut out after it.
 * `--only desk,counts` measures some of the questions beside the front page; `--product FOLDER`, another build.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { withServer } from '../public-api/served-product.js';
import { QUESTIONS } from './questions.js';

const ROOT = join(import.meta.dirname, '..', '..');
const PORT = '4083';

/** Rounds that are measured, and those before that are not. Each asks every question once. */
const ROUNDS = 12;
const WARMING = 2;

/** How many times as long as the front page a list of the desk may take. */
const AIM = 10;

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    only: { type: 'string' },
    product: { type: 'string', default: join(ROOT, 'dist') },
  },
});
if (values.database === undefined) throw new Error('Name --database');

const [front, ...all] = QUESTIONS;
const only = values.only?.split(',');
const questions = [front, ...all.filter(({ key }) => only === undefined || only.includes(key))];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Signs an editor in past the password; gives the token and what ends it. */
async function editorOf(database) {
  const client = new Client({ connectionString: database });
  await client.connect();
  const id = randomUUID();
  const secret = `colophon_pat_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(secret).digest();
  await client.query("insert into account.account (id, email, name) values ($1, $2, 'Bench')", [
    id,
    `${id}@example.org`,
  ]);
  await client.query("insert into account.role (account_id, role) values ($1, 'EDITOR')", [id]);
  await client.query(
    `insert into account.api_token (account_id, name, hash, scopes, expires_at)
     values ($1, 'Bench', $2, '{READ_DESK}', now() + interval '1 hour')`,
    [id, hash],
  );
  return {
    secret,
    end: async () => {
      await client.query('update account.account set disabled_at = now() where id = $1', [id]);
      await client.query('update account.api_token set revoked_at = now() where account_id = $1', [id]);
      await client.end();
    },
  };
}

/** How many milliseconds an answer took to come whole, and what it has. */
function timed(url, { query, isPublic }, secret) {
  const body = JSON.stringify({ query });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(isPublic ? {} : { authorization: `Bearer ${secret}` }),
  };
  return new Promise((resolveTimed, reject) => {
    const start = performance.now();
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - start;
        const { data, errors } = JSON.parse(Buffer.concat(parts).toString('utf8'));
        if (errors !== undefined) reject(new Error(`To ${query} the server answered ${JSON.stringify(errors)}`));
        else resolveTimed({ ms, rows: rowsOf(data) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function rowsOf(data) {
  const lists = Object.values(data.desk ?? data);
  return lists.reduce((sum, list) => sum + (list?.edges?.length ?? 1), 0);
}

function quantile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)];
}

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

const editor = await editorOf(values.database);
const environment = {
  ...process.env,
  COLOPHON_PRODUCT: resolve(values.product),
  COLOPHON_BENCH: import.meta.dirname,
  COLOPHON_URL: values.database,
};
const settings = { PORT, COLOPHON_ANSWER_CACHE_MB: '0', COLOPHON_RATE_LIMIT: '0', COLOPHON_JOBS: 'off' };
try {
  await withServer(
    environment,
    async (_ask, url) => {
      const times = questions.map(() => []);
      const rows = questions.map(() => 0);
      for (let round = 0; round < WARMING + ROUNDS; round++) {
        for (const [i, question] of questions.entries()) {
          const answer = await timed(url, question, editor.secret);
          rows[i] = answer.rows;
          if (round >= WARMING) times[i].push(answer.ms);
        }
      }
      const base = quantile(times[0], 0.5);
      const head = ['question', 'median ms', 'p95 ms', 'ratio to the front page', 'rows'];
      const lines = questions.map(({ name, hasAim }, i) => {
        const median = quantile(times[i], 0.5);
        const ratio = (median / base).toFixed(1);
        return row([
          name,
          median.toFixed(2),
          quantile(times[i], 0.95).toFixed(2),
          hasAim ? `**${ratio}** (wanted: < ${AIM}${median / base < AIM ? '' : ', missed'})` : ratio,
          rows[i],
        ]);
      });
      console.log([row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...lines].join('\n'));
    },
    settings,
  );
} finally {
  agent.destroy();
  await editor.end();
}
