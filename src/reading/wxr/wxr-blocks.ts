import { HtmlBlockReader } from '../html/html-blocks.js';
import { HtmlPlainText } from '../html/html-plain-text.js';
import { HtmlTextMaps } from '../html/html-text-map.js';
import { htmlToMarkdown } from '../html/html-to-markdown.js';
import { parsePiece } from '../html/html-tree.js';
import type { Block } from '../page/markdown-blocks.js';
import type { WxrElement } from './wxr-elements.js';

/** A post's text cut into blocks. */
export interface ItemText {
  readonly blocks: readonly Block[];
  /** What stands between two offsets of the item's text, as Markdown. */
  readonly markdownOf: (start: number, end: number) => string;
}

/** A post's title as the headline; null where it says nothing. */
export function titleBlock(title: WxrElement, text: string): Block | null {
  const { start, end, textStart, textEnd } = title;
  const plain = plainOf(textStart, textEnd, text);
  return plain.read().trim() === '' ? null : { type: 'heading', start, end, ...factsOf(plain) };
}

/** The blocks of a post's text, which is HTML with paragraphs, or without: then empty lines part them. */
export function textBlocks(content: WxrElement | null, text: string): ItemText {
  if (content === null) return { blocks: [], markdownOf: () => '' };
  const { textStart, textEnd, isVerbatim, value } = content;
  // WordPress' newer editor marks its blocks, and then makes no paragraphs itself.
  const hasAutomaticParagraphs = !value.includes('<!-- wp:');
  const manner = { hasAutomaticParagraphs };
  if (isVerbatim) {
    const reader = new HtmlBlockReader(text, textStart, hasAutomaticParagraphs);
    return {
      blocks: reader.read(parsePiece(text.slice(textStart, textEnd))),
      markdownOf: (start, end) => htmlToMarkdown(text.slice(start, end), manner),
    };
  }
  // Escaped or parted, the text has no places in the item: it is one block.
  const plain = new HtmlPlainText(new HtmlTextMaps(value, 0));
  for (const node of parsePiece(value).childNodes) plain.add(node, 0, value.length);
  const sourceRange = (): { start: number; end: number } => ({ start: textStart, end: textEnd });
  const facts = { plain: plain.read(), links: [], emphasis: null, sourceRange };
  return {
    blocks: [{ type: 'html', start: textStart, end: textEnd, ...facts }],
    markdownOf: () => htmlToMarkdown(value, manner),
  };
}

/** The plain text of a term's or an author's name, in which exports write `&amp;` as pages do. */
export function plainTextOf({ textStart, textEnd }: WxrElement, text: string): string {
  return plainOf(textStart, textEnd, text).read().trim();
}

function plainOf(start: number, end: number, text: string): HtmlPlainText {
  const plain = new HtmlPlainText(new HtmlTextMaps(text, start));
  for (const node of parsePiece(text.slice(start, end)).childNodes) plain.add(node, start, end);
  return plain;
}

function factsOf(plain: HtmlPlainText): Pick<Block, 'plain' | 'links' | 'emphasis' | 'sourceRange'> {
  return {
    plain: plain.read(),
    links: plain.links,
    emphasis: null,
    sourceRange: (plainStart, plainEnd) => plain.sourceRange(plainStart, plainEnd),
  };
}
