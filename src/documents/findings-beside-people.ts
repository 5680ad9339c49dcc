import type { Finding, FindingCode } from '../articles/finding.js';
import type { ArticleFields, FieldPath } from './article-fields.js';
import { ATTRIBUTION_CODES, attributionFindings } from './attribution-findings.js';

/** The fields that tell whether an article says whose it is, for each remark. */
const LOOKED_AT: Partial<Readonly<Record<FindingCode, readonly FieldPath[]>>> = {
  ORIGIN_SOURCE_MISSING: ['origin.relation', 'origin.source'],
  ORIGIN_URL_MISSING: ['origin.relation', 'origin.source', 'origin.url'],
  ORIGIN_DATE_MISSING: ['origin.relation', 'origin.source', 'origin.publishedOn'],
  ORIGIN_AFTER_PUBLICATION: ['origin.publishedOn', 'publishedOn'],
  CREDIT_MISSING: ['credits'],
  COPYRIGHT_NOTICE_MISSING: ['rights.copyright'],
  TEXT_MISSING: ['text.body'],
  LINK_TRUNCATED: ['links'],
};

/** What an import looks at to tell what is remarked of what people have written. */
export interface BesidePeople {
  /** What is remarked of the article so far. */
  readonly stored: readonly Finding[];
  /** The article as it was at the desk, and as it is with what the import writes. */
  readonly desk: ArticleFields;
  readonly merged: ArticleFields;
  readonly isKept: (path: string) => boolean;
}

/** Whether a remark is about fields of which the desk has kept what a person made of them: no document tells of those. */
export function isAboutKept({ code, path }: Finding, isKept: (path: string) => boolean): boolean {
  return isKept(path) || LOOKED_AT[code]?.some(isKept) === true;
}

/**
 * The remarks on what people have written, which stays at the desk when a document comes that says otherwise: what can be
 * worked out is, with what the document has changed beside it; all else stays as it stood. Pure.
 */
export function findingsBesidePeople({ stored, desk, merged, isKept }: BesidePeople): Finding[] {
  const before = attributionFindings(desk);
  const isSame = (one: Finding, other: Finding): boolean =>
    one.code === other.code && one.path === other.path && one.language === other.language;
  const now = attributionFindings(merged)
    .filter((finding) => isAboutKept(finding, isKept))
    .map((finding) => {
      const isAsItWas = before.some((one) => isSame(one, finding) && one.message === finding.message);
      // Its sentence is what a waiver is about.
      return (isAsItWas ? stored.find((one) => isSame(one, finding)) : undefined) ?? finding;
    });
  const others = stored.filter(
    ({ code, path }) =>
      isKept(path) && !ATTRIBUTION_CODES.has(code) && code !== 'IMPORT_CONFLICT' && code !== 'TERM_UNKNOWN',
  );
  return [...now, ...others];
}
