import { isFurniture } from './html-furniture.js';
import { HtmlPlainText } from './html-plain-text.js';
import { HtmlTextMaps } from './html-text-map.js';
import type { Block } from '../page/markdown-blocks.js';
import {
  attributeOf,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  nameOf,
} from './html-tree.js';

/** A block of a page in HTML, with the element that it stands in. */
export interface HtmlBlock extends Block {
  readonly parent: HtmlParent;
}

/** Elements that are a block with all that is in them. */
const WHOLE_BLOCKS: Readonly<Record<string, Block['type']>> = {
  ul: 'list',
  ol: 'list',
  dl: 'list',
  menu: 'list',
  blockquote: 'blockquote',
  pre: 'code',
  hr: 'thematicBreak',
  figure: 'html',
  iframe: 'html',
  video: 'html',
  audio: 'html',
  object: 'html',
};
const HEADING = /^h[1-6]$/;

/** Elements whose inside is walked through: what is in them are blocks of their own. */
const CONTAINERS: ReadonlySet<string> = new Set(
  (
    'html body article main section div header footer aside hgroup center address details summary fieldset table tbody thead ' +
    'tfoot tr td th caption p li dt dd figcaption search'
  ).split(' '),
);

/** What stands in a line: an element without blocks in it, or a text. Offsets are the source's. */
interface Atom {
  readonly node: HtmlNode;
  readonly start: number;
  readonly end: number;
}

/** Reads the blocks of a tree in the order of the page. `base` is where the tree's text stands in the source. */
export class HtmlBlockReader {
  readonly #blocks: HtmlBlock[] = [];
  readonly #holds = new WeakMap<HtmlNode, boolean>();
  readonly #maps: HtmlTextMaps;
  #atoms: Atom[] = [];

  constructor(
    readonly source: string,
    readonly base = 0,
    /** Whether an empty line begins a paragraph, as in WordPress' older texts. */
    readonly hasAutomaticParagraphs = false,
  ) {
    this.#maps = new HtmlTextMaps(source, base);
  }

  read(root: HtmlParent): HtmlBlock[] {
    this.#walk(root);
    return inOrder(this.#blocks);
  }

  #walk(container: HtmlParent): void {
    const first = this.#blocks.length;
    this.#atoms = [];
    const areLines = areSpansLines(container);
    for (const child of container.childNodes) {
      if (areLines) this.#flush(container);
      if (!areLines || isElement(child)) this.#visit(child, container);
    }
    this.#flush(container);
    this.#widen(container, first);
  }

  #visit(node: HtmlNode, container: HtmlParent): void {
    if (isText(node)) {
      this.#addText(node, container);
      return;
    }
    if (!isElement(node) || isFurniture(node)) return;
    const name = nameOf(node) ?? '';
    const type = HEADING.test(name) ? 'heading' : (WHOLE_BLOCKS[name] ?? (this.#isDataTable(node) ? 'table' : null));
    if (type !== null) {
      this.#flush(container);
      this.#addWhole(node, type, container);
    } else if (CONTAINERS.has(name)) {
      this.#flush(container);
      this.#walk(node);
    } else if (name === 'br') {
      this.#flush(container);
    } else if (this.#holdsBlocks(node)) {
      for (const child of node.childNodes) this.#visit(child, container);
    } else {
      this.#addAtom(node);
    }
  }

  /** Whether a line break or a block stands somewhere in an element. */
  #holdsBlocks(element: HtmlElement): boolean {
    const known = this.#holds.get(element);
    if (known !== undefined) return known;
    const holds = element.childNodes.some((child) => {
      const name = nameOf(child);
      if (name === null || !isElement(child)) return false;
      return (
        name === 'br' || CONTAINERS.has(name) || name in WHOLE_BLOCKS || HEADING.test(name) || this.#holdsBlocks(child)
      );
    });
    this.#holds.set(element, holds);
    return holds;
  }

