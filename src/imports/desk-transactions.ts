import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { DatabaseTimeoutError, DatabaseUnavailableError, databaseError } from '../database/database-errors.js';
import { inTransaction } from '../database/transaction.js';

/** `isRepeated` says that an earlier attempt may have been committed without anybody hearing of it. */
export type DeskWork<T> = (manager: EntityManager, isRepeated: boolean) => Promise<T>;

/** How an import works at the desk: for good, or to see what would be. */
export interface DeskTransactions {
  /** Does the work, all or nothing. */
  inTransaction<T>(work: DeskWork<T>): Promise<T>;
  /** Whether the database is at fault, and not what was done. */
  isAway(error: unknown): boolean;
}

/** How long an import waits for a database that is away, as while it restarts. */
const PATIENCE_MS = 60_000;

const PAUSE_MS = 500;

/** A batch takes longer than a request may, and so does formatting its texts between two statements. */
const LIMITS = `set local statement_timeout = '10min'; set local lock_timeout = '10min';
set local idle_in_transaction_session_timeout = '10min'`;

function isAway(error: unknown): boolean {
  return error instanceof DatabaseUnavailableError || error instanceof DatabaseTimeoutError;
}

/** Works for good. While the database is away it waits, and then goes on; `onWait` hears of it. */
export function forGood(dataSource: DataSource, onWait: () => void): DeskTransactions {
  return {
    isAway,
    inTransaction: async (work) => {
      let end = Infinity;
      for (let isRepeated = false; ; isRepeated = true) {
        try {
          return await inTransaction(dataSource, async (manager) => {
            await manager.query(LIMITS);
            return work(manager, isRepeated);
          });
        } catch (error) {
          const now = performance.now();
          if (!(error instanceof DatabaseUnavailableError) || now > end) throw error;
          if (!isRepeated) {
            end = now + PATIENCE_MS;
            onWait();
          }
          await sleep(PAUSE_MS);
        }
      }
    },
  };
}

/** Works in one transaction that is taken back in the end: what is seen in it is what would be, and nothing is. */
export async function toSee<T>(dataSource: DataSource, look: (desk: DeskTransactions) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query(`${LIMITS}; set local idle_in_transaction_session_timeout = 0`);
    return await look({
      isAway,
      inTransaction: async (work) => {
        // A transaction within the transaction: a savepoint.
        await runner.startTransaction();
        try {
          const result = await work(runner.manager, false);
          await runner.commitTransaction();
          return result;
        } catch (error) {
          await runner.rollbackTransaction();
          throw databaseError(error);
        }
      },
    });
  } finally {
    await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}
