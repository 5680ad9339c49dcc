import { describe, expect, it } from '@jest/globals';
import { nameBasedId } from './name-based-id.js';

describe('an id that is made from names', () => {
  it('is a UUID of version 5, the same each time and in every release', () => {
    expect(nameBasedId('term', 'REGION', 'europe')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(nameBasedId('source', 'South Front')).toBe('23330773-1197-5f7e-8d8e-e8bbebf9ef73');
  });

  it('differs with the kind, with each name, and with where one name ends', () => {
    const ids = [
      nameBasedId('source', 'a'),
      nameBasedId('agent', 'a'),
      nameBasedId('source', 'a', 'bc'),
      nameBasedId('source', 'ab', 'c'),
      nameBasedId('source', 'é'),
      nameBasedId('source', 'e\u0301'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
