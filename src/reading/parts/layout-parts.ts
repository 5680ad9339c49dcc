import type { LinePattern, Slot } from '../../publishers/line-pattern.js';
import type { FoundClause } from '../page/classify-blocks.js';
import type { FoundLine } from '../page/find-line.js';
import { expectedTexts, type LineContext } from './line-text.js';
import type { Block } from '../page/markdown-blocks.js';
import type { LayoutEdit, LinePiece, LineToken, PartContent, TextPieces } from './part-layout.js';
import type { Part, PartRole } from '../reading.js';
import { editsBetween } from './text-edits.js';
import { writePart } from './write-document.js';

/** A value that a stretch of a block's plain text gave. */
export interface FoundValue {
  readonly path: string;
  readonly block: Block;
  readonly plainStart: number;
  readonly plainEnd: number;
}

/** Where a link that is a field stands. Offsets are UTF-16 units of the text that is read. */
export interface FoundLink {
  readonly path: string;
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

interface PlacedPiece {
  readonly piece: LinePiece;
  /** Offsets into the block's plain text. */
  readonly start: number;
  readonly end: number;
}

/** Slots of names, which the conjunction joins; terms have commas alone between them. */
const NAMES: ReadonlySet<Slot> = new Set<Slot>(['credits', 'translators']);

/** The pieces of a line in order, but those without any text. */
function piecesOf({ slots, block }: Pick<FoundLine, 'slots' | 'block'>, values: readonly FoundValue[]): PlacedPiece[] {
  const pieces: PlacedPiece[] = [];
  let at = 0;
  for (const [index, slot] of slots.entries()) {
    pieces.push({ piece: { type: 'LITERAL', index }, start: at, end: slot.start });
    const inside = values.filter((value) => value.plainStart >= slot.start && value.plainEnd <= slot.end);
    if (inside.length === 0) {
      const path = slot.slot === 'publisher' ? 'publisher.name' : `publisher.${slot.slot}`;
      pieces.push({ piece: { type: 'VALUE', path }, start: slot.start, end: slot.end });
    }
    for (const [i, value] of inside.entries()) {
      const before = inside[i - 1];
      if (before !== undefined) {
        const text = NAMES.has(slot.slot) && i === inside.length - 1 ? 'CONJUNCTION' : 'COMMA';
        pieces.push({ piece: { type: 'SEPARATOR', text }, start: before.plainEnd, end: value.plainStart });
      }
      pieces.push({ piece: { type: 'VALUE', path: value.path }, start: value.plainStart, end: value.plainEnd });
    }
    at = slot.end;
  }
  pieces.push({ piece: { type: 'LITERAL', index: slots.length }, start: at, end: block.plain.length });
  return pieces.filter(({ start, end }) => end > start);
}

/** Where each piece stands in the document's text. Markup between two pieces is a value's, if one of them is a value. */
function rawRanges(pieces: readonly PlacedPiece[], block: Block): [start: number, end: number][] {
  const ranges = pieces.map(({ start, end }) => block.sourceRange(start, end));
  const cuts = pieces.map(({ piece }, i) => {
    const next = pieces[i + 1];
    const nextStart = ranges[i + 1]?.start ?? block.end;
    if (next === undefined) return block.end;
    return next.piece.type === 'VALUE' && piece.type !== 'VALUE' ? (ranges[i]?.end ?? nextStart) : nextStart;
  });
  return pieces.map((_, i) => [(i === 0 ? undefined : cuts[i - 1]) ?? block.start, cuts[i] ?? block.end]);
}

/** Stands for an address that is a field while texts are compared. */
const ADDRESS = '\uE0FF';

/** What stands between two offsets, and the paths of the addresses in it that are fields, which are taken out. */
interface RawText {
  readonly text: string;
  readonly paths: readonly string[];
}

function rawText([start, end]: readonly [number, number], links: readonly FoundLink[], text: string): RawText {
  const paths: string[] = [];
  let cut = '';
  let at = start;
  for (const { path, url, start: from, end: to } of text.slice(start, end).includes(ADDRESS) ? [] : links) {
    const inside = text.slice(from, to).lastIndexOf(url);
    const place = from + inside;
    if (inside === -1 || place < at || place + url.length > end) continue;
    paths.push(path);
    cut += text.slice(at, place) + ADDRESS;
    at = place + url.length;
  }
  return { text: cut + text.slice(at, end), paths };
}

/** The edits with the addresses' paths in their places. */
function withAddresses(edits: readonly LayoutEdit[], paths: readonly string[]): LayoutEdit[] {
  let next = 0;
  return edits.map(([at, removed, added]) => {
    if (paths.length === 0 || typeof added !== 'string' || !added.includes(ADDRESS)) return [at, removed, added];
    const pieces = added
      .split(ADDRESS)
      .flatMap((text, i): TextPieces => (i === 0 ? [text] : [{ path: paths[next++] ?? '' }, text]));
    return [at, removed, pieces.filter((piece) => piece !== '')];
  });
}

/** A piece as it stands on a page. `inside` is where it does in the text, without the markup around it. */
export function tokenOf(
  piece: LinePiece,
  { text, paths }: RawText,
  inside: readonly [start: number, end: number],
  pattern: string,
  context: LineContext,
): LineToken {
  const sizeOf = (edits: readonly LayoutEdit[]): number => edits.reduce((n, [, r, a]) => n + r.length + a.length, 0);
  const [best] = expectedTexts(piece, pattern, context)
    .map(([form, expected]) => ({ form, expected, edits: editsBetween(expected, text, inside) }))
    .sort((a, b) => sizeOf(a.edits) - sizeOf(b.edits));
  const { form = '', expected = '', edits = [] } = best ?? {};
  return { piece, ...(form === '' ? {} : { form }), length: expected.length, edits: withAddresses(edits, paths) };
}

/** How a wrapper's line or clause stands on its page: its pattern, and what is otherwise there, piece by piece. */
export function layoutLine(
  found: FoundLine | FoundClause,
  pattern: Pick<LinePattern, 'pattern'>,
  { values, links }: { readonly values: readonly FoundValue[]; readonly links: readonly FoundLink[] },
  context: LineContext,
  text: string,
): PartContent {
  const own = values.filter((value) => value.block === found.block);
  const pieces = piecesOf(found, uniquePlaces(own));
  const ranges = rawRanges(pieces, found.block);
  const inBlock = links.filter(({ start, end }) => start >= found.block.start && end <= found.block.end);
  const tokens = pieces.map(({ piece, start, end }, i) => {
    const range = ranges[i] ?? [0, 0];
    const place = found.block.sourceRange(start, end);
    const lengthTo = (offset: number): number => rawText([range[0], offset], inBlock, text).text.length;
    const inside = [lengthTo(place.start), lengthTo(place.end)] as const;
    return tokenOf(piece, rawText(range, inBlock, text), inside, pattern.pattern, context);
  });
  return { type: 'LINE', pattern: pattern.pattern, tokens };
}

/** How a headline stands on its page. */
export function layoutHeadline(headline: Block, context: LineContext, text: string): PartContent {
  const actual = { text: text.slice(headline.start, headline.end), paths: [] };
  const place = headline.sourceRange(0, headline.plain.length);
  const inside = [place.start - headline.start, place.end - headline.start] as const;
  return {
    type: 'LINE',
    pattern: '{headline}',
    tokens: [tokenOf({ type: 'VALUE', path: 'text.headline' }, actual, inside, '', context)],
  };
}

/** Nothing may be lost: what its layout does not write to the letter is kept as it stands. */
export function keptWhole(content: PartContent, actual: string, context: LineContext): PartContent {
  return writePart(content, context) === actual ? content : { type: 'TEXT', pieces: [actual] };
}

/** Roles whose parts no field is written into, but for the addresses of links. */
const WITHOUT_FIELDS: ReadonlySet<PartRole> = new Set<PartRole>(['CLOSING', 'RULE', 'UNCLAIMED', 'MARKUP']);

/** Whether a part should be written from fields, and is kept as it stands since its layout could not write it. */
export function isKeptWhole({ role, layout }: Pick<Part, 'role' | 'layout'>): boolean {
  return layout.type === 'TEXT' && !WITHOUT_FIELDS.has(role);
}

/** What stands in a part that no line of the wrapper is, with the links that are fields in their places. */
export function layoutText(start: number, end: number, links: readonly FoundLink[], text: string): PartContent {
  const pieces: TextPieces[number][] = [];
  let at = start;
  for (const link of links) {
    const place = text.slice(link.start, link.end).indexOf(link.url);
    if (link.start < at || link.end > end || place === -1) continue;
    pieces.push(text.slice(at, link.start + place), { path: link.path });
    at = link.start + place + link.url.length;
  }
  pieces.push(text.slice(at, end));
  return { type: 'TEXT', pieces: pieces.filter((piece) => piece !== '') };
}

/** One value for each place: an address may be a contact point's and a reuse term's at once. */
function uniquePlaces(values: readonly FoundValue[]): FoundValue[] {
  const byStart = new Map<number, FoundValue>();
  for (const value of values) byStart.set(value.plainStart, value);
  return [...byStart.values()].sort((a, b) => a.plainStart - b.plainStart);
}
