/**
 * Measures how answers grow with the articles, and prints a table: `node scale.js --small postgres://…/bench_10k --large
 * postgres://…/bench_100k`, the second a copy of the first that multiply.sql has made ten times as large. Each database
 * has a server of its own, without kept answers. One question is asked at a time, of the two by short turns: what else
 * the machine does slows both. SIDE_BY_SIDE_BENCH is the folder of the side-by-side bench; `--product FOLDER` measures
 * another build.
 */
import { Agent, request } from 'node:http';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { questionsOf } from './scaled-questions.js';
import { withServer } from './served-product.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Questions of each kind to each server that are measured, those before that are not, and those of one turn. */
const ASKED = 1500;
const WARMING = 300;
const TURN = 25;

/** How many times as long an answer may take of ten times the articles. */
const AIM = 1.2;

const PORTS = { small: '4081', large: '4082' };

const { values } = parseArgs({
  options: {
    small: { type: 'string' },
    large: { type: 'string' },
    product: { type: 'string', default: join(ROOT, 'dist') },
  },
});
const bench = process.env.SIDE_BY_SIDE_BENCH;
if (bench === undefined) throw new Error('Set SIDE_BY_SIDE_BENCH to the folder of the side-by-side bench');
if (values.small === undefined || values.large === undefined) throw new Error('Name --small and --large');

const agent = new Agent({ keepAlive: true });

/** Starts a server on one of the databases and gives `work` what is asked of it. */
function onDatabase(size, work) {
  const environment = {
    ...process.env,
    COLOPHON_PRODUCT: resolve(values.product),
    COLOPHON_BENCH: import.meta.dirname,
    COLOPHON_URL: values[size],
  };
  const settings = { PORT: PORTS[size], COLOPHON_ANSWER_CACHE_MB: '0', COLOPHON_RATE_LIMIT: '0' };
  return withServer(
    environment,
    async (ask, url) => work({ url, ...(await questionsOf(join(bench, 'data', 'vars'), values[size], ask)) }),
    settings,
  );
}

/** How many milliseconds an answer took to come whole, and its text. */
function timed(url, body) {
  return new Promise((resolveTimed, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const start = performance.now();
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolveTimed({ ms: performance.now() - start, text: Buffer.concat(parts).toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Asks one kind of question for a turn. */
async function takeTurn({ url, questions }, kind, turn, times, rows) {
  const { bodies } = questions[kind];
  for (let i = turn * TURN; i < (turn + 1) * TURN; i++) {
    const { ms, text } = await timed(url, bodies[i % bodies.length]);
    const { data, errors } = JSON.parse(text);
    if (errors !== undefined) throw new Error(`The server answered ${JSON.stringify(errors)}`);
    times.push(ms);
    rows.push(rowsOf(data));
  }
}

function rowsOf({ article, articles, search }) {
  if (article === null) throw new Error('An article is missing');
  return (articles ?? search)?.edges.length ?? 1;
}

/** Asks both servers one kind of question; none of them is always the first. */
async function compare(servers, kind) {
  const results = servers.map(() => ({ times: [], rows: [] }));
  const warmingTurns = WARMING / TURN;
  for (let turn = 0; turn < warmingTurns + ASKED / TURN; turn++) {
    const order = turn % 2 === 0 ? [0, 1] : [1, 0];
    for (const i of order) {
      const { times, rows } = turn < warmingTurns ? { times: [], rows: [] } : results[i];
      await takeTurn(servers[i], kind, turn, times, rows);
    }
  }
  return results;
}

function quantile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)];
}

function lineOf(name, results) {
  const medians = results.map(({ times }) => quantile(times, 0.5));
  const ratio = medians[1] / medians[0];
  return row([
    name,
    ...medians.map((ms) => ms.toFixed(2)),
    `**${ratio.toFixed(2)}**`,
    `≤ ${AIM}`,
    ratio <= AIM ? 'yes' : 'no',
    results.map(({ times }) => quantile(times, 0.95).toFixed(2)).join(', '),
    results.map(({ rows }) => (rows.reduce((sum, count) => sum + count, 0) / rows.length).toFixed(1)).join(', '),
  ]);
}

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

await onDatabase('small', (small) =>
  onDatabase('large', async (large) => {
    const servers = [small, large];
    const counts = servers.map(({ articles }) => `${articles.toLocaleString('en')} articles`);
    const medians = counts.map((count) => `${count}: median ms`);
    const head = ['question', ...medians, 'ratio', 'wanted', 'met', 'p95 ms', 'rows of an answer'];
    const lines = [];
    for (const [kind, { name }] of small.questions.entries()) {
      lines.push(lineOf(name, await compare(servers, kind)));
    }
    console.log([row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...lines].join('\n'));
  }),
);
agent.destroy();
