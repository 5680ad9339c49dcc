import { canonicalLanguageTag, type LanguageTag } from '../../common/language-tag.js';
import { InvalidValue } from '../../common/problem.type.js';
import { parsePartialDate, type PartialDate } from '../../common/partial-date.js';
import { isSafeUrl } from '../../common/scalars.js';
import type { ArticleKind, ContactPurpose, CreditRole, LinkKind, OriginRelation } from '../../common/vocabulary.js';
import { isStorableName } from '../../database/name-length.js';
import type { ArticleFields } from '../../documents/article-fields.js';
import { writtenForm } from '../../taxonomy/written-form.js';

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

/** What is taken for an e-mail address. */
export const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,235}$/;
const LONGEST_TITLE = 1000;
const LONGEST_VALUE = 2000;

/** Why some details can not be kept; null where they can. */
export function refuseDetails(details: Partial<ArticleDetails>): InvalidValue | null {
  for (const [path, text] of textsOf(details, '')) {
    if (text.includes('\0') || !text.isWellFormed()) return new InvalidValue(path, 'must be plain text');
    if (text.length > LONGEST_VALUE) return new InvalidValue(path, `must have at most ${LONGEST_VALUE} characters`);
  }
  const long = Object.entries(details).find(([, value]) => Array.isArray(value) && value.length > MOST_ITEMS);
  if (long !== undefined) return new InvalidValue(long[0], `must have at most ${MOST_ITEMS} items`);
  const { origin, publishedOn, contactPoints, copyright } = details;
  const rules: readonly Rule[] = [
    ['publishedOn', publishedOn === undefined || isDate(publishedOn), A_DATE],
    ['origin.source', origin?.source == null || isName(origin.source), A_NAME],
    [
      'origin.url',
      origin?.url == null || (/^https?:/i.test(origin.url) && isSafeUrl(origin.url)),
      'must be an http or https address',
    ],
    ['origin.title', (origin?.title?.length ?? 0) <= LONGEST_TITLE, `must have at most ${LONGEST_TITLE} characters`],
    [
      'origin.language',
      origin?.language == null || canonicalLanguageTag(origin.language) === origin.language,
      'must be a language tag in canonical form',
    ],
    ['origin.publishedOn', origin?.publishedOn == null || isDate(origin.publishedOn), A_DATE],
    ['copyright.year', copyright?.year == null || (copyright.year > 0 && copyright.year < 10_000), 'must be a year'],
    ['copyright.raw', copyright?.raw.trim() !== '', 'must not be empty'],
    ...(details.credits ?? []).map(({ name }, i): Rule => [`credits.${i}.name`, isName(name), A_NAME]),
    ...(contactPoints ?? []).map(({ email }, i): Rule => [
      `contactPoints.${i}.email`,
      EMAIL.test(email),
      'must be an e-mail address',
    ]),
    ['contactPoints', isOnce(contactPoints?.map(({ email }) => email)), 'must name each address once'],
    ...(details.links ?? []).map(({ url }, i): Rule => [
      `links.${i}.url`,
      isSafeUrl(url),
      'must be an http, https or mailto address',
    ]),
    ...(['regions', 'themes', 'reports'] as const).flatMap((list): Rule[] => [
      ...(details[list] ?? []).map((label, i): Rule => [
        `${list}.${i}`,
        isName(label) && isStorableName(writtenForm(label)),
        A_NAME,
      ]),
      [list, isOnce(details[list]), 'must name each term once'],
    ]),
  ];
  const broken = rules.find(([, holds]) => !holds);
  return broken === undefined ? null : new InvalidValue(broken[0], broken[2]);
}

type Rule = readonly [path: string, holds: boolean, reason: string];

const A_DATE = 'must be a date like 2016-03-30';
const A_NAME = 'must have 1 to 300 characters';

function isName(text: string): boolean {
  return text.trim() !== '' && isStorableName(text);
}

function isDate(text: string): boolean {
  return parsePartialDate(text) !== null;
}

function isOnce(values: readonly string[] = []): boolean {
  return new Set(values).size === values.length;
}

/** Every text below a value, with its path. */
function textsOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, path === '' ? key : `${path}.${key}`));
}
