import { defaultTreeAdapter, html } from 'parse5';
import { BLOCK_NAMES, PARAGRAPH_HOLDERS } from './html-furniture.js';
import { type HtmlElement, type HtmlNode, type HtmlParent, isElement, isText, nameOf } from './html-tree.js';

function element(name: string): HtmlElement {
  return defaultTreeAdapter.createElement(name, html.NS.HTML, []);
}

/**
 * Makes paragraphs of the lines of a tree, as WordPress does when it shows a text: an empty line begins a paragraph, a
 * line's end is one. Source: WordPress, wpautop().
 */
export function makeParagraphs(parent: HtmlParent): void {
  const children = [...parent.childNodes];
  for (const child of children) if (isElement(child)) makeParagraphs(child);
  const name = nameOf(parent);
  if (name !== null && !PARAGRAPH_HOLDERS.has(name)) return;
  let line: HtmlElement | null = null;
  // All at once: taking them out one by one would move the others each time.
  parent.childNodes = [];
  for (const child of children) {
    if (isBlock(child)) {
      line = null;
      defaultTreeAdapter.appendChild(parent, child);
      continue;
    }
    const pieces = isText(child) ? child.value.split(/\n[ \t]*\n\s*/) : [null];
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) line = null;
      if (piece?.trim() === '' && line === null) continue;
      if (line === null) {
        line = element('p');
        defaultTreeAdapter.appendChild(parent, line);
      }
      if (piece === null) defaultTreeAdapter.appendChild(line, child);
      else addLines(line, piece);
    }
  }
}

function isBlock(node: HtmlNode): boolean {
  const name = nameOf(node);
  return name !== null && BLOCK_NAMES.has(name);
}

function addLines(paragraph: HtmlElement, text: string): void {
  for (const [i, line] of text.split('\n').entries()) {
    if (i > 0 && line.trim() !== '') defaultTreeAdapter.appendChild(paragraph, element('br'));
    defaultTreeAdapter.insertText(paragraph, line);
  }
}
