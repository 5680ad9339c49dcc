import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

/** What the database says of itself. */
export interface DatabaseState {
  readonly database: 'up' | 'down';
  readonly migrations: 'done' | 'pending' | 'unknown';
}

/** Whoever can ask the database how it is. */
export interface DatabaseProbe {
  check(): Promise<DatabaseState>;
}

/** The token under which the application provides its DatabaseProbe. */
export const DATABASE_PROBE = Symbol('DATABASE_PROBE');

/** Whether this server wants requests, and if not, why. */
export interface ReadinessReport extends DatabaseState {
  readonly status: 'ready' | 'unready' | 'stopping';
}

/** Longest that a health check waits for the database, so that its asker never waits for long. */
const PROBE_TIMEOUT_MS = 900;

const DOWN: DatabaseState = { database: 'down', migrations: 'unknown' };

/** Knows whether the server can answer requests. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private isStopping = false;

  constructor(@Inject(DATABASE_PROBE) private readonly probe: DatabaseProbe) {}

  /** From here on the server says that it wants no more requests; those that come are still answered. */
  beginStopping(): void {
    this.isStopping = true;
  }

  onModuleDestroy(): void {
    this.beginStopping();
  }

  async report(): Promise<ReadinessReport> {
    const state = await this.check();
    const isReady = state.database === 'up' && state.migrations === 'done';
    return { status: this.isStopping ? 'stopping' : isReady ? 'ready' : 'unready', ...state };
  }

  private async check(): Promise<DatabaseState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<DatabaseState>((resolve) => {
      timer = setTimeout(() => {
        resolve(DOWN);
      }, PROBE_TIMEOUT_MS);
    });
    try {
      return await Promise.race([this.probe.check(), late]);
    } catch {
      return DOWN;
    } finally {
      clearTimeout(timer);
    }
  }
}
