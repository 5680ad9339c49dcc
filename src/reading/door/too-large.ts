import type { Refusal } from '../reading.js';

/** Sizes as people say them. */
function inMegabytes(bytes: number): string {
  return `${Number((bytes / 1024 / 1024).toFixed(2))} MiB`;
}

/** Why something is not even read to its end. */
export function tooLarge(what: string, limitBytes: number, size: number | null, line: number | null = null): Refusal {
  const expected = `${what} of at most ${inMegabytes(limitBytes)} (COLOPHON_DOCUMENT_LIMIT_BYTES)`;
  return { code: 'DOCUMENT_TOO_LARGE', line, expected, found: size === null ? 'more' : inMegabytes(size) };
}
