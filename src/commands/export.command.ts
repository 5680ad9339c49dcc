import type { Command } from 'commander';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadConfig } from '../config.js';
import { codeOf } from '../reading/door/find-documents.js';
import type { RecordCounts } from '../imports/exports/export-records.js';
import { ExportWriter } from '../imports/exports/export-writer.js';
import { addCommand, type CommonOptions, type House, printResult, RefusedError } from './command-line.js';
import { withDatabase } from './with-database.js';
import { Progress } from './progress.js';
import { bold, counted, green } from './terminal.js';
import { writeFileWhole } from './write-file-whole.js';

interface ExportOptions extends CommonOptions {
  readonly out?: string;
}

/** `export`: writes everything that the database holds as lines of JSON, for `seed` to read. */
export function exportCommand(program: Command, house: House): void {
  addCommand(program, 'export', 'write everything that is there as lines of JSON, for `seed` to read')
    .option('--out <FILE>', 'write into this file, packed where its name ends in .gz; else to standard output')
    .addHelpText(
      'after',
      '\nOne state of the database is written, whatever goes on meanwhile. A file gets its name when it is whole.\n' +
        'Seeding it into an empty database brings all of it back; in another one, what is there is never overwritten.\n',
    )
    .action(async (options: ExportOptions) => {
      const { out } = options;
      await withDatabase(house, loadConfig(), async (app) => {
        const lines = new CountedLines(app.get(ExportWriter), out === undefined || options.json === true);
        if (out === undefined) await writeToStandardOutput(lines);
        else {
          await writeFileWhole(out, lines);
          const { article, document, edition } = lines.counts;
          const things = [counted(article, 'article'), counted(edition, 'edition'), counted(document, 'document')];
          printResult(
            options,
            { file: out, counts: lines.counts },
            `${green('✔')} ${bold(out)}: ${things.join(', ')}.`,
          );
        }
      });
    });
}

/** The lines of an export, with the bar that shows how far it has come. */
class CountedLines {
  #counts: RecordCounts | null = null;

  constructor(
    private readonly writer: ExportWriter,
    private readonly isOutputTaken: boolean,
  ) {}

  get counts(): RecordCounts {
    if (this.#counts === null) throw new TypeError('nothing was written yet');
    return this.#counts;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    let progress: Progress | null = null;
    const lines = this.writer.write((counts) => {
      this.#counts = counts;
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      progress = new Progress(total, this.isOutputTaken, 'line');
    });
    try {
      for await (const line of lines) {
        yield line;
        (progress as Progress | null)?.tick();
      }
    } finally {
      (progress as Progress | null)?.end();
    }
  }
}

async function writeToStandardOutput(lines: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(lines), process.stdout, { end: false });
  } catch (error) {
    // Whoever read it wants no more.
    if (codeOf(error) === 'EPIPE') throw new RefusedError();
    throw error;
  }
}
