import iconv from 'iconv-lite';
import { attributeOf, elementsOf, parsePiece } from './html/html-tree.js';

/** The encoding of a text, by its name in the WHATWG Encoding Standard: `windows-1252`. Absent is UTF-8. */
export type Charset = string;

/** Encodes a text; the byte order mark is a character of it, where there is one. */
export function encodeText(text: string, charset?: Charset): Buffer {
  return charset === undefined ? Buffer.from(text, 'utf8') : iconv.encode(text, charset, { addBOM: false });
}

/** Decodes bytes without any judgement; the byte order mark stays a character of the text. */
export function decodeText(bytes: Buffer, charset?: Charset): string {
  return charset === undefined ? bytes.toString('utf8') : iconv.decode(bytes, charset, { stripBOM: false });
}

/** Whether bytes of this encoding can be read and written. */
export function isKnownCharset(charset: Charset): boolean {
  return iconv.encodingExists(charset);
}

/** The standard name of an encoding by any label of it; undefined for UTF-8, null for what is none. */
export function charsetNamed(label: string): Charset | undefined | null {
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'utf-8' ? undefined : encoding;
  } catch {
    return null;
  }
}

/** As much of a page as its encoding is looked for in. */
const SEARCHED_BYTES = 64 * 1024;

/**
 * The encoding that a page's byte order mark, its HTTP header or its meta elements declare; undefined for UTF-8, and where
 * none does. Source: HTML, 13.2.3, the input byte stream.
 */
export function declaredCharset(page: Buffer, headerLabel: string | undefined): Charset | undefined {
  if (page[0] === 0xff && page[1] === 0xfe) return 'utf-16le';
  if (page[0] === 0xfe && page[1] === 0xff) return 'utf-16be';
  if (page[0] === 0xef && page[1] === 0xbb && page[2] === 0xbf) return undefined;
  const ofHeader = headerLabel === undefined ? null : charsetNamed(headerLabel);
  if (ofHeader !== null) return ofHeader;
  const head = page.subarray(0, SEARCHED_BYTES).toString('latin1');
  if (!/<meta/i.test(head)) return undefined;
  for (const meta of elementsOf(parsePiece(head))) {
    if (meta.tagName !== 'meta') continue;
    const label =
      attributeOf(meta, 'charset') ?? pragmaOf(attributeOf(meta, 'http-equiv'), attributeOf(meta, 'content'));
    const found = label === null ? null : charsetNamed(label);
    // A page whose declaration can be read as ASCII is not in UTF-16.
    if (found !== null) return found?.startsWith('utf-16') === true ? undefined : found;
  }
  return undefined;
}

/** Source: HTML, 2.5.4, extracting a character encoding from a meta element. */
function pragmaOf(name: string | null, content: string | null): string | null {
  if (name?.toLowerCase() !== 'content-type' || content === null) return null;
  return /charset\s*=\s*["']?([^\s;"']+)/i.exec(content)?.[1] ?? null;
}
