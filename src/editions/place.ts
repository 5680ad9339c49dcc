/** The first day of the calendar that dates are written in. */
const FIRST_DAY = Date.parse('0001-01-01T00:00:00Z');
const DAY_MS = 86_400_000;

/**
 * Where an article stands among all that is published, as one value: its day, and within the day its id. Places are
 * UUIDs in form, since Postgres compares them fast: three bytes count the days, the others are the last of the id.
 */
export function placeOf(publishedOn: string, articleId: string): string {
  return written(dayInHex(publishedOn) + articleId.replaceAll('-', '').slice(6));
}

/** The place before which everything stands that was published earlier than this day. */
export function placeBefore(day: string): string {
  return written(dayInHex(day).padEnd(32, '0'));
}

function dayInHex(day: string): string {
  return ((Date.parse(`${day}T00:00:00Z`) - FIRST_DAY) / DAY_MS).toString(16).padStart(6, '0');
}

function written(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
