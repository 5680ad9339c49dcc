import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.js';
import { type ListedRun, ImportsService } from '../imports/imports.service.js';
import type { UndoneImport } from '../imports/undo-import.js';
import { addCommand, type CommonOptions, type House, printResult, RefusedError } from './command-line.js';
import { withDatabase } from './with-database.js';
import { bold, counted, dim, green, oneLine, red, terminalWidth, yellow } from './terminal.js';

interface UndoOptions extends CommonOptions {
  readonly leaveBuiltUpon?: boolean;
}

/** `imports`: lists what was imported, run by run, and takes a run back. */
export function importsCommand(program: Command, house: House): void {
  const imports = addCommand(program, 'imports', 'list the imports that have brought something, and take one back')
    .option('--limit <N>', 'how many of them, the latest first', wholeNumber, 20)
    .action(async (options: CommonOptions & { readonly limit: number }) => {
      await withDatabase(house, loadConfig(), async (app) => {
        const runs = await app.get(ImportsService).listRuns(options.limit);
        printResult(options, { runs }, runs.length === 0 ? 'Nothing was imported yet.' : runs.map(runText).join('\n'));
      });
    });
  addCommand(imports, 'undo RUN', 'take an import back: its articles go, or are again what they were')
    .option('--leave-built-upon', 'leave what was built upon since, and take the rest back')
    .addHelpText(
      'after',
      '\nRUN is its number in the list. What was edited, translated, published or imported again since is named, and\n' +
        'then nothing is taken back. Editions stay in the record, and documents are kept.\n',
    )
    .action(async (run: string, _options: UndoOptions, command: Command) => {
      // The list has options of the same names.
      const options: UndoOptions = command.optsWithGlobals();
      const isRefused = await withDatabase(house, loadConfig(), async (app) => {
        const undone = await app.get(ImportsService).undo(wholeNumber(run), options.leaveBuiltUpon === true);
        printResult(options, undone, undoneText(undone));
        return !undone.isDone;
      });
      if (isRefused) throw new RefusedError();
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}

function runText({ number, inputs, startedAt, finishedAt, undoneAt, added, changed, left }: ListedRun): string {
  const state =
    undoneAt !== null
      ? yellow(`taken back ${moment(undoneAt)}${left === 0 ? '' : `, ${left} left`}`)
      : finishedAt === null
        ? yellow('not finished')
        : green('finished');
  const what = `${added.toLocaleString('en')} added, ${changed.toLocaleString('en')} changed`;
  const head = `${bold(String(number).padStart(4))}  ${moment(startedAt)}  ${what}, ${state}`;
  return `${head}\n      ${dim(oneLine(inputs.join(' '), terminalWidth() - 6))}`;
}

function undoneText({ number, isDone, removed, restored, builtUpon }: UndoneImport): string {
  const named = builtUpon.map(
    ({ slug, headline, path, reasons }) =>
      `  ${bold(slug)} ${dim(path)}\n    ${headline}\n    since then ${reasons.join('; ')}`,
  );
  if (!isDone) {
    const things = counted(builtUpon.length, 'article');
    return [`${red('✘')} Import ${number} is not taken back: ${things} built upon since.`, ...named].join('\n');
  }
  const left = builtUpon.length === 0 ? '' : `; ${counted(builtUpon.length, 'article')} left, built upon since:`;
  const done = `${counted(removed.length, 'article')} removed, ${restored.length.toLocaleString('en')} as before`;
  return [`${green('✔')} Import ${number} is taken back: ${done}${left}`, ...named].join('\n');
}

function moment(date: Date): string {
  return date.toISOString().slice(0, 16).replace('T', ' ');
}
