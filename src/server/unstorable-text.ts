/** What a caller reads who sent text that is no Unicode text. */
export const UNSTORABLE_TEXT = 'Text must not contain NUL characters or lone surrogates.';

const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Whether a text holds what Postgres and UTF-8 can not: NUL, or half a surrogate pair. */
export function hasUnstorableText(text: string): boolean {
  return UNSTORABLE.test(text);
}

/** The path to the first text among the variables that can not be stored, like `filter.text`; null when there is none. */
export function findUnstorableText(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return hasUnstorableText(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const found = hasUnstorableText(key) ? path : findUnstorableText(inner, at);
    if (found !== null) return found;
  }
  return null;
}
