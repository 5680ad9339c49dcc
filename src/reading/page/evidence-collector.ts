import type { FoundLink, FoundValue } from '../parts/layout-parts.js';
import type { Block } from './markdown-blocks.js';
import type { EvidenceOf } from '../reading.js';
import type { TextPositions } from './text-positions.js';

/** Characters kept before and after a quote, to find it again when the text has moved. */
const CONTEXT = 32;

/** Gathers which characters of a document gave which field. */
export class EvidenceCollector {
  readonly found: EvidenceOf[] = [];
  /** Where values stand in their blocks, to write the blocks from them. */
  readonly values: FoundValue[] = [];
  /** Where links stand in the text that is read. */
  readonly links: FoundLink[] = [];

  constructor(readonly positions: TextPositions) {}

  /** The characters between two UTF-16 offsets of the document's text gave the field. */
  add(path: string, start: number, end: number): void {
    const { exact, prefix, suffix } = this.positions.quote(start, end, CONTEXT);
    this.found.push({
      path,
      start: this.positions.codePointOf(start),
      end: this.positions.codePointOf(end),
      exact,
      prefix: wholeCharacters(prefix),
      suffix: wholeCharacters(suffix),
    });
  }

  /** A stretch of a block's plain text gave the field. */
  addPlain(path: string, block: Block, plainStart: number, plainEnd: number): void {
    const { start, end } = block.sourceRange(plainStart, plainEnd);
    this.add(path, start, end);
    this.values.push({ path, block, plainStart, plainEnd });
  }
}

/** Drops half a surrogate pair that a cut has left at either end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
