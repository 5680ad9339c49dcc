import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import type { Config } from '../config.js';

import { CONNECTION_STRING, DatabaseConnection } from './database-connection.js';
import { MIGRATIONS_TABLE } from './migrate.js';
import { migrations } from './migrations.js';
import { NamingStrategy } from './naming-strategy.js';
import { CommitSubscriber } from './after-commit.js';
import { READ_POOL_OPTIONS, ReadPool, type ReadPoolOptions } from './read-pool.js';
import { KEEP_ALIVE, withSessionSettings } from './session-settings.js';

const IDLE_IN_TRANSACTION_MS = 30_000;

/** What the database room needs to know. */
export interface DatabaseModuleOptions {
  readonly connectionString: string;
  readonly config: Pick<Config, 'poolSize' | 'connectTimeoutMs' | 'statementTimeoutMs'>;
}

/** The database for every feature: TypeORM for the desk, the read pool for editions. Boots without a database. */
@Global()
@Module({})
export class DatabaseModule {
  static register({ connectionString, config }: DatabaseModuleOptions): DynamicModule {
    const { poolSize, connectTimeoutMs, statementTimeoutMs } = config;
    const readPoolOptions: ReadPoolOptions = { connectionString, poolSize, connectTimeoutMs, statementTimeoutMs };
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: withSessionSettings(connectionString, {
            statement_timeout: statementTimeoutMs,
            // To start it takes longer than the desk's statements do.
            jit: 'off',
            lock_timeout: statementTimeoutMs,
            idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
          }),
          autoLoadEntities: true,
          // DatabaseConnection does it, in the background and as often as it takes.
          manualInitialization: true,
          synchronize: false,
          migrations: [...migrations],
          subscribers: [CommitSubscriber],
          migrationsTableName: MIGRATIONS_TABLE,
          namingStrategy: new NamingStrategy(),
          uuidExtension: 'pgcrypto',
          installExtensions: false,
          logger: 'debug',
          applicationName: 'colophon-desk',
          poolSize,
          poolErrorHandler: () => undefined,
          extra: { connectionTimeoutMillis: connectTimeoutMs, idleTimeoutMillis: 60_000, ...KEEP_ALIVE },
        }),
      ],
      providers: [
        { provide: CONNECTION_STRING, useValue: connectionString },
        { provide: READ_POOL_OPTIONS, useValue: readPoolOptions },
        ReadPool,
        DatabaseConnection,
      ],
      exports: [ReadPool, DatabaseConnection],
    };
  }
}
