import {
  AGENT_KINDS,
  type AgentKind,
  ARTICLE_KINDS,
  CONTACT_PURPOSES,
  CREDIT_ROLES,
  type CreditRole,
  DUTIES,
  LINK_KINDS,
  MEDIA,
  NOTICE_KINDS,
  ORIGIN_RELATIONS,
  REUSE_ACTIONS,
  REUSE_EFFECTS,
  TERM_SCHEMES,
  TRANSLATION_METHODS,
} from '../../common/vocabulary.js';
import type {
  EditionContactPoint,
  EditionContent,
  EditionCorrection,
  EditionEvidence,
  EditionNotice,
  EditionReuseTerm,
  EditionWrapperLine,
} from '../../editions/edition-content.js';
import type { PublisherFacts } from '../../publishers/publisher.type.js';
import { LINE_ROLES } from '../../publishers/line-roles.js';
import type { ReuseClause } from '../../publishers/wrapper-definition.js';
import { RIGHTS_STATUSES } from '../../rights/rights.type.js';
import type { SourceFacts } from '../../sources/source.type.js';
import type { TermFacts } from '../../taxonomy/term.type.js';
import type { ExportedEdition, ExportedText } from './export-records.js';
import {
  count,
  flag,
  languageTag,
  listOf,
  mapOf,
  moment,
  nullable,
  objectOf,
  oneOf,
  optional,
  ordinal,
  partialDate,
  sha256,
  slug,
  text,
  url,
  uuid,
} from './export-shapes.js';

/** The shapes of what was published. Readers get it as it stands: nothing in it may be other than they expect. */

const PUBLISHER = objectOf<PublisherFacts>({
  id: uuid,
  slug,
  name: text,
  legalName: nullable(text),
  url: nullable(url),
  language: languageTag,
});

const TERM = objectOf<TermFacts>({
  id: uuid,
  scheme: oneOf(TERM_SCHEMES),
  slug,
  labels: mapOf(languageTag, text),
  rawLabel: optional(text),
});

const CONTACT_POINT = objectOf<EditionContactPoint>({ email: text, purposes: listOf(oneOf(CONTACT_PURPOSES)) });

/** What a clause means. */
const MEANING_PROPERTIES = {
  effect: oneOf(REUSE_EFFECTS),
  actions: listOf(oneOf(REUSE_ACTIONS)),
  media: listOf(oneOf(MEDIA)),
  duties: listOf(oneOf(DUTIES)),
};

export const REUSE_MEANING = objectOf<ReuseClause>(MEANING_PROPERTIES);

const WORDING = objectOf<EditionNotice['text']>({ language: languageTag, value: text });

const REUSE_TERM = objectOf<EditionReuseTerm>({
  ...MEANING_PROPERTIES,
  audienceLabel: nullable(text),
  holderConfirmed: flag,
  statedBy: PUBLISHER,
  contactPoint: nullable(CONTACT_POINT),
  version: ordinal,
  text: WORDING,
});

const NOTICE = objectOf<EditionNotice>({
  kind: oneOf(NOTICE_KINDS),
  statedBy: PUBLISHER,
  version: ordinal,
  text: WORDING,
});

const AGENT = objectOf<Credit['agent']>({ name: text, kind: nullable(oneOf(AGENT_KINDS)) });

const TEXT = objectOf<ExportedText>({
  language: languageTag,
  isOriginal: flag,
  isOutdated: flag,
  method: nullable(oneOf(TRANSLATION_METHODS)),
  slug,
  headline: text,
  dek: nullable(text),
  revisionId: uuid,
  sourceRevisionId: nullable(uuid),
  translator: optional(AGENT),
  body: text,
});

interface Credit {
  readonly role: CreditRole;
  readonly agent: { readonly name: string; readonly kind: AgentKind | null };
}

const CORRECTION = objectOf<EditionCorrection>({
  id: uuid,
  language: languageTag,
  note: text,
  correctedAt: moment,
});

export const EDITION_CONTENT = objectOf<ExportedEdition['content']>({
  kind: oneOf(ARTICLE_KINDS),
  pageLanguage: languageTag,
  originalLanguage: languageTag,
  publishedOn: partialDate,
  publisher: PUBLISHER,
  origin: objectOf<EditionContent['origin']>({
    relation: oneOf(ORIGIN_RELATIONS),
    source: nullable(objectOf<SourceFacts>({ id: uuid, slug, name: text, url: nullable(url) })),
    url: nullable(url),
    title: nullable(text),
    language: nullable(languageTag),
    publishedOn: nullable(partialDate),
  }),
  credits: listOf(
    objectOf<Credit>({
      role: oneOf(CREDIT_ROLES),
      agent: AGENT,
    }),
  ),
  regions: listOf(TERM),
  themes: listOf(TERM),
  reports: listOf(TERM),
  rights: objectOf<EditionContent['rights']>({
    status: oneOf(RIGHTS_STATUSES),
    holder: nullable(text),
    copyright: nullable(
      objectOf<NonNullable<EditionContent['rights']['copyright']>>({
        raw: text,
        author: nullable(text),
        source: nullable(text),
        year: nullable(count),
      }),
    ),
    reuseTerms: listOf(REUSE_TERM),
    notices: listOf(NOTICE),
  }),
  contactPoints: listOf(CONTACT_POINT),
  links: listOf(objectOf<EditionContent['links'][number]>({ kind: oneOf(LINK_KINDS), url })),
  pageLines: listOf(objectOf<EditionContent['pageLines'][number]>({ role: oneOf(LINE_ROLES), pattern: text })),
  wrappers: mapOf(languageTag, listOf(objectOf<EditionWrapperLine>({ role: oneOf(LINE_ROLES), text }))),
  texts: listOf(TEXT),
  corrections: optional(listOf(CORRECTION)),
});

export const EDITION_EVIDENCE = objectOf<EditionEvidence>({
  path: text,
  documentSha256: sha256,
  start: count,
  end: count,
  exact: text,
  prefix: text,
  suffix: text,
});
