import type { Root } from 'mdast';
import { decodeDocument } from './decode-document.js';
import type { DocumentFormat, IncomingDocument } from './door/incoming-document.js';
import { markdownBlocks, parseMarkdown, treeOfBlocks } from './page/markdown-blocks.js';
import { readHtml } from './html/read-html.js';
import { readWxrItem } from './wxr/read-wxr-item.js';
import { readPage, type ReadingKnowledge } from './page/read-page.js';
import type { Reading } from './reading.js';
import { refuseIntricate } from './refuse-intricate.js';
import { takeForm } from './parts/text-form.js';

/** Hears of the tree of the article's body, where reading the page has made one: it need not be parsed again. */
export type OnBody = (tree: Root) => void;

type Reader = (document: IncomingDocument, knowledge: ReadingKnowledge, onBody?: OnBody) => Reading;

const READERS: Readonly<Record<DocumentFormat, Reader>> = { MARKDOWN: readMarkdown, HTML: readHtml, WXR: readWxrItem };

/**
 * Reads a document by the reader of its format: its parts, the article's fields with the evidence for each, and findings.
 * Stores nothing. Throws DocumentRefused, naming the line, for what is no article as a known publisher wraps it.
 */
export function readDocument(document: IncomingDocument, knowledge: ReadingKnowledge, onBody?: OnBody): Reading {
  return READERS[document.format](document, knowledge, onBody);
}

/** Reads a page in Markdown (CommonMark with GitHub's extensions), in UTF-8. */
function readMarkdown(
  { bytes, fileName, format }: IncomingDocument,
  knowledge: ReadingKnowledge,
  onBody?: OnBody,
): Reading {
  const decoded = decodeDocument(bytes);
  const { text: original, sha256, sizeBytes } = decoded;
  refuseIntricate(original);
  const formed = takeForm(original, decoded);
  const { text } = formed;
  const root = parseMarkdown(text);
  const blocks = markdownBlocks(text, root);
  return readPage(
    {
      fileName,
      sha256,
      sizeBytes,
      format,
      original,
      formed,
      blocks,
      markdownOf: (start, end) => text.slice(start, end),
      onBody: (body) => {
        const tree = treeOfBlocks(root, blocks, body);
        if (tree !== null) onBody?.(tree);
      },
    },
    knowledge,
  );
}
