import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseTimeoutError, DatabaseUnavailableError } from '../database/database-errors.js';

/** What comes next after a position: each with its own position, null for what this follower is not told. */
export type Reading<Told> = (position: number) => Promise<readonly Event<Told>[]>;

/** Something that happened, as one follower is told. */
export interface Event<Told> {
  readonly position: number;
  readonly told: Told | null;
}

/** Counts changes. */
interface Changes {
  readonly changes: number;
}

/** Between two tries to read while the database is away. */
const RETRY_MS = 1_000;

/**
 * What happens after a position, one by one as it is asked for: whoever reads slowly is waited for, and nothing piles up.
 * `return` ends it at once, also while somebody waits for what comes next.
 */
export class EventStream<Told> implements AsyncIterableIterator<Told, undefined> {
  #events: readonly Event<Told>[] = [];
  #readUnder = -1;
  #isEnded = false;
  readonly #ending = new AbortController();
  #wake: (() => void) | null = null;

  constructor(
    private readonly source: Changes,
    private position: number,
    private readonly read: Reading<Told>,
    private readonly onEnd: () => void,
  ) {}

  async next(): Promise<IteratorResult<Told, undefined>> {
    while (!this.#isEnded) {
      const { changes } = this.source;
      // What was read ahead may have been withdrawn meanwhile.
      if (this.#readUnder !== changes) this.#events = [];
      const isKnown = this.#readUnder === changes;
      const [event, ...others] = this.#events;
      if (event !== undefined) {
        this.#events = others;
        this.position = event.position;
        if (others.length === 0) this.#readUnder = -1;
        if (event.told !== null) return { done: false, value: event.told };
      } else if (isKnown) {
        await this.#change();
      } else {
        this.#events = await this.#readOn();
        this.#readUnder = changes;
      }
    }
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<Told, undefined>> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#ending.abort();
      this.onEnd();
      this.wake();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  async throw(error: unknown): Promise<IteratorResult<Told, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Something happened. */
  wake(): void {
    this.#wake?.();
    this.#wake = null;
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** A database that is away is waited for. */
  async #readOn(): Promise<readonly Event<Told>[]> {
    while (!this.#isEnded) {
      try {
        return await this.read(this.position);
      } catch (error) {
        const isAway = error instanceof DatabaseUnavailableError || error instanceof DatabaseTimeoutError;
        if (!isAway) throw error;
        await sleep(RETRY_MS, undefined, { signal: this.#ending.signal, ref: false }).catch(() => undefined);
      }
    }
    return [];
  }
}
