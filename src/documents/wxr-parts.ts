import type { LanguageTag } from '../common/language-tag.js';
import { expectedTexts, type LineContext } from './line-text.js';
import type { LinePiece, LineToken, PartLayout } from './part-layout.js';
import type { PartRole } from './reading.js';
import { editsBetween } from './text-edits.js';
import type { PlacedPart } from './to-parts.js';
import { writePart } from './write-document.js';
import type { WxrElement } from './wxr-elements.js';

/** A value of the article that an element of an item gave: where it stands, and what it is written from. */
export interface PlacedValue {
  readonly role: PartRole;
  readonly element: WxrElement;
  readonly path: string;
  /** The value's place in the item's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly language: LanguageTag | null;
}

/** The place of an element's text without white space around it. */
export function placeOf({ textStart, textEnd }: WxrElement, text: string): { start: number; end: number } {
  const inner = text.slice(textStart, textEnd);
  const start = textStart + (inner.length - inner.trimStart().length);
  return { start, end: Math.max(start, textEnd - (inner.length - inner.trimEnd().length)) };
}

/** Parts that are elements with one value each: written as the element's tags around the value. */
export function valueParts(values: readonly PlacedValue[], text: string, context: LineContext): PlacedPart[] {
  return values.map(({ role, element: { name, start, end }, path, language, ...place }) => {
    const pattern = `<${name}>{value}</${name}>`;
    const pieces: readonly [LinePiece, string][] = [
      [{ type: 'LITERAL', index: 0 }, text.slice(start, place.start)],
      [{ type: 'VALUE', path }, text.slice(place.start, place.end)],
      [{ type: 'LITERAL', index: 1 }, text.slice(place.end, end)],
    ];
    const tokens = pieces.map(([piece, actual]) => tokenOf(piece, actual, pattern, context));
    return {
      role,
      language,
      start,
      end,
      layout: keptWhole({ type: 'LINE', pattern, tokens }, start, end, text, context),
    };
  });
}

function tokenOf(piece: LinePiece, actual: string, pattern: string, context: LineContext): LineToken {
  const [best] = expectedTexts(piece, pattern, context)
    .map(([form, expected]) => ({ form, expected, edits: editsBetween(expected, actual, [0, actual.length]) }))
    .sort((a, b) => sizeOf(a) - sizeOf(b));
  const { form = '', expected = '', edits = [] } = best ?? {};
  return { piece, ...(form === '' ? {} : { form }), length: expected.length, edits };
}

function sizeOf({ edits }: Pick<LineToken, 'edits'>): number {
  return edits.reduce((size, [, removed, added]) => size + removed.length + added.length, 0);
}

/** The part that is the lead: the element's tags around the field's own markup. */
export function leadPart(element: WxrElement, language: LanguageTag, text: string): PlacedPart {
  const { start, end, textStart, textEnd } = element;
  const around = { before: text.slice(start, textStart), after: text.slice(textEnd, end) };
  return { role: 'DEK', language, start, end, layout: { type: 'FIELD', path: 'dek', ...around } };
}

/** Nothing may be lost: what its layout does not write to the letter is kept as it stands. */
function keptWhole(
  content: Extract<PartLayout, { type: 'LINE' }> | { type: 'LINE'; pattern: string; tokens: LineToken[] },
  start: number,
  end: number,
  text: string,
  context: LineContext,
): PartLayout {
  const actual = text.slice(start, end);
  const around = { before: '', after: '' };
  return writePart(content, context) === actual
    ? { ...content, ...around }
    : { type: 'TEXT', pieces: [actual], ...around };
}
