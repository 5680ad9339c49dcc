import type { Finding } from '../../articles/finding.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { PartialDate } from '../../common/partial-date.js';
import type {
  AgentKind,
  ArticleKind,
  ContactPurpose,
  CreditRole,
  NoticeKind,
  OriginRelation,
  TermScheme,
  TranslationMethod,
  TranslationState,
} from '../../common/vocabulary.js';
import type { DocumentFormat } from '../../reading/door/incoming-document.js';
import type { TextForm } from '../../reading/parts/part-layout.js';
import type { EvidenceOf, Part, ReadArticle, ReadCopyright, ReadLink, ReadWrapper } from '../../reading/reading.js';
import type { EditionContent, EditionEvidence, EditionText } from '../../editions/edition-content.js';
import type { LineRole } from '../../publishers/line-roles.js';
import type { DeskFindingCode } from '../../publishing/attribution.js';
import type { ReuseClause, WrapperDefinition } from '../../publishers/wrapper-definition.js';

/** The lines of an export, each an object with a `type`. docs/adr/0014 tells why they are as they are. */

/** The version of the lines that this release writes; it reads that one. */
export const EXPORT_VERSION = 1;

/** A moment in UTC, with the microseconds that Postgres keeps: `2016-03-30T12:00:00.000000Z`. */
export type Moment = string;

export interface ExportedPublisher {
  readonly type: 'publisher';
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly legalName: string | null;
  readonly abbreviation: string | null;
  readonly url: string | null;
  readonly language: LanguageTag;
  readonly wrappers: Readonly<Record<LanguageTag, WrapperDefinition>>;
}

export interface ExportedSource {
  readonly type: 'source';
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string | null;
}

export interface ExportedAgent {
  readonly type: 'agent';
  readonly id: string;
  readonly name: string;
  readonly kind: AgentKind | null;
}

export interface ExportedTerm {
  readonly type: 'term';
  readonly id: string;
  readonly scheme: TermScheme;
  readonly slug: string;
  /** Whether a list of terms has it; else an import has added it. */
  readonly isListed: boolean;
  readonly labels: Readonly<Record<LanguageTag, string>>;
  /** The ways in which pages write it, folded. */
  readonly aliases: readonly string[];
}

export interface ExportedContactPoint {
  readonly type: 'contactPoint';
  readonly id: string;
  readonly publisherId: string;
  readonly email: string;
  readonly purposes: readonly ContactPurpose[];
}

export interface ExportedNotice {
  readonly type: 'notice';
  readonly id: string;
  readonly statedById: string;
  readonly clauseKey: string;
  readonly language: LanguageTag;
  readonly version: number;
  readonly kind: NoticeKind;
  readonly text: string;
}

export interface ExportedReuseTerm extends ReuseClause {
  readonly type: 'reuseTerm';
  readonly id: string;
  readonly statedById: string;
  readonly clauseKey: string;
  readonly language: LanguageTag;
  readonly version: number;
  readonly text: string;
  readonly audienceLabel: string | null;
  readonly contactPointId: string | null;
}

/** Reference data: what articles refer to. */
export type ExportedReference =
  | ExportedPublisher
  | ExportedSource
  | ExportedAgent
  | ExportedTerm
  | ExportedContactPoint
  | ExportedNotice
  | ExportedReuseTerm;

export interface ExportedDocument {
  readonly type: 'document';
  readonly id: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly format: DocumentFormat;
  readonly form: TextForm;
  readonly receivedAt: Moment;
  /** Base64. */
  readonly bytes: string;
  /** Null where the import that read it was taken back. */
  readonly reading: {
    readonly article: ReadArticle;
    readonly wrapper: ReadWrapper;
    readonly findings: readonly Finding[];
  } | null;
  readonly parts: readonly Part[];
}

export interface ExportedTerming {
  readonly termId: string;
  readonly rawLabel: string;
}

export interface ExportedTranslation {
  readonly id: string;
  readonly language: LanguageTag;
  readonly isOriginal: boolean;
  /** Null while it has no revision. */
  readonly slug: string | null;
  readonly method: TranslationMethod | null;
  readonly tool?: string | null;
  readonly translatorId?: string | null;
  readonly state?: TranslationState;
  readonly sourceRevisionId: string | null;
  readonly settled?: Readonly<Record<string, string>>;
  readonly blockPairs?: Readonly<Record<string, string | null>>;
  readonly textVersion?: number;
  /** What somebody has in hand; null where nothing is. */
  readonly inHand?: ExportedWorkingText | null;
  readonly updatedAt: Moment;
}

/** What of a text is no revision yet. */
export interface ExportedWorkingText {
  readonly headline: string;
  readonly dek: string | null;
  /** Markdown. */
  readonly body: string;
  readonly slug: string | null;
  readonly blocks: readonly ExportedBlock[];
  readonly changedById: string | null;
  readonly changedBy: string;
  readonly changedAt: Moment;
}

/** A block of a body: its id, and how many UTF-16 units it has. */
export interface ExportedBlock {
  readonly id: string;
  readonly length: number;
}

/** A note to readers of what was put right. */
export interface ExportedCorrection {
  readonly id: string;
  readonly language: LanguageTag;
  readonly note: string;
  readonly correctedAt: Moment;
}

