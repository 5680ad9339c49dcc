import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.js';
import { type DeskProblem, Refusal } from './texts.problems.js';

/** Does a person's work in one transaction. A problem, whether it is thrown or given back, takes all of it back. */
export async function inDeskTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T | DeskProblem> {
  try {
    return await inTransaction(dataSource, work);
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}
