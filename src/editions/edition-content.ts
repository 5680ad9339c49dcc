import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import type {
  AgentKind,
  ArticleKind,
  ContactPurpose,
  CreditRole,
  Duty,
  LinkKind,
  Medium,
  NoticeKind,
  OriginRelation,
  ReuseAction,
  ReuseEffect,
  TranslationMethod,
} from '../common/vocabulary.js';
import type { PublisherFacts } from '../publishers/publisher.type.js';
import type { LineRole } from '../publishers/line-roles.js';
import type { RightsStatus } from '../rights/rights.type.js';
import type { SourceFacts } from '../sources/source.type.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import type { FormattedText } from './markdown-formats.js';

/** One language's text in an edition, without its body. */
export interface EditionText {
  readonly language: LanguageTag;
  /** Whether it is the text that the article came with, which the others were made from. */
  readonly isOriginal: boolean;
  /** Whether the original has been published anew since this was translated. */
  readonly isOutdated: boolean;
  readonly method: TranslationMethod | null;
  readonly slug: string;
  readonly headline: string;
  readonly dek: FormattedText | null;
  /** The desk's revision that was published. */
  readonly revisionId: string;
  /** The revision of the original, or of another translation, that a translation was made from. */
  readonly sourceRevisionId: string | null;
  /** Who translated it, where that is known of this text. */
  readonly translator?: { readonly name: string; readonly kind: AgentKind | null };
}

export interface EditionContactPoint {
  readonly email: string;
  readonly purposes: readonly ContactPurpose[];
}

export interface EditionReuseTerm {
  readonly effect: ReuseEffect;
  readonly actions: readonly ReuseAction[];
  readonly media: readonly Medium[];
  readonly duties: readonly Duty[];
  readonly audienceLabel: string | null;
  readonly holderConfirmed: boolean;
  readonly statedBy: PublisherFacts;
  readonly contactPoint: EditionContactPoint | null;
  readonly version: number;
  readonly text: { readonly language: LanguageTag; readonly value: string };
}

export interface EditionNotice {
  readonly kind: NoticeKind;
  readonly statedBy: PublisherFacts;
  readonly version: number;
  readonly text: { readonly language: LanguageTag; readonly value: string };
}

export interface EditionWrapperLine {
  readonly role: LineRole;
  readonly text: string;
}

/** What was put right in a published text, as its readers are told. */
export interface EditionCorrection {
  readonly id: string;
  /** Of the text whose readers are told, and of the note. */
  readonly language: LanguageTag;
  readonly note: string;
  /** A moment such as `2016-03-30T12:00:00.000000Z`. */
  readonly correctedAt: string;
}

/** Everything that an edition shows of an article but the bodies of its texts. */
export interface EditionContent {
  readonly kind: ArticleKind;
  readonly pageLanguage: LanguageTag;
  readonly originalLanguage: LanguageTag;
  readonly publishedOn: PartialDate;
  readonly publisher: PublisherFacts;
  readonly origin: {
    readonly relation: OriginRelation;
    readonly source: SourceFacts | null;
    readonly url: string | null;
    readonly title: string | null;
    readonly language: LanguageTag | null;
    readonly publishedOn: PartialDate | null;
  };
  readonly credits: readonly {
    readonly role: CreditRole;
    readonly agent: { readonly name: string; readonly kind: AgentKind | null };
  }[];
  readonly regions: readonly TermFacts[];
  readonly themes: readonly TermFacts[];
  /** The in-depth reports that the article is part of. */
  readonly reports: readonly TermFacts[];
  readonly rights: {
    readonly status: RightsStatus;
    readonly holder: string | null;
    readonly copyright: {
      readonly raw: string;
      readonly author: string | null;
      readonly source: string | null;
      readonly year: number | null;
    } | null;
    readonly reuseTerms: readonly EditionReuseTerm[];
    readonly notices: readonly EditionNotice[];
  };
  readonly contactPoints: readonly EditionContactPoint[];
  readonly links: readonly { readonly kind: LinkKind; readonly url: string }[];
  /** The patterns in which the article's own page has its lines; none where it came with no page. */
  readonly pageLines: readonly { readonly role: LineRole; readonly pattern: string }[];
  /** The page's lines, by the wrapper's language. */
  readonly wrappers: Readonly<Record<LanguageTag, readonly EditionWrapperLine[]>>;
  /** The original first, then the others by language. */
  readonly texts: readonly EditionText[];
  /** What was put right in these texts, in the order of time; not there where nothing was. */
  readonly corrections?: readonly EditionCorrection[];
}

/** A text as readers get it, without its dek: the desk's revisions are the desk's. */
export type ServedText = Omit<EditionText, 'revisionId' | 'sourceRevisionId' | 'translator' | 'dek'>;

/**
 * An edition's content as readers ask for it: each part is kept as JSON text by itself, and is fetched when a query selects
 * it.
 */
export interface ServedContent {
  readonly texts: readonly ServedText[];
  readonly deks: Readonly<Record<LanguageTag, FormattedText>>;
  readonly publisher: EditionContent['publisher'];
  readonly origin: EditionContent['origin'];
  readonly credits: EditionContent['credits'];
  readonly terms: Pick<EditionContent, 'regions' | 'themes' | 'reports'>;
  readonly rights: Omit<EditionContent['rights'], 'notices'>;
  readonly notices: EditionContent['rights']['notices'];
  readonly contactPoints: EditionContent['contactPoints'];
  readonly links: EditionContent['links'];
  readonly wrappers: EditionContent['wrappers'];
  readonly corrections: readonly EditionCorrection[];
}

/** Cuts an edition's content into the parts that readers ask for. */
export function servedContent(content: EditionContent): ServedContent {
  const { publisher, origin, credits, contactPoints, links, wrappers } = content;
  const { notices, ...rights } = content.rights;
  const deks = content.texts.flatMap(({ language, dek }) => (dek === null ? [] : [[language, dek] as const]));
  return {
    texts: content.texts.map(({ language, isOriginal, isOutdated, method, slug, headline }) => ({
      language,
      // The page of a translation never came with the original.
      isOriginal: isOriginal && origin.relation !== 'TRANSLATED',
      isOutdated,
      method,
      slug,
      headline,
    })),
    deks: Object.fromEntries(deks),
    publisher,
    origin,
    credits,
    terms: { regions: content.regions, themes: content.themes, reports: content.reports },
    rights,
    notices,
    contactPoints,
    links,
    wrappers,
    corrections: content.corrections ?? [],
  };
}

/** Which characters of which document gave a field that the edition shows. */
export interface EditionEvidence {
  readonly path: string;
  readonly documentSha256: string;
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}
