import { DocumentRefused } from '../../reading/document-refused.js';
import { codeOf } from '../../reading/door/find-documents.js';
import type { JsonLine } from '../../reading/door/incoming-document.js';
import type { Refusal } from '../../reading/reading.js';
import type { ExportedGroup } from './export-reader.js';
import {
  type ExportedArticle,
  type ExportedDocument,
  type ExportedEdition,
  type ExportedFormerArticle,
  type ExportedRecord,
  type ExportedReference,
  type ExportedRevision,
  type ExportEnd,
} from './export-records.js';
import { Misshapen, type Shape } from './export-shapes.js';
import { groupProblem } from './records-group.js';
import { HEADER, RECORD } from './record-shapes.js';

/** What stands in an export, as far as it can go in on its own. */
export type Piece = { readonly line: number; readonly length: number } & (
  | { readonly kind: 'reference'; readonly record: ExportedReference }
  | { readonly kind: 'document'; readonly record: ExportedDocument }
  | { readonly kind: 'article'; readonly group: ExportedGroup }
);

/** A piece, or why there is none. */
export type ReadPiece = Piece | { readonly refusal: Refusal };

/** As much as an article with all its revisions and editions may be, in characters: they go in together. */
const LARGEST_GROUP = 512 * 1024 * 1024;

/** An article whose lines are being read. */
interface OpenGroup {
  readonly line: number;
  readonly head: ExportedArticle | ExportedFormerArticle;
  readonly revisions: ExportedRevision[];
  readonly editions: ExportedEdition[];
  length: number;
}

/** Reads an export's lines into pieces, each checked: a line that is not as it should be costs no other its place. */
export async function* readPieces(lines: AsyncIterable<JsonLine>): AsyncGenerator<ReadPiece> {
  const reader = new RecordsReader();
  const iterator = lines[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<JsonLine, unknown>;
      try {
        next = await iterator.next();
      } catch (error) {
        // Bytes that are no text, or a packed file that ends too early: what comes behind is lost.
        yield* reader.breakOff(refusalOfLines(error));
        return;
      }
      if (next.done === true) break;
      yield* reader.take(next.value);
      if (reader.isOver) return;
    }
    yield* reader.end();
  } finally {
    await iterator.return?.();
  }
}

class RecordsReader {
  /** Whether nothing behind is read. */
  isOver = false;
  #isBegun = false;
  #isEnded = false;
  #lines = 0;
  #last = 0;
  #group: OpenGroup | null = null;
  /** The article whose lines are passed over: it was refused. */
  #refusedId: string | null = null;

  *take(taken: JsonLine): Generator<ReadPiece> {
    const { line } = taken;
    this.#last = line;
    if ('refusal' in taken) {
      this.#lines++;
      yield taken;
      yield* this.#passOver(line, null);
      return;
    }
    const { text } = taken;
    if (!this.#isBegun) {
      this.#isBegun = true;
      const header = parse(text, line, HEADER);
      if ('refusal' in header) {
        this.isOver = true;
        yield header;
      }
      return;
    }
    if (this.#isEnded) {
      this.isOver = true;
      yield { refusal: malformed(line, 'nothing behind the last line of an export', 'a line') };
      return;
    }
    this.#lines++;
    const parsed = parse(text, line, RECORD);
    if ('refusal' in parsed) {
      yield parsed;
      yield* this.#passOver(line, parsed.articleId);
    } else if (parsed.value.type === 'end') {
      this.#lines--;
      yield* this.#finish(line, parsed.value);
    } else {
      yield* this.#add(line, text.length, parsed.value);
    }
  }

