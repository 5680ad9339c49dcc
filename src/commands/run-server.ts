import { once } from 'node:events';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';

import { Authenticator } from '../accounts/sign-in/authenticator.js';
import type { Config } from '../config.js';
import type { DataFolder } from '../database/data-folder.js';
import { DatabaseConnection } from '../database/database-connection.js';
import { EditionChanges } from '../editions/edition-changes.js';
import { LinkChecksService } from '../publishing/links/link-checks.service.js';
import { SchedulesService } from '../publishing/schedules.service.js';
import { createHttpServer } from '../server/http-server.js';
import { Readiness } from '../server/readiness.js';

import type { House } from './command-line.js';
import { keepHeapSmall } from './heap.js';
import { explainListenFailure, urlOf } from './listening.js';
import type { Shutdown } from './shutdown.js';

/** What a server runs with. */
export interface ServerParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
  /** Aborted where the start is to be given up. */
  readonly stopping: AbortSignal;
  /** The folder of its own Postgres; null where Postgres is another's. */
  readonly folder: DataFolder | null;
}

/** A server that is ready to answer. */
export interface RunningServer {
  readonly app: NestFastifyApplication;
  readonly url: string;
}

/** Listens, waits for the database, and begins what a server does of itself. */
export async function runServer(
  module: DynamicModule,
  house: House,
  { config, logger, shutdown, stopping, folder }: ServerParts,
): Promise<RunningServer> {
  // From here on: what has been loaded stays anyhow.
  keepHeapSmall();
  const app = await createHttpServer(module, config, { logger, changes: EditionChanges, viewers: Authenticator });
  shutdown.whenStopping(() => drain(app));
  stopping.throwIfAborted();
  const url = await listen(app, config);
  folder?.announce(url);

  const connection = app.get(DatabaseConnection);
  if (config.seedOnStart) connection.beforeReady(() => house.prepare(app, config));
  await Promise.race([connection.whenReady(), once(stopping, 'abort')]);
  stopping.throwIfAborted();
  if (config.jobs) app.get(SchedulesService).begin();
  if (config.linkChecks) app.get(LinkChecksService).begin();
  return { app, url };
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
