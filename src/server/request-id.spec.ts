import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './request-id.js';

describe('requestIdOf', () => {
  it.each(['abc', 'A-1_b.2', 'x'.repeat(64)])('keeps %s', (given) => {
    expect(requestIdOf({ 'x-request-id': given })).toBe(given);
  });

  it.each(['', ' ', 'a b', 'é', 'a\nb', 'x'.repeat(65)])('replaces %j', (given) => {
    expect(requestIdOf({ 'x-request-id': given })).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('makes one where there is none', () => {
    expect(requestIdOf({})).not.toBe(requestIdOf({}));
  });
});
