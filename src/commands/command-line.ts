import { readFileSync } from 'node:fs';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Command, CommanderError } from 'commander';

import { ColophonError } from '../common/colophon-error.js';
import { type Config, ConfigError, loadConfig } from '../config.js';

/** What the commands need of the application; the entries hand it in, so that commands know no module by name. */
export interface House {
  /** The application's module with all rooms, for one database. */
  module(options: { readonly config: Config; readonly connectionString: string }): Promise<DynamicModule>;
  /** The part of it that answers requests: loaded before the database is known, for that takes as long as Postgres to start. */
  servingModule(): Promise<(options: { readonly config: Config; readonly connectionString: string }) => DynamicModule>;
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

/** The product's own description; the same way from here as from where the build puts this. */
const PACKAGE = new URL('../../package.json', import.meta.url);

/** The command line without its commands. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string };
  return (
    new Command('colophon')
      .version(version, '-V, --version', 'show the version')
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
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(passOverUnread)) stream.on('error', passOverUnread);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = exitStatusOf(error);
    for (const line of linesAbout(error)) process.stderr.write(`${line}\n`);
  }
}

/** Whoever has read the output wants no more of it, as `head` does: the work goes on to its end all the same. */
function passOverUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Prints a result: for machines as one line of JSON, else as text. */
export function printResult(options: CommonOptions, value: unknown, text: string): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(value)}\n` : `${text}\n`);
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
