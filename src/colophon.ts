import 'reflect-metadata';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { AppModule } from './app.module.js';
import type { Finding } from './articles/finding.js';
import { createProgram, type House, runProgram } from './commands/command-line.js';
import { importsCommand } from './commands/imports.command.js';
import { jobsCommand } from './commands/jobs.command.js';
import { exportCommand } from './commands/export.command.js';
import { migrateCommand } from './commands/migrate.command.js';
import { readCommand } from './commands/read.command.js';
import { seedCommand } from './commands/seed.command.js';
import { readSeedFiles } from './commands/seed-files.js';
import { SeedingService } from './commands/seeding.service.js';
import { serveCommand } from './commands/serve.command.js';
import { refusalText } from './commands/terminal.js';
import { userCommand } from './commands/user.command.js';
import { verifyCommand } from './commands/verify.command.js';
import { welcomeText } from './commands/welcome.js';
import { wrappersCommand } from './commands/wrappers.command.js';
import { ColophonError } from './common/colophon-error.js';
import type { Candidate } from './documents/find-articles.js';
import { openDocuments } from './reading/door/open-documents.js';
import type { ImportedDocument } from './imports/import-run.js';

function codesOf({ findings }: { readonly findings: readonly Finding[] }): string {
  return findings
    .filter((finding) => finding.severity === 'ERROR')
    .map(({ code, path }) => `${code} (${path})`)
    .join(', ');
}

/** Says what became of a document of the seeds, where a person may want to know it. */
function tellSeeded(logger: Logger, document: ImportedDocument): void {
  const { path, outcome } = document;
  if (outcome === 'refused') logger.warn(`${path} is refused: ${refusalText(document.refusal)}`);
  else if (outcome === 'failed') logger.error(`${path} is left out: a fault of ours.`);
  else if (outcome === 'question') logger.warn(`${path} is left out: it may be ${slugsOf(document)}; \`seed\` asks.`);
  else if (outcome === 'passed over') logger.log(`${path} is passed over: ${document.reason}`);
  else if (document.publication.outcome === 'blocked') logger.warn(`${path} is not published: ${codesOf(document)}`);
  else if (document.publication.outcome === 'kept') logger.warn(`${path} has changed, and waits at the desk.`);
  else if (document.publication.outcome === 'withheld') logger.warn(`${path} waits: it was taken from readers.`);
  else if (document.publication.outcome === 'published') logger.log(`${path} is published: ${document.headline}`);
}

function slugsOf({ candidates }: { readonly candidates: readonly Candidate[] }): string {
  return candidates.map(({ slug }) => slug).join(' or ');
}

/** The application as commands and tests use it. */
export const house: House = {
  module: (options) => AppModule.register(options),
  prepare: async (app, config) => {
    if (!config.seedOnStart) return;
    const logger = new Logger('Seeds');
    try {
      const files = await readSeedFiles(config.seedsDir);
      const inputs = [join(config.seedsDir, 'documents')];
      await app.get(SeedingService).seed({
        files,
        inputs,
        documents: openDocuments(inputs, { limitBytes: config.documentLimitBytes }),
        isDryRun: false,
        isPublishing: false,
        isThreaded: false,
        answers: {},
        tell: (document) => {
          tellSeeded(logger, document);
        },
      });
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
  importsCommand(program, house);
  readCommand(program);
  verifyCommand(program, house);
  exportCommand(program, house);
  userCommand(program, house);
  jobsCommand(program, house);
  wrappersCommand(program);
  await runProgram(program, args);
}
