import type { Root } from 'mdast';
import { randomUUID } from 'node:crypto';
import type { IncomingDocument } from '../reading/door/incoming-document.js';
import { readDocument } from '../reading/read-document.js';
import type { ReadingKnowledge } from '../reading/page/read-page.js';
import type { ReadDocument } from '../documents/store-documents.js';
import { sketchText } from '../documents/text-sketch.js';
import { placeOf } from '../editions/edition-text.js';
import { type FormattedText, formatMarkdown } from '../editions/markdown-formats.js';

/** A document that was read, and its body as readers would get it if it became a new article. */
export interface ReadResult extends ReadDocument {
  readonly body: FormattedText;
}

/** What comes of reading: all but what whoever asked has. */
export type FreshReading = Omit<ReadResult, 'path' | 'bytes' | 'readWith'>;

/** Does all that a document's import needs but the database. Throws DocumentRefused. */
export function readIncoming(document: IncomingDocument, knowledge: ReadingKnowledge): FreshReading {
  let tree: Root | undefined;
  const { text: _, ...reading } = readDocument(document, knowledge, (body) => {
    tree = body;
  });
  const { body, language } = reading.article;
  const newArticleId = randomUUID();
  const place = placeOf({ articleId: newArticleId, language }, 'body');
  return { reading, newArticleId, sketch: sketchText(body), body: formatMarkdown(body, place, tree) };
}
