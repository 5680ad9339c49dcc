import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DocumentRefused } from '../document-refused.js';
import { codeOf, findDocuments, STANDARD_INPUT } from './find-documents.js';
import type { Incoming, JsonLine } from './incoming-document.js';
import { openArchive } from './open-archive.js';
import type { Refusal } from '../reading.js';
import { isGzip, SNIFFED_BYTES, sniffFormat } from './sniff-format.js';
import { tooLarge } from './too-large.js';

/** What the door needs to know of its house. */
export interface DoorOptions {
  /** How large a document may be; an archive may be of any length, its items and lines may not. */
  readonly limitBytes: number;
  /** Where `-` is read from; the process's own unless it is said. */
  readonly standardInput?: AsyncIterable<Buffer>;
}

/**
 * Opens documents one after another: files, folders, patterns, `-` for standard input, each packed with gzip or not.
 * What each is, its content tells, not its name. One document, item or line is held at a time. What can not be opened is
 * told in its place, and the others still come.
 */
export async function* openDocuments(inputs: readonly string[], options: DoorOptions): AsyncGenerator<Incoming> {
  for await (const found of findDocuments(inputs)) {
    if ('refusal' in found) yield found;
    else yield* openFile(found.path, options);
  }
}

/** Opens one file, or standard input. */
export async function* openFile(path: string, options: DoorOptions): AsyncGenerator<Incoming> {
  if (path === STANDARD_INPUT) {
    yield* openBytes(path, 'standard-input', options.standardInput ?? process.stdin, null, options);
    return;
  }
  let handle: FileHandle;
  try {
    handle = await open(path);
  } catch (error) {
    yield unreadable(path, codeOf(error));
    return;
  }
  try {
    const kind = await handle.stat();
    yield* openBytes(path, basename(path), chunksOf(handle, kind.size), kind.isFile() ? kind.size : null, options);
  } finally {
    await handle.close();
  }
}

/** A file's bytes in pieces. A file of one piece takes one reading. */
async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(SNIFFED_BYTES));
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
    if (at === size) return;
  }
}

/** Bytes whose beginning can be looked at before they are read. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer[] = [];

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async head(): Promise<Buffer> {
    let length = 0;
    while (length < SNIFFED_BYTES) {
      const next = await this.#chunks.next();
      if (next.done === true) break;
      this.#held.push(next.value);
      length += next.value.length;
    }
    const head = Buffer.concat(this.#held);
    this.#held = [head];
    return head;
  }

  async *rest(): AsyncGenerator<Buffer> {
    try {
      yield* this.#held;
      this.#held = [];
      for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) yield next.value;
    } finally {
      await this.#chunks.return?.();
    }
  }
}

async function* openBytes(
  path: string,
  fileName: string,
  chunks: AsyncIterable<Buffer>,
  size: number | null,
  options: DoorOptions,
): AsyncGenerator<Incoming> {
  let isPacked = false;
  try {
    let bytes = new Bytes(chunks);
    let head = await bytes.head();
    if (isGzip(head)) {
      isPacked = true;
      bytes = new Bytes(unpack(bytes.rest()));
      head = await bytes.head();
    }
    const format = sniffFormat(head);
    if (format === 'WXR') {
      yield* openArchive(path, fileName, bytes.rest(), options.limitBytes);
    } else if (format === 'JSON_LINES') {
      yield { path, records: linesOf(bytes.rest(), LINE_SHARE * options.limitBytes) };
    } else {
      const known = isPacked ? null : size;
      const whole = known !== null && known > options.limitBytes ? null : await collect(bytes, options.limitBytes);
      yield whole === null
        ? { path, refusal: tooLarge('a document', options.limitBytes, known) }
        : { document: { path, fileName, format, bytes: whole } };
    }
  } catch (error) {
    if (error instanceof DocumentRefused) yield { path, refusal: error.refusal };
    else if (typeof (error as NodeJS.ErrnoException).code === 'string') yield unreadable(path, codeOf(error));
    else throw error;
  }
}

/** All of the bytes, or null where there are more than the limit: then the rest is not read. */
async function collect(bytes: Bytes, limitBytes: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of bytes.rest()) {
    length += part.length;
    if (length > limitBytes) return null;
    parts.push(part);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

/** Texts are packed to a tenth, if they repeat themselves to a hundredth; what is packed tighter is made to keep machines busy. */
const MOST_UNPACKED = { times: 200, freeBytes: 16 * 1024 * 1024 };

async function* unpack(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = { packed: 0, unpacked: 0 };
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes.packed += chunk.length;
      yield chunk;
    }
  }
  const gunzip = createGunzip();
  // What goes wrong is thrown where the pieces are read; a reader that wants no more ends both.
  pipeline(Readable.from(counted()), gunzip, () => undefined);
  for await (const chunk of gunzip) {
    bytes.unpacked += (chunk as Buffer).length;
    if (bytes.unpacked > Math.max(MOST_UNPACKED.freeBytes, MOST_UNPACKED.times * bytes.packed)) {
      const expected = `a packed file that becomes at most ${MOST_UNPACKED.times} times as large`;
      throw new DocumentRefused({
        code: 'DOCUMENT_TOO_LARGE',
        line: null,
        expected,
        found: 'more, as bombs are packed',
      });
    }
    yield chunk as Buffer;
  }
}

/** How much longer than a document a line of an export may be: it may hold its bytes in base64, and texts of an edition. */
const LINE_SHARE = 16;

const LINE_FEED = 10;

const NOT_UTF8 = { expected: 'text in UTF-8', found: 'bytes that are none' };

/** The lines of a text, one at a time, without their ends; empty ones are passed over. */
async function* linesOf(chunks: AsyncIterable<Buffer>, limitBytes: number): AsyncGenerator<JsonLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  const keep = (part: Buffer): void => {
    length += part.length;
    if (length > limitBytes) throw new DocumentRefused(tooLarge('a line', limitBytes, null, line));
    parts.push(part);
  };
  const take = (): JsonLine | null => {
    const bytes = Buffer.concat(parts);
    parts = [];
    length = 0;
    if (!isUtf8(bytes)) return { line, refusal: { code: 'DOCUMENT_NOT_UTF8', line: line++, ...NOT_UTF8 } };
    const text = bytes.toString('utf8').trim();
    const taken = { line: line++, text };
    return text === '' ? null : taken;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      const taken = take();
      if (taken !== null) yield taken;
      for (start = end + 1; chunk[start] === LINE_FEED; start++) line++;
    }
    keep(chunk.subarray(start));
  }
  const last = take();
  if (last !== null) yield last;
}

function unreadable(path: string, found: string): { path: string; refusal: Refusal } {
  return { path, refusal: { code: 'DOCUMENT_UNREADABLE', line: null, expected: 'a readable file', found } };
}
