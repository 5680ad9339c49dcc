import { describe, expect, it } from '@jest/globals';
import { Effort } from './effort.js';
import { orderOfBoth } from './stayed-in-order.js';

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

describe('the effort of a call', () => {
  it('is for what two lists have in common', () => {
    expect(new Effort().compare(['a', 'b', 'c'], ['a', 'c', 'd'])).toEqual([
      { change: 'SAME', count: 1 },
      { change: 'REMOVED', count: 1 },
      { change: 'SAME', count: 1 },
      { change: 'ADDED', count: 1 },
    ]);
  });

  it('has an end for all lists together, and what is the same costs none of it', () => {
    const effort = new Effort();
    const found = numbers(0, 100).map(() => effort.compare(numbers(0, 300), numbers(1000, 300)) !== null);
    expect(found.filter(Boolean).length).toBeGreaterThan(2);
    expect(found.filter(Boolean).length).toBeLessThan(10);
    expect(found.at(-1)).toBe(false);
    expect(effort.compare(numbers(0, 5000), numbers(0, 5000))).toEqual([{ change: 'SAME', count: 5000 }]);
    expect(effort.spend(2_000_000)).toBe(false);
  });

  it('does not begin with what has too little in common', () => {
    const effort = new Effort();
    expect(effort.compare(numbers(0, 10), numbers(0, 100_000))).toBeNull();
    expect(effort.spend(2_000_000)).toBe(true);
  });

  it('is linear where much is gone', () => {
    const ids = numbers(0, 200_000).map(String);
    expect(orderOfBoth(ids, ['x'])).toHaveLength(200_001);
  });
});
