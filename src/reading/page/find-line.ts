import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import type { LinePattern, SlotMatch } from '../../publishers/line-pattern.js';
import { type LineRole, ROVING_ROLES } from '../../publishers/line-roles.js';
import type { Block } from './markdown-blocks.js';

/** A line of the wrapper that the page has. */
export interface FoundLine {
  readonly role: LineRole;
  /** The wrapper's pattern, or what the page has made of it: a full stop behind it, two lines in one paragraph. */
  readonly pattern: Pick<LinePattern, 'pattern'>;
  readonly block: Block;
  readonly slots: readonly SlotMatch[];
}

/** Longer paragraphs than this are text, whatever they begin with. */
const LONGEST_ROVING_LINE = 600;

/** More lines than this in one paragraph are text. */
const MOST_LINES = 8;

/** Matches a block's plain text without the white space around it, no-break spaces among it. */
export function matchTrimmed(pattern: LinePattern, { plain }: Block): readonly SlotMatch[] | null {
  const text = plain.trim();
  return shifted(pattern.match(text), plain.indexOf(text));
}

/** The line of one of the roles that the block is; of several, the one whose pattern says most of the line itself. */
export function findLine(wrapper: CompiledWrapper, block: Block, roles: Iterable<LineRole>): FoundLine | null {
  return block.type === 'paragraph' ? bestLine(wrapper, block, roles, 0, block.plain.length) : null;
}

/**
 * The same for lines that stand among paragraphs of text. A paragraph may have two of them, one below the other: that of
 * the original and that of who translated it are then one line.
 */
export function findRovingLine(wrapper: CompiledWrapper, block: Block, roles: readonly LineRole[]): FoundLine | null {
  if (block.plain.length > LONGEST_ROVING_LINE) return null;
  const line = findLine(wrapper, block, roles);
  const pair: readonly LineRole[] = ['ORIGINAL_LINE', 'TRANSLATOR_LINE'];
  if (line !== null || block.type !== 'paragraph' || !pair.every((role) => roles.includes(role))) return line;
  const ends = [...block.plain.matchAll(/\n/g)].slice(0, MOST_LINES).map(({ index }) => index);
  for (const end of ends) {
    const first = bestLine(wrapper, block, pair, 0, end);
    if (first === null) continue;
    const others = pair.filter((role) => role !== first.role);
    const second = bestLine(wrapper, block, others, end + 1, block.plain.length);
    if (second === null) continue;
    const pattern = `${first.pattern.pattern} ${second.pattern.pattern}`;
    return { role: 'ORIGINAL_LINE', pattern: { pattern }, block, slots: [...first.slots, ...second.slots] };
  }
  return null;
}

/** What a stretch of the block's plain text is. */
function bestLine(
  wrapper: CompiledWrapper,
  block: Block,
  roles: Iterable<LineRole>,
  start: number,
  end: number,
): FoundLine | null {
  const stretch = block.plain.slice(start, end);
  const text = stretch.trim();
  const shift = start + stretch.indexOf(text);
  let best: FoundLine | null = null;
  for (const role of roles) {
    for (const own of wrapper.lines.get(role) ?? []) {
      // Sentences may end as such: whether a wrapper's pattern does is no difference.
      const isSentence = ROVING_ROLES.has(role) && text.endsWith('.') && !own.pattern.endsWith('.');
      const slots =
        (isSentence ? shifted(own.match(text.slice(0, -1)), shift) : null) ?? shifted(own.match(text), shift);
      if (slots === null || !isTitlePlain(slots, block)) continue;
      const pattern = isSentence && (slots.at(-1)?.end ?? 0) < shift + text.length ? `${own.pattern}.` : own.pattern;
      if (best === null || wordsOf(pattern) > wordsOf(best.pattern.pattern)) {
        best = { role, pattern: { pattern }, block, slots };
      }
    }
  }
  return best;
}

function shifted(slots: readonly SlotMatch[] | null, shift: number): readonly SlotMatch[] | null {
  return slots?.map((slot) => ({ ...slot, start: slot.start + shift, end: slot.end + shift })) ?? null;
}

/** Characters of a pattern that stand outside its slots. */
function wordsOf(pattern: string): number {
  return pattern.replace(/\{\w+\}/g, '').length;
}

/**
 * Whether it is plain where a title begins and ends, which may hold commas, names and dates: it is the text of a link,
 * or stands in quotation marks.
 */
function isTitlePlain(slots: readonly SlotMatch[], { plain, links }: Block): boolean {
  const title = slots.find((slot) => slot.slot === 'originTitle');
  if (title === undefined) return true;
  const inside = links.filter((link) => link.plainStart < title.end && link.plainEnd > title.start);
  if (inside.length === 0) return /^[«“"].*[»”"]$/su.test(title.text);
  const hasNoWords = (from: number, to: number): boolean =>
    !/[\p{L}\p{N}]/u.test(plain.slice(Math.min(from, to), Math.max(from, to)));
  return inside.every((link) => hasNoWords(link.plainStart, title.start) && hasNoWords(link.plainEnd, title.end));
}
