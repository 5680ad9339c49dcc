import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg';
import { type Asker, CalledOffError } from '../common/asker.js';
import { Deadlines } from '../common/deadlines.js';
import { AskedStatement, type Share, SHARE } from './asked-statement.js';
import { ConnectionQueue } from './connection-queue.js';
import { databaseError } from './database-errors.js';
import { KEEP_ALIVE, withSessionSettings } from './session-settings.js';
import { type GroupSurroundings, StatementGroup } from './statement-group.js';
import { StatementNames } from './statement-names.js';

/** One question to the read side. */
export interface ReadQuery {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** What part of a connection it takes, one of SHARE's; the whole unless it says otherwise. */
  readonly share?: Share;
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
const getTypeParser: typeof types.getTypeParser = (id, format): unknown =>
  id === types.builtins.TIMESTAMPTZ ? String : types.getTypeParser(id, format);

/**
 * Connections of the public queries. Names without a schema mean tables of schema `edition`, and writing is refused:
 * a slip leads to an error, not to the desk.
 */
@Injectable()
export class ReadPool implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly names = new StatementNames();
  private readonly logger = new Logger(ReadPool.name);
  private readonly listeners = new Set<(query: ReadQuery) => void>();
  private readonly queue: ConnectionQueue;

  constructor(@Inject(READ_POOL_OPTIONS) readonly options: ReadPoolOptions) {
    /** A connection that is not made in time is given up. The pool itself would start a timer for each statement. */
    class ReadClient extends Client {
      constructor(config?: ClientConfig) {
        super({ ...config, connectionTimeoutMillis: options.connectTimeoutMs });
      }
    }
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
      Client: ReadClient,
      pipeline: true,
      // They go when they are old: to watch each for being idle takes a timer for each statement.
      idleTimeoutMillis: 0,
      maxLifetimeSeconds: CONNECTION_SECONDS_MAX,
      types: { getTypeParser },
      ...KEEP_ALIVE,
    });
    const surroundings: GroupSurroundings = {
      silences: new Deadlines(options.statementTimeoutMs + HANGING_MS),
      endCurrent: (...busy) => this.endStatementOf(...busy),
    };
    this.queue = new ConnectionQueue(
      this.pool,
      options.poolSize,
      new Deadlines(options.connectTimeoutMs),
      (...group) => {
        new StatementGroup(...group, surroundings).send();
      },
    );
    // A connection that breaks is replaced at the next query; unheard, its error would end the process. The pool hears
    // of idle ones only: what a busy one was asked fails with the same error.
    this.pool.on('connect', (client) => {
      client.on('error', (error) => {
        this.logger.debug(`A connection was lost: ${error.message}`);
      });
    });
    this.pool.on('error', () => undefined);
  }

  /**
   * Rows of one query, as `pg` reads them. When nobody waits for them any more, the statement is ended in Postgres too.
   * Throws DatabaseUnavailableError when the database is away, DatabaseTimeoutError when it is too slow, and
   * CalledOffError when the asker has left.
   */
  async query<Row>({ text, values = [], share = SHARE.whole }: ReadQuery, asker?: Asker): Promise<Row[]> {
    for (const listener of this.listeners) listener({ text, values });
    const name = this.names.nameOf(text);
    const statement = { ...(name === null ? {} : { name }), text, values: values as unknown[] };
    const calledOff = asker?.calledOff ?? null;
    if (calledOff !== null) throw calledOff;
    // What is asked for the first time Postgres has to plan.
    const asked = new AskedStatement(statement, name === null ? SHARE.whole : share, asker);
    this.queue.enter(asked);
    try {
      return (await asked.rows) as Row[];
    } catch (error) {
      throw error instanceof CalledOffError ? error : databaseError(error);
    }
  }

  /** Tells Postgres to end what the connection is busy with. Where that fails, the statement's own limit ends it. */
  private async endStatementOf(busy: PoolClient, isStillWanted: () => boolean): Promise<void> {
    const client = new Client({
      connectionString: this.options.connectionString,
      application_name: 'colophon-cancel',
      connectionTimeoutMillis: this.options.connectTimeoutMs,
      query_timeout: this.options.statementTimeoutMs,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      if (isStillWanted()) await client.query('select pg_cancel_backend($1)', [processIdOf(busy)]);
    } catch (error) {
      this.logger.debug(`A statement could not be ended: ${(error as Error).message}`);
    } finally {
      await client.end().catch(() => undefined);
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

/** The number under which Postgres knows a connection; the driver's types leave it out. */
function processIdOf(client: PoolClient): number {
  return (client as PoolClient & { readonly processID: number }).processID;
}
