/**
 * A BCP 47 language tag in canonical form: `fr`, `en`, `fr-CA`; `und` where the language is not known.
 * Source: RFC 5646, section 4.5.
 */
export type LanguageTag = string;

/** The tag in canonical form (`FR-ca` → `fr-CA`), or null for what is no language tag (`fr_CA`, `xx-!!`). */
export function canonicalLanguageTag(text: string): LanguageTag | null {
  if (text.length > 64) return null;
  let tag = canonicalTags.get(text);
  if (tag === undefined) {
    tag = canonicalTagOf(text);
    if (canonicalTags.size >= CANONICAL_TAGS_MAX) canonicalTags.clear();
    canonicalTags.set(text, tag);
  }
  return tag;
}

/** Tags that were asked lately: there are few, in every request. */
const canonicalTags = new Map<string, LanguageTag | null>();
const CANONICAL_TAGS_MAX = 1_000;

function canonicalTagOf(text: string): LanguageTag | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * The languages that serve those asked for, in the order in which lookup tries them, in lower case.
 * Each range is cut from its end: `['fr-CA', 'en']` → `fr-ca`, `fr`, `en`. A single letter at the end is cut with what
 * followed it; `*` asks for nothing in particular and is passed over. Source: RFC 4647, section 3.4 (lookup).
 */
export function lookupOrder(asked: readonly LanguageTag[]): string[] {
  const order = new Set<string>();
  for (const range of asked) {
    const subtags = range === '*' ? [] : range.toLowerCase().split('-');
    while (subtags.length > 0) {
      order.add(subtags.join('-'));
      subtags.pop();
      if (subtags.at(-1)?.length === 1) subtags.pop();
    }
  }
  return [...order];
}

/**
 * The first available language that serves the languages asked for, in their order of preference, or null:
 * `fr-CA` is served by `fr`, `fr` never by `fr-CA`.
 */
export function lookupLanguage(asked: readonly LanguageTag[], available: readonly LanguageTag[]): LanguageTag | null {
  for (const candidate of lookupOrder(asked)) {
    const found = available.find((tag) => tag.toLowerCase() === candidate);
    if (found !== undefined) return found;
  }
  return null;
}

/** The languages that a reader wants, worked out once for all that one request shows. */
export class LanguagePreference {
  /** In the order in which lookup tries them, in lower case. */
  readonly order: readonly string[];
  readonly #longer = new Map<string, LanguagePreference>();

  constructor(
    /** As they were asked for, best first; empty for a reader who wants none in particular. */
    readonly asked: readonly LanguageTag[],
  ) {
    this.order = lookupOrder(asked);
  }

  /** The first of the available languages that serves the reader, or null: it is lookupLanguage. */
  choose(available: readonly LanguageTag[]): LanguageTag | null {
    for (const candidate of this.order) {
      for (const tag of available) if (tag === candidate || tag.toLowerCase() === candidate) return tag;
    }
    return null;
  }

  /** The same wishes, and after them these languages. */
  then(first: LanguageTag, second?: LanguageTag): LanguagePreference {
    const key = `${first} ${second ?? ''}`;
    let longer = this.#longer.get(key);
    if (longer === undefined) {
      longer = new LanguagePreference([...this.asked, first, ...(second === undefined ? [] : [second])]);
      this.#longer.set(key, longer);
    }
    return longer;
  }
}
