import { beforeEach, describe, expect, it } from '@jest/globals';
import { CostBuckets } from './cost-buckets.js';

const MINUTE_MS = 60_000;

let buckets: CostBuckets;
beforeEach(() => {
  buckets = new CostBuckets(600);
});

describe('a client', () => {
  it('may ask for as much at once as in a minute, then waits', () => {
    expect(buckets.take('a', 300, 0)).toBe(0);
    expect(buckets.take('a', 300, 0)).toBe(0);
    expect(buckets.take('a', 1, 0)).toBe(100);
    expect(buckets.take('a', 1, 100)).toBe(0);
  });

  it('is answered something that is dearer than all it may ask for, and pays for it afterwards', () => {
    expect(buckets.take('a', 1800, 0)).toBe(0);
    expect(buckets.take('a', 1, MINUTE_MS)).toBeGreaterThan(0);
    expect(buckets.take('a', 1, 2 * MINUTE_MS + 100)).toBe(0);
  });

  it('pays nothing for what it is refused', () => {
    buckets.take('a', 600, 0);
    for (let i = 0; i < 100; i++) buckets.take('a', 600, 0);
    expect(buckets.take('a', 1, 100)).toBe(0);
  });

  it('knows what it has left', () => {
    buckets.take('a', 200, 0);
    expect(buckets.roomOf('a', 0)).toEqual({ points: 400, resetMs: 20_000 });
    expect(buckets.roomOf('a', 10_000)).toEqual({ points: 500, resetMs: 10_000 });
  });

  it('is not counted for another', () => {
    buckets.take('a', 600, 0);
    expect(buckets.take('b', 600, 0)).toBe(0);
  });
});

describe('what servers tell each other', () => {
  it('is what was taken since they last did', () => {
    buckets.take('a', 10, 0);
    expect([...buckets.takeSpent()]).toEqual([]);
    buckets.take('a', 10, 0);
    buckets.take('a', 5, 0);
    expect([...buckets.takeSpent()]).toEqual([['a', 15]]);
    expect([...buckets.takeSpent()]).toEqual([]);
  });

  it('counts with what was taken while they talked', () => {
    buckets.takeSpent();
    buckets.take('a', 100, 0);
    buckets.takeSpent();
    buckets.take('a', 50, 0);
    buckets.setLevel('a', 400, 0);
    expect(buckets.roomOf('a', 0).points).toBe(150);
  });
});
