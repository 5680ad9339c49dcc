import { isDeepStrictEqual } from 'node:util';
import type { WholeArticle } from '../articles/articles.queries.js';
import type { TranslationEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import type {
  ArticleKind,
  ContactPurpose,
  CreditRole,
  LinkKind,
  NoticeKind,
  OriginRelation,
  TermScheme,
  TranslationMethod,
} from '../common/vocabulary.js';
import type { LineRole } from '../publishers/line-roles.js';
import type { ReuseClause } from '../publishers/wrapper-definition.js';
import type { TextContent } from '../texts/revision-text.js';
import type { ReadArticle, ReadCopyright } from '../reading/reading.js';

export interface NoticeField {
  readonly clauseKey: string;
  readonly kind: NoticeKind;
  readonly text: string;
}

export interface ReuseTermField extends ReuseClause {
  readonly clauseKey: string;
  readonly text: string;
  readonly audienceLabel: string | null;
  readonly email: string | null;
}

/**
 * The fields that a document states of its article, by path. A list is one field: its order is the page's.
 * Null is: not stated. They are what an import compares, writes and takes back.
 */
export interface ArticleFields {
  /** The slug of who carries it. */
  readonly publisher: string;
  readonly 'page.language': LanguageTag;
  readonly kind: ArticleKind;
  readonly publishedOn: PartialDate;
  readonly 'text.language': LanguageTag;
  readonly 'text.method': TranslationMethod | null;
  readonly 'text.headline': string;
  readonly 'text.dek': string | null;
  readonly 'text.body': string;
  readonly 'origin.relation': OriginRelation;
  readonly 'origin.source': string | null;
  readonly 'origin.url': string | null;
  readonly 'origin.title': string | null;
  readonly 'origin.language': LanguageTag | null;
  readonly 'origin.publishedOn': PartialDate | null;
  readonly credits: readonly { readonly role: CreditRole; readonly name: string }[];
  /** Labels as the page writes them. */
  readonly regions: readonly string[];
  readonly themes: readonly string[];
  readonly reports: readonly string[];
  readonly 'rights.copyright': ReadCopyright | null;
  readonly 'rights.notices': readonly NoticeField[];
  readonly 'rights.reuseTerms': readonly ReuseTermField[];
  readonly contactPoints: readonly { readonly email: string; readonly purposes: readonly ContactPurpose[] }[];
  readonly links: readonly { readonly kind: LinkKind; readonly url: string }[];
  readonly 'wrapper.lines': readonly { readonly role: LineRole; readonly pattern: string }[];
}

export type FieldPath = keyof ArticleFields;

/** Paths of values below a field, by their beginning, where they differ from the field's own. */
const BEGINNINGS: Readonly<Record<string, FieldPath>> = { 'rights.contact': 'contactPoints', parts: 'wrapper.lines' };

/** The field that a path of evidence or of a finding belongs to: `credits[0].agent.name` → `credits`. */
export function fieldOf(path: string, fields: ArticleFields): FieldPath | null {
  const known = (Object.keys(fields) as FieldPath[]).find((field) => isAtOrBelow(path, field));
  return known ?? Object.entries(BEGINNINGS).find(([start]) => isAtOrBelow(path, start))?.[1] ?? null;
}

function isAtOrBelow(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}

/**
 * The fields as a reading states them. `sourceName` gives the name under which the desk knows a source:
 * pages write it with other accents or capitals.
 */
export function fieldsOfReading(read: ReadArticle, sourceName: (name: string) => string): ArticleFields {
  const labels = (scheme: TermScheme): string[] =>
    read.terms.filter((term) => term.scheme === scheme).map((term) => term.rawLabel);
  const { origin } = read;
  return plain({
    publisher: read.publisherSlug,
    'page.language': read.pageLanguage,
    kind: read.kind,
    publishedOn: read.publishedOn,
    'text.language': read.language,
    'text.method': read.method,
    'text.headline': read.headline,
    'text.dek': read.dek,
    'text.body': read.body,
    'origin.relation': origin.relation,
    'origin.source': origin.sourceName === null ? null : sourceName(origin.sourceName),
    'origin.url': origin.url,
    'origin.title': origin.title,
    'origin.language': origin.language,
    'origin.publishedOn': origin.publishedOn,
    credits: read.credits.map(({ role, name }) => ({ role, name })),
    regions: labels('REGION'),
    themes: labels('THEME'),
    reports: labels('REPORT'),
    'rights.copyright': read.copyright,
    'rights.notices': read.clauses.flatMap(({ definition, text }) =>
      definition.notice === undefined ? [] : [{ clauseKey: definition.key, kind: definition.notice, text }],
    ),
    'rights.reuseTerms': read.clauses.flatMap(({ definition, text, audienceLabel, email }) =>
      definition.reuse === undefined
        ? []
        : [{ clauseKey: definition.key, text, ...meaningOf(definition.reuse), audienceLabel, email }],
    ),
    contactPoints: read.contacts.map(({ email, purposes }) => ({ email, purposes })),
    links: read.links.map(({ kind, url }) => ({ kind, url })),
    'wrapper.lines': [...read.lines].map(({ role, pattern }) => ({ role, pattern })).sort(byRole),
  });
}

/** The fields as the desk has them now, with the text of one language: a revision, or what a person has in hand. */
export function fieldsOfDesk(article: WholeArticle, translation: TranslationEntity, text: TextContent): ArticleFields {
  const labels = (scheme: TermScheme): string[] =>
    article.terms.filter((term) => term.scheme === scheme).map((term) => term.rawLabel);
  const { origin, copyright } = article;
  return plain({
    publisher: article.publisher.slug,
    'page.language': article.pageLanguage,
    kind: article.kind,
    publishedOn: article.publishedOn,
    'text.language': translation.language,
    'text.method': translation.method,
    'text.headline': text.headline,
    'text.dek': text.dek,
    'text.body': text.body,
    'origin.relation': origin.relation,
    'origin.source': origin.source?.name ?? null,
    'origin.url': origin.url,
    'origin.title': origin.title,
    'origin.language': origin.language,
    'origin.publishedOn': origin.publishedOn,
    credits: article.credits.map(({ role, agent }) => ({ role, name: agent.name })),
    regions: labels('REGION'),
    themes: labels('THEME'),
    reports: labels('REPORT'),
    'rights.copyright':
      copyright === null
        ? null
        : { raw: copyright.raw, author: copyright.author, source: copyright.source, year: copyright.year },
    'rights.notices': article.notices.map(({ notice: { clauseKey, kind, text } }) => ({ clauseKey, kind, text })),
    'rights.reuseTerms': article.reuseTerms.map(({ reuseTerm: term }) => ({
      clauseKey: term.clauseKey,
      text: term.text,
      ...meaningOf(term),
      audienceLabel: term.audienceLabel,
      email: term.contactPoint?.email ?? null,
    })),
    contactPoints: article.contactPoints.map(({ contactPoint: { email }, purposes }) => ({ email, purposes })),
    links: article.links.map(({ kind, url }) => ({ kind, url })),
    'wrapper.lines': article.wrapperLines.map(({ role, pattern }) => ({ role, pattern })).sort(byRole),
  });
}

/** Whether two values of a field are the same. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

function meaningOf({ effect, actions, media, duties }: ReuseClause): ReuseClause {
  return { effect, actions, media, duties };
}

function byRole(a: { readonly role: string }, b: { readonly role: string }): number {
  return a.role < b.role ? -1 : Number(a.role > b.role);
}

/** Values as JSON keeps them: what was stored and what was just read compare alike. */
function plain(fields: ArticleFields): ArticleFields {
  return JSON.parse(JSON.stringify(fields)) as ArticleFields;
}
