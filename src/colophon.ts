import 'reflect-metadata';

import { AppModule } from './app.module.js';
import { createProgram, type House, runProgram } from './commands/command-line.js';
import { migrateCommand } from './commands/migrate.command.js';
import { serveCommand } from './commands/serve.command.js';

/** The application as commands and tests use it. */
export const house: House = {
  module: (options) => AppModule.register(options),
  prepare: () => Promise.resolve(),
  welcome: (_app, url) =>
    Promise.resolve(
      [
        `Colophon is ready: ${url}/graphql is the playground, in a browser.`,
        '',
        'A first query:',
        `  curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ __typename }"}'`,
      ].join('\n'),
    ),
};

/** Runs Colophon as the arguments say, and sets the process's exit status. */
export async function runColophon(args: readonly string[]): Promise<void> {
  const program = createProgram();
  serveCommand(program, house);
  migrateCommand(program, house);
  await runProgram(program, args);
}
