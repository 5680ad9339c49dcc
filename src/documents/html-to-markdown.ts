import type { Element } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { type Handle, toMdast } from 'hast-util-to-mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { defaultTreeAdapter } from 'parse5';
import { DocumentRefused } from './document-refused.js';
import { makeParagraphs } from './automatic-paragraphs.js';
import { FOOTNOTE, FOOTNOTE_REFERENCE, makeFootnotes } from './html-footnotes.js';
import { isFurniture } from './html-furniture.js';
import { type HtmlParent, isComment, isElement, parsePiece } from './html-tree.js';
import { refuseIntricate } from './refuse-intricate.js';

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
  leaveMachinery(tree);
  if (hasAutomaticParagraphs) makeParagraphs(tree);
  makeFootnotes(tree);
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

function leaveMachinery(parent: HtmlParent): void {
  for (const child of [...parent.childNodes]) {
    if (isComment(child) || isFurniture(child)) defaultTreeAdapter.detachNode(child);
    else if (isElement(child)) leaveMachinery(child);
  }
}
