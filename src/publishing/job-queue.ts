import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import type PgBoss from 'pg-boss';
import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { ReadPool } from '../database/read-pool.js';
import { KEEP_ALIVE } from '../database/session-settings.js';

/** A publication that was scheduled, and which state of the schedule: another one has a job of its own. */
export interface PublicationJob {
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly version: number;
}

/** Does a job; what it throws has the job be tried again later. */
export type JobWork = (job: PublicationJob) => Promise<unknown>;

/** How a queue does its jobs. */
export interface QueuePace {
  /** How long one process waits before it looks for jobs again that are due. */
  readonly pollMs: number;
  /** How long a job may take: after that, whoever did it is taken for dead, and another one does it. */
  readonly expireSeconds: number;
  /** The pause after a first fault; each further one is about twice as long as the one before. */
  readonly retrySeconds: number;
}

export const QUEUE_PACE: QueuePace = { pollMs: 2_000, expireSeconds: 60, retrySeconds: 5 };

const QUEUE = 'publication';
const SCHEMA = 'job';

/** A Postgres that says nothing for so long is away. */
const ANSWER_MS = 10_000;

/** With pauses that double, twelve tries after faults go on for some hours. */
const RETRIES_MAX = 12;

/** Publications that are to come, as jobs in Postgres: whichever process comes first does one. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  readonly #logger = new Logger('Jobs');
  readonly #stopping = new AbortController();
  readonly #pools = new Set<Pool>();
  #boss: Promise<PgBoss> | null = null;
  #working: Promise<void> | null = null;

  constructor(private readonly pool: ReadPool) {}

  /** Lays the queue where there is none, and connects with it. To be awaited before a transaction that sends. */
  async ready(pace = QUEUE_PACE): Promise<PgBoss> {
    this.#boss ??= this.#open(pace);
    this.#boss.catch(() => {
      this.#boss = null;
    });
    return this.#boss;
  }

  /** Adds a job in the transaction that decides on it: both are there, or neither. By Postgres’ clock it is due. */
  async send(manager: EntityManager, job: PublicationJob, dueAt: string): Promise<void> {
    const boss = await this.ready();
    const db = {
      executeSql: async (text: string, values: unknown[]) => ({ rows: await manager.query<unknown[]>(text, values) }),
    };
    await boss.send(QUEUE, job, { startAfter: dueAt, db });
  }

  /** Begins to do jobs, one at a time, until the application stops. What fails is tried again later. */
  begin(work: JobWork, pace = QUEUE_PACE): void {
    this.#working ??= this.#work(work, pace);
  }

  /** Does the jobs that are due now, one at a time, until there are none. What fails is left to be tried again later. */
  async drain(work: JobWork): Promise<void> {
    const boss = await this.ready();
    for (;;) {
      const [job] = await boss.fetch<PublicationJob>(QUEUE);
      if (job === undefined) return;
      await this.#do(boss, job, work);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
    const boss = await this.#boss?.catch(() => null);
    if (boss != null) await this.#close(boss);
  }

  async #close(boss: PgBoss): Promise<void> {
    await boss.stop({ graceful: false }).catch(() => undefined);
    for (const pool of this.#pools) await pool.end();
    this.#pools.clear();
  }

  async #open({ expireSeconds, retrySeconds }: QueuePace): Promise<PgBoss> {
    const { connectionString, connectTimeoutMs } = this.pool.options;
    const pool = new Pool({
      connectionString,
      application_name: 'colophon-jobs',
      max: 2,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: ANSWER_MS,
      ...KEEP_ALIVE,
    });
    const tellAway = (error: Error): void => {
      this.#logger.debug(`The queue is out of reach: ${error.message}`);
    };
    pool.on('error', tellAway);
    this.#pools.add(pool);
    // Of no use before, and slow to load.
    const { default: Boss } = await import('pg-boss');
    const boss = new Boss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: SCHEMA,
      schedule: false,
      maintenanceIntervalSeconds: Math.ceil(expireSeconds / 4),
    });
    boss.on('error', tellAway);
    try {
      await boss.start();
      await boss.createQueue(QUEUE, {
        name: QUEUE,
        expireInSeconds: expireSeconds,
        retryLimit: RETRIES_MAX,
        retryDelay: retrySeconds,
        retryBackoff: true,
      });
    } catch (error) {
      await this.#close(boss);
      throw error;
    }
    return boss;
  }

  /** pg-boss has workers too; what they say of a job that is done is lost unheard, and ends the process, when Postgres is away. */
  async #work(work: JobWork, pace: QueuePace): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const boss = await this.ready(pace);
        const [job] = await boss.fetch<PublicationJob>(QUEUE);
        if (job !== undefined) {
          await this.#do(boss, job, work);
          continue;
        }
      } catch (error) {
        this.#logger.debug(`No jobs are done: ${(error as Error).message}`);
      }
      await sleep(pace.pollMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #do(boss: PgBoss, { id, data }: PgBoss.Job<PublicationJob>, work: JobWork): Promise<void> {
    try {
      await work(data);
    } catch (error) {
      this.#logger.error(error);
      await boss.fail(QUEUE, id, { message: (error as Error).message });
      return;
    }
    await boss.complete(QUEUE, id);
  }
}
