import type { Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { decodeString } from 'micromark-util-decode-string';

/** A link inside a block: its address, and where its text stands in the block's plain text. */
export interface BlockLink {
  readonly url: string;
  /** Offsets into the block's plain text, end exclusive. */
  readonly plainStart: number;
  readonly plainEnd: number;
  /** UTF-16 offsets into the document's text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** One block of a page: a heading, a paragraph, a list, a rule. */
export interface Block {
  readonly type: RootContent['type'];
  /** UTF-16 offsets into the document's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** The block's text without markup. */
  readonly plain: string;
  readonly links: readonly BlockLink[];
  /** Whether the whole block is one run of emphasis, and where its inside stands in the document's text. */
  readonly emphasis: { readonly start: number; readonly end: number } | null;
  /** Where a stretch of the plain text stands in the document's text, as UTF-16 offsets. */
  sourceRange(plainStart: number, plainEnd: number): { readonly start: number; readonly end: number };
}

/** Collects the text below a node, with where each stretch of it stands in the document. */
class PlainText {
  text = '';
  readonly links: BlockLink[] = [];
  readonly #runs: { plain: number; length: number; start: number; end: number }[] = [];

  constructor(readonly source: string) {}

  /** Nesting is bounded by what the Markdown parser itself accepts as blocks within one block of a wrapper line. */
  add(root: Nodes): void {
    const stack: ({ node: Nodes } | { close: BlockLink & { plainStart: number } })[] = [{ node: root }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if ('close' in next) {
        this.links.push({ ...next.close, plainEnd: this.text.length });
        continue;
      }
      const { node } = next;
      const start = node.position?.start.offset ?? 0;
      const end = node.position?.end.offset ?? start;
      if (node.type === 'text' || node.type === 'inlineCode') {
        this.#runs.push({ plain: this.text.length, length: node.value.length, start, end });
        this.text += node.value;
      } else if (node.type === 'break') {
        this.text += '\n';
      }
      if (node.type === 'link') {
        stack.push({ close: { url: node.url, plainStart: this.text.length, plainEnd: 0, start, end } });
      }
      if ('children' in node) {
        for (let i = node.children.length - 1; i >= 0; i--) {
          const child = node.children[i];
          if (child !== undefined) stack.push({ node: child });
        }
      }
    }
  }

  sourceRange(plainStart: number, plainEnd: number): { start: number; end: number } {
    return { start: this.#sourceOf(plainStart, false), end: this.#sourceOf(plainEnd, true) };
  }

  #sourceOf(plain: number, isEnd: boolean): number {
    const run = this.#runs.findLast((r) => (isEnd ? r.plain < plain : r.plain <= plain)) ?? this.#runs[0];
    if (run === undefined) return 0;
    const wanted = Math.min(Math.max(plain - run.plain, 0), run.length);
    if (wanted === run.length) return run.end;
    if (wanted === 0 || run.end - run.start === run.length) return run.start + wanted;
    const value = this.text.slice(run.plain, run.plain + run.length);
    return run.start + sourceLength(this.source.slice(run.start, run.end), value, wanted);
  }
}

const ESCAPE_OR_REFERENCE = /^(?:\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});)/;

/**
 * How much of a run's source gave the first characters of its text: escapes and character references are longer
 * there, and white space around line ends stands there alone.
 */
function sourceLength(raw: string, value: string, wanted: number): number {
  let at = 0;
  for (let i = 0; i < wanted && at < raw.length;) {
    const token = ESCAPE_OR_REFERENCE.exec(raw.slice(at, at + 40))?.[0];
    const decoded = token === undefined ? '' : decodeString(token);
    if (token !== undefined && decoded !== token && value.startsWith(decoded, i)) {
      at += token.length;
      i += decoded.length;
    } else {
      if (raw[at] === value[i]) i++;
      at++;
    }
  }
  return at;
}

/**
 * The tree of some blocks that follow each other, as if they were a text of their own; null where a definition stands
 * elsewhere on the page, which a text of its own would not have.
 */
export function treeOfBlocks(root: Root, blocks: readonly Block[], some: readonly Block[]): Root | null {
  const [first] = some;
  const start = first === undefined ? -1 : blocks.indexOf(first);
  const isInside = (_: unknown, i: number): boolean => i >= start && i < start + some.length;
  const children = root.children.filter(isInside);
  const isDefinition = ({ type }: RootContent): boolean => type === 'definition' || type === 'footnoteDefinition';
  if (start === -1 || root.children.some((node, i) => isDefinition(node) && !isInside(node, i))) return null;
  return { type: 'root', children };
}

/** Reads Markdown: CommonMark with GitHub's extensions. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** The blocks of a text in Markdown, in the order of the page: one for each child of its tree. */
export function markdownBlocks(text: string, root = parseMarkdown(text)): Block[] {
  return root.children.map((node) => {
    const plain = new PlainText(text);
    plain.add(node);
    const only = node.type === 'paragraph' && node.children.length === 1 ? node.children[0] : undefined;
    const inside = only?.type === 'emphasis' ? only.children : [];
    const first = inside.at(0)?.position?.start.offset;
    const last = inside.at(-1)?.position?.end.offset;
    return {
      type: node.type,
      start: node.position?.start.offset ?? 0,
      end: node.position?.end.offset ?? 0,
      plain: plain.text,
      links: plain.links,
      emphasis: first === undefined || last === undefined ? null : { start: first, end: last },
      sourceRange: (plainStart, plainEnd) => plain.sourceRange(plainStart, plainEnd),
    };
  });
}
