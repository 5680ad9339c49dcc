import { parseMarkdown } from '../reading/page/markdown-blocks.js';
import type { BodyBlock, KeptBlocks, TextBlock } from './text-blocks.js';

/** Cuts a body in Markdown into its blocks. All together are the body again, character by character. */
export function splitBlocks(body: string): readonly BodyBlock[] {
  const known = SPLIT.find((one) => one.body === body);
  if (known !== undefined) return known.blocks;
  const blocks = split(body);
  SPLIT.unshift({ body, blocks });
  SPLIT.length = Math.min(SPLIT.length, MOST_KEPT);
  return blocks;
}

/** The bodies that were cut last: each step of saving asks again, and taking a long one apart takes long. */
const SPLIT: { readonly body: string; readonly blocks: readonly BodyBlock[] }[] = [];
const MOST_KEPT = 4;

function split(body: string): BodyBlock[] {
  if (body === '') return [];
  const nodes = parseMarkdown(body).children;
  const starts = nodes.map((node) => lineStart(body, node.position?.start.offset ?? 0));
  starts[0] = 0;
  return starts.map((start, i) => ({ kind: nodes[i]?.type ?? 'paragraph', text: body.slice(start, starts[i + 1]) }));
}

/**
 * The blocks of a body with their ids. Nothing is kept of a text's first revision where an import has brought it: its
 * blocks have their numbers for ids, `b1` to `b9`.
 */
export function blocksOf(body: string, kept: KeptBlocks | null): TextBlock[] {
  const blocks = splitBlocks(body);
  if (kept === null) return blocks.map((block, i) => ({ ...block, id: `b${i + 1}` }));
  const kinds = new Map<number, string>();
  let start = 0;
  for (const { kind, text } of blocks) {
    kinds.set(start, kind);
    start += text.length;
  }
  let at = 0;
  return kept.map(({ id, length }) => {
    const block = { id, kind: kinds.get(at) ?? 'paragraph', text: body.slice(at, at + length) };
    at += length;
    return block;
  });
}

/** A list or a block of code begins with its indentation. */
function lineStart(body: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(body.charAt(start - 1))) start--;
  return start;
}
