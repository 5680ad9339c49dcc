import { describe, expect, it } from '@jest/globals';

import { explainPostgresFailure } from './postgres-failure.js';

describe('explainPostgresFailure', () => {
  it.each([
    [['initdb: error: could not write to file "/srv/x/base/1": No space left on device'], /disk .* is full/],
    [['FATAL:  could not create lock file "postmaster.pid": Read-only file system'], /is read-only/],
    [
      [
        'FATAL:  database files are incompatible with server',
        'DETAIL:  The data directory was initialized by PostgreSQL version 17, which is not compatible with this version 18.4.',
      ],
      /made by Postgres 17, and this is Postgres 18/,
    ],
    [['postgres: error while loading shared libraries: libicuuc.so.60: cannot open'], /no libicuuc\.so\.60/],
    [['setpriv: setresuid failed: Operation not permitted'], /start Colophon as another user/],
    [['FATAL:  could not map anonymous shared memory: Cannot allocate memory'], /too little memory/],
  ])('knows the cause of %j', (output, sentence) => {
    expect(explainPostgresFailure(output).message).toMatch(sentence);
  });

  it('passes on the last fatal line of a cause that it does not know, without paths', () => {
    const output = ['LOG:  starting', 'FATAL:  could not open file "/srv/secret/data/pg_hba.conf": Odd', 'LOG:  ended'];
    expect(explainPostgresFailure(output).message).toBe(
      'The embedded Postgres did not start: could not open file its data folder: Odd.',
    );
  });
});
