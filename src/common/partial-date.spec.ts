import { describe, expect, it } from '@jest/globals';
import { firstDayOf, isPossibleDate, parsePartialDate, toPartialDate } from './partial-date.js';

describe('parsePartialDate', () => {
  it.each([
    ['2016', { year: 2016, month: null, day: null }],
    ['2016-03', { year: 2016, month: 3, day: null }],
    ['2016-03-30', { year: 2016, month: 3, day: 30 }],
    ['2000-02-29', { year: 2000, month: 2, day: 29 }],
    ['0999', { year: 999, month: null, day: null }],
  ])('reads %s', (text, parts) => {
    expect(parsePartialDate(text)).toEqual(parts);
    expect(toPartialDate(parts)).toBe(text);
  });

  it.each(['', '16', '0000', '2016-3', '2016-13', '2016-00', '2016-02-30', '1900-02-29', '2016-03-30T00:00', ' 2016'])(
    'refuses “%s”',
    (text) => {
      expect(parsePartialDate(text)).toBeNull();
    },
  );
});

it('knows no day without its month', () => {
  expect(isPossibleDate({ year: 2016, month: null, day: 3 })).toBe(false);
});

it.each([
  ['2016', '2016-01-01'],
  ['2016-03', '2016-03-01'],
  ['2016-03-30', '2016-03-30'],
])('%s begins on %s', (date, first) => {
  expect(firstDayOf(date)).toBe(first);
});
