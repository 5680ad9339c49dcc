import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '../../bench/import/generate.js';
import { Random } from '../../bench/import/random.js';
import { PostgresProcess } from './postgres-process.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Of many wrong answers, a few tell enough. */
const MOST_TOLD = 10;

/** What a drill counts; everything but rounds and acks has to be 0. */
class Tally {
  #rounds = 0;
  #hear;
  /** What was said to be done: documents that are in, texts that are saved. */
  acked = 0;
  /** Those of them that are not there, or not what was sent. */
  lost = 0;
  duplicate = 0;
  /** Documents, articles and editions of which a part is missing. */
  torn = 0;
  wrongExits = 0;
  /** What servers have answered otherwise than they should; null where no drill asks them. */
  wrongAnswers = null;
  /** Seconds after which the work went on. */
  recoveries = [];
  /** What went wrong, for people. */
  complaints = [];

  /** Is given what to do at each round. */
  constructor(hear) {
    this.#hear = hear;
  }

  get rounds() {
    return this.#rounds;
  }

  set rounds(rounds) {
    this.#rounds = rounds;
    this.#hear();
  }

  complain(text) {
    this.complaints.push(text);
  }

  /** Notes an answer that should not have been given. */
  answeredWrong(text) {
    this.wrongAnswers = (this.wrongAnswers ?? 0) + 1;
    if (this.wrongAnswers <= MOST_TOLD) this.complain(text);
  }

  get isFaultless() {
    const { lost, duplicate, torn, wrongExits, wrongAnswers } = this;
    return lost + duplicate + torn + wrongExits + (wrongAnswers ?? 0) === 0 && this.complaints.length === 0;
  }

  line(name) {
    const sorted = [...this.recoveries].sort((a, b) => a - b);
    const p95 = sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
    return (
      `drill ${name}: rounds ${this.rounds}, acked ${this.acked}, lost ${this.lost}, duplicate ${this.duplicate}, ` +
      `torn ${this.torn}, wrong exits ${this.wrongExits}, ` +
      `${this.wrongAnswers === null ? '' : `wrong answers ${this.wrongAnswers}, `}recovery p95 ${p95.toFixed(2)} s`
    );
  }
}

/**
 * Runs a drill as a script: a Postgres and folders of its own, seeded chance, a time bound for each round, since busy
 * machines take longer for all of them. `work` is given all of it.
 * Prints one line and sets the exit status: 1 when anything was lost, came twice, was torn, or ended as it should not.
 */
export async function runDrill(name, { minutes }, work) {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, product: { type: 'string', default: join(ROOT, 'dist') } },
  });
  const product = values.product;
  const folder = await mkdtemp(join(tmpdir(), 'colophon-drill-'));
  const postgres = await PostgresProcess.create(join(folder, 'postgres'), product);
  const bound = setTimeout(() => {
    console.log(`drill ${name}: nothing done for ${minutes} minutes, after ${tally.rounds} rounds`);
    process.exit(1);
  }, minutes * 60_000);
  const tally = new Tally(() => bound.refresh());
  process.once('exit', () => {
    postgres.abandon();
    // Also where the time bound or a signal ends the drill.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    await postgres.start();
    const seed = Number(values.seed);
    const makePages = async (inside, count, options = {}) => {
      const pages = { count, seed, product, seeds: join(ROOT, 'seeds'), shortened: 6, oddLabels: 0.2, ...options };
      await generate(join(folder, inside), pages);
      return join(folder, inside);
    };
    await work({ postgres, product, tally, random: new Random(seed), makePages });
  } catch (error) {
    tally.complain(`broke off: ${error.stack}`);
  } finally {
    clearTimeout(bound);
    await postgres.stop();
  }
  for (const complaint of tally.complaints) console.log(`  ${complaint}`);
  console.log(tally.line(name));
  process.exit(tally.isFaultless ? 0 : 1);
}
