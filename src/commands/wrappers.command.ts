import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { ColophonError } from '../common/colophon-error.js';
import { DocumentRefused } from '../reading/document-refused.js';
import { openDocuments } from '../reading/door/open-documents.js';
import { readDocument } from '../reading/read-document.js';
import { compileKnowledge } from '../reading/reading-knowledge.js';
import { WrapperTally } from '../reading/parts/wrapper-tally.js';
import { parsePublisherFile, type PublisherFile } from '../publishers/publisher-file.js';
import { addCommand, type CommonOptions, printResult, RefusedError } from './command-line.js';
import { readDataFile, readSeedFiles } from './seed-files.js';
import { wrapperListText, wrappersReportText } from './wrappers-texts.js';

interface TestOptions extends CommonOptions {
  readonly publisher?: string;
}

/** `wrappers`: lists the publishers' pages that are known, and shows how documents fare under them. */
export function wrappersCommand(program: Command): void {
  const wrappers = addCommand(program, 'wrappers', 'list the pages that are known, and test documents against them')
    .enablePositionalOptions()
    .action(async (options: CommonOptions) => {
      const { publishers } = await readSeedFiles(loadConfig().seedsDir);
      const known = publishers.flatMap(({ slug, name, wrappers: own }) =>
        Object.entries(own).map(([language, { isReadable, lines, clauses }]) => ({
          publisher: slug,
          name,
          language,
          isReadable,
          lines: Object.keys(lines).length,
          clauses: clauses.length,
        })),
      );
      printResult(options, known, wrapperListText(known));
    });
  addCommand(wrappers, 'test PATH...', 'show how documents fare: what matched, what never did, what nothing knows')
    .option('--publisher <FILE>', 'read with the wrappers of this data file alone, which may lie anywhere')
    .addHelpText(
      'after',
      '\nPATH is a document, an archive, a folder of them, a pattern such as "pages/*.html", or - for standard input.\n' +
        'Nothing is stored. Exit status 1 when a document was refused.\n',
    )
    .action(async (paths: string[], options: TestOptions) => {
      const config = loadConfig();
      const { publishers, linkKinds } = await readSeedFiles(config.seedsDir);
      const own = options.publisher === undefined ? publishers : [await readPublisher(options.publisher)];
      const knowledge = compileKnowledge({ publishers: own, linkKinds });
      if (knowledge.wrappers.length === 0)
        throw new ColophonError('There is no wrapper with which documents are read.');
      const tally = new WrapperTally(knowledge.wrappers);
      for await (const incoming of openDocuments(paths, { limitBytes: config.documentLimitBytes })) {
        if ('refusal' in incoming) tally.refuse(incoming.path, incoming.refusal);
        if (!('document' in incoming)) continue;
        const { document } = incoming;
        try {
          tally.add(document.path, readDocument(document, knowledge));
        } catch (error) {
          if (!(error instanceof DocumentRefused)) throw error;
          tally.refuse(document.path, error.refusal);
        }
      }
      const report = tally.report();
      printResult(options, report, wrappersReportText(report));
      if (report.refused > 0) throw new RefusedError();
    });
}

async function readPublisher(path: string): Promise<PublisherFile> {
  return parsePublisherFile((await readDataFile(path)).toString('utf8'), path);
}
