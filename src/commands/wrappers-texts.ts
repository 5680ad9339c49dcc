import type { PatternUse, Place, WrapperReport, WrappersReport } from '../reading/parts/wrapper-tally.js';
import { bold, counted, cyan, dim, green, hanging, oneLine, padEnd, red, terminalWidth, yellow } from './terminal.js';

/** A wrapper in the list of those that are known. */
interface KnownWrapper {
  readonly publisher: string;
  readonly language: string;
  readonly isReadable: boolean;
  readonly lines: number;
  readonly clauses: number;
}

/** The wrappers that are known, one a line. */
export function wrapperListText(wrappers: readonly KnownWrapper[]): string {
  const width = Math.max(0, ...wrappers.map(({ publisher }) => publisher.length));
  const rows = wrappers.map(({ publisher, language, isReadable, lines, clauses }) => {
    const use = isReadable ? 'reads and writes' : 'writes alone';
    return `${bold(padEnd(publisher, width))}  ${padEnd(language, 5)}  ${padEnd(use, 16)}  ${dim(`${counted(lines, 'line')}, ${counted(clauses, 'clause')}`)}`;
  });
  return rows.length === 0 ? 'No wrapper is known.' : rows.join('\n');
}

/** How documents fared under the wrappers, for people. */
export function wrappersReportText(report: WrappersReport): string {
  const { read, refused, refusals, unknownPublishers, wrappers } = report;
  const sections = [
    `${refused === 0 ? green('✔') : red('✘')} ${counted(read, 'document')} read, ${refused.toLocaleString('en')} refused.`,
    ...(refusals.length === 0
      ? []
      : [
          [
            heading('Refused'),
            ...refusals.flatMap(({ code, expected, found, count, example }) => [
              row(count, `${red(code)}  ${dim(placeText(example))}`),
              `${INDENT}${hanging(`expected ${expected}, found ${found}`, INDENT.length)}`,
            ]),
          ].join('\n'),
        ]),
    ...(unknownPublishers.length === 0
      ? []
      : [
          [
            heading('Publishers that no data file has'),
            ...unknownPublishers.map(({ name, count, example }) => row(count, `${name}  ${dim(placeText(example))}`)),
          ].join('\n'),
        ]),
    ...wrappers.map(wrapperText),
  ];
  return sections.join('\n\n');
}

const COUNT_WIDTH = 7;
const INDENT = ' '.repeat(COUNT_WIDTH + 2);

function heading(text: string): string {
  return bold(cyan(text));
}

function row(count: number, text: string): string {
  return `${count.toLocaleString('en').padStart(COUNT_WIDTH)}  ${text}`;
}

function placeText({ path, line }: Place): string {
  return line === null ? path : `${path}:${line}`;
}

function wrapperText(wrapper: WrapperReport): string {
  const { publisher, language, documents, lines, clauses, findings, unclaimed } = wrapper;
  const head = `${heading(`${publisher} ${language}`)}  ${counted(documents, 'document')}`;
  if (documents === 0) return head;
  const items: Item[] = [
    ...lines.map(({ role, documents: uses, patterns }) => ({ name: role, uses, patterns, isClause: false })),
    ...clauses.map(({ key, documents: uses, wordings }) => ({ name: key, uses, patterns: wordings, isClause: true })),
  ].filter(({ patterns }) => patterns.length > 0);
  const nameWidth = Math.max(...items.map(({ name }) => name.length));
  const used = items.flatMap((item) =>
    item.patterns
      .filter((pattern) => pattern.documents > 0)
      .map(({ pattern, documents: uses }, i) =>
        row(uses, `${padEnd(i === 0 ? item.name : '', nameWidth)}  ${patternText(item, pattern, nameWidth)}`),
      ),
  );
  const unused = items.flatMap((item) => neverTexts(item, nameWidth));
  return [
    head,
    bold('  Matched'),
    ...used,
    ...(unused.length === 0 ? [] : [bold('  Never matched'), ...unused]),
    ...(findings.length === 0 ? [] : [bold('  Findings')]),
    ...findings.map(({ code, count, example }) => row(count, `${yellow(code)}  ${dim(placeText(example))}`)),
    bold('  Unclaimed'),
    ...(unclaimed.length === 0 ? [`${INDENT}${green('nothing')}`] : []),
    ...unclaimed.flatMap(({ text, count, example }) => [
      row(count, oneLine(text, terminalWidth() - INDENT.length)),
      `${INDENT}${dim(placeText(example))}`,
    ]),
  ].join('\n');
}

/** A line or clause of a wrapper, and how many documents have it. */
interface Item {
  readonly name: string;
  readonly uses: number;
  readonly patterns: readonly PatternUse[];
  readonly isClause: boolean;
}

/** A line's pattern whole, and as much of a clause as fits. */
function patternText({ isClause }: Item, pattern: string, nameWidth: number): string {
  const indent = INDENT.length + nameWidth + 2;
  return dim(isClause ? oneLine(pattern, terminalWidth() - indent) : hanging(pattern, indent));
}

/** The patterns in which nothing is written; where none of several is used, how many there are says enough. */
function neverTexts(item: Item, nameWidth: number): string[] {
  const never = item.patterns.filter(({ documents }) => documents === 0);
  const texts =
    item.uses === 0 && never.length > 1
      ? [dim(`none of ${never.length} patterns`)]
      : never.map(({ pattern }) => patternText(item, pattern, nameWidth));
  return texts.map((text, i) => `${INDENT}${padEnd(i === 0 ? item.name : '', nameWidth)}  ${text}`);
}
