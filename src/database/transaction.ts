import { setTimeout as sleep } from 'node:timers/promises';

import type { DataSource, EntityManager } from 'typeorm';

import { Problem } from '../common/problem.type.js';

import { databaseError, sqlState } from './database-errors.js';

/** Serialization failure and deadlock: Postgres chose this transaction to be the one that tries again. */
const TRY_AGAIN = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Does the work in one transaction, all or nothing, and does it again when Postgres gave another one precedence.
 * So the work must touch nothing but the database. Throws DatabaseUnavailableError and DatabaseTimeoutError like the read pool.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      const code = sqlState(error);
      if (code === null || !TRY_AGAIN.has(code) || attempt === ATTEMPTS) throw databaseError(error);
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** Carries a problem out of a transaction, from wherever in it the problem is found. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * Does the work in one transaction, of which nothing stays when it comes to a problem, whether that is given back or
 * carried by a Refusal: it is given back like every other result. `Refused` is what Refusals carry.
 */
export async function inTransactionUnlessProblem<T, Refused extends Problem = never>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T | Refused> {
  try {
    return await inTransaction(dataSource, async (manager) => {
      const result = await work(manager);
      if (result instanceof Problem) throw new Refusal(result);
      return result;
    });
  } catch (error) {
    if (error instanceof Refusal) return error.problem as T | Refused;
    throw error;
  }
}
