import { setFlagsFromString } from 'node:v8';

/**
 * How much the heap may grow, in percent of what is in use, before what nobody needs is collected. Left to itself, V8 lets
 * a busy server's grow to several times what it needs, and keeps that.
 */
const GROWING_PERCENT = 40;

/** Keeps the process small, for one that runs for long; docs/benchmarks/public-api.md has what it comes to. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
}
