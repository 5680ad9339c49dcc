import { DocumentRefused } from './document-refused.js';

/** Quotes in quotes, lists in lists: no page has more. */
const DEEPEST_NESTING = 100;

/** Asterisks, brackets and the like in one paragraph. Matching them takes more than linear time. */
const MOST_MARKS_IN_A_BLOCK = 2000;

/** Lines and marks of a whole page: what a parser makes of each takes kilobytes. Books have fewer. */
const MOST_SIGNS_IN_A_PAGE = 100_000;

const MARKS = '*_[]`~<!';

/** What begins something else than text, beside marks: references, cells, addresses. */
const FURTHER_SIGNS = '&|@:';

const LINE_END = /\r\n|\r|\n/;

const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;

/** How many quotes and lists a line opens, or is set in by. */
function nestingOf(line: string): number {
  let depth = 0;
  CONTAINER.lastIndex = 0;
  while (CONTAINER.test(line)) depth++;
  const indentation = line.length - line.trimStart().length;
  return depth === 0 ? 0 : Math.max(depth, Math.floor(indentation / 2));
}

function countOf(text: string, signs: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (signs.includes(text.charAt(i))) count++;
  return count;
}

/** Addresses without a scheme are links, too. */
function addressesOf(line: string): number {
  return line.includes('www.') ? line.split('www.').length - 1 : 0;
}

/**
 * How much of a text keeps the Markdown parser busy beyond its length: marks, what parts the cells of tables, and the quotes
 * and lists that each line stands in, be it by its own marks or below a line that has them.
 */
export function countMarks(text: string): number {
  let marks = countOf(text, `${MARKS}|`);
  let nesting = 0;
  for (const line of text.split(LINE_END)) {
    nesting = line.trim() === '' ? 0 : Math.max(nesting, nestingOf(line));
    marks += nesting;
  }
  return marks;
}

function cellsOf(row: string): string[] {
  const line = row.trim();
  return line.startsWith('|')
    ? line
        .slice(1)
        .replace(/(?<!\\)\|$/, '')
        .split(/(?<!\\)\|/)
    : [];
}

/** Whether a table begins with these lines. One that stands right below a paragraph is taken for a part of that. */
function isTableHead(before: string, head: string, delimiters: string): boolean {
  const cells = cellsOf(delimiters);
  if (before.trim() !== '' || cells.length === 0 || cells.length !== cellsOf(head).length) return false;
  return cells.every((cell) => /^:?-+:?$/.test(cell.trim()));
}

/**
 * Refuses markup that no page has and that would keep the Markdown parser busy without end, in linear time.
 * Throws DocumentRefused naming the line. A table's marks are counted line by line: its cells stand alone.
 */
export function refuseIntricate(text: string): void {
  const refuse = (line: number, expected: string, found: string): never => {
    throw new DocumentRefused({ code: 'DOCUMENT_TOO_INTRICATE', line, expected, found });
  };
  let blockMarks = 0;
  let blockLine = 1;
  let isTable = false;
  let signs = 0;
  const lines = text.split(LINE_END);
  for (const [i, line] of lines.entries()) {
    const nesting = nestingOf(line);
    if (nesting > DEEPEST_NESTING) {
      refuse(i + 1, `quotes and lists at most ${DEEPEST_NESTING} deep`, `${nesting} levels`);
    }
    const isRow = line.trimStart().startsWith('|');
    isTable = isRow && (isTable || isTableHead(lines[i - 2] ?? '', lines[i - 1] ?? '', line));
    if (line.trim() === '' || isTable) {
      blockMarks = 0;
      blockLine = isTable ? i + 1 : i + 2;
    }
    const marks = countOf(line, MARKS);
    signs += 1 + marks + countOf(line, FURTHER_SIGNS) + addressesOf(line);
    if (signs > MOST_SIGNS_IN_A_PAGE) {
      refuse(i + 1, `at most ${MOST_SIGNS_IN_A_PAGE} lines and marks such as * and [ in a page`, 'more of them');
    }
    blockMarks += marks;
    if (blockMarks > MOST_MARKS_IN_A_BLOCK) {
      refuse(blockLine, `at most ${MOST_MARKS_IN_A_BLOCK} marks such as * and [ in a paragraph`, 'more of them');
    }
  }
}
