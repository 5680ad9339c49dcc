import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.js';
import { JobsQueries, type ScheduledJob } from '../publishing/jobs.queries.js';
import { type RunPublication, SchedulesService } from '../publishing/schedules.service.js';
import { addCommand, type CommonOptions, type House, printResult, RefusedError } from './command-line.js';
import { withDatabase } from './with-database.js';
import { bold, counted, dim, green, oneLine, red, terminalWidth, yellow } from './terminal.js';

/** `jobs`: what is to be done by itself, and doing what is due for who lets no server do it. */
export function jobsCommand(program: Command, house: House): void {
  const jobs = addCommand(program, 'jobs', 'say what is to be published by itself, or do what is due: list, run');
  addCommand(jobs, 'list', 'list what is scheduled and what failed, the first first')
    .option('--limit <N>', 'how many', wholeNumber, 100)
    .action(async (options: CommonOptions & { readonly limit: number }) => {
      await withDatabase(house, loadConfig(), async (app) => {
        const listed = await app.get(JobsQueries).list(options.limit);
        const text = listed.length === 0 ? 'Nothing is scheduled.' : listed.map(jobText).join('\n');
        printResult(options, { jobs: listed }, text);
      });
    });
  addCommand(jobs, 'run', 'do what is due now, and end; for servers with COLOPHON_JOBS=off')
    .addHelpText('after', '\nEnds with 1 where something could not be done. It may run beside servers that do jobs.\n')
    .action(async (options: CommonOptions) => {
      const isAllDone = await withDatabase(house, loadConfig(), async (app) => {
        const ran = await app.get(SchedulesService).runDue();
        printResult(options, { publications: ran }, ran.length === 0 ? 'Nothing is due.' : ranText(ran));
        return ran.every(({ outcome }) => outcome === 'PUBLISHED');
      });
      if (!isAllDone) throw new RefusedError();
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 99,999.');
  return Number(text);
}

const STATES: Readonly<Record<ScheduledJob['state'], (job: ScheduledJob) => string>> = {
  WAITING: () => dim('waits'),
  DUE: () => green('is due'),
  RUNNING: () => green('is being done'),
  RETRYING: ({ faults, triedAgainAt }) =>
    yellow(`failed ${counted(faults, 'time')}, is tried again at ${moment(triedAgainAt)}`),
  REFUSED: ({ problem }) => red(`could not be published: ${problem ?? ''}`),
  GIVEN_UP: () => red('is done by nobody: `jobs run` does it'),
};

function jobText(job: ScheduledJob): string {
  const { headline, language, localTime, timeZone, scheduledBy, fault } = job;
  const head = `${bold(localTime.slice(0, 16).replace('T', ' '))} ${timeZone}  ${language}  ${STATES[job.state](job)}`;
  const more = [oneLine(headline, terminalWidth() - 6), dim(scheduledBy), ...(fault === null ? [] : [red(fault)])];
  return [head, ...more.map((line) => `      ${line}`)].join('\n');
}

function ranText(ran: readonly RunPublication[]): string {
  return ran
    .map((one) => {
      const what = `${one.language} of ${one.articleId}`;
      if (one.outcome === 'PUBLISHED') return `${green('✔')} ${what} is published`;
      if (one.outcome === 'REFUSED') return `${red('✘')} ${what} could not be published: ${one.problem}`;
      return `${red('✘')} ${what} failed: ${one.message}`;
    })
    .join('\n');
}

function moment(date: Date | null): string {
  return date === null ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
