import { Temporal } from 'temporal-polyfill';

/** A moment as clocks of a zone show it. */
export interface ZonedMoment {
  /** Without an offset, like `2026-12-24T08:00:00`. */
  readonly localTime: string;
  /** As IANA names it, like `Europe/Paris`. */
  readonly timeZone: string;
  /** The same in UTC, like `2026-12-24T07:00:00Z`. */
  readonly instant: string;
}

/** No zone of IANA's is called otherwise: offsets like `+01:00` know nothing of summer. */
const ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** In no other years can Postgres and calendars of all zones be sure to agree. */
const LOCAL_TIME = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

/**
 * The moment at which clocks of a zone show a time; what is wrong where there is none. Where they are put forward and never
 * show it, it is as much later as they are put forward; where they are put back and show it twice, it is the first
 * time. Source: RFC 5545, 3.3.5; ECMA-262 Temporal, disambiguation `compatible`.
 */
export function momentInZone(localTime: string, timeZone: string): ZonedMoment | 'NO_TIME' | 'NO_ZONE' {
  if (!LOCAL_TIME.test(localTime)) return 'NO_TIME';
  if (!ZONE.test(timeZone)) return 'NO_ZONE';
  let time: Temporal.PlainDateTime;
  try {
    time = Temporal.PlainDateTime.from(localTime, { overflow: 'reject' });
  } catch {
    return 'NO_TIME';
  }
  try {
    const moment = time.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
    return { localTime: time.toString({ smallestUnit: 'second' }), timeZone, instant: moment.toInstant().toString() };
  } catch {
    return 'NO_ZONE';
  }
}
