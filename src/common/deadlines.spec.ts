import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Deadlines } from './deadlines.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('a wait that takes too long is told once, and no other', () => {
  const late: string[] = [];
  const deadlines = new Deadlines(1000);
  deadlines.start(() => late.push('first'));
  const end = deadlines.start(() => late.push('ended'));
  jest.advanceTimersByTime(500);
  deadlines.start(() => late.push('second'));
  end();
  jest.advanceTimersByTime(499);
  expect(late).toEqual([]);
  jest.advanceTimersByTime(101);
  expect(late).toEqual(['first']);
  jest.advanceTimersByTime(500);
  expect(late).toEqual(['first', 'second']);
  jest.advanceTimersByTime(5000);
  expect(late).toEqual(['first', 'second']);
});

it('its clock stops when nobody waits, and goes on with the next', () => {
  const late: string[] = [];
  const deadlines = new Deadlines(100);
  deadlines.start(() => undefined)();
  jest.advanceTimersByTime(200);
  expect(jest.getTimerCount()).toBe(0);
  deadlines.start(() => late.push('next'));
  expect(jest.getTimerCount()).toBe(1);
  jest.advanceTimersByTime(120);
  expect(late).toEqual(['next']);
});
