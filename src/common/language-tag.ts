/**
 * A BCP 47 language tag in canonical form: `fr`, `en`, `fr-CA`; `und` where the language is not known.
 * Source: RFC 5646, section 4.5.
 */
export type LanguageTag = string;

/** The tag in canonical form (`FR-ca` → `fr-CA`), or null for what is no language tag (`fr_CA`, `xx-!!`). */
export function canonicalLanguageTag(text: string): LanguageTag | null {
  if (text.length > 64) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * The first available language that serves the languages asked for, in their order of preference, or null.
 * Each range is cut from its end until something fits: `fr-CA` is served by `fr`, `fr` never by `fr-CA`;
 * `*` asks for nothing in particular and is passed over. Source: RFC 4647, section 3.4 (lookup).
 */
export function lookupLanguage(asked: readonly LanguageTag[], available: readonly LanguageTag[]): LanguageTag | null {
  for (const range of asked) {
    const subtags = range.toLowerCase().split('-');
    while (subtags.length > 0) {
      const candidate = subtags.join('-');
      const found = available.find((tag) => tag.toLowerCase() === candidate);
      if (found !== undefined) return found;
      subtags.pop();
      if (subtags.at(-1)?.length === 1) subtags.pop();
    }
  }
  return null;
}
