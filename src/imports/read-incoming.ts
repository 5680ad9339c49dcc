import type { IncomingDocument } from '../documents/incoming-document.js';
import { readDocument } from '../documents/read-document.js';
import type { ReadingKnowledge } from '../documents/read-page.js';
import type { ReadDocument } from '../documents/store-documents.js';
import { placeOf } from '../editions/build-edition.js';
import { type FormattedText, formatMarkdown } from '../editions/markdown-formats.js';

/** A document that was read, and its body as readers would get it if it became a new article. */
export interface ReadResult extends ReadDocument {
  readonly body: FormattedText;
}

/** Does all that a document's import needs but the database. Throws DocumentRefused. */
export function readIncoming(
  document: IncomingDocument,
  knowledge: ReadingKnowledge,
  newArticleId: string,
): ReadResult {
  const { path, bytes } = document;
  const reading = readDocument(document, knowledge);
  const { body, language } = reading.article;
  const place = placeOf({ articleId: newArticleId, language }, 'body');
  return { path, bytes, reading, newArticleId, body: formatMarkdown(body, place) };
}
