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

const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;

/** How many quotes and lists a line opens, or is set in by. */
function nestingOf(line: string): number {
  let depth = 0;
  CONTAINER.lastIndex = 0;
  while (CONTAINER.test(line)) depth++;
  const indentation = line.length - line.trimStart().length;
  return depth === 0 ? 0 : Math.max(depth, Math.floor(indentation / 2));
}

function countOf(line: string, signs: string): number {
  let count = 0;
  for (let i = 0; i < line.length; i++) if (signs.includes(line.charAt(i))) count++;
  return count;
}

/** Addresses without a scheme are links, too. */
function addressesOf(line: string): number {
  return line.includes('www.') ? line.split('www.').length - 1 : 0;
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
  let signs = 0;
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    const nesting = nestingOf(line);
    if (nesting > DEEPEST_NESTING) {
      refuse(i + 1, `quotes and lists at most ${DEEPEST_NESTING} deep`, `${nesting} levels`);
    }
    if (line.trim() === '' || line.trimStart().startsWith('|')) {
      blockMarks = 0;
      blockLine = i + 2;
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
