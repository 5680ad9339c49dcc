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
  /**
   * Tells Postgres to end what a connection is busy with. Asks at the last moment whether to; comes back when it was told,
   * and never fails.
   */
  endCurrent(connection: PoolClient, isStillWanted: () => boolean): Promise<void>;
}

/**
 * Statements that are sent together over one connection, which answers them in their order. What nobody waits for any
 * more is ended when its turn has come; what is met instead is sent once more. The connection is given back only when the
 * word that ends a statement has arrived: it must not meet the next group's. A connection that nothing comes back on is
 * closed.
 */
export class StatementGroup {
  /** Which one is to be answered next. */
  #turn = 0;
  #isGivenUp = false;
  #failure: Error | null = null;
  /** The last one that was to be ended, whether Postgres was told so of any, and when it will have been. */
  #ended: AskedStatement | null = null;
  #isEndTold = false;
  #ending: Promise<void> | null = null;
  /** What has to be sent once more. */
  readonly #again: AskedStatement[] = [];
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
    const stream = streamOf(this.connection);
    stream.cork();
    for (const asked of this.members) {
      asked.whenLeft = leaving;
      let isDone = false;
      this.connection.query(asked.query, (failure: Error | null, result) => {
        // The driver calls twice where it can not write down a value.
        if (isDone || this.#isGivenUp) return;
        isDone = true;
        if (failure === null) asked.answer(result.rows);
        else this.#refuse(asked, failure);
        this.#next();
      });
    }
    stream.uncork();
    this.#listen();
  }

  #next(): void {
    this.#answered();
    this.#turn += 1;
    if (this.#turn < this.members.length) {
      this.#listen();
      this.#endWhatNobodyWaitsFor();
    } else if (this.#ending === null) this.#finish();
    else
      void this.#ending.then(() => {
        this.#finish();
      });
  }

  #finish(): void {
    const again = this.#again.filter(({ isOver }) => !isOver);
    const release: Release = (reason) => {
      this.release(reason ?? this.#failure ?? undefined);
    };
    if (again.length === 0) release();
    else new StatementGroup(again, this.connection, release, this.surroundings).send();
  }

  #refuse(asked: AskedStatement, failure: Error): void {
    const state = sqlState(failure);
    const isEnded = state === CANCELED && this.#isEndTold;
    // A statement may be met by what was to end the one before it, or fail since that one did.
    const isOfAnother = (isEnded && this.#ended !== asked) || (state === NOT_PREPARED && this.#turn > 0);
    if (isOfAnother) this.#again.push(asked);
    else asked.refuse(failure);
    if (!isOfAnother && !isEnded) this.#failure ??= failure;
  }

  #listen(): void {
    this.#answered = this.surroundings.silences.start(() => {
      this.#isGivenUp = true;
      for (const asked of [...this.#again, ...this.members.slice(this.#turn)]) {
        asked.refuse(new DatabaseUnavailableError());
      }
      // The driver would wait for its answers before it closes it.
      streamOf(this.connection).destroy();
      this.release(true);
    });
  }

  #endWhatNobodyWaitsFor(): void {
    const asked = this.members[this.#turn];
    if (asked === undefined || !asked.isOver || this.#isGivenUp || this.#ended === asked) return;
    this.#ended = asked;
    const isNext = (): boolean => this.members[this.#turn] === asked && !this.#isGivenUp;
    const isStillWanted = (): boolean => {
      const isWanted = isNext();
      if (isWanted) this.#isEndTold = true;
      return isWanted;
    };
    const end = (): Promise<void> | undefined =>
      isNext() ? this.surroundings.endCurrent(this.connection, isStillWanted) : undefined;
    this.#ending = (this.#ending ?? Promise.resolve()).then(end);
  }
}

/** What a connection writes to; the driver's types leave it out. */
function streamOf(client: PoolClient): { cork(): void; uncork(): void; destroy(): void } {
  const { connection } = client as PoolClient & {
    readonly connection: { readonly stream: ReturnType<typeof streamOf> };
  };
  return connection.stream;
}
