import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { parsePartialDate, type PartialDate } from '../common/partial-date.js';
import { isSafeUrl } from '../common/scalars.js';
import type { ArticleKind, ContactPurpose, CreditRole, LinkKind, OriginRelation } from '../common/vocabulary.js';
import { isStorableName } from '../database/name-length.js';
import type { ArticleFields } from '../documents/article-fields.js';
import { TextRefused } from '../texts/texts.problems.js';

/** What people write of an article beside its texts. Null is: not known. A list is written as a whole. */
export interface ArticleDetails {
  readonly kind: ArticleKind;
  readonly publishedOn: PartialDate;
  readonly origin: {
    readonly relation: OriginRelation;
    readonly source: string | null;
    readonly url: string | null;
    readonly title: string | null;
    readonly language: LanguageTag | null;
    readonly publishedOn: PartialDate | null;
  };
  readonly credits: readonly { readonly role: CreditRole; readonly name: string }[];
  /** Labels in whatever language a list of terms has them. */
  readonly regions: readonly string[];
  readonly themes: readonly string[];
  readonly reports: readonly string[];
  readonly copyright: {
    readonly raw: string;
    readonly author: string | null;
    readonly source: string | null;
    readonly year: number | null;
  } | null;
  readonly contactPoints: readonly { readonly email: string; readonly purposes: readonly ContactPurpose[] }[];
  readonly links: readonly { readonly kind: LinkKind; readonly url: string }[];
}

/** The fields that some details are. */
export function fieldsOfDetails({ origin, copyright, ...lists }: Partial<ArticleDetails>): Partial<ArticleFields> {
  return {
    ...lists,
    ...(copyright === undefined ? {} : { 'rights.copyright': copyright }),
    ...(origin === undefined
      ? {}
      : {
          'origin.relation': origin.relation,
          'origin.source': origin.source,
          'origin.url': origin.url,
          'origin.title': origin.title,
          'origin.language': origin.language,
          'origin.publishedOn': origin.publishedOn,
        }),
  };
}

/** No page names more people, terms or links. */
const MOST_ITEMS = 100;

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,235}$/;
const LONGEST_TITLE = 1000;

/** Why some details can not be kept; null where they can. */
export function refuseDetails(details: Partial<ArticleDetails>): TextRefused | null {
  for (const [path, text] of textsOf(details, '')) {
    if (text.includes('\0') || !text.isWellFormed()) {
      return new TextRefused('It has a NUL character, or half of a character.', path);
    }
    if (text.length > 2000) return new TextRefused('It is too long.', path);
  }
  const long = Object.entries(details).find(([, value]) => Array.isArray(value) && value.length > MOST_ITEMS);
  if (long !== undefined) return new TextRefused(`A list has at most ${MOST_ITEMS} items.`, long[0]);
  const { origin, publishedOn, credits, contactPoints, links, copyright } = details;
  const rules: readonly (readonly [string, boolean | undefined, string])[] = [
    ['publishedOn', publishedOn === undefined || isDate(publishedOn), 'It is no date such as 2016-03-30.'],
    ['origin.source', origin?.source == null || isStorableName(origin.source), 'A name has 1 to 300 characters.'],
    [
      'origin.url',
      origin?.url == null || (/^https?:/i.test(origin.url) && isSafeUrl(origin.url)),
      'It is no http or https address.',
    ],
    ['origin.title', (origin?.title?.length ?? 0) <= LONGEST_TITLE, 'It is too long.'],
    [
      'origin.language',
      origin?.language == null || canonicalLanguageTag(origin.language) === origin.language,
      'It is no language tag in canonical form.',
    ],
    [
      'origin.publishedOn',
      origin?.publishedOn == null || isDate(origin.publishedOn),
      'It is no date such as 2016-03-30.',
    ],
    [
      'copyright.year',
      copyright?.year == null || (Number.isInteger(copyright.year) && copyright.year > 0 && copyright.year < 10_000),
      'It is no year.',
    ],
    ['copyright.raw', copyright?.raw.trim() !== '', 'It is empty.'],
    ['credits', credits?.every(({ name }) => isStorableName(name)), 'A name has 1 to 300 characters.'],
    ['contactPoints', contactPoints?.every(({ email }) => EMAIL.test(email)), 'Each is an e-mail address.'],
    [
      'contactPoints',
      contactPoints === undefined || isOnce(contactPoints.map(({ email }) => email)),
      'Each address is named once.',
    ],
    ['links', links?.every(({ url }) => isSafeUrl(url)), 'Each is an http, https or mailto address.'],
    ...(['regions', 'themes', 'reports'] as const).flatMap((list) => [
      [
        list,
        details[list]?.every((label) => label.trim() !== '' && isStorableName(label)),
        'A label has 1 to 300 characters.',
      ] as const,
      [list, details[list] === undefined || isOnce(details[list]), 'Each term is named once.'] as const,
    ]),
  ];
  const broken = rules.find(([, holds]) => holds === false);
  return broken === undefined ? null : new TextRefused(broken[2], broken[0]);
}

function isDate(text: string): boolean {
  return parsePartialDate(text) !== null;
}

function isOnce(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** Every text below a value, with its path. */
function textsOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsOf(inner, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  );
}
