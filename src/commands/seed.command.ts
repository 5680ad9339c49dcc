import type { Command } from 'commander';
import { join } from 'node:path';
import { loadConfig } from '../config.js';
import { findDocuments } from '../reading/door/find-documents.js';
import { openDocuments } from '../reading/door/open-documents.js';
import type { ImportedDocument } from '../imports/import-run.js';
import { addCommand, type CommonOptions, type House, RefusedError } from './command-line.js';
import { withDatabase } from './with-database.js';
import { Progress } from './progress.js';
import { readSeedFiles } from './seed-files.js';
import { documentText, referencesText, SeedCounter, summaryText } from './seed-texts.js';
import { SeedingService } from './seeding.service.js';
import { terminalWidth } from './terminal.js';

interface SeedCommandOptions extends CommonOptions {
  readonly dryRun?: boolean;
  readonly publish?: boolean;
  readonly new?: boolean;
  readonly sameAs?: string;
}

/** Fewer documents are read before threads for it have started. */
const WORTH_THREADS = 20;

/** `seed`: brings documents, and the publishers, sources and terms that they need, into the database. */
export function seedCommand(program: Command, house: House): void {
  addCommand(program, 'seed [PATH...]', 'bring documents into the database, and publish what nothing keeps from it')
    .option('--dry-run', 'show what would be done, field by field, and do nothing')
    .option('--publish', 'publish later states of published articles too; else they wait at the desk')
    .option('--new', 'documents that resemble an article are articles of their own')
    .option('--same-as <SLUG>', 'the document is a later state of this article')
    .addHelpText(
      'after',
      '\nPATH is a document, an archive, a folder of them, a pattern such as "pages/*.html", or - for standard input;\n' +
        'any of them may be packed with gzip. Without any: the documents of the folder of seeds.\n' +
        'Publishers, sources and terms come from the folder of seeds each time. Seeding twice changes nothing, and\n' +
        'what a person has edited at the desk is never overwritten. Exit status 1 when a document was refused, or a\n' +
        'question is left to answer (--new, --same-as).\n',
    )
    .action(async (paths: string[], options: SeedCommandOptions) => {
      const config = loadConfig();
      const files = await readSeedFiles(config.seedsDir);
      const inputs = paths.length > 0 ? paths : [join(config.seedsDir, 'documents')];
      const isDryRun = options.dryRun === true;
      const count = await countFiles(inputs);
      const progress = new Progress(count, options.json === true);
      const print = (text: () => string, value: object): void => {
        progress.print(options.json === true ? JSON.stringify(value) : text());
      };
      const counter = new SeedCounter();
      const isRefused = await withDatabase(house, config, async (app) => {
        const seeding = app.get(SeedingService);
        const sameAs = options.sameAs === undefined ? undefined : await seeding.getArticleId(options.sameAs);
        const summary = await seeding.seed({
          files,
          inputs,
          documents: openDocuments(inputs, { limitBytes: config.documentLimitBytes }),
          isDryRun,
          isPublishing: options.publish === true,
          isThreaded: count === null || count >= WORTH_THREADS,
          answers: { isNew: options.new === true, ...(sameAs === undefined ? {} : { sameAs }) },
          tellReferences: (references) => {
            print(() => referencesText(references), { references });
          },
          tell: (document: ImportedDocument) => {
            counter.add(document);
            progress.advance();
            print(() => documentText(document, { isDryRun, width: terminalWidth() }), { document });
          },
        });
        progress.end();
        print(() => summaryText(summary, counter, isDryRun), {
          summary: { ...summary, documents: counter.counts, isDryRun },
        });
        return counter.isRefused;
      });
      if (isRefused) throw new RefusedError();
    });
}

/** How many files the inputs name; null where that is not known before they are read. */
async function countFiles(inputs: readonly string[]): Promise<number | null> {
  if (inputs.includes('-')) return null;
  let count = 0;
  for await (const _ of findDocuments(inputs)) count++;
  return count;
}