  /** The lines are at their end. */
  *end(): Generator<ReadPiece> {
    yield* this.#close();
    if (this.#isEnded || this.isOver) return;
    const found = this.#isBegun ? 'no such line: the export was cut off' : 'nothing';
    const expected = 'a last line of the type “end”';
    yield { refusal: { code: 'EXPORT_CUT_OFF', line: this.#last, expected, found } };
  }

  *breakOff(refusal: Refusal): Generator<ReadPiece> {
    yield* this.#close();
    yield { refusal };
  }

  *#add(line: number, length: number, record: ExportedRecord): Generator<ReadPiece> {
    if (record.type === 'revision' || record.type === 'edition') {
      yield* this.#addToGroup(line, length, record);
      return;
    }
    yield* this.#close();
    if (record.type === 'article' || record.type === 'formerArticle') {
      this.#group = { line, head: record, revisions: [], editions: [], length };
      return;
    }
    yield record.type === 'document'
      ? { kind: 'document', line, length, record }
      : { kind: 'reference', line, length, record };
  }

  *#addToGroup(line: number, length: number, record: ExportedRevision | ExportedEdition): Generator<ReadPiece> {
    const { articleId } = record;
    const group = this.#group;
    if (group?.head.id !== articleId) {
      if (this.#refusedId === articleId) return;
      yield* this.#close();
      this.#refuse(articleId);
      yield { refusal: malformed(line, `the line of its article before a line of the type “${record.type}”`, 'none') };
      return;
    }
    group.length += length;
    if (group.length > LARGEST_GROUP) {
      this.#refuse(articleId);
      const expected = `an article with all its lines of at most ${LARGEST_GROUP.toLocaleString('en')} characters`;
      yield { refusal: malformed(line, expected, 'more') };
    } else if (record.type === 'revision') {
      group.revisions.push(record);
    } else {
      group.editions.push(record);
    }
    if (isWhole(group)) yield* this.#close();
  }

  /** A line was not as it should be. It may have been one of the open article's lines: then that is not whole. */
  *#passOver(line: number, articleId: string | null): Generator<ReadPiece> {
    const group = this.#group;
    if (group !== null && (articleId === null || articleId === group.head.id)) {
      this.#refuse(group.head.id);
      yield { refusal: malformed(group.line, 'an article whose lines are all as they should be', `line ${line}`) };
    } else if (articleId !== null) {
      yield* this.#close();
      this.#refuse(articleId);
    }
  }

  /** The open article has all its lines, or will get no more. */
  *#close(): Generator<ReadPiece> {
    const group = this.#group;
    if (group === null) return;
    const { line, head, length } = group;
    this.#refuse(head.id);
    const problem = groupProblem(group);
    yield problem === null
      ? { kind: 'article', line, length, group }
      : { refusal: { code: 'EXPORT_MALFORMED', line, ...problem } };
  }

  #refuse(articleId: string): void {
    this.#group = null;
    this.#refusedId = articleId;
  }

  *#finish(line: number, { counts }: ExportEnd): Generator<ReadPiece> {
    yield* this.#close();
    this.#isEnded = true;
    const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (counted === this.#lines) return;
    const expected = `${counted.toLocaleString('en')} lines between the first and the last`;
    yield { refusal: { code: 'EXPORT_CUT_OFF', line, expected, found: this.#lines.toLocaleString('en') } };
  }
}

function isWhole({ head, revisions, editions }: OpenGroup): boolean {
  const wanted = head.type === 'article' ? head.revisions : 0;
  return revisions.length === wanted && editions.length === head.editions;
}

type Parsed<T> = { readonly value: T } | { readonly refusal: Refusal; readonly articleId: string | null };

function parse<T>(text: string, line: number, shape: Shape<T>): Parsed<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refusal: malformed(line, 'a line of JSON', 'what is none'), articleId: null };
  }
  try {
    shape.check(value, '');
    return { value: value as T };
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    const { path, expected, found } = error;
    const refusal = malformed(line, path === '' ? expected : `${expected} at ${path}`, found);
    return { refusal, articleId: articleIdOf(value) };
  }
}

/** The article that a line is about, as far as it tells. */
function articleIdOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { articleId, id } = value as Readonly<Record<string, unknown>>;
  return typeof articleId === 'string' ? articleId : typeof id === 'string' ? id : null;
}

function malformed(line: number, expected: string, found: string): Refusal {
  return { code: 'EXPORT_MALFORMED', line, expected, found };
}

function refusalOfLines(error: unknown): Refusal {
  if (error instanceof DocumentRefused) return error.refusal;
  if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
  return { code: 'DOCUMENT_UNREADABLE', line: null, expected: 'a readable file', found: codeOf(error) };
}
