import { type INestApplicationContext, Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import type { Config } from '../config.js';
import { withDataFolder } from '../database/data-folder.js';
import { DatabaseConnection } from '../database/database-connection.js';
import { DatabaseUnavailableError } from '../database/database-errors.js';

import type { House } from './command-line.js';

const COMMAND_PATIENCE_MS = 15_000;

/**
 * Does a command's work in the application, without HTTP, on a migrated database. An embedded Postgres that a running server
 * has on the data folder is shared; otherwise it is started for the work and stopped afterwards.
 * Throws DatabaseUnavailableError when DATABASE_URL does not answer for 15 s.
 */
export async function withDatabase<T>(
  house: House,
  config: Config,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const logger = new CommandLogger(config.logLevel);
  Logger.overrideLogger(logger);
  const workOn = async (connectionString: string): Promise<T> => {
    const module = await house.module({ config, connectionString });
    const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
    try {
      await untilReady(app.get(DatabaseConnection));
      return await work(app);
    } finally {
      await app.close();
    }
  };
  if (config.databaseUrl !== undefined) return workOn(config.databaseUrl);
  return withDataFolder(config.dataDir, new Logger('Postgres'), workOn);
}

async function untilReady(connection: DatabaseConnection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DatabaseUnavailableError());
    }, COMMAND_PATIENCE_MS);
  });
  try {
    await Promise.race([connection.whenReady(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps standard output for the command's result: warnings go to standard error, the rest only when debugging. */
class CommandLogger implements LoggerService {
  private readonly isDebugging: boolean;

  constructor(level: string) {
    this.isDebugging = level === 'debug' || level === 'trace';
  }

  log(message: unknown): void {
    if (this.isDebugging) this.write(message);
  }

  debug(message: unknown): void {
    if (this.isDebugging) this.write(message);
  }

  warn(message: unknown): void {
    this.write(message);
  }

  error(message: unknown): void {
    this.write(message);
  }

  fatal(message: unknown): void {
    this.write(message);
  }

  private write(message: unknown): void {
    const text = message instanceof Error ? (this.isDebugging ? message.stack : message.message) : String(message);
    process.stderr.write(`${text ?? ''}\n`);
  }
}
