import type { Logger } from '@nestjs/common';

const FORCE_AFTER_MS = 30_000;

/** npm and the terminal both hand on one Ctrl-C: two signals in a moment are one wish. */
const ONE_WISH_MS = 1000;

/**
 * The life of a server process: it starts, runs until a signal or a fault ends it, and puts away what it opened in reverse
 * order. A second signal, or 30 seconds, ends it without waiting.
 */
export class Shutdown {
  private readonly stopping = new AbortController();
  private readonly closers: (() => Promise<void>)[] = [];
  private readonly forcers: (() => void)[] = [];
  private stoppedAt = 0;
  private hasFault = false;

  constructor(private readonly logger: Logger) {}

  /** Something to put away in the end; what was opened last goes first. */
  whenStopping(close: () => Promise<void>): void {
    this.closers.unshift(close);
  }

  /** Something to do when there is no time left. */
  whenForced(force: () => void): void {
    this.forcers.push(force);
  }

  /**
   * Runs the start, waits for the end, and ends the process: status 0 after a signal, 1 after a fault.
   * The start is told of a signal and gives up between its steps; what it has opened by then is put away.
   * What the start throws is thrown again, after everything was put away.
   */
  async run(start: (stopping: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
    this.listenToProcess();
    try {
      await start(signal);
    } catch (error) {
      await this.close();
      // A start that gives up because it was asked to is no failure.
      if (!signal.aborted) throw error;
    }
    await aborted;
    await this.close();
    process.exit(this.hasFault ? 1 : 0);
  }

  private listenToProcess(): void {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        this.onSignal(name);
      });
    }
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        this.logger.error(error);
        this.hasFault = true;
        this.stop();
      });
    }
  }

  private onSignal(name: string): void {
    if (!this.stopping.signal.aborted) {
      this.logger.log(`${name}: answering what is in flight, then stopping.`);
      this.stop();
    } else if (performance.now() - this.stoppedAt > ONE_WISH_MS) {
      this.force(`${name} again: stopping at once.`);
    }
  }

  private stop(): void {
    if (this.stopping.signal.aborted) return;
    this.stoppedAt = performance.now();
    this.stopping.abort();
    setTimeout(() => {
      this.force('Stopping took too long.');
    }, FORCE_AFTER_MS).unref();
  }

  private force(reason: string): void {
    this.logger.warn(reason);
    for (const force of this.forcers) force();
    process.exit(1);
  }

  private async close(): Promise<void> {
    for (let close = this.closers.shift(); close !== undefined; close = this.closers.shift()) {
      await close().catch((error: unknown) => {
        this.hasFault = true;
        this.logger.error(error);
      });
    }
  }
}
