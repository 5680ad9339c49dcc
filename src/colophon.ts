import 'reflect-metadata';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { AppModule } from './app.module.js';
import type { Finding } from './articles/finding.js';
import { createProgram, type House, runProgram } from './commands/command-line.js';
import { migrateCommand } from './commands/migrate.command.js';
import { readCommand } from './commands/read.command.js';
import { seedCommand } from './commands/seed.command.js';
import { knowledgeOf, listDocuments, readSeedFiles } from './commands/seed-files.js';
import { SeedingService } from './commands/seeding.service.js';
import { serveCommand } from './commands/serve.command.js';
import { refusalText } from './commands/terminal.js';
import { verifyCommand } from './commands/verify.command.js';
import { welcomeText } from './commands/welcome.js';
import { ColophonError } from './common/colophon-error.js';

function codesOf({ findings }: { readonly findings: readonly Finding[] }): string {
  return findings
    .filter((finding) => finding.severity === 'ERROR')
    .map(({ code, path }) => `${code} (${path})`)
    .join(', ');
}

/** The application as commands and tests use it. */
export const house: House = {
  module: (options) => AppModule.register(options),
  prepare: async (app, config) => {
    if (!config.seedOnStart) return;
    const logger = new Logger('Seeds');
    try {
      const files = await readSeedFiles(config.seedsDir);
      const knowledge = knowledgeOf(files);
      const seeding = app.get(SeedingService);
      await seeding.seedReferences(files);
      for (const path of await listDocuments([join(config.seedsDir, 'documents')])) {
        const seeded = await seeding.seedDocument(path, knowledge);
        if (seeded.outcome === 'refused') logger.warn(`${path} is refused: ${refusalText(seeded.refusal)}`);
        else if (seeded.outcome === 'failed') logger.error(`${path} is left out: a fault of ours.`);
        else if (seeded.publication.outcome === 'blocked') logger.warn(`${path} is not published: ${codesOf(seeded)}`);
        else if (seeded.publication.outcome === 'published') logger.log(`${path} is published: ${seeded.headline}`);
      }
    } catch (error) {
      // What was published before is served all the same.
      if (!(error instanceof ColophonError) || error.constructor.name.startsWith('Database')) throw error;
      logger.error(error.message);
    }
  },
  welcome: (app, url) => welcomeText(app, url),
};

/** Runs Colophon as the arguments say, and sets the process's exit status. */
export async function runColophon(args: readonly string[]): Promise<void> {
  const program = createProgram();
  serveCommand(program, house);
  migrateCommand(program, house);
  seedCommand(program, house);
  readCommand(program);
  verifyCommand(program, house);
  await runProgram(program, args);
}
