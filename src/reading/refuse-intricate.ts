import { DocumentRefused } from './document-refused.js';

/** Quotes in quotes, lists in lists: no page has more. */
const DEEPEST_NESTING = 100;

/** Asterisks, brackets and the like in one paragraph. Matching them takes more than linear time. */
const MOST_MARKS_IN_A_BLOCK = 2000;

const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;

/** How many quotes and lists a line opens, or is set in by. */
function nestingOf(line: string): number {
  let depth = 0;
  CONTAINER.lastIndex = 0;
  while (CONTAINER.test(line)) depth++;
  const indentation = line.length - line.trimStart().length;
  return depth === 0 ? 0 : Math.max(depth, Math.floor(indentation / 2));
}

function marksOf(line: string): number {
  let marks = 0;
  for (let i = 0; i < line.length; i++) if ('*_[]`~<!'.includes(line.charAt(i))) marks++;
  return marks;
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
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    const nesting = nestingOf(line);
    if (nesting > DEEPEST_NESTING) {
      refuse(i + 1, `quotes and lists at most ${DEEPEST_NESTING} deep`, `${nesting} levels`);
    }
    if (line.trim() === '' || line.trimStart().startsWith('|')) {
      blockMarks = 0;
      blockLine = i + 2;
    }
    blockMarks += marksOf(line);
    if (blockMarks > MOST_MARKS_IN_A_BLOCK) {
      refuse(blockLine, `at most ${MOST_MARKS_IN_A_BLOCK} marks such as * and [ in a paragraph`, 'more of them');
    }
  }
}
