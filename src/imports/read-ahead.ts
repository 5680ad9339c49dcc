/** How much may be on its way at a time. */
export interface ReadAheadLimits {
  readonly things: number;
  readonly bytes: number;
}

/**
 * Works on things ahead of whoever takes the results, which come in the things' order: as many at a time, and as many
 * bytes, as the limits say, and at least one.
 */
export async function* readAhead<Thing, Result>(
  things: AsyncIterable<Thing>,
  sizeOf: (thing: Thing) => number,
  work: (thing: Thing) => Promise<Result>,
  limits: ReadAheadLimits,
): AsyncGenerator<Result> {
  const iterator = things[Symbol.asyncIterator]();
  const waiting: { readonly result: Promise<Result>; readonly bytes: number }[] = [];
  let bytes = 0;
  let isAtEnd = false;
  try {
    for (;;) {
      while (!isAtEnd && waiting.length < limits.things && (waiting.length === 0 || bytes < limits.bytes)) {
        const next = await iterator.next();
        if (next.done === true) {
          isAtEnd = true;
          break;
        }
        const result = work(next.value);
        // Whoever takes the results hears of it in its turn.
        result.catch(() => undefined);
        waiting.push({ result, bytes: sizeOf(next.value) });
        bytes += sizeOf(next.value);
      }
      const first = waiting.shift();
      if (first === undefined) return;
      bytes -= first.bytes;
      yield await first.result;
    }
  } finally {
    await iterator.return?.();
  }
}
