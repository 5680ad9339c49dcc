import { ColophonError } from './colophon-error.js';

/** Why nobody waits for an answer any more: its time is up, or whoever asked has left. */
export type Leaving = 'LATE' | 'GONE';

/** What was being done for somebody was called off, since nobody waits for it any more. */
export class CalledOffError extends ColophonError {
  override readonly name = 'CalledOffError';
  constructor(readonly leaving: Leaving) {
    super('Nobody waits for the answer any more.');
  }
}

/** Whoever asked a question, for as long as they wait: what is done for them is called off when they no longer do. */
export class Asker {
  readonly #callOffs = new Set<() => void>();
  #leaving: Leaving | null = null;

  /** Nobody waits from now on. Only the first reason counts. */
  leave(leaving: Leaving): void {
    if (this.#leaving !== null) return;
    this.#leaving = leaving;
    for (const callOff of this.#callOffs) callOff();
    this.#callOffs.clear();
  }

  /** The error to give up with; null while somebody waits. */
  get calledOff(): CalledOffError | null {
    return this.#leaving === null ? null : new CalledOffError(this.#leaving);
  }

  /** Has something called off when nobody waits for it any more; returns what ends that. */
  whenLeaving(callOff: () => void): () => void {
    this.#callOffs.add(callOff);
    return () => {
      this.#callOffs.delete(callOff);
    };
  }
}
