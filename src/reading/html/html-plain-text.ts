import { isFurniture } from './html-furniture.js';
import { type HtmlTextMap, HtmlTextMaps } from './html-text-map.js';
import { attributeOf, type HtmlElement, type HtmlNode, type HtmlText, isElement, isText, nameOf } from './html-tree.js';
import type { BlockLink } from '../page/markdown-blocks.js';

const SPACE = /[ \t\n\f\r]/;

/** Elements after which a new line begins. */
const LINES: ReadonlySet<string> = new Set(
  'p div li tr td th dt dd h1 h2 h3 h4 h5 h6 ul ol table blockquote figcaption pre'.split(' '),
);

/** A text of the tree, or a part of one, as it became plain text. */
interface Run {
  readonly plain: number;
  readonly length: number;
  readonly map: HtmlTextMap;
  /** The part of the map's text, white space and all. */
  readonly from: number;
  readonly to: number;
  /** Whether white space at its beginning was left out. */
  readonly followsSpace: boolean;
  /** Which of the text's characters were taken, once it was asked. */
  taken?: readonly number[];
}

/** Collects the text of nodes as a browser shows it, white space as one space, with where each stretch of it stands. */
export class HtmlPlainText {
  readonly links: BlockLink[] = [];
  readonly #runs: Run[] = [];
  readonly #pieces: string[] = [];
  #length = 0;
  #endsInSpace = true;

  constructor(private readonly maps: HtmlTextMaps) {}

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
    if (isText(node)) this.#addText(node, start, end);
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
    const { base } = this.maps;
    const plainEnd = Math.max(plainStart, this.#length - (this.#endsInSpace ? 1 : 0));
    const place = { start: base + location.startOffset, end: base + location.endOffset };
    this.links.push({ url: url.trim(), plainStart, plainEnd, ...place });
  }

  #addText(node: HtmlText, start: number, end: number): void {
    const location = node.sourceCodeLocation;
    if (location == null) return;
    const map = this.maps.of(node);
    // Between two empty lines stands a part of a text.
    const from = start <= this.maps.base + location.startOffset ? 0 : map.lengthTo(start);
    const to = end >= this.maps.base + location.endOffset ? map.value.length : map.lengthTo(end);
    const [followsSpace, plain] = [this.#endsInSpace, this.#length];
    const added = collapse(map.value.slice(from, to), followsSpace);
    this.#append(added);
    if (added !== '') this.#runs.push({ plain, length: added.length, map, from, to, followsSpace });
  }

  sourceRange(plainStart: number, plainEnd: number): { start: number; end: number } {
    return { start: this.#sourceOf(plainStart, false), end: this.#sourceOf(plainEnd, true) };
  }

  #sourceOf(plain: number, isEnd: boolean): number {
    const run = this.#runAt(plain, isEnd);
    if (run === undefined) return 0;
    const { map, from, to } = run;
    const wanted = Math.min(Math.max(plain - run.plain, 0), run.length);
    run.taken ??= takenOf(run);
    if (isEnd) {
      const last = run.taken[wanted - 1];
      return last === undefined ? map.startOf(from) : map.endOf(last);
    }
    const first = run.taken[wanted];
    return first === undefined ? map.endOf(to - 1) : map.startOf(first);
  }

  /** The run that a place is in; between two of them, its end is that of the first and its beginning that of the second. */
  #runAt(plain: number, isEnd: boolean): Run | undefined {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = this.#runs[middle]?.plain ?? 0;
      if (isEnd ? start < plain : start <= plain) low = middle + 1;
      else high = middle;
    }
    return this.#runs[Math.max(0, low - 1)];
  }
}

function collapse(value: string, followsSpace: boolean): string {
  const collapsed = value.replace(/[ \t\n\f\r]+/g, ' ');
  return followsSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
}

/** The characters of a run's text that its plain text has, by their index: of white space the first alone. */
function takenOf({ map: { value }, from, to, followsSpace }: Run): number[] {
  const taken: number[] = [];
  let isSpace = followsSpace;
  for (let i = from; i < to; i++) {
    const isNextSpace = SPACE.test(value.charAt(i));
    if (!isNextSpace || !isSpace) taken.push(i);
    isSpace = isNextSpace;
  }
  return taken;
}
