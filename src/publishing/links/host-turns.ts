import { setTimeout as sleep } from 'node:timers/promises';

/** Has each host asked by one at a time, with a pause after each. */
export class HostTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(private readonly pauseMs: number) {}

  /** Does the work when it is its turn. */
  async take<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(host) ?? Promise.resolve();
    const own = before.then(async () => {
      signal.throwIfAborted();
      return work();
    });
    const after = own
      .catch(() => undefined)
      .then(() => sleep(this.pauseMs, undefined, { signal }))
      .catch(() => undefined);
    this.#last.set(host, after);
    return own;
  }
}
