import {
  AGENT_KINDS,
  ARTICLE_KINDS,
  CONTACT_PURPOSES,
  CREDIT_ROLES,
  DUTIES,
  MEDIA,
  NOTICE_KINDS,
  ORIGIN_RELATIONS,
  REUSE_ACTIONS,
  REUSE_EFFECTS,
  TERM_SCHEMES,
  TRANSLATION_METHODS,
  TRANSLATION_STATES,
} from '../../common/vocabulary.js';
import { DOCUMENT_FORMATS } from '../../reading/door/incoming-document.js';
import { wrapperProblems } from '../../publishers/publisher-file.js';
import { LINE_ROLES } from '../../publishers/line-roles.js';
import type { WrapperDefinition } from '../../publishers/wrapper-definition.js';
import { DESK_FINDING_CODES } from '../../publishing/attribution.js';
import { EDITION_CONTENT, EDITION_EVIDENCE } from './edition-shapes.js';
import {
  EXPORT_VERSION,
  type ExportedAgent,
  type ExportedArticle,
  type ExportedBlock,
  type ExportedContactPoint,
  type ExportedCorrection,
  type ExportedDocument,
  type ExportedEdition,
  type ExportedFormerArticle,
  type ExportedNotice,
  type ExportedPublisher,
  type ExportedRecord,
  type ExportedReuseTerm,
  type ExportedRevision,
  type ExportedSource,
  type ExportedTerm,
  type ExportedTerming,
  type ExportedTranslation,
  type ExportedWaiver,
  type ExportedWorkingText,
  type ExportEnd,
  type ExportHeader,
  RECORD_TYPES,
  type RecordCounts,
} from './export-records.js';
import {
  base64,
  count,
  eitherOf,
  filledText,
  flag,
  json,
  languageTag,
  listOf,
  mapOf,
  Misshapen,
  moment,
  name,
  nullable,
  objectOf,
  oneOf,
  optional,
  ordinal,
  partialDate,
  type Shape,
  sha256,
  slug,
  text,
  url,
  uuid,
} from './export-shapes.js';
import {
  COPYRIGHT,
  EVIDENCE_PROPERTIES,
  FINDING,
  FINDING_PROPERTIES,
  LINK,
  PART,
  READ_ARTICLE,
  READ_WRAPPER,
  TEXT_FORM,
} from './reading-shapes.js';

/** The shapes of an export's lines. */

/** Checked as one in a publisher's data file is. */
const WRAPPER: Shape<WrapperDefinition> = {
  check: (value, path) => {
    json.check(value, path);
    const [problem] = wrapperProblems(value, path);
    if (problem === undefined) return;
    const [where = path, reason = ''] = problem.split(/: (.*)/s);
    throw new Misshapen(where, `a value that ${reason}`, undefined);
  },
};

const CLAUSE_PROPERTIES = {
  id: uuid,
  statedById: uuid,
  clauseKey: filledText,
  language: languageTag,
  version: ordinal,
  text,
};

const TERMINGS = listOf(objectOf<ExportedTerming>({ termId: uuid, rawLabel: text }));

const BLOCKS = listOf(objectOf<ExportedBlock>({ id: filledText, length: ordinal }));

const TRANSLATION = objectOf<ExportedTranslation>({
  id: uuid,
  language: languageTag,
  isOriginal: flag,
  slug: nullable(slug),
  method: nullable(oneOf(TRANSLATION_METHODS)),
  tool: optional(nullable(text)),
  translatorId: optional(nullable(uuid)),
  state: optional(oneOf(TRANSLATION_STATES)),
  sourceRevisionId: nullable(uuid),
  settled: optional(mapOf(text, uuid)),
  blockPairs: optional(mapOf(text, nullable(text))),
  textVersion: optional(ordinal),
  inHand: optional(
    nullable(
      objectOf<ExportedWorkingText>({
        headline: text,
        dek: nullable(text),
        body: text,
        slug: nullable(slug),
        blocks: BLOCKS,
        changedById: nullable(uuid),
        changedBy: text,
        changedAt: moment,
      }),
    ),
  ),
  updatedAt: moment,
});

const ARTICLE = objectOf<ExportedArticle>({
  type: oneOf(['article']),
  id: uuid,
  publisherId: uuid,
  kind: oneOf(ARTICLE_KINDS),
  originalLanguage: languageTag,
  pageLanguage: languageTag,
  publishedOn: partialDate,
  version: ordinal,
  createdAt: moment,
  updatedAt: moment,
  origin: objectOf<ExportedArticle['origin']>({
    relation: oneOf(ORIGIN_RELATIONS),
    sourceId: nullable(uuid),
    url: nullable(url),
    title: nullable(text),
    language: nullable(languageTag),
    publishedOn: nullable(partialDate),
  }),
  credits: listOf(objectOf<ExportedArticle['credits'][number]>({ role: oneOf(CREDIT_ROLES), agentId: uuid })),
  regions: TERMINGS,
  themes: TERMINGS,
  reports: TERMINGS,
  copyright: nullable(COPYRIGHT),
  notices: listOf(uuid),
  reuseTerms: listOf(uuid),
  contactPoints: listOf(
    objectOf<ExportedArticle['contactPoints'][number]>({
      contactPointId: uuid,
      purposes: listOf(oneOf(CONTACT_PURPOSES)),
    }),
  ),
  links: listOf(LINK(url)),
  wrapperLines: listOf(objectOf<ExportedArticle['wrapperLines'][number]>({ role: oneOf(LINE_ROLES), pattern: text })),
  findings: listOf(objectOf<ExportedArticle['findings'][number]>(FINDING_PROPERTIES)),
  waivers: optional(
    listOf(
      objectOf<ExportedWaiver>({
        id: uuid,
        code: oneOf(DESK_FINDING_CODES),
        language: nullable(languageTag),
        path: text,
        cause: text,
        reason: text,
        waivedBy: text,
        waivedAt: moment,
      }),
    ),
  ),
  corrections: optional(
    listOf(objectOf<ExportedCorrection>({ id: uuid, language: languageTag, note: text, correctedAt: moment })),
  ),
  unpublished: optional(
    listOf(
      objectOf<NonNullable<ExportedArticle['unpublished']>[number]>({ language: languageTag, unpublishedAt: moment }),
    ),
  ),
  withdrawal: optional(
    nullable(
      objectOf<NonNullable<ExportedArticle['withdrawal']>>({
        reason: text,
        language: languageTag,
        withdrawnAt: moment,
        slugs: listOf(slug),
      }),
    ),
  ),
  evidence: listOf(objectOf<ExportedArticle['evidence'][number]>({ ...EVIDENCE_PROPERTIES, documentId: uuid })),
  documents: listOf(uuid),
  slugs: listOf(slug),
  translations: listOf(TRANSLATION),
  revisions: ordinal,
  editions: count,
  served: nullable(objectOf<NonNullable<ExportedArticle['served']>>({ edition: ordinal, slugs: listOf(slug) })),
});

