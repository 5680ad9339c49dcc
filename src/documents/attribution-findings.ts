import { type Finding, type FindingCode, FINDING_SEVERITIES } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import { isAfter, type PartialDate } from '../common/partial-date.js';
import { isSafeUrl } from '../common/scalars.js';
import type { OriginRelation } from '../common/vocabulary.js';
import type { ArticleFields, FieldPath } from './article-fields.js';

/** What tells whether an article says whose it is. */
export type AttributionFields = Pick<
  ArticleFields,
  | 'credits'
  | 'links'
  | 'origin.publishedOn'
  | 'origin.relation'
  | 'origin.source'
  | 'origin.url'
  | 'publishedOn'
  | 'rights.copyright'
  | 'text.body'
  | 'text.language'
>;

/** The remarks that are worked out anew from the fields themselves, however the article came: nothing else settles them. */
export const ATTRIBUTION_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'ORIGIN_SOURCE_MISSING',
  'ORIGIN_URL_MISSING',
  'ORIGIN_DATE_MISSING',
  'ORIGIN_AFTER_PUBLICATION',
  'CREDIT_MISSING',
  'COPYRIGHT_NOTICE_MISSING',
  'TEXT_MISSING',
  'LINK_TRUNCATED',
]);

/** What a person settles by writing the field: a remark of a page that could not be understood. */
export const SETTLED_BY_WRITING: Partial<Readonly<Record<FindingCode, readonly FieldPath[]>>> = {
  ORIGIN_RELATION_UNKNOWN: ['origin.relation', 'origin.language'],
  NOT_PUBLISHED_AT_SOURCE: ['origin.source', 'origin.relation'],
  SOURCES_DISAGREE: ['credits', 'origin.source', 'rights.copyright'],
  DATES_DISAGREE: ['publishedOn', 'origin.publishedOn'],
  LINK_UNSAFE: ['links'],
  IMPORT_CONFLICT: [],
};

/** What an article is that is not its publisher's own. */
const WHAT_IT_IS: Readonly<Record<Exclude<OriginRelation, 'OWN'>, string>> = {
  VERBATIM: 'somebody else’s',
  TRANSLATED: 'a translation',
  ADAPTED: 'an adaptation',
};

/** What is missing or odd in what an article says of whose it is; each sentence names all that it is about. Pure. */
export function attributionFindings(fields: AttributionFields): Finding[] {
  const findings: Finding[] = [];
  const remark = (code: FindingCode, path: string, message: string): void => {
    findings.push({ code, severity: FINDING_SEVERITIES[code], language: null, path, line: null, message });
  };
  const { 'origin.relation': relation, 'origin.source': source, 'origin.url': url } = fields;
  const from = source === null ? '' : ` from ${source}`;
  const publishedThere: PartialDate | null = fields['origin.publishedOn'];
  if (relation !== 'OWN' && source === null) {
    const message = `The article is ${WHAT_IT_IS[relation]}, and names no source. Say where it stood first.`;
    remark('ORIGIN_SOURCE_MISSING', 'origin.source', message);
  } else if (relation !== 'OWN' && url === null) {
    remark('ORIGIN_URL_MISSING', 'origin.url', `Where ${source ?? ''} published it is not known. Add the address.`);
  }
  if (publishedThere !== null && isAfter(publishedThere, fields.publishedOn)) {
    const message = `The source's date, ${publishedThere}, is after this publication, ${fields.publishedOn}. Settle the dates.`;
    remark('ORIGIN_AFTER_PUBLICATION', 'origin.publishedOn', message);
  } else if (publishedThere === null && source !== null && relation !== 'OWN') {
    remark('ORIGIN_DATE_MISSING', 'origin.publishedOn', `When ${source} published it is not known. Add the date.`);
  }
  if (!fields.credits.some(({ role }) => role === 'AUTHOR')) {
    remark('CREDIT_MISSING', 'credits', `The article${from} names no author. Say who wrote it.`);
  }
  if (fields['rights.copyright'] === null) {
    const message = `The article${from} has no copyright notice. Say who holds the rights; no owner is taken for granted.`;
    remark('COPYRIGHT_NOTICE_MISSING', 'rights.copyright', message);
  }
  for (const [i, link] of fields.links.entries()) {
    if (!/(?:\.\.\.|…)$/.test(link.url) || !isSafeUrl(link.url)) continue;
    remark('LINK_TRUNCATED', `links[${i}].url`, `The link ${link.url} is cut short. Complete it or take it out.`);
  }
  if (isEmpty(fields['text.body'])) findings.push(textMissing(fields['text.language']));
  return findings;
}

/** An article's fields before a person has written some of them, and after. */
export interface WrittenFields {
  readonly before: AttributionFields;
  readonly after: AttributionFields;
}

/** What a text in another language than the original's says. */
export interface TranslatedText {
  readonly language: LanguageTag;
  readonly body: string;
}

/**
 * The remarks that hold of an article after a person has written some of its fields: what can be worked out is, and what is
 * about the same as before stays as it stood, with the line of its page; what the written fields settle is gone; all else
 * stays, and so does all that is about other languages than the original's, save of texts that have words by now. Pure.
 */
export function findingsAfter(
  stored: readonly Finding[],
  { before, after }: WrittenFields,
  written: readonly FieldPath[],
  translations: readonly TranslatedText[] = [],
): Finding[] {
  const isWritten = (path: string): boolean =>
    written.some((field) => path === field || path.startsWith(`${field}[`) || path.startsWith(`${field}.`));
  const kept = stored.filter(({ code, path, language }) => {
    if (language !== null && language !== after['text.language']) {
      return code !== 'TEXT_MISSING' || translations.every((text) => text.language !== language || isEmpty(text.body));
    }
    if (ATTRIBUTION_CODES.has(code)) return false;
    if (code === 'IMPORT_CONFLICT' || code === 'TERM_UNKNOWN') return !isWritten(path);
    const settling = SETTLED_BY_WRITING[code];
    return settling?.some((field) => written.includes(field) && path === field) !== true;
  });
  const isSame = (one: Finding, other: Finding): boolean =>
    one.code === other.code && one.path === other.path && one.language === other.language;
  const known = attributionFindings(before);
  const now = attributionFindings(after).map((finding) => {
    const isAsItWas = known.some((one) => isSame(one, finding) && one.message === finding.message);
    return (isAsItWas ? stored.find((one) => isSame(one, finding)) : undefined) ?? finding;
  });
  const empty = translations
    .filter(({ body }) => isEmpty(body))
    .map(({ language }) => textMissing(language))
    .filter((finding) => !kept.some((one) => isSame(one, finding)));
  return [...kept, ...now, ...empty];
}

function isEmpty(body: string): boolean {
  return body.trim() === '';
}

function textMissing(language: LanguageTag): Finding {
  const message = 'The text shows readers no words. Write some; HTML is left out.';
  return { code: 'TEXT_MISSING', severity: 'ERROR', language, path: 'text.body', line: null, message };
}
