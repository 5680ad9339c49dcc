/**
 * A date as exactly as it is known: `2016`, `2016-03` or `2016-03-30`. It has no time and no zone.
 * Source: ISO 8601-2:2019 (EDTF), level 0.
 */
export type PartialDate = string;

/** The parts of a date; month 1 to 12, day 1 to 31, null where they are not known. */
export interface DateParts {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

const WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Days of a month in the Gregorian calendar. */
function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether the calendar has such a date: false for 31 February. */
export function isPossibleDate({ year, month, day }: DateParts): boolean {
  if (year < 1 || year > 9999) return false;
  if (month === null) return day === null;
  if (month < 1 || month > 12) return false;
  return day === null || (day >= 1 && day <= daysInMonth(year, month));
}

/** Writes the parts as a PartialDate; the parts must be possible. */
export function toPartialDate({ year, month, day }: DateParts): PartialDate {
  const pad = (n: number, width: number): string => String(n).padStart(width, '0');
  return [pad(year, 4), ...(month === null ? [] : [pad(month, 2)]), ...(day === null ? [] : [pad(day, 2)])].join('-');
}

/** Reads `2016-03-30` into its parts, or null for what is no possible date. */
export function parsePartialDate(text: string): DateParts | null {
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, year, month, day] = match;
  const parts: DateParts = {
    year: Number(year),
    month: month === undefined ? null : Number(month),
    day: day === undefined ? null : Number(day),
  };
  return isPossibleDate(parts) ? parts : null;
}

/** The first day that the date can mean, to sort and filter by: `2016-03` → `2016-03-01`. */
export function firstDayOf(date: PartialDate): string {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** Whether a date is later than another, as far as both are known: 28 March is not after a day in March. */
export function isAfter(date: PartialDate, other: PartialDate): boolean {
  const known = Math.min(date.length, other.length);
  return date.slice(0, known) > other.slice(0, known);
}
