import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Command } from 'commander';

import { Authenticator } from '../accounts/sign-in/authenticator.js';
import { type Config, loadConfig } from '../config.js';
import { DataFolder } from '../database/data-folder.js';
import { DatabaseConnection } from '../database/database-connection.js';
import { EditionChanges } from '../editions/edition-changes.js';
import { LinkChecksService } from '../publishing/links/link-checks.service.js';
import { SchedulesService } from '../publishing/schedules.service.js';
import { createHttpServer } from '../server/http-server.js';
import { createLogger, NestLogger } from '../server/logger.js';
import { Readiness } from '../server/readiness.js';

import { addCommand, type CommonOptions, type House } from './command-line.js';
import { keepHeapSmall } from './heap.js';
import { explainListenFailure, refuseTakenPort, urlOf } from './listening.js';
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
    const connectionString = await openDatabase(config, shutdown, (folder) => {
      shutdown.whenForced(() => {
        folder.abandon();
      });
    });
    stopping.throwIfAborted();
    const module = await house.servingModule({ config, connectionString: connectionString.value });
    // From here on: what has been loaded stays anyhow.
    keepHeapSmall();
    const app = await createHttpServer(module, config, { logger, changes: EditionChanges, viewers: Authenticator });
    shutdown.whenStopping(() => drain(app));
    stopping.throwIfAborted();
    const url = await listen(app, config);
    connectionString.folder?.announce(url);

    const connection = app.get(DatabaseConnection);
    if (config.seedOnStart) connection.beforeReady(() => house.prepare(app, config));
    await Promise.race([connection.whenReady(), once(stopping, 'abort')]);
    stopping.throwIfAborted();
    if (config.jobs) app.get(SchedulesService).begin();
    if (config.linkChecks) app.get(LinkChecksService).begin();
    await greet(house, app, url, config, options);
  });
}

interface OpenDatabase {
  readonly value: string;
  readonly folder: DataFolder | null;
}

/** The data folder is asked before the port: whoever starts a second time reads who runs already. */
async function openDatabase(
  config: Config,
  shutdown: Shutdown,
  onOpen: (folder: DataFolder) => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    await refuseTakenPort(config);
    return { value: config.databaseUrl, folder: null };
  }
  const folder = await DataFolder.open(config.dataDir, 'serve', new Logger('Postgres'));
  shutdown.whenStopping(() => folder.close());
  onOpen(folder);
  await refuseTakenPort(config);
  return { value: await folder.startPostgres(), folder };
}

async function listen(app: NestFastifyApplication, config: Config): Promise<string> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    throw explainListenFailure(error, config);
  }
  return urlOf(config, app.getHttpServer().address());
}

async function drain(app: NestFastifyApplication): Promise<void> {
  app.get(Readiness).beginStopping();
  await app.close();
}

async function greet(
  house: House,
  app: NestFastifyApplication,
  url: string,
  config: Config,
  options: CommonOptions,
): Promise<void> {
  if (options.json === true) process.stdout.write(`${JSON.stringify({ url, pid: process.pid })}\n`);
  else if (config.logFormat !== 'json') process.stdout.write(`\n${await house.welcome(app, url)}\n\n`);
}
