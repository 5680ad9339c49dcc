import { describe, expect, it } from '@jest/globals';
import { momentInZone } from './moment-in-zone.js';

const instantOf = (localTime: string, timeZone: string): string => {
  const moment = momentInZone(localTime, timeZone);
  return typeof moment === 'string' ? moment : moment.instant;
};

describe('a time in a zone', () => {
  it.each([
    ['2026-12-24T08:00', 'Europe/Paris', '2026-12-24T07:00:00Z'],
    ['2026-07-14T08:00:30', 'Europe/Paris', '2026-07-14T06:00:30Z'],
    ['2026-12-24T08:00', 'UTC', '2026-12-24T08:00:00Z'],
    ['2026-12-24T08:00', 'America/Argentina/Buenos_Aires', '2026-12-24T11:00:00Z'],
  ])('%s in %s is %s', (localTime, zone, instant) => {
    expect(instantOf(localTime, zone)).toBe(instant);
  });

  it('that clocks never show, since they are put forward, is as much later', () => {
    expect(instantOf('2027-03-28T02:30', 'Europe/Paris')).toBe('2027-03-28T01:30:00Z');
    // By half an hour alone on Lord Howe Island.
    expect(instantOf('2026-10-04T02:15', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00Z');
  });

  it('that clocks show twice, since they are put back, is the first', () => {
    expect(instantOf('2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00Z');
  });

  it.each([
    ['2026-02-30T08:00', 'Europe/Paris', 'NO_TIME'],
    ['2026-12-24', 'Europe/Paris', 'NO_TIME'],
    ['2026-12-24T08:00Z', 'Europe/Paris', 'NO_TIME'],
    ['tomorrow', 'Europe/Paris', 'NO_TIME'],
    ['0000-01-01T08:00', 'Europe/Paris', 'NO_TIME'],
    ['9999-12-31T23:59', 'America/New_York', 'NO_TIME'],
    ['2026-12-24T08:00', 'Europe/Atlantis', 'NO_ZONE'],
    ['2026-12-24T08:00', '+01:00', 'NO_ZONE'],
    ['2026-12-24T08:00', '', 'NO_ZONE'],
  ])('%s in %s is refused: %s', (localTime, zone, reason) => {
    expect(momentInZone(localTime, zone)).toBe(reason);
  });
});
