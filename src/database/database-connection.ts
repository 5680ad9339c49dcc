import { setTimeout as sleep } from 'node:timers/promises';

import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

import { ColophonError } from '../common/colophon-error.js';

import { DatabaseProbe } from './database-probe.js';
import { DatabaseUnfitError, isUnavailable, sqlState } from './database-errors.js';
import { migrate } from './migrate.js';

/** Where the database is. */
export const CONNECTION_STRING = Symbol('CONNECTION_STRING');

/** What the health check says of the database. */
export interface DatabaseState {
  readonly database: 'up' | 'down';
  readonly migrations: 'done' | 'pending';
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;
const WATCH_MS = 2000;

/** A database or role that is still being made, a password that is still being set, a lock or limit that was hit. */
const WORTH_WAITING = /^(?:28...|3D000|55P03|57014)$/;

/**
 * Brings the application together with its database: connects, migrates, does what must be done before the first
 * answer, and watches. A database that is away is waited for, at the start and at any time later.
 */
@Injectable()
export class DatabaseConnection implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Database');
  private readonly callbacks: (() => Promise<void>)[] = [];
  private readonly stopping = new AbortController();
  private readonly probe: DatabaseProbe;
  private started: Promise<void> | null = null;
  private watching: Promise<void> | null = null;
  private current: 'starting' | 'ready' | 'unavailable' = 'starting';
  private migrated: readonly string[] | null = null;

  constructor(
    @Inject(CONNECTION_STRING) private readonly connectionString: string,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {
    this.probe = new DatabaseProbe(connectionString);
  }

  get state(): 'starting' | 'ready' | 'unavailable' {
    return this.current;
  }

  /** Names of the migrations that ran at this start; null before they did. */
  get appliedMigrations(): readonly string[] | null {
    return this.migrated;
  }

  /**
   * Work to do once, after the migrations and before the server calls itself ready, as seeding is.
   * It is done again from the start when the database is lost meanwhile; any other failure is logged and not repeated.
   */
  beforeReady(work: () => Promise<void>): void {
    this.callbacks.push(work);
  }

  /** Begins to connect, in the background. */
  start(): void {
    this.started ??= this.connect();
    // Whoever wants to know asks whenReady.
    this.started.catch(() => undefined);
  }

  /**
   * Waits for the first time that everything is ready.
   * Rejects with DatabaseUnfitError when waiting cannot help, and when the application shuts down first.
   */
  async whenReady(): Promise<void> {
    this.start();
    await this.started;
  }

  /** Asks the database how it is, within a second. */
  async check(): Promise<DatabaseState> {
    const isUp = await this.probe.isUp();
    this.notice(isUp);
    const isDone = this.migrated !== null && this.current !== 'starting';
    return { database: isUp ? 'up' : 'down', migrations: isDone ? 'done' : 'pending' };
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.started?.catch(() => undefined);
    await this.watching;
    await this.probe.close();
  }

  private async connect(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.attempt();
        break;
      } catch (error) {
        if (this.stopping.signal.aborted) throw new ColophonError('The server is stopping.');
        if (!isWorthWaiting(error)) {
          if (!(error instanceof ColophonError)) this.logger.error(error);
          throw error;
        }
        this.logger.warn(`The database cannot be reached (${reasonOf(error)}); trying again in ${pause / 1000} s.`);
      }
      await sleep(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    this.current = 'ready';
    this.logger.log('The database is ready.');
    this.watching = this.watch();
  }

  private async attempt(): Promise<void> {
    this.stopping.signal.throwIfAborted();
    const applied = await migrate(this.connectionString, {
      onWaiting: () => {
        this.logger.log('Another server is migrating the database; waiting for it.');
      },
    });
    if (applied.length > 0) this.logger.log(`Migrated the database: ${applied.join(', ')}.`);
    this.migrated = [...(this.migrated ?? []), ...applied];
    if (!this.dataSource.isInitialized) await this.dataSource.initialize();
    for (const work of this.callbacks) {
      this.stopping.signal.throwIfAborted();
      await this.doBeforeReady(work);
    }
  }

  private async doBeforeReady(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.logger.error(error instanceof ColophonError ? error.message : error);
    }
  }

  /** Notices by itself when the database goes and comes; queries find their way back without it. */
  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    try {
      for (;;) {
        await sleep(WATCH_MS, undefined, { signal, ref: false });
        this.notice(await this.probe.isUp());
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private notice(isUp: boolean): void {
    if (this.stopping.signal.aborted || this.current === 'starting') return;
    const next = isUp ? 'ready' : 'unavailable';
    if (next === this.current) return;
    this.current = next;
    if (isUp) this.logger.log('The database is back.');
    else this.logger.warn('The database cannot be reached; waiting for it.');
  }
}

function isWorthWaiting(error: unknown): boolean {
  return !(error instanceof DatabaseUnfitError) && (isUnavailable(error) || WORTH_WAITING.test(sqlState(error) ?? ''));
}

/** A few words that name neither address nor path. */
function reasonOf(error: unknown): string {
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'connection refused',
    ENOENT: 'it does not run',
    ENOTFOUND: 'its host is unknown',
    EAI_AGAIN: 'its host is unknown',
    '3D000': 'it does not exist yet',
    '28P01': 'the password is wrong',
    '57P03': 'it is starting',
    '53300': 'it has no connection left',
    '53100': 'its disk is full',
  };
  const code = error instanceof AggregateError ? sqlState(error.errors[0]) : sqlState(error);
  return words[code ?? ''] ?? code ?? 'no answer';
}
