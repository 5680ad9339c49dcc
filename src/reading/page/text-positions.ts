/** Places in a text: JavaScript counts UTF-16 units, evidence counts Unicode code points, people count lines. */
export class TextPositions {
  /** The offsets of the second halves of surrogate pairs, in order. */
  readonly #pairs: number[] = [];
  /** The offsets at which lines begin, in order. */
  readonly #lines: number[] = [0];

  /** `place` finds an offset of what is read in the text that came; they differ by line ends and accents. */
  constructor(
    readonly text: string,
    private readonly place: (offset: number) => number = (offset) => offset,
  ) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xdc00 && unit <= 0xdfff) this.#pairs.push(i);
      else if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) this.#lines.push(i + 1);
    }
  }

  /** Code points before the UTF-16 offset. */
  codePointOf(offset: number): number {
    const at = this.place(offset);
    return at - countBelow(this.#pairs, at);
  }

  /** The line of the UTF-16 offset, counted from 1. */
  lineOf(offset: number): number {
    return countBelow(this.#lines, this.place(offset) + 1);
  }

  /** The text that came between two offsets, with a few characters before and after it. */
  quote(start: number, end: number, context: number): { exact: string; prefix: string; suffix: string } {
    const [from, to] = [this.place(start), this.place(end)];
    return {
      exact: this.text.slice(from, to),
      prefix: this.text.slice(Math.max(0, from - context), from),
      suffix: this.text.slice(to, to + context),
    };
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
