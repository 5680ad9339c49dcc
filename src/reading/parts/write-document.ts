import { encodeText } from '../charset.js';
import { type LineContext, writeLine, writePieces } from './line-text.js';
import type { PartContent, PartLayout, TextForm } from './part-layout.js';
import { restoreForm } from './text-form.js';

/** Everything that a document is written back from. */
export interface WrittenFrom extends LineContext {
  readonly form: TextForm;
  readonly layouts: readonly PartLayout[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes a document from the fields of its reading and how its parts stand on the page. With the fields as they were
 * read it is the document byte for byte; with a field changed, the lines that show it are others and no more.
 */
export function writeDocument(from: WrittenFrom): Buffer {
  const text = from.layouts.map((layout) => layout.before + writePart(layout, from) + layout.after).join('');
  return encodeText(
    (from.form.hasByteOrderMark ? BYTE_ORDER_MARK : '') + restoreForm(text, from.form),
    from.form.charset,
  );
}

/** Writes one part, without what stands around it. */
export function writePart(content: PartContent, context: LineContext): string {
  switch (content.type) {
    case 'LINE':
      return writeLine(content.pattern, content.tokens, context);
    case 'FIELD':
      return (context.article.source ?? context.article)[content.path] ?? '';
    case 'TEXT':
      return writePieces(content.pieces, context);
  }
}
