import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { DocumentRefused } from '../reading/document-refused.js';
import type { Incoming } from '../reading/door/incoming-document.js';
import { openDocuments } from '../reading/door/open-documents.js';
import { readDocument } from '../reading/read-document.js';
import type { ReadingKnowledge } from '../reading/page/read-page.js';
import type { Part, ReadArticle, Reading, Refusal } from '../reading/reading.js';
import { addCommand, type CommonOptions, printResult, RefusedError } from './command-line.js';
import { knowledgeOf, readSeedFiles } from './seed-files.js';
import {
  bold,
  counted,
  cyan,
  dim,
  findingText,
  green,
  hanging,
  oneLine,
  padEnd,
  passedOverText,
  red,
  refusalText,
  terminalWidth,
} from './terminal.js';

/** `read`: shows what documents are read as, and stores nothing. */
export function readCommand(program: Command): void {
  addCommand(program, 'read PATH', 'show what a document is read as, and store nothing')
    .addHelpText(
      'after',
      '\nShows the parts of the page with their lines, the fields that they gave, and findings.\n' +
        'PATH is a file, a folder, a pattern or - for standard input: pages in Markdown or HTML, and WordPress exports,\n' +
        'whose posts are shown one after another; each may be packed with gzip.\n',
    )
    .action(async (path: string, options: CommonOptions) => {
      const config = loadConfig();
      const knowledge = knowledgeOf(await readSeedFiles(config.seedsDir));
      const passedOver = new Map<string, number>();
      let isRefused = false;
      let isFirst = true;
      for await (const incoming of openDocuments([path], { limitBytes: config.documentLimitBytes })) {
        if ('passedOver' in incoming) {
          passedOver.set(incoming.passedOver, (passedOver.get(incoming.passedOver) ?? 0) + 1);
          continue;
        }
        const shown = show(incoming, knowledge);
        isRefused ||= 'refusal' in shown.value;
        printResult(options, shown.value, `${isFirst ? '' : '\n'}${shown.text}`);
        isFirst = false;
      }
      if (passedOver.size > 0 && options.json !== true) process.stdout.write(`\n${passedOverText(passedOver)}\n`);
      if (isRefused) throw new RefusedError();
    });
}

/** What is shown for one thing that came in: for machines, and for people. */
function show(
  incoming: Exclude<Incoming, { passedOver: string }>,
  knowledge: ReadingKnowledge,
): { value: object; text: string } {
  if ('records' in incoming) {
    const { path } = incoming;
    const found = 'records of Colophon’s own export, which seed takes as they are';
    return refused(path, { code: 'NOT_AN_ARTICLE', line: 1, expected: 'a document', found });
  }
  if ('refusal' in incoming) return refused(incoming.path, incoming.refusal);
  const { path } = incoming.document;
  try {
    const reading = readDocument(incoming.document, knowledge);
    return { value: reading, text: readingText(path, reading) };
  } catch (error) {
    if (error instanceof DocumentRefused) return refused(path, error.refusal);
    throw error;
  }
}

function refused(path: string, refusal: Refusal): { value: object; text: string } {
  return { value: { path, refusal }, text: `${red('✘')} ${bold(path)}: ${refusalText(refusal)}` };
}

function readingText(path: string, reading: Reading): string {
  const { article, findings, sizeBytes, sha256, format } = reading;
  const facts = [counted(sizeBytes, 'byte'), format.toLowerCase(), `sha256 ${sha256.slice(0, 12)}…`].join(' · ');
  return [
    `${bold(path)}  ${dim(facts)}`,
    `A page of ${bold(article.publisherSlug)} in ${bold(article.pageLanguage)}, around a text in ${bold(article.language)}.`,
    '',
    heading('Parts'),
    ...partLines(reading),
    '',
    heading('Fields'),
    ...fieldLines(article),
    '',
    heading('Findings'),
    ...(findings.length === 0 ? [`  ${green('✔')} None.`] : findings.map((finding) => findingText(finding, '  '))),
  ].join('\n');
}

function heading(text: string): string {
  return bold(cyan(text));
}

function partLines({ parts, text }: Reading): string[] {
  const characters = Array.from(text);
  const linesOf = ({ firstLine, lastLine }: Part): string =>
    firstLine === lastLine ? String(firstLine) : `${firstLine}–${lastLine}`;
  const lineWidth = Math.max(...parts.map((part) => linesOf(part).length));
  const roleWidth = Math.max(...parts.map((part) => part.role.length));
  const room = terminalWidth() - lineWidth - roleWidth - 11;
  return parts.map((part) => {
    const excerpt = oneLine(characters.slice(part.start, part.end).join(''), room);
    const role = part.role === 'UNCLAIMED' ? red(part.role) : part.role;
    const cells = [dim(linesOf(part).padStart(lineWidth)), padEnd(role, roleWidth), padEnd(part.language ?? '–', 3)];
    return `  ${cells.join('  ')}  ${dim(excerpt)}`;
  });
}

function fieldLines(article: ReadArticle): string[] {
  const { origin, copyright } = article;
  const known = (value: string | null): string => value ?? dim('not known');
  const rows: [string, string][] = [
    ['headline', article.headline],
    ['kind', article.kind],
    ['published on', article.publishedOn],
    ['origin', `${origin.relation}, ${known(origin.sourceName)}, ${known(origin.publishedOn)}`],
    ['origin address', known(origin.url)],
    ...article.credits.map(({ role, name }): [string, string] => [role.toLowerCase(), name]),
    ...article.terms.map(({ scheme, rawLabel }): [string, string] => [scheme.toLowerCase(), rawLabel]),
    ['copyright', copyright?.raw ?? dim('no notice')],
    ...article.clauses.map(({ definition, text }): [string, string] => [
      definition.notice ?? definition.reuse?.effect ?? 'CONTACT',
      oneLine(text, terminalWidth() * 2),
    ]),
    ...article.contacts.map(({ email, purposes }): [string, string] => [
      'contact',
      `${email} (${purposes.join(', ')})`,
    ]),
    ...article.links.map(({ kind, url }): [string, string] => ['link', `${url} (${kind})`]),
    ['summary', article.dek === null ? dim('none') : oneLine(article.dek, terminalWidth() * 2)],
    ['text', `${counted(article.body.length, 'character')}, ${counted(article.body.split(/\n{2,}/).length, 'block')}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${dim(padEnd(name, width))}  ${hanging(value, width + 4)}`);
}
