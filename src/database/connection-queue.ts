import type { Pool, PoolClient } from 'pg';
import { DatabaseUnavailableError } from './database-errors.js';

/** Gives a connection back; with an error, or true, it is not used again. */
export type Release = (error?: Error | boolean) => void;

/** Somebody who waits for a connection. */
interface Waiting {
  readonly take: (connection: PoolClient, release: Release) => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Who waits for one of a pool's connections, in the order in which they came. Whoever leaves is forgotten at once: the
 * pool's own queue would hold on to them for as long as Postgres says nothing.
 */
export class ConnectionQueue {
  readonly #waiting = new Set<Waiting>();
  /** Connections that the pool has been asked for and has not got back, and those of them that are still to come. */
  #taken = 0;
  #coming = 0;

  constructor(
    private readonly pool: Pool,
    private readonly size: number,
  ) {}

  /** Waits for a connection, or for why there is none. Returns what leaves the queue; later, it does nothing. */
  enter(take: Waiting['take'], refuse: Waiting['refuse']): () => void {
    const waiting = { take, refuse };
    this.#waiting.add(waiting);
    this.#serve();
    return () => {
      this.#waiting.delete(waiting);
    };
  }

  /** Asks for connections while there are fewer to come than wait for one. */
  #serve(): void {
    while (this.#taken < this.size && this.#coming < this.#waiting.size) {
      this.#taken += 1;
      this.#coming += 1;
      this.pool.connect((error, connection, release) => {
        this.#coming -= 1;
        const [first] = this.#waiting;
        if (first !== undefined) this.#waiting.delete(first);
        if (error !== undefined || connection === undefined) {
          this.#taken -= 1;
          first?.refuse(error ?? new DatabaseUnavailableError());
          this.#serve();
          return;
        }
        const giveBack: Release = (reason) => {
          this.#taken -= 1;
          release(reason);
          this.#serve();
        };
        if (first === undefined) giveBack();
        else first.take(connection, giveBack);
      });
    }
  }
}
