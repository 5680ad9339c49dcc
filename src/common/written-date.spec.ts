import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readWrittenDate, writeDate, writtenDatePattern } from './written-date.js';

const NO_BREAK = '\u00a0';
const NARROW = '\u202f';

describe('readWrittenDate', () => {
  it.each([
    ['fr', '30 mars 2016', '2016-03-30'],
    ['fr', '1er avril 2016', '2016-04-01'],
    ['fr', '1 er avril 2016', '2016-04-01'],
    ['fr', `30${NO_BREAK}mars${NARROW}2016`, '2016-03-30'],
    ['fr', '12 Février 2016', '2016-02-12'],
    ['fr', '12 fevrier 2016', '2016-02-12'],
    ['fr', '15 aout 2016', '2016-08-15'],
    ['fr', '15 AOÛT 2016', '2016-08-15'],
    ['fr', '12 février 2016'.normalize('NFD'), '2016-02-12'],
    ['fr', 'mars 2016', '2016-03'],
    ['fr', '29 février 2016', '2016-02-29'],
    ['fr-CA', '3 juin 2016', '2016-06-03'],
    ['en', 'March 30, 2016', '2016-03-30'],
    ['en', '28 March 2016', '2016-03-28'],
    ['en', 'March 1st, 2016', '2016-03-01'],
    ['en', 'Mar. 7, 2016', '2016-03-07'],
    ['en', 'March 2016', '2016-03'],
  ])('%s: “%s” is %s', (language, text, date) => {
    expect(readWrittenDate(text, language)).toEqual({ date });
  });

  it.each([
    ['fr', '31 février 2016'],
    ['fr', '29 février 2015'],
    ['fr', '31 avril 2016'],
    ['fr', '0 mars 2016'],
    ['fr', '99 mars 2016'],
    ['en', 'February 30, 2016'],
  ])('%s: the calendar has no “%s”', (language, text) => {
    expect(readWrittenDate(text, language)).toEqual({ impossible: text });
  });

  it.each([
    ['fr', 'hier'],
    ['fr', 'March 30, 2016'],
    ['fr', '30 mars 16'],
    ['fr', ''],
    ['en', '30 mars 2016'],
  ])('%s: “%s” is no date', (language, text) => {
    expect(readWrittenDate(text, language)).toBeNull();
  });
});

describe('writtenDatePattern', () => {
  const fits = (language: string, text: string) => new RegExp(`^(?:${writtenDatePattern(language)})$`, 'u').test(text);

  it('finds impossible dates too, so that they can be told', () => {
    expect(fits('fr', '31 février 2016')).toBe(true);
  });

  it.each(['élections américaines 2016', 'Syrie 2016', '3 personnes 2016'])('does not take “%s” for a date', (text) => {
    expect(fits('fr', text)).toBe(false);
  });

  it.each(['12 Février 2016', '12 fevrier 2016', '15 AOÛT 2016', '12 février 2016'.normalize('NFD'), 'Mars 2016'])(
    'finds “%s”',
    (text) => {
      expect(fits('fr', text)).toBe(true);
    },
  );
});

describe('writeDate', () => {
  it.each([
    ['fr', '2016-03-30', '30 mars 2016'],
    ['fr', '2016-04-01', '1er avril 2016'],
    ['fr', '2016-04-11', '11 avril 2016'],
    ['fr-CA', '2016-04-01', '1er avril 2016'],
    ['fr', '2016-03', 'mars 2016'],
    ['fr', '2016', '2016'],
    ['en', '2016-03-30', 'March 30, 2016'],
    ['en', '2016-04-01', 'April 1, 2016'],
    ['en', '2016-03', 'March 2016'],
    ['fr', '0987-03-30', '30 mars 987'],
  ])('%s: %s is “%s”', (language, date, text) => {
    expect(writeDate(date, language)).toBe(text);
  });

  it('writes what it reads', () => {
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('fr', 'en'), fc.constantFrom(7, 10), (at, language, length) => {
        const date = at.toISOString().slice(0, length);
        expect(readWrittenDate(writeDate(date, language), language)).toEqual({ date });
      }),
    );
  });
});
