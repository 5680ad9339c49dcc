import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { decodeDocument } from './decode-document.js';
import { DocumentRefused } from './document-refused.js';

function refusalOf(bytes: Buffer) {
  try {
    decodeDocument(bytes);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentRefused);
    return (error as DocumentRefused).refusal;
  }
}

describe('decodeDocument', () => {
  it('keeps the text as it came', () => {
    const bytes = Buffer.from('é\r\ne\u0301\rx\n');
    expect(decodeDocument(bytes)).toEqual({
      text: 'é\r\ne\u0301\rx\n',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      hasByteOrderMark: false,
    });
  });

  it('takes one byte order mark off the text, never off the hash', () => {
    const bytes = Buffer.from('\uFEFF\uFEFFx');
    const decoded = decodeDocument(bytes);
    expect(decoded).toMatchObject({ text: '\uFEFFx', hasByteOrderMark: true, sizeBytes: 7 });
    expect(decoded.sha256).not.toBe(decodeDocument(Buffer.from('x')).sha256);
  });

  it.each(['', ' \n\t\r\n', '\uFEFF', '\uFEFF \n', '\u00a0'])('refuses %j as empty', (text) => {
    expect(refusalOf(Buffer.from(text))).toMatchObject({ code: 'DOCUMENT_EMPTY' });
  });

  it.each([
    ['a byte of Latin-1 before a letter', Buffer.from('un\ndeux caf\xe9s\n', 'latin1'), 2, '0xe9'],
    ['a byte of Latin-1 at the end of a line', Buffer.from('un caf\xe9\ndeux\n', 'latin1'), 1, '0xe9'],
    ['a byte that no text has', Buffer.concat([Buffer.from('é\né\né'), Buffer.from([0xff])]), 3, '0xff'],
    ['a character cut short at the end', Buffer.from('x\n😀').subarray(0, 5), 2, '0xf0'],
    ['UTF-16', Buffer.from('\uFEFFtexte', 'utf16le'), 1, '0xff'],
    ['half a surrogate pair', Buffer.from([0x61, 0xed, 0xa0, 0x80]), 1, '0xed'],
  ])('refuses %s with its line and byte', (_what, bytes, line, found) => {
    const refusal = refusalOf(bytes);
    expect(refusal).toMatchObject({ code: 'DOCUMENT_NOT_UTF8', line });
    expect(refusal?.found).toContain(found);
  });

  it('refuses NUL with its line', () => {
    expect(refusalOf(Buffer.from('un\ndeux\n\0'))).toMatchObject({ code: 'DOCUMENT_HAS_NUL', line: 3 });
  });

  it.each([
    ['windows-1252', Buffer.from('caf\xe9 \x80', 'latin1'), 'café €'],
    ['utf-16le', Buffer.from('\uFEFFété', 'utf16le'), 'été'],
    ['utf-16be', Buffer.from('\uFEFFété', 'utf16le').swap16(), 'été'],
    ['shift_jis', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
  ])('decodes %s where it is declared', (charset, bytes, text) => {
    expect(decodeDocument(bytes, charset)).toMatchObject({ text, charset, sizeBytes: bytes.length });
  });

  it.each([
    ['windows-1252', Buffer.from('un\ndeux \x81', 'latin1'), 2],
    ['utf-16le', Buffer.from('x\n\ud800', 'utf16le'), 2],
    ['utf-16le', Buffer.from([0x61, 0, 0x62]), 1],
    ['shift_jis', Buffer.from([0x61, 0x0a, 0x93]), 2],
    ['x-user-defined', Buffer.from('x'), null],
  ])('refuses bytes that %s does not have, with their line', (charset, bytes, line) => {
    const refused = (): unknown => decodeDocument(bytes, charset);
    expect(refused).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: 'DOCUMENT_NOT_AS_DECLARED', line }) }),
    );
  });
});
