import type { LanguageTag } from '../../common/language-tag.js';
import { keptWhole, tokenOf } from '../parts/layout-parts.js';
import type { LineContext } from '../parts/line-text.js';
import type { LinePiece } from '../parts/part-layout.js';
import type { PartRole } from '../reading.js';
import type { PlacedPart } from '../parts/to-parts.js';
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
    const tokens = pieces.map(([piece, actual]) =>
      tokenOf(piece, { text: actual, paths: [] }, [0, actual.length], pattern, context),
    );
    const content = keptWhole({ type: 'LINE', pattern, tokens }, text.slice(start, end), context);
    return { role, language, start, end, layout: { ...content, before: '', after: '' } };
  });
}

/** The part that is the lead: the element's tags around the field's own markup. */
export function leadPart(element: WxrElement, language: LanguageTag, text: string): PlacedPart {
  const { start, end, textStart, textEnd } = element;
  const around = { before: text.slice(start, textStart), after: text.slice(textEnd, end) };
  return { role: 'DEK', language, start, end, layout: { type: 'FIELD', path: 'dek', ...around } };
}
