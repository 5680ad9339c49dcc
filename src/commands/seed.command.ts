import type { Command } from 'commander';
import { join } from 'node:path';
import { loadConfig } from '../config.js';
import { addCommand, type CommonOptions, type House, RefusedError, withDatabase } from './command-line.js';
import { knowledgeOf, listDocuments, readSeedFiles } from './seed-files.js';
import { type SeedCounts, type SeededDocument, SeedingService } from './seeding.service.js';
import { bold, counted, dim, findingText, green, red, refusalText, yellow } from './terminal.js';

/** `seed`: brings documents, and the publishers, sources and terms that they need, into the database. */
export function seedCommand(program: Command, house: House): void {
  addCommand(program, 'seed [PATH...]', 'bring documents into the database, and publish what nothing keeps from it')
    .addHelpText(
      'after',
      '\nPATH is a document or a folder of documents; without any, the documents of the folder of seeds.\n' +
        'Publishers, sources and terms come from the folder of seeds each time. Seeding twice changes nothing.\n',
    )
    .action(async (paths: string[], options: CommonOptions) => {
      const config = loadConfig();
      const files = await readSeedFiles(config.seedsDir);
      const documents = await listDocuments(paths.length > 0 ? paths : [join(config.seedsDir, 'documents')]);
      const knowledge = knowledgeOf(files);
      const print = (text: string): void => {
        if (options.json !== true) process.stdout.write(`${text}\n`);
      };
      const isRefused = await withDatabase(house, config, async (app) => {
        const seeding = app.get(SeedingService);
        const references = await seeding.seedReferences(files);
        print(referencesText(references));
        const seeded: SeededDocument[] = [];
        for (const path of documents) {
          const document = await seeding.seedDocument(path, knowledge);
          seeded.push(document);
          print(documentText(document));
        }
        print(summaryText(references, seeded));
        if (options.json === true) process.stdout.write(`${JSON.stringify({ references, documents: seeded })}\n`);
        return seeded.some(({ outcome }) => outcome === 'refused' || outcome === 'failed');
      });
      if (isRefused) throw new RefusedError();
    });
}

const OUTCOME_WORDS = { added: 'added', changed: 'read anew', unchanged: 'as it was' } as const;

function referencesText({ added, changed, unchanged }: SeedCounts): string {
  return dim(`Publishers, sources and terms: ${added} added, ${changed} changed, ${unchanged} as they were.`);
}

function documentText(document: SeededDocument): string {
  if (document.outcome === 'refused') return `${red('✘')} ${bold(document.path)}: ${refusalText(document.refusal)}`;
  if (document.outcome === 'failed')
    return `${red('✘')} ${bold(document.path)}: failed by a fault of ours; the log says more`;
  const { path, headline, publication, findings, outcome } = document;
  const state =
    publication.outcome === 'blocked'
      ? yellow('not published')
      : `${publication.outcome === 'published' ? 'published as' : 'still'} edition ${publication.number}`;
  const mark = publication.outcome === 'blocked' ? yellow('!') : green('✔');
  const shown = outcome !== 'unchanged' || publication.outcome !== 'unchanged' ? findings : [];
  return [
    `${mark} ${bold(path)}: ${OUTCOME_WORDS[outcome]}, ${state}`,
    `  ${headline}`,
    ...shown.map((finding) => findingText(finding, '    ')),
  ].join('\n');
}

function summaryText({ added, changed }: SeedCounts, documents: readonly SeededDocument[]): string {
  const countOf = (outcome: SeededDocument['outcome']): number => documents.filter((d) => d.outcome === outcome).length;
  const published = documents.filter((d) => 'publication' in d && d.publication.outcome === 'published').length;
  if (
    added + changed + countOf('added') + countOf('changed') + countOf('refused') + countOf('failed') + published ===
    0
  ) {
    return `Nothing to do: ${counted(documents.length, 'document')} and all else are as they were.`;
  }
  const parts = [
    `${countOf('added')} added`,
    ...(countOf('changed') > 0 ? [`${countOf('changed')} read anew`] : []),
    `${countOf('unchanged')} as they were`,
    `${countOf('refused')} refused`,
    ...(countOf('failed') > 0 ? [`${countOf('failed')} failed`] : []),
  ];
  return `${counted(documents.length, 'document')}: ${parts.join(', ')}; ${counted(published, 'edition')} published.`;
}
