import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { canonicalLanguageTag } from './language-tag.js';
import { parsePartialDate } from './partial-date.js';

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** A scalar that is a string on the wire and is checked on its way in. */
function stringScalar(
  name: string,
  description: string,
  specifiedByURL: string,
  read: (text: string) => string,
): GraphQLScalarType<string, string> {
  const readAny = (value: unknown): string => {
    if (typeof value !== 'string') throw badInput(`${name} must be a string.`);
    return read(value);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: (value) => String(value),
    parseValue: readAny,
    parseLiteral: (node) => {
      if (node.kind !== Kind.STRING) throw badInput(`${name} must be a string.`);
      return readAny(node.value);
    },
  });
}

/** Quotes what the caller sent, cut to a length that fits an error message. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

export const LanguageTagScalar = stringScalar(
  'LanguageTag',
  'A BCP 47 language tag in canonical form, like `fr`, `en` or `fr-CA`. `FR-ca` is understood; `fr_CA` is refused.',
  'https://www.rfc-editor.org/rfc/rfc5646',
  (text) => {
    const tag = canonicalLanguageTag(text);
    if (tag === null) throw badInput(`${quoted(text)} is no language tag. Write it like "fr", "en" or "fr-CA".`);
    return tag;
  },
);

export const PartialDateScalar = stringScalar(
  'PartialDate',
  'A date as exactly as it is known, without time or zone: `2016`, `2016-03` or `2016-03-30`.',
  'https://www.loc.gov/standards/datetime/',
  (text) => {
    if (parsePartialDate(text) === null) {
      throw badInput(`${quoted(text)} is no date. Write it like "2016", "2016-03" or "2016-03-30".`);
    }
    return text;
  },
);

/** Schemes that an address in an article may have; never `javascript:` or `data:`. */
const SAFE_SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** Whether the text is an absolute address with a scheme that is safe to follow. */
export function isSafeUrl(text: string): boolean {
  return URL.canParse(text) && SAFE_SCHEMES.has(new URL(text).protocol);
}

export const UrlScalar = stringScalar(
  'Url',
  'An absolute address with the scheme http, https or mailto, like `https://www.example.org/page`.',
  'https://url.spec.whatwg.org/',
  (text) => {
    if (!isSafeUrl(text)) throw badInput(`${quoted(text)} is no http, https or mailto address.`);
    return text;
  },
);

export const EmailAddressScalar = stringScalar(
  'EmailAddress',
  'An e-mail address, like `media@example.org`.',
  'https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address',
  (text) => {
    if (!/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(text)) throw badInput(`${quoted(text)} is no e-mail address.`);
    return text;
  },
);