  /** A table of data is one block; one that lays a page out is walked through. */
  #isDataTable(element: HtmlElement): boolean {
    if (nameOf(element) !== 'table' || attributeOf(element, 'role') === 'presentation') return false;
    const stack: HtmlNode[] = [...element.childNodes];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const name = nameOf(node);
      if (name === 'th' || name === 'thead' || name === 'caption') return true;
      if (name === 'table' || name === 'div' || (name !== null && HEADING.test(name))) return false;
      if (isElement(node)) for (const child of node.childNodes) stack.push(child);
    }
    return true;
  }

  #addText(node: HtmlNode, container: HtmlParent): void {
    if (!isText(node)) return;
    const location = node.sourceCodeLocation;
    if (location == null) return;
    const raw = this.source.slice(this.base + location.startOffset, this.base + location.endOffset);
    const pieces = this.hasAutomaticParagraphs ? raw.split(/(\n[ \t]*\n\s*)/) : [raw];
    let at = this.base + location.startOffset;
    for (const [i, piece] of pieces.entries()) {
      if (i % 2 === 1) this.#flush(container);
      else if (piece.trim() !== '') this.#atoms.push({ node, start: at, end: at + piece.length });
      at += piece.length;
    }
  }

  #addAtom(node: HtmlElement): void {
    const place = this.#placeOf(node);
    if (place !== null) this.#atoms.push({ node, ...place });
  }

  #placeOf(node: HtmlNode): { start: number; end: number } | null {
    const location = node.sourceCodeLocation;
    if (location == null) return null;
    return { start: this.base + location.startOffset, end: this.base + location.endOffset };
  }

  #addWhole(element: HtmlElement, type: Block['type'], parent: HtmlParent): void {
    const place = this.#placeOf(element);
    if (place === null) return;
    const plain = new HtmlPlainText(this.#maps);
    plain.add(element, place.start, place.end);
    this.#blocks.push(this.#block(type, place.start, place.end, plain, parent, null));
  }

  #block(
    type: Block['type'],
    start: number,
    end: number,
    plain: HtmlPlainText,
    parent: HtmlParent,
    emphasis: Block['emphasis'],
  ): HtmlBlock {
    return {
      type,
      start,
      end,
      plain: plain.read(),
      links: plain.links,
      emphasis,
      sourceRange: (plainStart, plainEnd) => plain.sourceRange(plainStart, plainEnd),
      parent,
    };
  }

  /** Makes a paragraph of what has stood in line so far. */
  #flush(parent: HtmlParent): void {
    const atoms = this.#atoms;
    this.#atoms = [];
    const [first] = atoms;
    const last = atoms.at(-1);
    if (first === undefined || last === undefined) return;
    const plain = new HtmlPlainText(this.#maps);
    for (const { node, start, end } of atoms) plain.add(node, start, end);
    const start = first.start + (isText(first.node) ? leadingSpace(this.source.slice(first.start, first.end)) : 0);
    const end = last.end - (isText(last.node) ? trailingSpace(this.source.slice(last.start, last.end)) : 0);
    if (plain.read() === '' && !atoms.some(({ node }) => holdsMedia(node))) return;
    this.#blocks.push(this.#block('paragraph', start, end, plain, parent, this.#emphasisOf(atoms)));
  }

  /** The inside of the one element of emphasis that a line is. */
  #emphasisOf(atoms: readonly Atom[]): Block['emphasis'] {
    const [only] = atoms;
    if (atoms.length !== 1 || only === undefined || !isElement(only.node)) return null;
    if (only.node.tagName !== 'em' && only.node.tagName !== 'i') return null;
    const { startTag, endTag } = only.node.sourceCodeLocation ?? {};
    if (startTag === undefined || endTag === undefined) return null;
    const [start, end] = [this.base + startTag.endOffset, this.base + endTag.startOffset];
    const inside = this.source.slice(start, end);
    const trimmed = { start: start + leadingSpace(inside), end: end - trailingSpace(inside) };
    return trimmed.end > trimmed.start ? trimmed : null;
  }

  /** Where an element holds one paragraph and nothing else, the paragraph is the element with its tags. */
  #widen(container: HtmlParent, first: number): void {
    const only = this.#blocks[first];
    if (this.#blocks.length !== first + 1 || only?.type !== 'paragraph' || only.parent !== container) return;
    if (!isElement(container) || container.tagName === 'body') return;
    const place = this.#placeOf(container);
    if (
      place === null ||
      place.start > only.start ||
      place.end < only.end ||
      container.sourceCodeLocation?.endTag == null
    )
      return;
    this.#blocks[first] = { ...only, ...place };
  }
}

/** Whether an element holds spans and nothing else but what parts them: each is a line of its own. */
function areSpansLines(container: HtmlParent): boolean {
  if (nameOf(container) === 'p') return false;
  const elements = container.childNodes.filter(isElement);
  if (elements.length < 2 || !elements.every((element) => nameOf(element) === 'span')) return false;
  return container.childNodes.every((child) => !isText(child) || !/[\p{L}\p{N}]/u.test(child.value));
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
}

function trailingSpace(text: string): number {
  return text.length - text.trimEnd().length;
}

const MEDIA: ReadonlySet<string> = new Set(['img', 'picture', 'svg', 'math', 'canvas', 'embed']);

function holdsMedia(node: HtmlNode): boolean {
  if (!isElement(node)) return false;
  return MEDIA.has(node.tagName) || node.childNodes.some(holdsMedia);
}

/** Blocks in the order of the source, none in another: what broken markup has twisted together is one block. */
function inOrder(blocks: readonly HtmlBlock[]): HtmlBlock[] {
  const ordered: HtmlBlock[] = [];
  for (const block of [...blocks].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = ordered.at(-1);
    if (last === undefined || block.start >= last.end) {
      ordered.push(block);
      continue;
    }
    const joined: HtmlBlock = {
      ...last,
      type: 'html',
      end: Math.max(last.end, block.end),
      plain: `${last.plain}\n${block.plain}`,
      emphasis: null,
    };
    ordered[ordered.length - 1] = joined;
  }
  return ordered;
}
