import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, types } from 'pg';

import { databaseError } from './database-errors.js';
import { KEEP_ALIVE, withSessionSettings } from './session-settings.js';
import { StatementNames } from './statement-names.js';

/** One question to the read side. */
export interface ReadQuery {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Where the read pool connects and how long it may take. */
export interface ReadPoolOptions {
  readonly connectionString: string;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
}

/** Injection token of the read pool's options. */
export const READ_POOL_OPTIONS = Symbol('READ_POOL_OPTIONS');

/** Beyond Postgres' own limit for a statement: a Postgres that hangs does not keep it. */
const HANGING_MS = 500;

/** Connections are made anew now and then, so that what they prepared goes. */
const CONNECTION_SECONDS_MAX = 300;

/** Instants stay as Postgres writes them: most rows' are never looked at. */
const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
  id === types.builtins.TIMESTAMPTZ ? String : types.getTypeParser(id, format as 'text');

/**
 * Connections of the public queries. Names without a schema mean tables of schema `edition`, and writing is refused:
 * a slip leads to an error, not to the desk.
 */
@Injectable()
export class ReadPool implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly names = new StatementNames();
  private readonly listeners = new Set<(query: ReadQuery) => void>();

  constructor(@Inject(READ_POOL_OPTIONS) readonly options: ReadPoolOptions) {
    this.pool = new Pool({
      connectionString: withSessionSettings(options.connectionString, {
        search_path: 'edition,public',
        default_transaction_read_only: 'on',
        statement_timeout: options.statementTimeoutMs,
        // How like a name a word has to be to be taken for it: the index over names asks for it nowhere else.
        'pg_trgm.word_similarity_threshold': 0.4,
        // To start either takes longer than the statements of readers do.
        jit: 'off',
        max_parallel_workers_per_gather: 0,
      }),
      application_name: 'colophon-read',
      max: options.poolSize,
      connectionTimeoutMillis: options.connectTimeoutMs,
      query_timeout: options.statementTimeoutMs + HANGING_MS,
      idleTimeoutMillis: 60_000,
      maxLifetimeSeconds: CONNECTION_SECONDS_MAX,
      types: { getTypeParser },
      ...KEEP_ALIVE,
    });
    const logger = new Logger(ReadPool.name);
    // An idle connection that breaks is replaced at the next query; unheard, its error would end the process.
    this.pool.on('error', (error) => {
      logger.debug(`An idle connection was lost: ${error.message}`);
    });
  }

  /**
   * Rows of one query, as `pg` reads them.
   * Throws DatabaseUnavailableError when the database is away and DatabaseTimeoutError when it is too slow.
   */
  async query<Row>({ text, values = [] }: ReadQuery): Promise<Row[]> {
    for (const listener of this.listeners) listener({ text, values });
    try {
      const name = this.names.nameOf(text);
      const result = await this.pool.query({ ...(name === null ? {} : { name }), text, values: values as unknown[] });
      return result.rows as Row[];
    } catch (error) {
      throw databaseError(error);
    }
  }

  /** Tells every query that is sent from now on; returns what ends that. */
  onQuery(listener: (query: ReadQuery) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
