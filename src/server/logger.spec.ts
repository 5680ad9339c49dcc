import { expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { loggedError } from './logger.js';

it('a failed statement is logged without its SQL and its values', () => {
  const driverError = Object.assign(new Error('a fault'), { code: 'P0001', detail: 'Key (slug)=(a-draft) exists.' });
  const failed = new QueryFailedError(
    'insert into desk.revision values ($1)',
    ['a draft nobody may read'],
    driverError,
  );
  const logged = JSON.stringify(loggedError(failed));
  expect(JSON.parse(logged)).toMatchObject({ type: 'QueryFailedError', message: 'a fault', code: 'P0001' });
  expect(logged).not.toMatch(/insert into|a draft nobody may read|a-draft/);
});

it('the cause of an error is logged with it', () => {
  const error = new Error('outside', { cause: new TypeError('inside') });
  expect(loggedError(error)).toMatchObject({ message: 'outside', cause: { type: 'TypeError', message: 'inside' } });
});
