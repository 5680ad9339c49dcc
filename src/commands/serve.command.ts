import { Logger } from '@nestjs/common';
import type { Command } from 'commander';

import { type Config, loadConfig } from '../config.js';
import { DataFolder } from '../database/data-folder.js';
import { createLogger, NestLogger } from '../server/logger.js';

import { addCommand, type CommonOptions, type House } from './command-line.js';
import { refuseTakenPort } from './listening.js';
import { Shutdown } from './shutdown.js';

/** `serve`: the server with its database, until a signal ends it. */
export function serveCommand(program: Command, house: House): void {
  addCommand(program, 'serve', 'run the server, with its own Postgres unless DATABASE_URL names one').action(
    async (options: CommonOptions) => {
      await serve(house, loadConfig(), options);
    },
  );
}

async function serve(house: House, config: Config, options: CommonOptions): Promise<void> {
  const logger = await createLogger(config);
  Logger.overrideLogger(new NestLogger(logger));
  const shutdown = new Shutdown(new Logger('Server'));
  await shutdown.run(async (stopping) => {
    const database = await openDatabase(config, shutdown);
    stopping.throwIfAborted();
    // What answers is loaded while Postgres starts: either takes as long as the other.
    const [connectionString, servingModule, { runServer }] = await Promise.all([
      database.start(),
      house.servingModule(),
      import('./run-server.js'),
    ]);
    stopping.throwIfAborted();
    const module = servingModule({ config, connectionString });
    const { app, url } = await runServer(module, house, {
      config,
      logger,
      shutdown,
      stopping,
      folder: database.folder,
    });
    if (options.json === true) process.stdout.write(`${JSON.stringify({ url, pid: process.pid })}\n`);
    else if (config.logFormat !== 'json') process.stdout.write(`\n${await house.welcome(app, url)}\n\n`);
  });
}

interface OpenDatabase {
  /** Gives the connection string, with Postgres running. */
  readonly start: () => Promise<string>;
  /** Where Postgres is our own. */
  readonly folder: DataFolder | null;
}

/** The data folder is asked before the port: whoever starts a second time reads who runs already. */
async function openDatabase(config: Config, shutdown: Shutdown): Promise<OpenDatabase> {
  const { databaseUrl } = config;
  if (databaseUrl !== undefined) {
    await refuseTakenPort(config);
    return { start: () => Promise.resolve(databaseUrl), folder: null };
  }
  const folder = await DataFolder.open(config.dataDir, 'serve', new Logger('Postgres'));
  shutdown.whenStopping(() => folder.close());
  shutdown.whenForced(() => {
    folder.abandon();
  });
  await refuseTakenPort(config);
  return { start: () => folder.startPostgres(), folder };
}
