import type { PoolClient } from 'pg';
import type { Deadlines } from '../common/deadlines.js';
import type { AskedStatement } from './asked-statement.js';
import { DatabaseUnavailableError, sqlState } from './database-errors.js';

/** Gives a connection back; with an error, or true, it is not used again. */
export type Release = (error?: Error | boolean) => void;

/** What Postgres says of a statement that was ended on request. Source: PostgreSQL, Error Codes. */
const CANCELED = '57014';

/** And of one that was to be prepared with another, which failed. */
const NOT_PREPARED = '26000';

/** What a group of statements needs of its surroundings. */
export interface GroupSurroundings {
  /** How long Postgres may say nothing. */
  readonly silences: Deadlines;
  /** Tells Postgres to end what a connection is busy with; comes back when that was said, and never fails. */
  endCurrent(connection: PoolClient): Promise<void>;
  /** Asks a statement once more, by itself. */
  askAlone(asked: AskedStatement): void;
}

/**
 * Statements that are sent together over one connection, which answers them in their order. What nobody waits for any
 * more is ended when its turn has come. The connection is given back only when the word that ends a statement has
 * arrived: it must not meet the next group's. A connection that nothing comes back on is given up.
 */
export class StatementGroup {
  /** Which one Postgres is busy with. */
  #turn = 0;
  #isGivenUp = false;
  #failure: Error | null = null;
  #ended: AskedStatement | null = null;
  #ending: Promise<void> | null = null;
  #answered: () => void = () => undefined;

  constructor(
    private readonly members: readonly AskedStatement[],
    private readonly connection: PoolClient,
    private readonly release: Release,
    private readonly surroundings: GroupSurroundings,
  ) {}

  send(): void {
    const leaving = (): void => {
      this.#endWhatNobodyWaitsFor();
    };
    // One writing for all: it costs more than what is written.
    const stream = this.members.length > 1 ? streamOf(this.connection) : null;
    stream?.cork();
    for (const asked of this.members) {
      asked.whenLeft = leaving;
      this.connection.query(asked.query, (failure: Error | null, result) => {
        if (this.#isGivenUp) return;
        if (failure === null) asked.answer(result.rows);
        else this.#refuse(asked, failure);
        this.#next();
      });
    }
    stream?.uncork();
    this.#listen();
  }

  #next(): void {
    this.#answered();
    this.#turn += 1;
    if (this.#turn < this.members.length) {
      this.#listen();
      this.#endWhatNobodyWaitsFor();
      return;
    }
    const giveBack = (): void => {
      this.release(this.#failure ?? undefined);
    };
    if (this.#ending === null) giveBack();
    else void this.#ending.then(giveBack);
  }

  #refuse(asked: AskedStatement, failure: Error): void {
    const state = sqlState(failure);
    const isEnded = state === CANCELED && this.#ended !== null;
    // A statement may be met by what was to end the one before it, or fail since that one did.
    const isOfAnother = (isEnded && this.#ended !== asked) || (state === NOT_PREPARED && this.#turn > 0);
    if (!isEnded) this.#failure ??= failure;
    if (!isOfAnother) asked.refuse(failure);
    else if (!asked.isOver) this.surroundings.askAlone(asked);
  }

  #listen(): void {
    this.#answered = this.surroundings.silences.start(() => {
      this.#isGivenUp = true;
      for (const asked of this.members.slice(this.#turn)) asked.refuse(new DatabaseUnavailableError());
      this.release(true);
    });
  }

  #endWhatNobodyWaitsFor(): void {
    const asked = this.members[this.#turn];
    if (asked === undefined || !asked.isOver || this.#isGivenUp || this.#ended === asked) return;
    this.#ended = asked;
    const end = (): Promise<void> | undefined =>
      this.members[this.#turn] === asked ? this.surroundings.endCurrent(this.connection) : undefined;
    this.#ending = (this.#ending ?? Promise.resolve()).then(end);
  }
}

/** What a connection writes to; the driver's types leave it out. */
function streamOf(client: PoolClient): { cork(): void; uncork(): void } {
  const { connection } = client as PoolClient & {
    readonly connection: { readonly stream: { cork(): void; uncork(): void } };
  };
  return connection.stream;
}
