import type { LanguageTag } from '../common/language-tag.js';
import { writtenDatePattern } from '../common/written-date.js';
import { readWrittenLanguage } from '../common/written-language.js';

/** The places in a line or clause of a wrapper where values stand: `{publisher}, {publishedOn}`. */
export const SLOTS = [
  'publisher',
  'legalName',
  'abbreviation',
  'credits',
  'source',
  'publishedOn',
  'originPublishedOn',
  'regions',
  'themes',
  'reports',
  'originLanguage',
  'originTitle',
  'translators',
  'copyrightAuthor',
  'copyrightSource',
  'copyrightYear',
  'email',
  'audienceLabel',
] as const;

export type Slot = (typeof SLOTS)[number];

/** The names that a publisher goes by on its own pages; a clause may use any of them. */
export interface PublisherNames {
  readonly name: string;
  readonly legalName: string | null;
  readonly abbreviation: string | null;
}

/** What stood in a slot: the text and where it stood, in UTF-16 units of the matched text, end exclusive. */
export interface SlotMatch {
  readonly slot: Slot;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A wrapper's pattern for a line or clause, to be read (`match`) and written (`write`). */
export interface LinePattern {
  readonly pattern: string;
  readonly slots: readonly Slot[];
  /** The slots' values when the whole text fits the pattern, else null. */
  match(text: string): readonly SlotMatch[] | null;
  /** The line with the values in its slots, or null when a value is missing. */
  write(values: Partial<Record<Slot, string | null>>): string | null;
}

/** A longer text is no line and no clause of a wrapper; the bound keeps matching cheap. */
export const LONGEST_CLAUSE = 5000;

const SLOT = /\{(\w+)\}/g;

/** The slots that a pattern names, in their order; names that are no slots stand as they are written. */
export function slotNames(pattern: string): string[] {
  return [...pattern.matchAll(SLOT)].map((match) => match[1] ?? '');
}

/**
 * A literal part of a pattern as a regular expression: white space is any white space (pages use no-break spaces
 * as they like), an apostrophe or quotation mark is straight or curly, and an accent is part of its letter or a
 * character of its own (Unicode NFC or NFD).
 */
function literal(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/['’ʼ]/g, "['’ʼ]")
    .replace(/["“”]/g, '["“”]')
    .replace(/\s+/g, '\\s+')
    .replace(/[\u00c0-\u024f]/g, (letter) => {
      const apart = letter.normalize('NFD');
      return apart === letter ? letter : `(?:${letter}|${apart})`;
    });
}

/** A longer name is none. */
const LONGEST_VALUE = 200;

/** Several names or labels in one line. */
const LONGEST_LIST = 1000;

/** Titles are longer than names. */
const LONGEST_TITLE = 400;

/** A value neither begins nor ends with white space or with what parts it from the next. */
function valueSource(longest: number): string {
  const edge = '[^\\s,;:]';
  return `${edge}(?:.{0,${longest - 2}}?${edge})?`;
}

/** Words that stand in names without a capital letter of their own. */
const PARTICLES = [
  'al',
  'bin',
  'da',
  'de',
  'del',
  'den',
  'der',
  'di',
  'dos',
  'du',
  'el',
  'ibn',
  'la',
  'le',
  'van',
  'von',
];

/**
 * Names of people, several of them too. “Traduit par nos soins” and “traduit par Anne Morel pour une revue” name
 * nobody that a credit could be made of: every word has a capital letter or is a particle.
 */
function peopleSource(language: LanguageTag): string {
  const and = new Intl.ListFormat(language).formatToParts(['A', 'B']).find((part) => part.type === 'literal');
  const word = `(?:[\\p{Lu}\\p{Lo}][^\\s,;:]{0,60}|[dl]['’]\\p{Lu}[^\\s,;:]{0,60})`;
  const small = [...PARTICLES, literal(and?.value.trim() ?? '&'), '&'].join('|');
  const between = `(?:\\s+|,\\s*)(?:(?:${small})\\s+){0,3}`;
  return `${word}(?:${between}${word}){0,40}`;
}

/** Null names: whoever the page names. */
function slotSource(slot: Slot, language: LanguageTag, names: PublisherNames | null): string {
  const anyOf = (texts: readonly (string | null | undefined)[]): string => {
    const known = texts.filter((text) => text != null);
    return known.length === 0 ? valueSource(LONGEST_VALUE) : known.map(literal).join('|');
  };
  switch (slot) {
    case 'publisher':
      return anyOf([names?.name, names?.legalName]);
    case 'legalName':
      return anyOf([names?.legalName ?? names?.name]);
    case 'abbreviation':
      return anyOf([names?.abbreviation ?? names?.name]);
    case 'publishedOn':
    case 'originPublishedOn':
      return writtenDatePattern(language);
    case 'copyrightYear':
      return '\\d{4}';
    case 'email':
      return '[^\\s@,;<>()]{1,64}@[^\\s@,;<>()]{1,255}';
    case 'credits':
    case 'regions':
    case 'themes':
    case 'reports':
      return valueSource(LONGEST_LIST);
    case 'translators':
      return peopleSource(language);
    case 'originLanguage':
      return `\\p{L}(?:[\\p{L}\\p{M}\\s-]{0,40}[\\p{L}\\p{M}])?`;
    case 'originTitle':
      // As much as there is: a title may have commas, what follows it has none.
      return `[^\\s,;:](?:.{0,${LONGEST_TITLE - 2}}[^\\s,;:])?`;
    default:
      return valueSource(LONGEST_VALUE);
  }
}

/**
 * Makes a pattern ready to read and write lines of the language. Unknown slots must have been refused before.
 * Without the publisher's names, whatever name the page has stands in their slots.
 */
export function compileLinePattern(pattern: string, language: LanguageTag, names: PublisherNames | null): LinePattern {
  const slots = slotNames(pattern) as Slot[];
  const literals = pattern.split(SLOT).filter((_, i) => i % 2 === 0);
  // Most lines do not even begin like the pattern, and a wrapper that only writes never reads: neither pays for more.
  let beginning: RegExp | undefined;
  const mayFit = (text: string): boolean => {
    beginning ??= new RegExp(`^${literal(literals[0] ?? '')}`, 'u');
    return beginning.test(text);
  };
  let compiled: RegExp | undefined;
  const expression = (): RegExp => {
    if (compiled !== undefined) return compiled;
    const source = slots.reduce(
      (made, slot, i) => `${made}(${slotSource(slot, language, names)})${literal(literals[i + 1] ?? '')}`,
      literal(literals[0] ?? ''),
    );
    compiled = new RegExp(`^${source}$`, 'dsu');
    return compiled;
  };
  return {
    pattern,
    slots,
    match: (text) => {
      if (text.length > LONGEST_CLAUSE || !mayFit(text)) return null;
      const found = expression().exec(text);
      if (found?.indices === undefined) return null;
      const { indices } = found;
      const matches = slots.map((slot, i) => {
        const [start, end] = indices[i + 1] ?? [0, 0];
        return { slot, text: text.slice(start, end), start, end };
      });
      const isLanguage = (word: string): boolean => readWrittenLanguage(word, language) !== null;
      return matches.every((match) => match.slot !== 'originLanguage' || isLanguage(match.text)) ? matches : null;
    },
    write: (values) => {
      let line = literals[0] ?? '';
      for (const [i, slot] of slots.entries()) {
        const value = values[slot];
        if (value == null) return null;
        line += value + (literals[i + 1] ?? '');
      }
      return line;
    },
  };
}

/**
 * The pattern of a line that speaks of the publisher and its day where its role speaks of the source's: the publisher of
 * a translation names itself as the source of what stands on its page.
 */
export function aboutPublisher(pattern: string): string {
  return pattern.replaceAll('{source}', '{publisher}').replaceAll('{originPublishedOn}', '{publishedOn}');
}
