import picocolors from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Finding } from '../articles/finding.js';
import type { Refusal } from '../reading/reading.js';

const { bold, cyan, dim, green, red, yellow } = picocolors;

export { bold, cyan, dim, green, red, yellow };

/** Readable on any terminal: neither cramped nor longer than an eye follows. */
export function terminalWidth(): number {
  return Math.min(Math.max(process.stdout.columns || 100, 60), 120);
}

/** Fills a text up to a width, as a terminal counts it. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** The text on one line, cut to the width. */
export function oneLine(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (stringWidth(line) <= width) return line;
  let cut = '';
  for (const character of line) {
    if (stringWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** The text over as many lines as it takes, all but the first set in by `indent`. */
export function hanging(text: string, indent: number, width = terminalWidth()): string {
  return wrapAnsi(text, Math.max(20, width - indent), { hard: true }).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/** A finding in a line or two: how grave, where, and what mends it. */
export function findingText(finding: Finding, indent: string): string {
  const mark = finding.severity === 'ERROR' ? red('✘') : yellow('!');
  const where = finding.line === null ? '' : dim(`, line ${finding.line}`);
  const message = hanging(finding.message, indent.length + 2);
  return `${indent}${mark} ${bold(finding.code)} ${dim(finding.path)}${where}\n${indent}  ${message}`;
}

/** Why a document was refused, in one line: where, what was expected, what stood there. */
export function refusalText({ line, expected, found, code }: Refusal): string {
  const where = line === null ? '' : `line ${line}: `;
  return `${where}expected ${expected}, found ${found} ${dim(`(${code})`)}`;
}

/** What an archive has beside its articles, by kind: `Passed over: 12 attachment, 3 page.` */
export function passedOverText(counts: ReadonlyMap<string, number>): string {
  const kinds = Array.from(counts, ([kind, count]) => `${count.toLocaleString('en')} ${kind}`);
  return dim(`Passed over: ${kinds.join(', ')}.`);
}

/** `1 document`, `2 documents`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}
