import type { Root } from 'mdast';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';

function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/**
 * Markdown as HTML that is safe to put into a page: markup in the text is left out, and so is every address that is
 * no http, https or mailto one.
 */
export function safeHtml(markdown: string): string {
  return toHtml(sanitize(toHast(parse(markdown))));
}

/** Markdown as plain text, with an empty line between blocks. */
export function plainText(markdown: string): string {
  return parse(markdown)
    .children.map((block) => toString(block, { includeHtml: false }))
    .filter((text) => text !== '')
    .join('\n\n');
}
