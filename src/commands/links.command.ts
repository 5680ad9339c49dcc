import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.js';
import { type LinkReport, LinkChecksService } from '../publishing/links/link-checks.service.js';
import { addCommand, type CommonOptions, type House, printResult } from './command-line.js';
import { withDatabase } from './with-database.js';
import { counted, dim, green, red } from './terminal.js';

/** `links`: finds out which links of articles lead nowhere. */
export function linksCommand(program: Command, house: House): void {
  const links = addCommand(program, 'links', 'find out which links of articles lead nowhere: check');
  addCommand(links, 'check', 'try the links of articles that were changed, or not looked at for 30 days')
    .option('--limit <N>', 'of how many articles, the longest waiting first', wholeNumber, 100)
    .addHelpText(
      'after',
      '\nOne request at a time for each host, with a pause. Private networks are not asked. What leads nowhere is a finding\n' +
        'of the desk, LINK_DEAD, and keeps nothing from being published.\n',
    )
    .action(async (options: CommonOptions & { readonly limit: number }) => {
      await withDatabase(house, loadConfig(), async (app) => {
        const report = await app.get(LinkChecksService).check(options.limit);
        printResult(options, report, reportText(report));
      });
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 99,999.');
  return Number(text);
}

function reportText({ articles, links, tried, dead }: LinkReport): string {
  const { ALIVE, DEAD, UNSURE, REFUSED } = links;
  const mark = DEAD === 0 ? green('✔') : red('✘');
  return [
    `${mark} ${counted(articles, 'article')}, ${counted(tried, 'link')} tried: ${ALIVE} alive, ${DEAD} dead, ` +
      `${UNSURE} unsure, ${REFUSED} not followed`,
    ...dead.map(
      ({ url, detail, path, language }) => `  ${url}\n    ${dim(`${language ?? ''} ${path}: ${detail}`.trim())}`,
    ),
  ].join('\n');
}
