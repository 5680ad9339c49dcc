import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Charset, decodeText, encodeText, isKnownCharset } from './charset.js';
import { DocumentRefused } from './document-refused.js';

/** A document's text with the facts about its bytes that the text does not show. */
export interface DecodedDocument {
  /** Without the byte order mark, otherwise as it came: line ends and accents are not touched. */
  readonly text: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly hasByteOrderMark: boolean;
  /** Absent for UTF-8. */
  readonly charset?: Charset;
}

const BYTE_ORDER_MARK = '\uFEFF';

function lineOfByte(bytes: Buffer, end: number): number {
  let line = 1;
  for (let i = bytes.indexOf(10); i !== -1 && i < end; i = bytes.indexOf(10, i + 1)) line++;
  return line;
}

/** Where the first byte stands that no UTF-8 text has: the longest valid beginning, found by halving. */
function firstInvalidByte(bytes: Buffer): number {
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodes(middle)) low = middle;
    else high = middle - 1;
  }
  // What is refused is the byte after a character was begun; what is wrong is the byte that began it.
  while (low > 0 && !isUtf8(bytes.subarray(0, low))) low--;
  return Math.min(low, bytes.length - 1);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function decodeUtf8(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const at = firstInvalidByte(bytes);
  throw new DocumentRefused({
    code: 'DOCUMENT_NOT_UTF8',
    line: lineOfByte(bytes, at),
    expected: 'text in UTF-8',
    found: `the byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`,
  });
}

/** Decodes what declares its encoding itself. What could not be written back to the very bytes is refused. */
function decodeDeclared(bytes: Buffer, charset: Charset): string {
  const refuse = (line: number | null, found: string): never => {
    throw new DocumentRefused({
      code: 'DOCUMENT_NOT_AS_DECLARED',
      line,
      expected: `text in ${charset}, as the document declares`,
      found,
    });
  };
  if (!isKnownCharset(charset)) refuse(null, 'an encoding that can not be read');
  const text = decodeText(bytes, charset);
  const at = text.search(/\uFFFD|\p{Surrogate}/u);
  if (at !== -1) refuse(lineOf(text, at), 'bytes that mean no character');
  const again = encodeText(text, charset);
  if (!again.equals(bytes)) {
    const differs = again.findIndex((byte, i) => byte !== bytes[i]);
    refuse(lineOfByte(bytes, differs), 'bytes that would be written otherwise');
  }
  return text;
}

/**
 * Decodes a document's bytes, as UTF-8 unless it declares another encoding.
 * Throws DocumentRefused for an empty document, for bytes that the encoding does not have and for NUL characters,
 * naming the line.
 */
export function decodeDocument(bytes: Buffer, charset?: Charset): DecodedDocument {
  const decoded = charset === undefined ? decodeUtf8(bytes) : decodeDeclared(bytes, charset);
  const hasByteOrderMark = decoded.startsWith(BYTE_ORDER_MARK);
  const text = hasByteOrderMark ? decoded.slice(1) : decoded;
  if (text.trim() === '') {
    throw new DocumentRefused({ code: 'DOCUMENT_EMPTY', line: null, expected: 'a page', found: 'an empty file' });
  }
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    throw new DocumentRefused({
      code: 'DOCUMENT_HAS_NUL',
      line: lineOf(text, nul),
      expected: 'text without NUL characters',
      found: 'a NUL character',
    });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { text, sha256, sizeBytes: bytes.length, hasByteOrderMark, ...(charset === undefined ? {} : { charset }) };
}
