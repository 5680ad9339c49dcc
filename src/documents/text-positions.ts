/** Places in a text: JavaScript counts UTF-16 units, evidence counts Unicode code points, people count lines. */
export class TextPositions {
  /** The offsets of the second halves of surrogate pairs, in order. */
  readonly #pairs: number[] = [];
  /** The offsets at which lines begin, in order. */
  readonly #lines: number[] = [0];

  constructor(readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xdc00 && unit <= 0xdfff) this.#pairs.push(i);
      else if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) this.#lines.push(i + 1);
    }
  }

  /** Code points before the UTF-16 offset. */
  codePointOf(offset: number): number {
    return offset - countBelow(this.#pairs, offset);
  }

  /** The line of the UTF-16 offset, counted from 1. */
  lineOf(offset: number): number {
    return countBelow(this.#lines, offset + 1);
  }
}

/** How many of the ascending numbers are below the bound. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
