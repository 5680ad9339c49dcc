/** How many times within the time that a wait may take the clock looks whether any has taken longer. */
const LOOKS = 10;

/**
 * Ends waits that take longer than they may, all by one clock. A timer for each costs more than most waits, and holds on
 * to what was waited for until the next full collection of garbage.
 */
export class Deadlines {
  /** In the order in which their time is up, since all may take equally long. */
  readonly #waits = new Set<Wait>();
  #clock: NodeJS.Timeout | null = null;

  constructor(private readonly ms: number) {}

  /** Calls `onLate` when the time is up, or up to a tenth of it later. Returns what ends the wait before. */
  start(onLate: () => void): () => void {
    const wait = { dueMs: performance.now() + this.ms, onLate };
    this.#waits.add(wait);
    this.#clock ??= setInterval(
      () => {
        this.#look();
      },
      Math.ceil(this.ms / LOOKS),
    ).unref();
    return () => {
      this.#waits.delete(wait);
    };
  }

  #look(): void {
    const now = performance.now();
    for (const wait of this.#waits) {
      if (wait.dueMs > now) break;
      this.#waits.delete(wait);
      wait.onLate();
    }
    if (this.#waits.size > 0 || this.#clock === null) return;
    clearInterval(this.#clock);
    this.#clock = null;
  }
}

interface Wait {
  readonly dueMs: number;
  readonly onLate: () => void;
}
