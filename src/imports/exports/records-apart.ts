import type { Incoming } from '../../reading/door/incoming-document.js';

/** An export that came in. */
export type IncomingRecords = Extract<Incoming, { records: unknown }>;

/** What came in, but no export. */
export type IncomingOne = Exclude<Incoming, IncomingRecords>;

/** Things that stand together in what comes in: an export, or others up to the next export. */
export type Stretch = IncomingRecords | { readonly others: AsyncIterable<IncomingOne> };

/**
 * Parts exports from all else that comes in: an export's lines are read where they stand, before the next thing is asked
 * for, while other things may be read ahead. Each stretch has to be read to its end before the next is taken.
 */
export async function* apartFromRecords(incoming: AsyncIterable<Incoming>): AsyncGenerator<Stretch> {
  const iterator = incoming[Symbol.asyncIterator]();
  const met: { records: IncomingRecords | null; isAtEnd: boolean } = { records: null, isAtEnd: false };
  async function* others(): AsyncGenerator<IncomingOne> {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) {
        met.isAtEnd = true;
        return;
      }
      if ('records' in next.value) {
        met.records = next.value;
        return;
      }
      yield next.value;
    }
  }
  try {
    while (!met.isAtEnd) {
      yield { others: others() };
      if (met.records !== null) yield met.records;
      met.records = null;
    }
  } finally {
    await iterator.return?.();
  }
}
