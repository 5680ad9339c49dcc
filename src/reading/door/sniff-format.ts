import type { DocumentFormat } from './incoming-document.js';

/** As much of a file as its format is told from. */
export const SNIFFED_BYTES = 64 * 1024;

/** The headers that `curl --include` saves above a page: one for each answer on the way to it. */
const HTTP_HEADERS = /^(?:HTTP\/\d(?:\.\d)? \d{3}[^\n]*\n(?:[!-9;-~]+:[^\n]*\n)*\r?\n)+/;

const CHARSET = /^content-type:[^\n]*?;\s*charset\s*=\s*"?([^\s;"]+)/gim;

/** How long the HTTP header above a page is, and the encoding that it names. */
export function httpHeader(head: string): { readonly length: number; readonly charset: string | undefined } {
  const headers = HTTP_HEADERS.exec(head)?.[0] ?? '';
  const named = [...headers.matchAll(CHARSET)].at(-1);
  return { length: headers.length, charset: named?.[1] };
}

/** The beginning of a file as text: what tells its format is ASCII in whatever encoding. */
function textOf(head: Buffer): string {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return head.subarray(2, head.length & ~1).toString('utf16le');
  if (first === 0xfe && second === 0xff)
    return Buffer.from(head.subarray(2, head.length & ~1))
      .swap16()
      .toString('utf16le');
  return head.toString('latin1').replace(/^ï»¿/, '');
}

/** What stands first but white space, comments and XML's own declarations. */
function firstMarkup(text: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : null;
    const close = end === null ? -1 : text.indexOf(end, at + 2);
    if (end === null || close === -1) return text.slice(at, at + 200);
    at = close + end.length;
  }
}

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The format of a file, told from its beginning: its name says nothing. What is nothing else is Markdown. */
export function sniffFormat(head: Buffer): DocumentFormat | 'JSON_LINES' {
  const text = textOf(head);
  if (/^\s*\{\s*"colophon"\s*:/.test(text)) return 'JSON_LINES';
  const first = firstMarkup(text.slice(httpHeader(text).length)).toLowerCase();
  if (/^<(?:!doctype\s+html|html|head|body)[\s>]/.test(first)) return 'HTML';
  // A declared entity may stand before the element that would name the format.
  if (/^<(?:rss|!doctype\s+rss)[\s>[]/.test(first) && text.includes('wordpress.org/export/')) return 'WXR';
  return httpHeader(text).length > 0 ? 'HTML' : 'MARKDOWN';
}
