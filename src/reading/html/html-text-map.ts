import { parseFragment } from 'parse5';
import type { HtmlText } from './html-tree.js';

const REFERENCE = /&(?:#[xX]?[\da-fA-F]+|[A-Za-z][A-Za-z\d]*);?/y;

/** What follows `<` where a tag begins, or another thing that is no text. */
const MARKUP = /[A-Za-z/!?]/;

/** A stretch of a text that stands in the source as it reads, or one reference. */
interface Stretch {
  /** Offset into the text's value. */
  readonly value: number;
  /** Offset into the source. */
  readonly start: number;
  /** Where it ends in the source, if it is a reference: all of its characters stand there together. */
  readonly referenceEnd: number | null;
}

/**
 * Where each character of a text in a tree stands in the source: references are longer there, and the parser passes over
 * stray tags. A text is walked through once, however many paragraphs are cut out of it.
 */
export class HtmlTextMap {
  #stretches: readonly Stretch[] | null = null;

  /** Of the text that stands between two offsets of the source. */
  constructor(
    readonly value: string,
    private readonly source: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** How many of the text's characters stand before an offset of the source. */
  lengthTo(offset: number): number {
    const [stretch, next] = this.#last((one) => one.start < offset);
    if (stretch === undefined) return 0;
    const most = next?.value ?? this.value.length;
    return stretch.referenceEnd === null ? Math.min(most, stretch.value + offset - stretch.start) : most;
  }

  /** Where one character of the text begins in the source. */
  startOf(index: number): number {
    const [stretch] = this.#last((one) => one.value <= index);
    if (stretch === undefined) return this.end;
    return stretch.referenceEnd === null ? Math.min(this.end, stretch.start + index - stretch.value) : stretch.start;
  }

  /** Where one character of the text ends in the source. */
  endOf(index: number): number {
    const [stretch] = this.#last((one) => one.value <= index);
    return stretch?.referenceEnd ?? Math.min(this.end, this.startOf(index) + 1);
  }

  /** The last stretch for which something holds that holds for all before it, and the one behind it. */
  #last(holds: (stretch: Stretch) => boolean): readonly [Stretch | undefined, Stretch | undefined] {
    this.#stretches ??= stretchesOf(this.value, this.source, this.start, this.end);
    let [low, high] = [0, this.#stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const stretch = this.#stretches[middle];
      if (stretch !== undefined && holds(stretch)) low = middle + 1;
      else high = middle;
    }
    return [this.#stretches[low - 1], this.#stretches[low]];
  }
}

function stretchesOf(value: string, source: string, start: number, end: number): Stretch[] {
  if (end - start === value.length && source.startsWith(value, start)) return [{ value: 0, start, referenceEnd: null }];
  const stretches: Stretch[] = [];
  const decoded = new Map<string, string>();
  let isApart = true;
  let at = start;
  for (let i = 0; i < value.length && at < end;) {
    const reference = referenceAt(source, at);
    const read = reference === null ? '' : remembered(decoded, reference, textOf);
    if (reference !== null && read !== reference && value.startsWith(read, i)) {
      stretches.push({ value: i, start: at, referenceEnd: at + reference.length });
      isApart = true;
      at += reference.length;
      i += read.length;
    } else if (source[at] === value[i] && !isMarkup(source, at, value, i)) {
      if (isApart) stretches.push({ value: i, start: at, referenceEnd: null });
      isApart = false;
      at++;
      i++;
    } else {
      isApart = true;
      at = isMarkup(source, at, value, i) ? behindTag(source, at, end) : at + 1;
    }
  }
  return stretches;
}

/** The maps of a tree's texts, each made when it is asked for first. */
export class HtmlTextMaps {
  readonly #maps = new Map<HtmlText, HtmlTextMap>();

  constructor(
    readonly source: string,
    /** Where the tree's text stands in the source. */
    readonly base: number,
  ) {}

  of(node: HtmlText): HtmlTextMap {
    return remembered(this.#maps, node, () => {
      const { startOffset, endOffset } = node.sourceCodeLocation ?? { startOffset: 0, endOffset: 0 };
      return new HtmlTextMap(node.value, this.source, this.base + startOffset, this.base + endOffset);
    });
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const value = known.get(key) ?? make(key);
  known.set(key, value);
  return value;
}

function referenceAt(source: string, at: number): string | null {
  if (source[at] !== '&') return null;
  REFERENCE.lastIndex = at;
  return REFERENCE.exec(source)?.[0] ?? null;
}

/** The text of a piece of source without elements, its references read. */
function textOf(raw: string): string {
  return parseFragment(raw)
    .childNodes.map((node) => ('value' in node ? node.value : ''))
    .join('');
}

/** Whether markup begins in the source that the text does not have: some elements have tags as their text. */
function isMarkup(source: string, at: number, value: string, i: number): boolean {
  const next = source[at + 1] ?? '';
  return source[at] === '<' && MARKUP.test(next) && (value[i] !== '<' || value[i + 1] !== next);
}

function behindTag(source: string, at: number, end: number): number {
  const close = source.indexOf('>', at);
  return close === -1 || close >= end ? end : close + 1;
}
