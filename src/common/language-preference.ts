import Negotiator from 'negotiator';
import type { Asker } from './asker.js';
import { canonicalLanguageTag, LanguagePreference, type LanguageTag } from './language-tag.js';
import type { Shown } from './shown.js';
import { userInputError } from './user-input-error.js';

/** More languages than this nobody reads. */
const MOST_LANGUAGES = 20;

const NO_PREFERENCE = new LanguagePreference([]);

/** As much of a resolver's context as an answer depends on. */
export interface RequestContext {
  readonly req: { readonly headers: Readonly<Record<string, string | string[] | undefined>> };
  readonly shown: Shown;
  readonly asker: Asker;
}

/**
 * The languages that a query asks for, in order of preference: its argument, else the request's Accept-Language,
 * else none in particular. What the header has beside language tags is passed over.
 * Throws BAD_USER_INPUT for more languages than anybody reads.
 */
export function languagePreference(
  argument: readonly LanguageTag[] | null | undefined,
  context: RequestContext,
): LanguagePreference {
  if (argument != null) {
    if (argument.length > MOST_LANGUAGES) {
      throw userInputError('languages', `must name at most ${MOST_LANGUAGES} languages`);
    }
    return new LanguagePreference(argument);
  }
  context.shown.dependsOnAcceptLanguage = true;
  const header = context.req.headers['accept-language'];
  if (typeof header !== 'string' || header.length > 500) return NO_PREFERENCE;
  const tags = new Negotiator({ headers: { 'accept-language': header } })
    .languages()
    .filter((range) => range !== '*')
    .map(canonicalLanguageTag)
    .filter((tag) => tag !== null)
    .slice(0, MOST_LANGUAGES);
  return new LanguagePreference(tags);
}
