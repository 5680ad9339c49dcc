import iconv from 'iconv-lite';
import sniffEncoding from 'html-encoding-sniffer';

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

/** Whether bytes of this encoding can be read and written; `x-user-defined` and the like can not. */
export function isKnownCharset(charset: Charset): boolean {
  return iconv.encodingExists(charset);
}

/** As much of a page as is searched for a late declaration. */
const SEARCHED_BYTES = 64 * 1024;

const META = Buffer.from('<meta');

/**
 * The encoding that a page's byte order mark, header or meta element declares; undefined for UTF-8, and where none does.
 * Source: HTML, 13.2.3.2, prescan. Pages that declare it later than browsers look are common, so it is looked for on.
 */
export function declaredCharset(html: Buffer, header: string | undefined): Charset | undefined {
  const options = {
    defaultEncoding: 'UTF-8',
    ...(header === undefined ? {} : { transportLayerEncodingLabel: header }),
  };
  const found = sniffEncoding(html, options);
  if (found !== 'UTF-8') return found;
  const head = Buffer.from(html.subarray(0, SEARCHED_BYTES).toString('latin1').toLowerCase(), 'latin1');
  for (let at = head.indexOf(META, 1024 - META.length); at !== -1; at = head.indexOf(META, at + 1)) {
    const late = sniffEncoding(head.subarray(at), { defaultEncoding: 'UTF-8' });
    if (late !== 'UTF-8') return late;
  }
  return undefined;
}

/** The standard name of an encoding that an XML declaration names; undefined for UTF-8, null for what is none. */
export function charsetNamed(label: string): Charset | undefined | null {
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'utf-8' ? undefined : encoding;
  } catch {
    return null;
  }
}
