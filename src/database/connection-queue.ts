import type { Pool, PoolClient } from 'pg';
import type { Deadlines } from '../common/deadlines.js';
import type { AskedStatement } from './asked-statement.js';
import { DatabaseUnavailableError } from './database-errors.js';
import type { Release } from './statement-group.js';

/**
 * How many brief statements share a connection. To write to Postgres, and to be woken by it, costs a busy process more
 * than such a statement costs Postgres; beyond eight it is little.
 */
const TOGETHER_MAX = 8;

/** Sends statements over a connection, and gives it back when all are answered. */
type Send = (group: readonly AskedStatement[], connection: PoolClient, release: Release) => void;

/**
 * Statements that wait for one of a pool's connections, in the order in which they came. Brief ones that come while the
 * process looks at what has arrived go together. Whoever leaves is forgotten at once: the pool's own queue would hold on
 * to them for as long as Postgres says nothing.
 */
export class ConnectionQueue {
  /** Each with what stops its wait. */
  readonly #waiting = new Map<AskedStatement, () => void>();
  #brief = 0;
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
    const isLate = this.waits.start(() => {
      this.#leave(asked);
      asked.refuse(new DatabaseUnavailableError());
    });
    this.#waiting.set(asked, isLate);
    asked.whenLeft = () => {
      this.#leave(asked);
    };
    if (!asked.isBrief) {
      this.#serve();
      return;
    }
    this.#brief += 1;
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#serve();
    });
  }

  #leave(asked: AskedStatement): void {
    const stop = this.#waiting.get(asked);
    if (stop === undefined) return;
    stop();
    this.#waiting.delete(asked);
    if (asked.isBrief) this.#brief -= 1;
  }

  /** Asks for connections while there are fewer to come than are needed for those who wait. */
  #serve(): void {
    while (this.#taken < this.size && this.#coming < this.#needed()) {
      this.#taken += 1;
      this.#coming += 1;
      this.pool.connect((error, connection, release) => {
        this.#coming -= 1;
        const group = this.#nextGroup();
        if (error !== undefined || connection === undefined) {
          this.#taken -= 1;
          for (const asked of group) asked.refuse(error ?? new DatabaseUnavailableError());
          this.#serve();
          return;
        }
        const giveBack: Release = (reason) => {
          this.#taken -= 1;
          release(reason);
          this.#serve();
        };
        if (group.length === 0) giveBack();
        else this.send(group, connection, giveBack);
      });
    }
  }

  #needed(): number {
    return this.#waiting.size - this.#brief + Math.ceil(this.#brief / TOGETHER_MAX);
  }

  /** What has waited longest; with a brief statement, further brief ones. */
  #nextGroup(): AskedStatement[] {
    const [first, ...others] = this.#waiting.keys();
    if (first === undefined) return [];
    const further = first.isBrief ? others.filter(({ isBrief }) => isBrief) : [];
    const group = [first, ...further.slice(0, TOGETHER_MAX - 1)];
    for (const asked of group) this.#leave(asked);
    return group;
  }
}
