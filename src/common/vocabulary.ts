/** The closed lists of the domain. GraphQL, SQL checks and data files use these very words. */

/** What an article is. */
export const ARTICLE_KINDS = ['ARTICLE', 'VIDEO', 'AUDIO', 'INTERVIEW', 'REVIEW', 'GALLERY'] as const;
export type ArticleKind = (typeof ARTICLE_KINDS)[number];

/** How an article is tied to what its source published. */
export const ORIGIN_RELATIONS = ['VERBATIM', 'TRANSLATED', 'ADAPTED', 'OWN'] as const;
export type OriginRelation = (typeof ORIGIN_RELATIONS)[number];

/** What an agent did. */
export const CREDIT_ROLES = ['AUTHOR', 'TRANSLATOR', 'EDITOR'] as const;
export type CreditRole = (typeof CREDIT_ROLES)[number];

export const AGENT_KINDS = ['PERSON', 'ORGANIZATION'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

export const TERM_SCHEMES = ['REGION', 'THEME', 'REPORT'] as const;
export type TermScheme = (typeof TERM_SCHEMES)[number];

/** How an article's list of the terms of a scheme is called, in paths and in GraphQL. */
export const TERM_LISTS = { REGION: 'regions', THEME: 'themes', REPORT: 'reports' } as const satisfies Record<
  TermScheme,
  string
>;

/** What a rule of a licence says of a use. Source: ODRL 2.2 permission, duty to obtain consent, prohibition. */
export const REUSE_EFFECTS = ['PERMIT', 'ASK_FIRST', 'FORBID'] as const;
export type ReuseEffect = (typeof REUSE_EFFECTS)[number];

/** What is done with a text. Source: ODRL 2.2 Common Vocabulary (reproduce, extract, translate); TDMRep (mine). */
export const REUSE_ACTIONS = ['REPRODUCE', 'EXTRACT', 'TRANSLATE', 'MINE'] as const;
export type ReuseAction = (typeof REUSE_ACTIONS)[number];

export const MEDIA = ['WEB', 'COMMERCIAL_WEB', 'PRINT', 'OTHER'] as const;
export type Medium = (typeof MEDIA)[number];

export const DUTIES = [
  'NAME_SOURCE',
  'SHOW_URL',
  'LINK_ORIGINAL',
  'KEEP_COPYRIGHT_NOTICE',
  'KEEP_TEXT_AND_TITLE',
] as const;
export type Duty = (typeof DUTIES)[number];

export const NOTICE_KINDS = ['LIABILITY_DISCLAIMER', 'FAIR_USE_CLAIM'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a contact point is for; a contact point lists its purposes in this order. */
export const CONTACT_PURPOSES = ['MEDIA', 'REPRODUCTION_PERMISSION', 'CORRECTIONS', 'GENERAL'] as const;
export type ContactPurpose = (typeof CONTACT_PURPOSES)[number];

export const LINK_KINDS = ['DONATION', 'SOCIAL', 'WEBSITE', 'PARTNER', 'OTHER'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** How a translation was made. */
export const TRANSLATION_METHODS = ['HUMAN', 'MACHINE', 'MACHINE_EDITED'] as const;
export type TranslationMethod = (typeof TRANSLATION_METHODS)[number];

/** How far a text has come. A state vouches for the newest revision: another one is a draft. */
export const TRANSLATION_STATES = ['DRAFT', 'TRANSLATED', 'REVIEWED', 'APPROVED', 'PUBLISHED', 'ABANDONED'] as const;
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** An ERROR blocks publishing, a WARNING does not. */
export const SEVERITIES = ['ERROR', 'WARNING'] as const;
export type Severity = (typeof SEVERITIES)[number];
