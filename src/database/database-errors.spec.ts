import { describe, expect, it } from '@jest/globals';

import { databaseError, DatabaseTimeoutError, DatabaseUnavailableError, isUnavailable } from './database-errors.js';

const failure = (code: string) => Object.assign(new Error('failed'), { code });

describe('isUnavailable', () => {
  it.each(['57P01', '57P02', '57P03', '53300', '53100', '08006', 'ECONNREFUSED', 'ENOENT', 'ECONNRESET'])(
    'takes %s for a database that is away',
    (code) => {
      expect(isUnavailable(failure(code))).toBe(true);
      expect(isUnavailable(Object.assign(new Error('wrapped'), { driverError: failure(code) }))).toBe(true);
    },
  );

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Query runner already released. Cannot run queries anymore.',
  ])('knows “%s” of the client', (message) => {
    expect(isUnavailable(new Error(message))).toBe(true);
  });

  it.each(['23505', '42P01', '22P02', '57014', '40001'])('does not take %s for it', (code) => {
    expect(isUnavailable(failure(code))).toBe(false);
  });
});

describe('databaseError', () => {
  it('says away, too slow, or what it was, and keeps the cause', () => {
    const away = failure('57P01');
    expect(databaseError(away)).toBeInstanceOf(DatabaseUnavailableError);
    expect(databaseError(away)).toHaveProperty('cause', away);
    expect(databaseError(failure('57014'))).toBeInstanceOf(DatabaseTimeoutError);
    const other = failure('23505');
    expect(databaseError(other)).toBe(other);
  });
});
