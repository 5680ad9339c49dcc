import { types } from 'node:util';

import { ColophonError } from '../common/colophon-error.js';

/** The database cannot be reached, or has no connection to spare: the same request may work in a moment. */
export class DatabaseUnavailableError extends ColophonError {
  override readonly name = 'DatabaseUnavailableError';
  constructor(options?: ErrorOptions) {
    super('The database cannot be reached right now.', options);
  }
}

/** The database took longer for one statement than the settings allow. */
export class DatabaseTimeoutError extends ColophonError {
  override readonly name = 'DatabaseTimeoutError';
  constructor(options?: ErrorOptions) {
    super('The database took too long to answer.', options);
  }
}

/** A database that this version cannot work with, whoever waits how long. */
export class DatabaseUnfitError extends ColophonError {
  override readonly name = 'DatabaseUnfitError';
}

/**
 * SQLSTATEs of a server that goes, comes, is out of connections or lost one: class 08, class 53 (disk, memory,
 * connections), 57P01 to 57P05 (Postgres, appendix A).
 */
const UNAVAILABLE_STATE = /^(?:08...|53...|57P0[1-5])$/;

const UNAVAILABLE_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

/**
 * The Postgres client gives its own failures no code. TypeORM takes a connection that is lost between two statements of
 * a transaction for one that was given back.
 */
const UNAVAILABLE_MESSAGE =
  /^(?:timeout exceeded when trying to connect|timeout expired|connection terminated|query read timeout|client has encountered a connection error|client was closed|cannot use a pool after calling end|driver not connected|query runner already released|database connection provided by a query runner was already released)/i;

const STATEMENT_CANCELLED = '57014';
const LOCK_NOT_AVAILABLE = '55P03';

/** Whether an error says that the database is away: refused, broken off, full, starting or shutting down. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  const code = sqlState(error);
  if (code !== null) return UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SYSTEM_CODES.has(code);
  return types.isNativeError(error) && UNAVAILABLE_MESSAGE.test(error.message);
}

/** The error that callers of the database are to see: away, too slow, or as it is. */
export function databaseError(error: unknown): unknown {
  if (isUnavailable(error)) return new DatabaseUnavailableError({ cause: error });
  const code = sqlState(error);
  if (code === STATEMENT_CANCELLED || code === LOCK_NOT_AVAILABLE) return new DatabaseTimeoutError({ cause: error });
  return error;
}

/** The SQLSTATE (`40001`) or system code (`ECONNREFUSED`) of an error, from TypeORM's wrapping, too; null without one. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'driverError' in error ? sqlState(error.driverError) : null;
}
