import type { Charset } from '../charset.js';

/** A text with values of the article in it: the address of a link. */
export type TextPieces = readonly (string | { readonly path: string })[];

/**
 * How a text stands on a page where the wrapper or the value has it otherwise: at an offset of the expected text,
 * `removed` gives way to `added`. Spacing, curly quotation marks, links and emphasis are such changes.
 */
export type LayoutEdit = readonly [at: number, removed: string, added: string | TextPieces];

/** What one piece of a wrapper's line is: words of its pattern, what parts two values, or a value of the article. */
export type LinePiece =
  | { readonly type: 'LITERAL'; readonly index: number }
  | { readonly type: 'SEPARATOR'; readonly text: 'COMMA' | 'CONJUNCTION' }
  | { readonly type: 'VALUE'; readonly path: string };

/** A piece as it stands on the page. */
export interface LineToken {
  readonly piece: LinePiece;
  /** In which of the language's forms a date is written; absent for the usual one. */
  readonly form?: string;
  /** Length of the expected text when it was read, in UTF-16 units: edits inside it hold for that length. */
  readonly length: number;
  readonly edits: readonly LayoutEdit[];
}

/** How a part is written from the fields of its reading. `before` and `after` are what stands around it. */
export type PartLayout = { readonly before: string; readonly after: string } & PartContent;

export type PartContent =
  | { readonly type: 'LINE'; readonly pattern: string; readonly tokens: readonly LineToken[] }
  /** The field's own Markdown. */
  | { readonly type: 'FIELD'; readonly path: 'dek' | 'body' }
  /** No field: what the page has here, with the links that are fields in their places. */
  | { readonly type: 'TEXT'; readonly pieces: TextPieces };

/** How a document's text is stored: recorded once, taken out before reading and put back when writing. */
export interface TextForm {
  /** Absent for UTF-8. */
  readonly charset?: Charset;
  readonly hasByteOrderMark: boolean;
  /** MIXED: `lineEnds` has the end of every line. */
  readonly lineEnding: 'LF' | 'CRLF' | 'CR' | 'MIXED';
  readonly lineEnds?: readonly ('LF' | 'CRLF' | 'CR')[];
  /** NFD: every accent is a character of its own. */
  readonly normalForm: 'NFC' | 'NFD' | 'MIXED';
}
