import type { Finding } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import type {
  ArticleKind,
  ContactPurpose,
  CreditRole,
  LinkKind,
  OriginRelation,
  TermScheme,
  TranslationMethod,
} from '../common/vocabulary.js';
import type { DocumentFormat } from './door/incoming-document.js';
import type { PartLayout, TextForm } from './parts/part-layout.js';
import type { PublisherNames } from '../publishers/line-pattern.js';
import { LINE_ROLES, type LineRole } from '../publishers/line-roles.js';
import type { ClauseDefinition } from '../publishers/wrapper-definition.js';

/** What a run of a document is. */
export const PART_ROLES = [
  'HEADLINE',
  ...LINE_ROLES,
  'DEK',
  'BODY',
  'CLOSING',
  'RULE',
  'NOTICE',
  'REUSE_TERM',
  'CONTACT',
  'UNCLAIMED',
  'MARKUP',
] as const;
export type PartRole = (typeof PART_ROLES)[number];

/** A run of a document with one role and one language. Offsets count Unicode code points, ends are exclusive. */
export interface Part {
  readonly role: PartRole;
  readonly language: LanguageTag | null;
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** How the part is written from the article's fields. */
  readonly layout: PartLayout;
}

/**
 * Which characters gave a field. Offsets count Unicode code points of the document's text, ends are exclusive.
 * Source: Web Annotation Data Model, text position selector and text quote selector.
 */
export interface EvidenceOf {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface ReadCredit {
  readonly role: CreditRole;
  readonly name: string;
}

export interface ReadTerm {
  readonly scheme: TermScheme;
  readonly rawLabel: string;
}

export interface ReadLink {
  readonly kind: LinkKind;
  readonly url: string;
}

/** A clause of the wrapper that the document has, in the document's own wording. */
export interface ReadClause {
  readonly definition: ClauseDefinition;
  readonly text: string;
  readonly audienceLabel: string | null;
  readonly email: string | null;
}

export interface ReadCopyright {
  readonly raw: string;
  readonly author: string | null;
  readonly source: string | null;
  readonly year: number | null;
}

/** As much of a wrapper as its lines are written with. */
export interface ReadWrapper {
  readonly publisher: PublisherNames;
  readonly language: LanguageTag;
  /** The word between the last two of several names. */
  readonly conjunction: string;
}

/** The fields of an article as a document states them. Null is: the document does not say. */
export interface ReadArticle {
  readonly publisherSlug: string;
  /** Whether a data file has the publisher; else its name is the page's, and stands in the reading's wrapper. */
  readonly isPublisherKnown: boolean;
  readonly pageLanguage: LanguageTag;
  /** The text's: of a translation, the language that it was translated into. */
  readonly language: LanguageTag;
  /** How the text was translated: HUMAN where the page names who did it; null for what is no translation, too. */
  readonly method: TranslationMethod | null;
  readonly kind: ArticleKind;
  readonly headline: string;
  readonly dek: string | null;
  /** Markdown. */
  readonly body: string;
  /** Lead and body in the document's own markup, from which it is written back; absent where that is Markdown. */
  readonly source?: { readonly dek: string | null; readonly body: string };
  readonly publishedOn: PartialDate;
  readonly origin: {
    readonly relation: OriginRelation;
    readonly sourceName: string | null;
    readonly url: string | null;
    /** The title that it had there, where the page tells it. */
    readonly title: string | null;
    /** The language that it had there: of a translation, the one that it was translated from. */
    readonly language: LanguageTag | null;
    readonly publishedOn: PartialDate | null;
  };
  readonly credits: readonly ReadCredit[];
  readonly terms: readonly ReadTerm[];
  readonly copyright: ReadCopyright | null;
  readonly clauses: readonly ReadClause[];
  readonly contacts: readonly { readonly email: string; readonly purposes: readonly ContactPurpose[] }[];
  readonly links: readonly ReadLink[];
  /** The patterns in which the page's lines are written. */
  readonly lines: readonly { readonly role: LineRole; readonly pattern: string }[];
}

/** What a reader made of a document. Nothing is stored yet. */
export interface Reading {
  readonly fileName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: DocumentFormat;
  readonly form: TextForm;
  /** The whole text, without the byte order mark. */
  readonly text: string;
  readonly parts: readonly Part[];
  readonly wrapper: ReadWrapper;
  readonly article: ReadArticle;
  readonly evidence: readonly EvidenceOf[];
  readonly findings: readonly Finding[];
}

/** Why a document is not taken at all. */
export type RefusalCode =
  | 'DOCUMENT_UNREADABLE'
  | 'DOCUMENT_EMPTY'
  | 'DOCUMENT_NOT_UTF8'
  | 'DOCUMENT_NOT_AS_DECLARED'
  | 'DOCUMENT_HAS_NUL'
  | 'DOCUMENT_TOO_LARGE'
  | 'DOCUMENT_TOO_INTRICATE'
  | 'PATH_LEAVES_FOLDER'
  | 'XML_NOT_PLAIN'
  | 'XML_MALFORMED'
  | 'NOT_AN_ARTICLE'
  | 'DATE_IMPOSSIBLE'
  | 'NAME_TOO_LONG'
  | 'TEXT_LANGUAGE_TAKEN'
  | 'EXPORT_MALFORMED'
  | 'EXPORT_CONTRADICTS'
  | 'EXPORT_CUT_OFF';

/** A refusal: where, what was expected, what stood there. */
export interface Refusal {
  readonly code: RefusalCode;
  /** Counted from 1; null where it is about the whole file. */
  readonly line: number | null;
  readonly expected: string;
  readonly found: string;
}
