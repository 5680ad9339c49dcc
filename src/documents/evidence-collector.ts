import type { Block } from './markdown-blocks.js';
import type { EvidenceOf } from './reading.js';
import type { TextPositions } from './text-positions.js';

/** Characters kept before and after a quote, to find it again when the text has moved. */
const CONTEXT = 32;

/** Gathers which characters of a document gave which field. */
export class EvidenceCollector {
  readonly found: EvidenceOf[] = [];

  constructor(readonly positions: TextPositions) {}

  /** The characters between two UTF-16 offsets of the document's text gave the field. */
  add(path: string, start: number, end: number): void {
    const { text } = this.positions;
    this.found.push({
      path,
      start: this.positions.codePointOf(start),
      end: this.positions.codePointOf(end),
      exact: text.slice(start, end),
      prefix: wholeCharacters(text.slice(Math.max(0, start - CONTEXT), start)),
      suffix: wholeCharacters(text.slice(end, end + CONTEXT)),
    });
  }

  /** A stretch of a block's plain text gave the field. */
  addPlain(path: string, block: Block, plainStart: number, plainEnd: number): void {
    const { start, end } = block.sourceRange(plainStart, plainEnd);
    this.add(path, start, end);
  }
}

/** Drops half a surrogate pair that a cut has left at either end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
