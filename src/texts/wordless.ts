import { splitBlocks } from './split-blocks.js';

/** What readers see nothing of: markup is left out, and notes and addresses are shown where the text names them. */
const UNSEEN: ReadonlySet<string> = new Set(['html', 'definition', 'footnoteDefinition', 'thematicBreak']);

const WORD = /[\p{L}\p{N}\p{So}]/u;

/** Whether readers would find nothing in a body: no word, no number, no picture. */
export function isWordless(body: string): boolean {
  if (!hasWord(body)) return true;
  // Without these signs there is no markup and no definition, and the body need not be taken apart.
  if (!/<|^[ \t>]*\[/m.test(body)) return false;
  return splitBlocks(body).every(
    ({ kind, text }) => UNSEEN.has(kind) || !hasWord(text.replace(/<(?![a-z][a-z\d+.-]*:)[^<>]*>/gi, '')),
  );
}

function hasWord(text: string): boolean {
  return WORD.test(text.replace(/&#?\w+;/g, ''));
}
