import { parseFragment } from 'parse5';
import { isFurniture } from './html-furniture.js';
import type { BlockLink } from './markdown-blocks.js';
import { attributeOf, type HtmlElement, type HtmlNode, isElement, isText, nameOf } from './html-tree.js';

const SPACE = /[ \t\n\f\r]/;

/** Elements after which a new line begins. */
const LINES: ReadonlySet<string> = new Set(
  'p div li tr td th dt dd h1 h2 h3 h4 h5 h6 ul ol table blockquote figcaption pre'.split(' '),
);

/** A text of the tree as it became plain text. */
interface Run {
  readonly plain: number;
  readonly length: number;
  /** What was taken of the tree's text, white space and all. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Whether white space at its beginning was left out. */
  readonly followsSpace: boolean;
}

/** Collects the text of nodes as a browser shows it, white space as one space, with where each stretch of it stands. */
export class HtmlPlainText {
  readonly links: BlockLink[] = [];
  readonly #runs: Run[] = [];
  readonly #pieces: string[] = [];
  #length = 0;
  #endsInSpace = true;

  constructor(
    readonly source: string,
    readonly base: number,
  ) {}

  /** All of it, without white space at its end. */
  read(): string {
    return this.#pieces.join('').trimEnd();
  }

  #append(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#length += text.length;
    this.#endsInSpace = SPACE.test(text.slice(-1));
  }

  /** Adds what stands in a node between two offsets of the source. */
  add(node: HtmlNode, start: number, end: number): void {
    if (isText(node)) this.#addText(node.value, node.sourceCodeLocation, start, end);
    else if (isElement(node) && !isFurniture(node)) this.#addElement(node, start, end);
  }

  #addElement(element: HtmlElement, start: number, end: number): void {
    const name = nameOf(element);
    if (name === 'br') this.#append('\n');
    const plainStart = this.#length;
    for (const child of element.childNodes) this.add(child, start, end);
    if (name !== null && LINES.has(name) && !this.#endsInSpace) this.#append('\n');
    const url = name === 'a' ? attributeOf(element, 'href') : null;
    const location = element.sourceCodeLocation;
    if (url === null || location == null) return;
    const plainEnd = Math.max(plainStart, this.#length - (this.#endsInSpace ? 1 : 0));
    const place = { start: this.base + location.startOffset, end: this.base + location.endOffset };
    this.links.push({ url: url.trim(), plainStart, plainEnd, ...place });
  }

  #addText(value: string, location: HtmlElement['sourceCodeLocation'], start: number, end: number): void {
    if (location == null) return;
    const [from, to] = [this.base + location.startOffset, this.base + location.endOffset];
    // A part of a text, between two empty lines, is cut out of the source, where the rest is too.
    const isWhole = start <= from && end >= to;
    const run = isWhole
      ? { value, start: from, end: to }
      : this.#cut(value, from, Math.max(from, start), Math.min(to, end));
    const [followsSpace, plain] = [this.#endsInSpace, this.#length];
    const added = collapse(run.value, followsSpace);
    this.#append(added);
    if (added !== '') this.#runs.push({ ...run, plain, length: added.length, followsSpace });
  }

  #cut(value: string, from: number, start: number, end: number): { value: string; start: number; end: number } {
    const before = textOf(this.source.slice(from, start));
    const inside = textOf(this.source.slice(start, end));
    return { value: value.slice(before.length, before.length + inside.length), start, end };
  }

  sourceRange(plainStart: number, plainEnd: number): { start: number; end: number } {
    return { start: this.#sourceOf(plainStart, false), end: this.#sourceOf(plainEnd, true) };
  }

  #sourceOf(plain: number, isEnd: boolean): number {
    const run = this.#runs.findLast((r) => (isEnd ? r.plain < plain : r.plain <= plain)) ?? this.#runs[0];
    if (run === undefined) return 0;
    const wanted = Math.min(Math.max(plain - run.plain, 0), run.length);
    const places = placesOf(run, this.source);
    if (isEnd) return places.ends[wanted - 1] ?? run.start;
    return places.starts[wanted] ?? run.end;
  }
}

function collapse(value: string, followsSpace: boolean): string {
  const collapsed = value.replace(/[ \t\n\f\r]+/g, ' ');
  return followsSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
}

/** The text of a piece of source without elements, its references read. */
function textOf(raw: string): string {
  if (!raw.includes('&')) return raw;
  return parseFragment(raw)
    .childNodes.map((node) => ('value' in node ? node.value : ''))
    .join('');
}

const REFERENCE = /&(?:#[xX]?[\da-fA-F]+|[A-Za-z][A-Za-z\d]*);?/y;

/** Where each character of a run's plain text begins and ends in the source: references are longer there. */
function placesOf({ value, start, end, followsSpace }: Run, source: string): { starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = start;
  let isSpace = followsSpace;
  const take = (character: string, from: number, to: number): void => {
    if (SPACE.test(character)) {
      if (isSpace) return;
      isSpace = true;
    } else {
      isSpace = false;
    }
    starts.push(from);
    ends.push(to);
  };
  for (let i = 0; i < value.length && at < end;) {
    REFERENCE.lastIndex = at;
    const reference = source.charAt(at) === '&' ? REFERENCE.exec(source)?.[0] : undefined;
    const decoded = reference === undefined ? '' : textOf(reference);
    if (reference !== undefined && decoded !== reference && value.startsWith(decoded, i)) {
      for (const unit of decoded.split('')) take(unit, at, at + reference.length);
      at += reference.length;
      i += decoded.length;
    } else if (source.charAt(at) === value.charAt(i)) {
      take(value.charAt(i), at, at + 1);
      at++;
      i++;
    } else {
      // A stray tag that the text goes on behind.
      at++;
    }
  }
  return { starts, ends };
}
