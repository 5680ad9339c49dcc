import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { ChangesListener, ChangesSource } from '../common/changes.js';
import { afterCommit } from '../database/after-commit.js';
import type { OneStatement } from '../database/one-statement.js';
import { ReadPool } from '../database/read-pool.js';
import { KEEP_ALIVE } from '../database/session-settings.js';

/** Where Postgres tells every process, after commit, which articles readers get anew or no longer. */
const CHANNEL = 'colophon_editions';

/** A notification holds less than 8,000 bytes. Source: PostgreSQL, NOTIFY. */
const IDS_PER_NOTIFICATION = 200;

/** Between two tries to hear again, and between two proofs that Postgres is still there. */
const RETRY_MS = 500;
const HEARTBEAT_MS = 5_000;

/** An article that was published or withdrawn just now, with the edition that readers get, or got last. */
export interface ChangedArticle {
  readonly articleId: string;
  readonly number: number;
}

/**
 * Tells every process that readers get other editions of these articles, or none any more, as soon as the transaction
 * commits, and keeps that it happened, for who follows the events. Gives what the statement has to end with.
 */
export function announceChanges(
  manager: EntityManager,
  statement: OneStatement,
  articles: readonly ChangedArticle[],
  change: 'published' | 'withdrawn',
): string {
  const articleIds = articles.map(({ articleId }) => articleId);
  const [ids, numbers] = [statement.value(articleIds), statement.value(articles.map(({ number }) => number))];
  statement.add(
    `insert into edition.edition_event (article_id, edition_number, is_withdrawal)
     select id, number, ${change === 'withdrawn'} from unnest(${ids}::uuid[], ${numbers}::integer[]) as changed (id, number)`,
  );
  return announceOtherwise(manager, statement, articleIds);
}

/**
 * Tells every process, as soon as the transaction commits, that what is answered of these articles is otherwise. Who
 * follows the events is told nothing. Gives what the statement has to end with.
 */
export function announceOtherwise(
  manager: EntityManager,
  statement: OneStatement,
  articleIds: readonly string[],
): string {
  afterCommit(manager, () => changesOf.get(manager.dataSource)?.drop(articleIds));
  const notices = [];
  for (let i = 0; i < articleIds.length; i += IDS_PER_NOTIFICATION) {
    notices.push(articleIds.slice(i, i + IDS_PER_NOTIFICATION).join(' '));
  }
  return `select pg_notify('${CHANNEL}', notice) from unnest(${statement.value(notices)}::text[]) as notice`;
}

/** Who tells of changes in this process, by the connections that they are made over. */
const changesOf = new WeakMap<DataSource, EditionChanges>();

/**
 * Hears on a connection of its own which articles were published or withdrawn, by whatever process. What this process
 * publishes itself it knows as soon as it is committed: who publishes and asks then never gets what was before.
 */
@Injectable()
export class EditionChanges implements ChangesSource, OnApplicationShutdown {
  private readonly logger = new Logger(EditionChanges.name);
  private readonly stopping = new AbortController();
  private readonly listeners = new Set<ChangesListener>();
  private hearing: Promise<void> | null = null;
  private isHearing = false;

  constructor(
    private readonly pool: ReadPool,
    dataSource: DataSource,
  ) {
    changesOf.set(dataSource, this);
  }

  /** Tells every change from now on. */
  tell(listener: ChangesListener): void {
    this.listeners.add(listener);
    if (this.isHearing) listener.watch();
    this.hearing ??= this.hear();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.hearing;
  }

  /** Hears until the application stops; begins anew whenever the connection is lost. */
  private async hear(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const client = new Client({
        connectionString: this.pool.options.connectionString,
        application_name: 'colophon-changes',
        connectionTimeoutMillis: this.pool.options.connectTimeoutMs,
        query_timeout: HEARTBEAT_MS,
        ...KEEP_ALIVE,
      });
      try {
        await this.hearOn(client);
      } catch (error) {
        this.logger.debug(`Changes are not heard: ${(error as Error).message}`);
      }
      this.lose();
      await client.end().catch(() => undefined);
      await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async hearOn(client: Client): Promise<void> {
    const lost = new Promise<never>((_resolve, reject) => {
      client.on('error', reject);
      client.on('end', () => {
        reject(new Error('the connection ended'));
      });
    });
    lost.catch(() => undefined);
    client.on('notification', ({ payload }) => {
      this.drop(payload?.split(' ') ?? []);
    });
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.isHearing = true;
    for (const listener of this.listeners) listener.watch();
    const { signal } = this.stopping;
    for (;;) {
      await Promise.race([lost, sleep(HEARTBEAT_MS, undefined, { signal, ref: false }).catch(() => undefined)]);
      if (signal.aborted) return;
      await client.query('select 1');
    }
  }

  /** These articles are others now. */
  drop(articleIds: readonly string[]): void {
    for (const listener of this.listeners) listener.dropArticles(articleIds);
  }

  private lose(): void {
    if (!this.isHearing) return;
    this.isHearing = false;
    for (const listener of this.listeners) listener.unwatch();
  }
}
