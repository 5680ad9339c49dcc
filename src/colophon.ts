import 'reflect-metadata';
import type { Command } from 'commander';
import { createProgram, type House, runProgram } from './commands/command-line.js';

/** The application as commands and tests use it: each loads what it asks for. */
export const house: House = {
  module: async (options) => (await import('./whole.module.js')).WholeModule.register(options),
  servingModule: async () => {
    const { AppModule } = await import('./app.module.js');
    return (options) => AppModule.register(options);
  },
  prepare: async (app, config) => {
    if (config.seedOnStart) await (await import('./commands/seed-at-start.js')).seedAtStart(app, config);
  },
  welcome: async (app, url) => (await import('./commands/welcome.js')).welcomeText(app, url),
};

/** Adds a command to the command line. */
type AddCommand = (program: Command, house: House) => void;

/** The commands in the order of the help. Only the one that is asked for is loaded: the server starts sooner without the others. */
const COMMANDS: ReadonlyMap<string, () => Promise<AddCommand>> = new Map(
  Object.entries({
    serve: async () => (await import('./commands/serve.command.js')).serveCommand,
    migrate: async () => (await import('./commands/migrate.command.js')).migrateCommand,
    seed: async () => (await import('./commands/seed.command.js')).seedCommand,
    imports: async () => (await import('./commands/imports.command.js')).importsCommand,
    read: async () => (await import('./commands/read.command.js')).readCommand,
    verify: async () => (await import('./commands/verify.command.js')).verifyCommand,
    export: async () => (await import('./commands/export.command.js')).exportCommand,
    user: async () => (await import('./commands/user.command.js')).userCommand,
    jobs: async () => (await import('./commands/jobs.command.js')).jobsCommand,
    links: async () => (await import('./commands/links.command.js')).linksCommand,
    wrappers: async () => (await import('./commands/wrappers.command.js')).wrappersCommand,
  }),
);

/** Runs Colophon as the arguments say, and sets the process's exit status. */
export async function runColophon(args: readonly string[]): Promise<void> {
  const program = createProgram();
  const asked = COMMANDS.get(args[0] ?? '');
  for (const load of asked === undefined ? COMMANDS.values() : [asked]) (await load())(program, house);
  await runProgram(program, args);
}
