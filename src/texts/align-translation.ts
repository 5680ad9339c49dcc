import type { TextBlock } from './text-blocks.js';

/** Which block of the source each block of a translation is one of: ids by ids; null where it was parted from all. */
export type BlockPairs = Readonly<Record<string, string | null>>;

type Block = Pick<TextBlock, 'id' | 'kind' | 'text'>;

/**
 * Pairs the blocks of a translation with those of its source. What was noted stays as long as both are there, and
 * what was parted stays parted. What stands between two pairs is paired in order, where there are equally many, and else
 * so that kinds and lengths fit best. Pure.
 */
export function pairBlocks(source: readonly Block[], translation: readonly Block[], noted: BlockPairs): BlockPairs {
  const places = new Map(source.map(({ id }, i) => [id, i]));
  const pairs: Record<string, string | null> = {};
  for (const { id } of translation) {
    const partner = noted[id];
    if (partner === null || (partner !== undefined && places.has(partner))) pairs[id] = partner;
  }
  const taken = new Set(Object.values(pairs));
  let from = 0;
  let open: Block[] = [];
  let left = MOST_PAIRS;
  const close = (to: number): void => {
    const free = source.slice(from, Math.max(from, to)).filter(({ id }) => !taken.has(id));
    const isSimple = free.length === open.length || free.length * open.length > left;
    if (!isSimple) left -= free.length * open.length;
    for (const [block, partner] of isSimple ? pairByOrder(free, open) : pairInOrder(free, open)) {
      pairs[block.id] = partner.id;
    }
    open = [];
  };
  for (const block of translation) {
    const partner = pairs[block.id];
    if (partner === null) continue;
    const place = places.get(partner ?? '');
    if (place === undefined) open.push(block);
    else if (place >= from) {
      close(place);
      from = place + 1;
    }
  }
  close(source.length);
  return pairs;
}

type Pair = readonly [translation: Block, source: Block];

/** Where a text has more pairs than these to choose from, what remains is paired by its order alone. */
const MOST_PAIRS = 250_000;

function pairByOrder(source: readonly Block[], translation: readonly Block[]): Pair[] {
  return translation.flatMap((block, i): Pair[] => (source[i] === undefined ? [] : [[block, source[i]]]));
}

function pairInOrder(source: readonly Block[], translation: readonly Block[]): Pair[] {
  const best = Array.from({ length: source.length + 1 }, () => new Float64Array(translation.length + 1));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const paired = (i: number, j: number): number => fitOf(source[i], translation[j]) + at(i + 1, j + 1);
  for (let i = source.length - 1; i >= 0; i--) {
    for (let j = translation.length - 1; j >= 0; j--) {
      const row = best[i];
      if (row !== undefined) row[j] = Math.max(at(i + 1, j), at(i, j + 1), paired(i, j));
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < source.length && j < translation.length;) {
    const [one, other] = [source[i], translation[j]];
    if (one !== undefined && other !== undefined && paired(i, j) === at(i, j)) {
      pairs.push([other, one]);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** How well two blocks fit: translations keep kinds, and about keep lengths. */
function fitOf(one: Block | undefined, other: Block | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const [shorter, longer] = [one.text.length, other.text.length].sort((a, b) => a - b);
  const ratio = ((shorter ?? 0) + 1) / ((longer ?? 0) + 1);
  return (one.kind === other.kind ? 1 : 0.1) * ratio;
}
