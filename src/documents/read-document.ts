import { decodeDocument } from './decode-document.js';
import type { DocumentFormat, IncomingDocument } from './incoming-document.js';
import { markdownBlocks } from './markdown-blocks.js';
import { readHtml } from './read-html.js';
import { readWxrItem } from './read-wxr-item.js';
import { readPage, type ReadingKnowledge } from './read-page.js';
import type { Reading } from './reading.js';
import { refuseIntricate } from './refuse-intricate.js';
import { takeForm } from './text-form.js';

type Reader = (document: IncomingDocument, knowledge: ReadingKnowledge) => Reading;

const READERS: Readonly<Record<DocumentFormat, Reader>> = { MARKDOWN: readMarkdown, HTML: readHtml, WXR: readWxrItem };

/**
 * Reads a document by the reader of its format: its parts, the article's fields with the evidence for each, and findings.
 * Stores nothing. Throws DocumentRefused, naming the line, for what is no article as a known publisher wraps it.
 */
export function readDocument(document: IncomingDocument, knowledge: ReadingKnowledge): Reading {
  return READERS[document.format](document, knowledge);
}

/** Reads a page in Markdown (CommonMark with GitHub's extensions), in UTF-8. */
function readMarkdown({ bytes, fileName, format }: IncomingDocument, knowledge: ReadingKnowledge): Reading {
  const decoded = decodeDocument(bytes);
  const { text: original, sha256, sizeBytes } = decoded;
  refuseIntricate(original);
  const formed = takeForm(original, decoded);
  const { text } = formed;
  return readPage(
    {
      fileName,
      sha256,
      sizeBytes,
      format,
      original,
      formed,
      blocks: markdownBlocks(text),
      markdownOf: (start, end) => text.slice(start, end),
    },
    knowledge,
  );
}
