import { type Finding, type FindingCode, FINDING_SEVERITIES } from '../../articles/finding.js';
import { isAfter, type PartialDate } from '../../common/partial-date.js';
import { isSafeUrl } from '../../common/scalars.js';
import type { ArticleFields, FieldPath } from '../../documents/article-fields.js';

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

/** What is missing or odd in what an article says of whose it is. Pure. */
export function attributionFindings(fields: AttributionFields): Finding[] {
  const findings: Finding[] = [];
  const remark = (code: FindingCode, path: string, message: string, language: string | null = null): void => {
    findings.push({ code, severity: FINDING_SEVERITIES[code], language, path, line: null, message });
  };
  const { 'origin.relation': relation, 'origin.source': source, 'origin.url': url } = fields;
  const publishedThere: PartialDate | null = fields['origin.publishedOn'];
  if (relation !== 'OWN' && source === null) {
    remark('ORIGIN_SOURCE_MISSING', 'origin.source', 'The article names no source. Say where it stood first.');
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
    remark('CREDIT_MISSING', 'credits', 'The article names no author. Say who wrote it.');
  }
  if (fields['rights.copyright'] === null) {
    const message = 'The article has no copyright notice. Say who holds the rights; no owner is taken for granted.';
    remark('COPYRIGHT_NOTICE_MISSING', 'rights.copyright', message);
  }
  for (const [i, link] of fields.links.entries()) {
    if (!/(?:\.\.\.|…)$/.test(link.url) || !isSafeUrl(link.url)) continue;
    remark('LINK_TRUNCATED', `links[${i}].url`, `The link ${link.url} is cut short. Complete it or take it out.`);
  }
  if (fields['text.body'].trim() === '') {
    remark('TEXT_MISSING', 'text.body', 'The article has no text.', fields['text.language']);
  }
  return findings;
}

/**
 * The remarks that hold of an article after a person has written some of its fields: what can be worked out is, with
 * the line of the page where it stood before; what the written fields settle is gone; all else stays. Pure.
 */
export function findingsAfter(
  before: readonly Finding[],
  fields: AttributionFields,
  written: readonly FieldPath[],
): Finding[] {
  const now = attributionFindings(fields);
  const isWritten = (path: string): boolean =>
    written.some((field) => path === field || path.startsWith(`${field}[`) || path.startsWith(`${field}.`));
  const kept = before.filter(({ code, path }) => {
    if (ATTRIBUTION_CODES.has(code)) return false;
    if (code === 'IMPORT_CONFLICT' || code === 'TERM_UNKNOWN') return !isWritten(path);
    const settling = SETTLED_BY_WRITING[code];
    return settling?.some((field) => written.includes(field) && path === field) !== true;
  });
  const isSame = (one: Finding, other: Finding): boolean => one.code === other.code && one.path === other.path;
  return [...kept, ...now.map((finding) => before.find((one) => isSame(one, finding)) ?? finding)];
}
