import { foldLabel } from './fold-label.js';
import { canonicalLanguageTag, type LanguageTag } from './language-tag.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Languages by their folded names, for each language that names were asked for in. */
const known = new Map<LanguageTag, ReadonlyMap<string, LanguageTag>>();

const displayed = new Map<LanguageTag, Intl.DisplayNames>();

function displayNames(language: LanguageTag): Intl.DisplayNames {
  const names = displayed.get(language) ?? new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
  displayed.set(language, names);
  return names;
}

/** CLDR's names of the languages that have a code of two letters; ECMA-402 has no list of them, so all codes are tried. */
function namesIn(language: LanguageTag): ReadonlyMap<string, LanguageTag> {
  const cached = known.get(language);
  if (cached !== undefined) return cached;
  const names = displayNames(language);
  const byName = new Map<string, LanguageTag>();
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const tag = first + second;
      // A code that gave way to another one has the other's name.
      const name = canonicalLanguageTag(tag) === tag ? names.of(tag) : undefined;
      if (name !== undefined) byName.set(foldLabel(name), tag);
    }
  }
  known.set(language, byName);
  return byName;
}

/** The language that a word of another language means, or null: `anglais` in French, `English` in English are `en`. */
export function readWrittenLanguage(text: string, language: LanguageTag): LanguageTag | null {
  return namesIn(language).get(foldLabel(text)) ?? null;
}

/** How a language is called in another one: `en` is `anglais` in French; its tag where it has no name there. */
export function writeLanguage(tag: LanguageTag, language: LanguageTag): string {
  return displayNames(language).of(tag) ?? tag;
}