/** That a finding blocks nothing. */
export interface ExportedWaiver {
  readonly id: string;
  readonly code: DeskFindingCode;
  readonly language: LanguageTag | null;
  readonly path: string;
  readonly cause: string;
  readonly reason: string;
  readonly waivedBy: string;
  readonly waivedAt: Moment;
}

/** An article at the desk. Its revisions and its editions stand on the lines that follow. */
export interface ExportedArticle {
  readonly type: 'article';
  readonly id: string;
  readonly publisherId: string;
  readonly kind: ArticleKind;
  readonly originalLanguage: LanguageTag;
  readonly pageLanguage: LanguageTag;
  readonly publishedOn: PartialDate;
  readonly version: number;
  readonly createdAt: Moment;
  readonly updatedAt: Moment;
  readonly origin: {
    readonly relation: OriginRelation;
    readonly sourceId: string | null;
    readonly url: string | null;
    readonly title: string | null;
    readonly language: LanguageTag | null;
    readonly publishedOn: PartialDate | null;
  };
  readonly credits: readonly { readonly role: CreditRole; readonly agentId: string }[];
  readonly regions: readonly ExportedTerming[];
  readonly themes: readonly ExportedTerming[];
  readonly reports: readonly ExportedTerming[];
  readonly copyright: ReadCopyright | null;
  /** The notices and reuse terms on its page, by their ids. */
  readonly notices: readonly string[];
  readonly reuseTerms: readonly string[];
  readonly contactPoints: readonly { readonly contactPointId: string; readonly purposes: readonly ContactPurpose[] }[];
  readonly links: readonly ReadLink[];
  readonly wrapperLines: readonly { readonly role: LineRole; readonly pattern: string }[];
  readonly findings: readonly (Finding & Required<Pick<Finding, 'conflict'>>)[];
  readonly waivers?: readonly ExportedWaiver[];
  readonly corrections?: readonly ExportedCorrection[];
  /** Languages that a person has taken from readers. */
  readonly unpublished?: readonly { readonly language: LanguageTag; readonly unpublishedAt: Moment }[];
  /** Why a person has taken the whole article from them; null where nobody has. */
  readonly withdrawal?: {
    readonly reason: string;
    readonly language: LanguageTag;
    readonly withdrawnAt: Moment;
    /** The slugs under which readers found it, and are told. */
    readonly slugs: readonly string[];
  } | null;
  readonly evidence: readonly (EvidenceOf & { readonly documentId: string })[];
  /** The documents that have brought it, the newest last. */
  readonly documents: readonly string[];
  readonly slugs: readonly string[];
  /** The original first. */
  readonly translations: readonly ExportedTranslation[];
  /** How many lines of each follow. */
  readonly revisions: number;
  readonly editions: number;
  /** The edition that readers get, by its number, and the slugs under which they find it; null where they get none. */
  readonly served: { readonly edition: number; readonly slugs: readonly string[] } | null;
}

/** An article that is at the desk no longer: its editions stay in the record, and stand on the lines that follow. */
export interface ExportedFormerArticle {
  readonly type: 'formerArticle';
  readonly id: string;
  readonly editions: number;
}

export interface ExportedRevision {
  readonly type: 'revision';
  readonly articleId: string;
  readonly id: string;
  readonly translationId: string;
  readonly number: number;
  readonly headline: string;
  readonly dek: string | null;
  /** Markdown. */
  readonly body: string;
  readonly blocks?: readonly ExportedBlock[] | null;
  readonly sourceRevisionId?: string | null;
  readonly settled?: Readonly<Record<string, string>>;
  readonly textVersion?: number;
  readonly madeById?: string | null;
  readonly madeBy?: string | null;
  readonly reason: string;
  readonly createdAt: Moment;
}

/** A text as it was published, in Markdown: its HTML and its plain text are written from that. */
export type ExportedText = Omit<EditionText, 'dek'> & { readonly dek: string | null; readonly body: string };

export interface ExportedEdition {
  readonly type: 'edition';
  readonly articleId: string;
  readonly id: string;
  readonly number: number;
  readonly reason: string;
  readonly issuedAt: Moment;
  readonly content: Omit<EditionContent, 'texts'> & { readonly texts: readonly ExportedText[] };
  readonly evidence: readonly EditionEvidence[];
}

/** A line between the first and the last. */
export type ExportedRecord =
  ExportedReference | ExportedDocument | ExportedArticle | ExportedFormerArticle | ExportedRevision | ExportedEdition;

export type RecordType = ExportedRecord['type'];

/** The order in which an export has its lines; revisions and editions follow their articles. */
export const RECORD_TYPES = [
  'publisher',
  'source',
  'agent',
  'term',
  'contactPoint',
  'notice',
  'reuseTerm',
  'document',
  'article',
  'revision',
  'edition',
  'formerArticle',
] as const satisfies readonly RecordType[];

/** How many lines of each type an export has. */
export type RecordCounts = Readonly<Record<RecordType, number>>;

/** The first line. */
export interface ExportHeader {
  readonly colophon: 'export';
  readonly version: number;
}

/** The last line: without it, the export was cut off. */
export interface ExportEnd {
  readonly type: 'end';
  readonly counts: RecordCounts;
}
