import { join } from 'node:path';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import type { Finding } from '../articles/finding.js';
import { ColophonError } from '../common/colophon-error.js';
import type { Config } from '../config.js';
import type { Candidate } from '../documents/find-articles.js';
import type { ImportedDocument } from '../imports/import-run.js';
import { openDocuments } from '../reading/door/open-documents.js';
import { CommandsModule } from './commands.module.js';
import { readSeedFiles } from './seed-files.js';
import { SeedingService } from './seeding.service.js';
import { refusalText } from './terminal.js';

/**
 * Seeds from the folder that the settings name, and says what became of each document, where a person may want to know it.
 * What it takes is added to an application that has none of it.
 */
export async function seedAtStart(app: INestApplicationContext, config: Config): Promise<void> {
  const logger = new Logger('Seeds');
  try {
    const rooms = await app.get(LazyModuleLoader).load(() => CommandsModule, { logger: false });
    const files = await readSeedFiles(config.seedsDir);
    const inputs = [join(config.seedsDir, 'documents')];
    await rooms.get(SeedingService).seed({
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
}

function codesOf({ findings }: { readonly findings: readonly Finding[] }): string {
  return findings
    .filter((finding) => finding.severity === 'ERROR')
    .map(({ code, path }) => `${code} (${path})`)
    .join(', ');
}

function tellSeeded(logger: Logger, document: ImportedDocument): void {
  const { path, outcome } = document;
  if (outcome === 'refused') logger.warn(`${path} is refused: ${refusalText(document.refusal)}`);
  else if (outcome === 'failed') logger.error(`${path} is left out: a fault of ours.`);
  else if (outcome === 'question') logger.warn(`${path} is left out: it may be ${slugsOf(document)}; \`seed\` asks.`);
  else if (outcome === 'passed over') logger.log(`${path} is passed over: ${document.reason}`);
  else if (document.publication.outcome === 'blocked') logger.warn(`${path} is not published: ${codesOf(document)}`);
  else if (document.publication.outcome === 'kept') logger.warn(`${path} has changed, and waits at the desk.`);
  else if (document.publication.outcome === 'withheld') logger.warn(`${path} waits: it was taken from readers.`);
  else if (document.publication.outcome === 'unapproved')
    logger.warn(`${path} waits: what a person has written of it is not approved.`);
  else if (document.publication.outcome === 'published') logger.log(`${path} is published: ${document.headline}`);
}

function slugsOf({ candidates }: { readonly candidates: readonly Candidate[] }): string {
  return candidates.map(({ slug }) => slug).join(' or ');
}
