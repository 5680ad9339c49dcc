import { type DynamicModule, type INestApplicationContext, Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command, CommanderError } from 'commander';

import { ColophonError } from '../common/colophon-error.js';
import { type Config, ConfigError, loadConfig } from '../config.js';
import { withDataFolder } from '../database/data-folder.js';
import { DatabaseConnection } from '../database/database-connection.js';
import { DatabaseUnavailableError } from '../database/database-errors.js';

/** What the commands need of the application; the entries hand it in, so that commands know no module by name. */
export interface House {
  /** The application's module with all rooms, for one database. */
  module(options: { readonly config: Config; readonly connectionString: string }): Promise<DynamicModule>;
  /** The part of it that answers requests. */
  servingModule(options: { readonly config: Config; readonly connectionString: string }): Promise<DynamicModule>;
  /** What a server does once after the migrations and before it is ready, as seeding is. */
  prepare(app: INestApplicationContext, config: Config): Promise<void>;
  /** What a person reads when the server is ready. */
  welcome(app: INestApplicationContext, url: string): Promise<string>;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** A command did its work and something was refused, which it has told already: exit status 1. */
export class RefusedError extends ColophonError {
  override readonly name = 'RefusedError';
  constructor() {
    super('');
  }
}

const COMMAND_PATIENCE_MS = 15_000;

/** The command line without its commands. */
export function createProgram(): Command {
  return (
    new Command('colophon')
      .description('A bilingual content-management backend for publishers that carry other people’s articles.')
      .usage('COMMAND [options]')
      .helpOption('-h, --help', 'show this help')
      .helpCommand('help [COMMAND]', 'show the help of a command')
      .showHelpAfterError('(--help shows what there is)')
      // Options belong to the command that they stand behind: a command and one below it may both have `--json`.
      .enablePositionalOptions()
      .exitOverride()
  );
}

/** Adds a command with what all commands share: `--json`, `--help`, and exit status 2 for a wrong call. */
export function addCommand(program: Command, nameAndArguments: string, description: string): Command {
  return program
    .command(nameAndArguments)
    .description(description)
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'print JSON for machines')
    .allowExcessArguments(false);
}

/** Runs a command line and sets the process's exit status: 0, 1 (refused or failed), 2 (wrong call or settings). */
export async function runProgram(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = exitStatusOf(error);
    for (const line of linesAbout(error)) process.stderr.write(`${line}\n`);
  }
}

/** Prints a result: for machines as one line of JSON, else as text. */
export function printResult(options: CommonOptions, value: unknown, text: string): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(value)}\n` : `${text}\n`);
}

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

function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof ConfigError ? 2 : 1;
}

/** What to say of a failure: one line for each thing that a person can mend. */
function linesAbout(error: unknown): readonly string[] {
  // Commander has said it already.
  if (error instanceof CommanderError || error instanceof RefusedError) return [];
  if (error instanceof ConfigError) return error.lines;
  if (error instanceof ColophonError) return [error.message];
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const isDebugging = /^(?:debug|trace)$/.test(loadConfig().logLevel);
  return isDebugging ? [stack] : ['Colophon failed in a way that it should not; COLOPHON_LOG_LEVEL=debug shows where.'];
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
