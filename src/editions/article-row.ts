import type { GraphQLResolveInfo } from 'graphql';
import type { LanguagePreference, LanguageTag } from '../common/language-tag.js';
import { selectedFields, selectedValues } from '../common/selected-fields.js';
import { type Conditions, servedLanguage } from './article-conditions.js';
import type { EditionCard, EditionEvidence, EditionLegal, EditionPage } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';
import { BODY_FORMATS, type BodyFormat, DEFAULT_BODY_FORMAT, FORMAT_KEYS } from './text.type.js';

/** A published article as it is fetched: everything but its card only where it was asked for. */
export interface PublishedArticle {
  readonly articleId: string;
  readonly number: number;
  /** As Postgres writes it, in UTC. */
  readonly issuedAt: string;
  readonly card: EditionCard;
  readonly legal: EditionLegal | null;
  readonly page: EditionPage | null;
  readonly bodies: Readonly<Record<LanguageTag, Partial<FormattedText>>> | null;
  readonly evidence: readonly EditionEvidence[] | null;
}

/** What of an article is fetched beside its card. */
export interface Wanted {
  readonly legal: boolean;
  readonly page: boolean;
  /** Formats of the texts' bodies; none: no bodies. */
  readonly bodies: readonly BodyFormat[];
  /** Whether the bodies of all texts are wanted, and not that of the text served alone. */
  readonly allTexts: boolean;
  readonly evidence: boolean;
}

/** Nothing beside the card. */
export const CARD_ONLY: Wanted = { legal: false, page: false, bodies: [], allTexts: false, evidence: false };

/** What a query selects of articles below the field being resolved. */
export function wantedOf(info: GraphQLResolveInfo): Wanted {
  const fields = selectedFields(info);
  const selects = (...names: string[]): boolean => names.some((name) => fields.has(name));
  return {
    legal: selects('rights', 'reuse', 'contactPoints', 'wrapper'),
    page: selects('links', 'wrapper'),
    bodies: fields.has('body') ? selectedValues(info, 'body', 'format', BODY_FORMATS, DEFAULT_BODY_FORMAT) : [],
    allTexts: fields.has('texts'),
    evidence: fields.has('evidence'),
  };
}

/** Each format was written when the edition was issued: nothing is parsed for a reader. */
const BODY_COLUMNS: Readonly<Record<BodyFormat, string>> = { MARKDOWN: 't.body', HTML: 't.html', PLAIN: 't.plain' };

/** The columns of a published article, from `c`, a row of current_article. */
export function articleColumns(conditions: Conditions, wanted: Wanted, preference: LanguagePreference): string {
  const columns = ['c.article_id as "articleId"', 'c.number', 'c.issued_at as "issuedAt"', 'c.card'];
  columns.push(wanted.legal ? 'c.legal' : 'null as legal');
  columns.push(wanted.page ? 'c.page' : 'null as page');
  columns.push(`${bodiesColumn(conditions, wanted, preference)} as bodies`);
  columns.push(
    wanted.evidence ? '(select e.evidence from edition e where e.id = c.edition_id) as evidence' : 'null as evidence',
  );
  return columns.join(', ');
}

/** The texts' bodies by language, each in the formats wanted. */
function bodiesColumn(conditions: Conditions, { bodies, allTexts }: Wanted, preference: LanguagePreference): string {
  if (bodies.length === 0) return 'null';
  const formats = bodies.map((format) => `'${FORMAT_KEYS[format]}', ${BODY_COLUMNS[format]}`).join(', ');
  const texts = 'from edition_text t where t.edition_id = c.edition_id';
  if (allTexts) return `(select json_object_agg(t.language, json_build_object(${formats})) ${texts})`;
  const served = `coalesce(${servedLanguage(conditions, preference)}, c.languages[1])`;
  return `(select json_build_object(t.language, json_build_object(${formats})) ${texts} and t.language = ${served})`;
}
