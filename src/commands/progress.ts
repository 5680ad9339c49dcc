import { counted, dim } from './terminal.js';

/** The bar is drawn anew no more often than this. */
const PAUSE_MS = 100;

/** Elsewhere than on a terminal a line is written this often. */
const LINE_PAUSE_MS = 30_000;

const BAR = 24;

/**
 * How far a long command has come: on a terminal a bar below what is printed, with rate and time left; elsewhere a
 * plain line on standard error from time to time. `total` is null where nobody knows it.
 */
export class Progress {
  readonly #start = performance.now();
  readonly #isTerminal = process.stderr.isTTY && process.stdout.isTTY;
  #done = 0;
  #drawnAt = 0;
  #isDrawn = false;

  constructor(
    private readonly total: number | null,
    /** Whether standard output is for machines: then nothing is drawn over it. */
    private readonly isForMachines: boolean,
    private readonly thing = 'document',
  ) {
    this.#drawnAt = this.#start;
  }

  /** One more is done. */
  advance(): void {
    this.#done++;
  }

  /** One more is done, and nothing is printed of it but the bar. */
  tick(): void {
    this.advance();
    this.#draw();
  }

  /** Prints a line of the result, and the bar below it. */
  print(line: string): void {
    this.#clear();
    process.stdout.write(`${line}\n`);
    this.#draw();
  }

  #draw(): void {
    const now = performance.now();
    if (now - this.#drawnAt < (this.#isTerminal ? PAUSE_MS : LINE_PAUSE_MS)) return;
    this.#drawnAt = now;
    this.#clear();
    if (this.#isTerminal && !this.isForMachines) {
      process.stderr.write(this.#text(now));
      this.#isDrawn = true;
    } else if (!this.#isTerminal) {
      process.stderr.write(`${this.#text(now)}\n`);
    }
  }

  /** The work is done: the bar goes. */
  end(): void {
    this.#clear();
    this.#drawnAt = Infinity;
  }

  #clear(): void {
    if (this.#isDrawn) process.stderr.write('\r\u001b[K');
    this.#isDrawn = false;
  }

  #text(now: number): string {
    const seconds = Math.max((now - this.#start) / 1000, 0.001);
    const rate = this.#done / seconds;
    const pace = `${rate.toFixed(rate < 10 ? 1 : 0)} a second`;
    if (this.total === null || this.total < this.#done) return `${counted(this.#done, this.thing)}, ${pace}`;
    const share = this.total === 0 ? 1 : this.#done / this.total;
    const filled = Math.round(share * BAR);
    const bar = `${'█'.repeat(filled)}${dim('░'.repeat(BAR - filled))}`;
    const left = rate === 0 ? '' : `, ${duration((this.total - this.#done) / rate)} left`;
    const count = `${this.#done.toLocaleString('en')} of ${counted(this.total, this.thing)}`;
    return `${this.#isTerminal ? `${bar} ` : ''}${count}, ${pace}${left}`;
  }
}

/** `45 s`, `3 min 20 s`, `1 h 5 min`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
