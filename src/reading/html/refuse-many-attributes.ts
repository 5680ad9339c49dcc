import { DocumentRefused } from '../document-refused.js';

/** Parsing compares each attribute of a tag with those before it. */
const MOST_ATTRIBUTES = 1000;

const SPACE = ' \t\n\r\f';

/** Where the text of an element ends that holds no tags. */
const RAW_ENDS: readonly [start: RegExp, end: RegExp][] = [
  [/<script/iy, /<\/script/gi],
  [/<style/iy, /<\/style/gi],
  [/<!--/y, /-->/g],
];

/** The end of a tag, and how many attributes it has at most. */
function readTag(text: string, start: number): { readonly end: number; readonly attributes: number } {
  let attributes = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '>') return { end: at, attributes };
    if (character === '/' || SPACE.includes(character)) attributes++;
    if (character !== '=') continue;
    while (at + 1 < text.length && SPACE.includes(text.charAt(at + 1))) at++;
    const quote = text.charAt(at + 1);
    if (quote !== '"' && quote !== "'") continue;
    const close = text.indexOf(quote, at + 2);
    if (close === -1) break;
    at = close;
  }
  return { end: text.length, attributes };
}

/** Refuses tags of more attributes than any page has, in linear time. Throws DocumentRefused naming the line. */
export function refuseManyAttributes(text: string): void {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const raw = RAW_ENDS.find(([start]) => {
      start.lastIndex = at;
      return start.test(text);
    });
    const isTag = /[A-Za-z]/.test(text.charAt(at + 1));
    const tag = isTag ? readTag(text, at) : { end: at, attributes: 0 };
    if (tag.attributes > MOST_ATTRIBUTES) {
      throw new DocumentRefused({
        code: 'DOCUMENT_TOO_INTRICATE',
        line: text.slice(0, at).split('\n').length,
        expected: `tags of at most ${MOST_ATTRIBUTES} attributes`,
        found: 'more of them',
      });
    }
    at = tag.end;
    if (raw === undefined) continue;
    const [, end] = raw;
    end.lastIndex = at;
    at = end.exec(text)?.index ?? text.length;
  }
}
