import type { Pool, PoolClient } from 'pg';
import type { Deadlines } from '../common/deadlines.js';
import { type AskedStatement, SHARE } from './asked-statement.js';
import { DatabaseUnavailableError } from './database-errors.js';
import type { Release } from './statement-group.js';

/** Sends statements over a connection, and gives it back when all are answered. */
type Send = (group: readonly AskedStatement[], connection: PoolClient, release: Release) => void;

/**
 * Statements that wait for one of a pool's connections, in the order in which they came. Those that take only a share of
 * one and come while the process looks at what has arrived go together: to write to Postgres, and to be woken by it, costs
 * a busy process more than they cost Postgres. Whoever leaves is forgotten at once: the pool's own queue would hold on to
 * them for as long as Postgres says nothing.
 */
export class ConnectionQueue {
  /** Each with what stops its wait. */
  readonly #waiting = new Map<AskedStatement, () => void>();
  /** How many connections they fill. */
  #shares = 0;
  /** Connections that the pool has been asked for and has not got back, and those of them that are still to come. */
  #taken = 0;
  #coming = 0;
  #isDue = false;

  /** `waits`: how long a statement may wait; its asker is told then that there is no database. */
  constructor(
    private readonly pool: Pool,
    private readonly size: number,
    private readonly waits: Deadlines,
    private readonly send: Send,
  ) {}

  enter(asked: AskedStatement): void {
    const stop = this.waits.start(() => {
      this.#leave(asked);
      asked.refuse(new DatabaseUnavailableError());
    });
    this.#waiting.set(asked, stop);
    asked.whenLeft = () => {
      this.#leave(asked);
    };
    this.#shares += asked.share;
    this.#serveSoon();
  }

  #leave(asked: AskedStatement): void {
    const stop = this.#waiting.get(asked);
    if (stop === undefined) return;
    stop();
    this.#waiting.delete(asked);
    this.#shares -= asked.share;
  }

  /** When all that has arrived was looked at. */
  #serveSoon(): void {
    if (this.#isDue || this.#waiting.size === 0) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#serve();
    });
  }

  /** Asks for connections while fewer are to come than they fill who wait. */
  #serve(): void {
    while (this.#taken < this.size && this.#coming < Math.ceil(this.#shares)) {
      this.#taken += 1;
      this.#coming += 1;
      this.pool.connect((error, connection, release) => {
        this.#coming -= 1;
        if (error !== undefined || connection === undefined) {
          this.#taken -= 1;
          this.#refuseFirst(error ?? new DatabaseUnavailableError());
          this.#serveSoon();
          return;
        }
        const group = this.#nextGroup();
        const giveBack: Release = (reason) => {
          this.#taken -= 1;
          release(reason);
          this.#serveSoon();
        };
        if (group.length === 0) giveBack();
        else this.send(group, connection, giveBack);
      });
    }
  }

  /** The others may still get one of the connections that there are. */
  #refuseFirst(error: Error): void {
    const [first] = this.#waiting.keys();
    if (first === undefined) return;
    this.#leave(first);
    first.refuse(error);
  }

  /** What has waited longest, and whatever else has room beside it. */
  #nextGroup(): AskedStatement[] {
    const group: AskedStatement[] = [];
    let filled = 0;
    for (const asked of this.#waiting.keys()) {
      if (filled + asked.share > SHARE.whole) continue;
      group.push(asked);
      filled += asked.share;
      if (filled === SHARE.whole) break;
    }
    for (const asked of group) this.#leave(asked);
    return group;
  }
}
