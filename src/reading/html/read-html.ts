import { declaredCharset } from '../charset.js';
import { decodeDocument } from '../decode-document.js';
import { HtmlBlockReader } from './html-blocks.js';
import { articleBlocks } from './html-page.js';
import { htmlToMarkdown } from './html-to-markdown.js';
import { parsePage } from './html-tree.js';
import type { IncomingDocument } from '../door/incoming-document.js';
import { LinkKinds } from '../page/link-kinds.js';
import { readPage, type ReadingKnowledge } from '../page/read-page.js';
import type { Reading } from '../reading.js';
import { httpHeader, SNIFFED_BYTES } from '../door/sniff-format.js';
import { takeForm } from '../parts/text-form.js';

/**
 * Reads a page in HTML as it was saved, in whatever encoding it declares. What is no part of its article, the tags around
 * it among that, is kept as MARKUP. Throws DocumentRefused, naming the line.
 */
export function readHtml({ bytes, fileName, format }: IncomingDocument, knowledge: ReadingKnowledge): Reading {
  const header = httpHeader(bytes.subarray(0, SNIFFED_BYTES).toString('latin1'));
  const decoded = decodeDocument(bytes, declaredCharset(bytes.subarray(header.length), header.charset));
  const formed = takeForm(decoded.text, decoded);
  const { text } = formed;
  // Of the header, the parser would make a paragraph.
  const above = httpHeader(text).length;
  const tree = parsePage(' '.repeat(above) + text.slice(above));
  const blocks = new HtmlBlockReader(text).read(tree);
  return readPage(
    {
      fileName,
      sha256: decoded.sha256,
      sizeBytes: decoded.sizeBytes,
      format,
      original: decoded.text,
      formed,
      blocks: articleBlocks(blocks, knowledge, new LinkKinds(knowledge.linkKinds)),
      markdownOf: (start, end) => htmlToMarkdown(text.slice(start, end)),
      isForeignMarkup: true,
    },
    knowledge,
  );
}