const DOCUMENT = objectOf<ExportedDocument>({
  type: oneOf(['document']),
  id: uuid,
  sha256,
  fileName: text,
  format: oneOf(DOCUMENT_FORMATS),
  form: TEXT_FORM,
  receivedAt: moment,
  bytes: base64,
  reading: nullable(
    objectOf<NonNullable<ExportedDocument['reading']>>({
      article: READ_ARTICLE,
      wrapper: READ_WRAPPER,
      findings: listOf(FINDING),
    }),
  ),
  parts: listOf(PART),
});

/** What a line between the first and the last has to be. */
export const RECORD = eitherOf<ExportedRecord | ExportEnd>({
  publisher: objectOf<ExportedPublisher>({
    type: oneOf(['publisher']),
    id: uuid,
    slug,
    name,
    legalName: nullable(name),
    abbreviation: nullable(name),
    url: nullable(url),
    language: languageTag,
    wrappers: mapOf(languageTag, WRAPPER),
  }),
  source: objectOf<ExportedSource>({ type: oneOf(['source']), id: uuid, slug, name, url: nullable(url) }),
  agent: objectOf<ExportedAgent>({ type: oneOf(['agent']), id: uuid, name, kind: nullable(oneOf(AGENT_KINDS)) }),
  term: objectOf<ExportedTerm>({
    type: oneOf(['term']),
    id: uuid,
    scheme: oneOf(TERM_SCHEMES),
    slug,
    isListed: flag,
    labels: mapOf(languageTag, name),
    aliases: listOf(name),
  }),
  contactPoint: objectOf<ExportedContactPoint>({
    type: oneOf(['contactPoint']),
    id: uuid,
    publisherId: uuid,
    email: name,
    purposes: listOf(oneOf(CONTACT_PURPOSES)),
  }),
  notice: objectOf<ExportedNotice>({ type: oneOf(['notice']), ...CLAUSE_PROPERTIES, kind: oneOf(NOTICE_KINDS) }),
  reuseTerm: objectOf<ExportedReuseTerm>({
    type: oneOf(['reuseTerm']),
    ...CLAUSE_PROPERTIES,
    effect: oneOf(REUSE_EFFECTS),
    actions: listOf(oneOf(REUSE_ACTIONS)),
    media: listOf(oneOf(MEDIA)),
    duties: listOf(oneOf(DUTIES)),
    audienceLabel: nullable(text),
    contactPointId: nullable(uuid),
  }),
  document: DOCUMENT,
  article: ARTICLE,
  formerArticle: objectOf<ExportedFormerArticle>({ type: oneOf(['formerArticle']), id: uuid, editions: ordinal }),
  revision: objectOf<ExportedRevision>({
    type: oneOf(['revision']),
    articleId: uuid,
    id: uuid,
    translationId: uuid,
    number: ordinal,
    headline: text,
    dek: nullable(text),
    body: text,
    blocks: optional(nullable(BLOCKS)),
    sourceRevisionId: optional(nullable(uuid)),
    settled: optional(mapOf(text, uuid)),
    textVersion: optional(ordinal),
    madeById: optional(nullable(uuid)),
    madeBy: optional(nullable(text)),
    reason: text,
    createdAt: moment,
  }),
  edition: objectOf<ExportedEdition>({
    type: oneOf(['edition']),
    articleId: uuid,
    id: uuid,
    number: ordinal,
    reason: text,
    issuedAt: moment,
    content: EDITION_CONTENT,
    evidence: listOf(EDITION_EVIDENCE),
  }),
  end: objectOf<ExportEnd>({
    type: oneOf(['end']),
    counts: objectOf<RecordCounts>(
      Object.fromEntries(RECORD_TYPES.map((type) => [type, count])) as Record<keyof RecordCounts, typeof count>,
    ),
  }),
});

const VERSION: Shape<number> = {
  check: (value, path) => {
    if (value !== EXPORT_VERSION)
      throw new Misshapen(path, `version ${EXPORT_VERSION}, which this Colophon reads,`, value);
  },
};

/** What the first line has to be. */
export const HEADER = objectOf<ExportHeader>({ colophon: oneOf(['export']), version: VERSION });
