import type { Element } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { type Handle, toMdast } from 'hast-util-to-mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { defaultTreeAdapter } from 'parse5';
import { DocumentRefused } from '../document-refused.js';
import { makeParagraphs } from './automatic-paragraphs.js';
import { FOOTNOTE, FOOTNOTE_REFERENCE, makeFootnotes } from './html-footnotes.js';
import { BLOCK_NAMES, isFurniture } from './html-furniture.js';
import {
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isComment,
  isElement,
  isText,
  nameOf,
  parsePiece,
} from './html-tree.js';
import { refuseIntricate } from '../refuse-intricate.js';

const labelOf = (node: Element): string => String(node.properties.title);

const HANDLERS: Readonly<Record<string, Handle>> = {
  [FOOTNOTE_REFERENCE]: (_state, node: Element) => {
    const label = labelOf(node);
    return { type: 'footnoteReference', identifier: label, label };
  },
  [FOOTNOTE]: (state, node: Element) => {
    const label = labelOf(node);
    return { type: 'footnoteDefinition', identifier: label, label, children: state.toFlow(state.all(node)) };
  },
};

/** How a piece of HTML is to be understood. */
export interface HtmlManner {
  /** Whether an empty line begins a paragraph, and a line's end is one, as in WordPress' older texts. */
  readonly hasAutomaticParagraphs?: boolean;
}

/**
 * A piece of a page as Markdown: its text, links, pictures, lists and tables. What Markdown has no words for is left to
 * the document. Throws DocumentRefused for what would be beyond all measure as Markdown.
 */
export function htmlToMarkdown(piece: string, { hasAutomaticParagraphs = false }: HtmlManner = {}): string {
  const tree = parsePiece(piece);
  if (hasAutomaticParagraphs) makeParagraphs(tree);
  makeFootnotes(tree);
  tidy(tree);
  const markdown = toMarkdown(toMdast(fromParse5(tree), { handlers: HANDLERS }), {
    extensions: [gfmToMarkdown()],
    bullet: '-',
    emphasis: '*',
    rule: '-',
    listItemIndent: 'one',
  }).trim();
  try {
    refuseIntricate(markdown);
  } catch (error) {
    // The line would be one of the Markdown.
    if (error instanceof DocumentRefused) throw new DocumentRefused({ ...error.refusal, line: null });
    throw error;
  }
  return markdown;
}

/** Elements without text that Markdown, or what becomes of it, has something for. */
const SHOWN: ReadonlySet<string> = new Set('img br hr iframe video audio picture object embed canvas'.split(' '));

/**
 * Takes out of a tree what nobody reads: machinery, comments, elements of a line without anything in them. Many of those
 * side by side would be compared each with all others.
 */
function tidy(parent: HtmlParent): void {
  const kept: HtmlParent['childNodes'] = [];
  for (const child of parent.childNodes) {
    if (isComment(child) || isFurniture(child)) continue;
    if (isElement(child)) tidy(child);
    const text = isText(child) ? child.value : isHollow(child) ? spaceIn(child) : null;
    const last = kept.at(-1);
    if (text === '') continue;
    if (text === null) kept.push(child);
    else if (last !== undefined && isText(last)) last.value += text;
    else
      kept.push(isText(child) ? child : Object.assign(defaultTreeAdapter.createTextNode(text), { parentNode: parent }));
  }
  parent.childNodes = kept;
}

/** Whether an element of a line holds white space at most. */
function isHollow(node: HtmlNode): node is HtmlElement {
  const name = nameOf(node);
  if (name === null || !isElement(node) || SHOWN.has(name) || BLOCK_NAMES.has(name)) return false;
  return node.childNodes.every((child) => isText(child) && child.value.trim() === '');
}

function spaceIn(element: HtmlElement): string {
  return element.childNodes.length === 0 ? '' : ' ';
}
