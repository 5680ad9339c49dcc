import { FINDING_SEVERITIES, type Finding, type FindingCode, type FindingConflict } from '../../articles/finding.js';
import {
  ARTICLE_KINDS,
  CONTACT_PURPOSES,
  CREDIT_ROLES,
  LINK_KINDS,
  NOTICE_KINDS,
  ORIGIN_RELATIONS,
  SEVERITIES,
  TERM_SCHEMES,
  TRANSLATION_METHODS,
} from '../../common/vocabulary.js';
import { isKnownCharset } from '../../reading/charset.js';
import type {
  LayoutEdit,
  LinePiece,
  LineToken,
  PartLayout,
  TextForm,
  TextPieces,
} from '../../reading/parts/part-layout.js';
import {
  type Part,
  PART_ROLES,
  type ReadArticle,
  type ReadClause,
  type ReadCopyright,
  type ReadLink,
  type ReadWrapper,
} from '../../reading/reading.js';
import { LINE_ROLES } from '../../publishers/line-roles.js';
import type { ClauseDefinition } from '../../publishers/wrapper-definition.js';
import { REUSE_MEANING } from './edition-shapes.js';
import {
  count,
  eitherOf,
  filledText,
  flag,
  json,
  languageTag,
  listOf,
  Misshapen,
  nullable,
  objectOf,
  oneOf,
  optional,
  ordinal,
  partialDate,
  type Shape,
  slug,
  text,
  textOr,
} from './export-shapes.js';

/** The shapes of what documents were read as: parts, fields, findings. */

const LINE_ENDS = ['LF', 'CRLF', 'CR'] as const;

const CHARSET: Shape<string> = {
  check: (value, path) => {
    if (typeof value !== 'string' || !isKnownCharset(value)) throw new Misshapen(path, 'a known encoding', value);
  },
};

export const TEXT_FORM = objectOf<TextForm>({
  charset: optional(CHARSET),
  hasByteOrderMark: flag,
  lineEnding: oneOf([...LINE_ENDS, 'MIXED']),
  lineEnds: optional(listOf(oneOf(LINE_ENDS))),
  normalForm: oneOf(['NFC', 'NFD', 'MIXED']),
});

const TEXT_PIECES: Shape<TextPieces> = listOf(textOr(objectOf<{ readonly path: string }>({ path: text })));

const LAYOUT_EDIT: Shape<LayoutEdit> = {
  check: (value, path) => {
    if (!Array.isArray(value) || value.length !== 3)
      throw new Misshapen(path, 'a place, what goes and what comes', value);
    count.check(value[0], `${path}[0]`);
    text.check(value[1], `${path}[1]`);
    (Array.isArray(value[2]) ? TEXT_PIECES : text).check(value[2], `${path}[2]`);
  },
};

const LINE_TOKEN = objectOf<LineToken>({
  piece: eitherOf<LinePiece>({
    LITERAL: objectOf<Extract<LinePiece, { type: 'LITERAL' }>>({ type: oneOf(['LITERAL']), index: count }),
    SEPARATOR: objectOf<Extract<LinePiece, { type: 'SEPARATOR' }>>({
      type: oneOf(['SEPARATOR']),
      text: oneOf(['COMMA', 'CONJUNCTION']),
    }),
    VALUE: objectOf<Extract<LinePiece, { type: 'VALUE' }>>({ type: oneOf(['VALUE']), path: text }),
  }),
  form: optional(text),
  length: count,
  edits: listOf(LAYOUT_EDIT),
});

const AROUND = { before: text, after: text };

const LAYOUT = eitherOf<PartLayout>({
  LINE: objectOf<Extract<PartLayout, { type: 'LINE' }>>({
    ...AROUND,
    type: oneOf(['LINE']),
    pattern: text,
    tokens: listOf(LINE_TOKEN),
  }),
  FIELD: objectOf<Extract<PartLayout, { type: 'FIELD' }>>({
    ...AROUND,
    type: oneOf(['FIELD']),
    path: oneOf(['dek', 'body']),
  }),
  TEXT: objectOf<Extract<PartLayout, { type: 'TEXT' }>>({ ...AROUND, type: oneOf(['TEXT']), pieces: TEXT_PIECES }),
});

export const PART = objectOf<Part>({
  role: oneOf(PART_ROLES),
  language: nullable(languageTag),
  start: count,
  end: count,
  firstLine: ordinal,
  lastLine: ordinal,
  layout: LAYOUT,
});

const CONFLICT = objectOf<FindingConflict>({ base: json, document: json, desk: json });

/** A finding's properties; of those at the desk, none may be left out. */
export const FINDING_PROPERTIES = {
  code: oneOf(Object.keys(FINDING_SEVERITIES) as FindingCode[]),
  severity: oneOf(SEVERITIES),
  language: nullable(languageTag),
  path: text,
  line: nullable(ordinal),
  message: text,
  conflict: nullable(CONFLICT),
};

export const FINDING = objectOf<Finding>({ ...FINDING_PROPERTIES, conflict: optional(FINDING_PROPERTIES.conflict) });

export const EVIDENCE_PROPERTIES = { path: text, start: count, end: count, exact: text, prefix: text, suffix: text };

export const COPYRIGHT = objectOf<ReadCopyright>({
  raw: text,
  author: nullable(text),
  source: nullable(text),
  year: nullable(count),
});

export const LINK = (address: Shape<string>): Shape<ReadLink> =>
  objectOf<ReadLink>({ kind: oneOf(LINK_KINDS), url: address });

const CLAUSE_DEFINITION = objectOf<ClauseDefinition>({
  key: text,
  wordings: listOf(text),
  notice: optional(oneOf(NOTICE_KINDS)),
  reuse: optional(REUSE_MEANING),
  contact: optional(listOf(oneOf(CONTACT_PURPOSES))),
});

const CLAUSE = objectOf<ReadClause>({
  definition: CLAUSE_DEFINITION,
  text,
  audienceLabel: nullable(text),
  email: nullable(text),
});

export const READ_ARTICLE = objectOf<ReadArticle>({
  publisherSlug: slug,
  isPublisherKnown: flag,
  pageLanguage: languageTag,
  language: languageTag,
  method: nullable(oneOf(TRANSLATION_METHODS)),
  kind: oneOf(ARTICLE_KINDS),
  headline: text,
  dek: nullable(text),
  body: text,
  source: optional(objectOf<NonNullable<ReadArticle['source']>>({ dek: nullable(text), body: text })),
  publishedOn: partialDate,
  origin: objectOf<ReadArticle['origin']>({
    relation: oneOf(ORIGIN_RELATIONS),
    sourceName: nullable(text),
    url: nullable(text),
    title: nullable(text),
    language: nullable(languageTag),
    publishedOn: nullable(partialDate),
  }),
  credits: listOf(objectOf<ReadArticle['credits'][number]>({ role: oneOf(CREDIT_ROLES), name: text })),
  terms: listOf(objectOf<ReadArticle['terms'][number]>({ scheme: oneOf(TERM_SCHEMES), rawLabel: text })),
  copyright: nullable(COPYRIGHT),
  clauses: listOf(CLAUSE),
  contacts: listOf(
    objectOf<ReadArticle['contacts'][number]>({ email: text, purposes: listOf(oneOf(CONTACT_PURPOSES)) }),
  ),
  links: listOf(LINK(text)),
  lines: listOf(objectOf<ReadArticle['lines'][number]>({ role: oneOf(LINE_ROLES), pattern: text })),
});

export const READ_WRAPPER = objectOf<ReadWrapper>({
  publisher: objectOf<ReadWrapper['publisher']>({
    name: filledText,
    legalName: nullable(text),
    abbreviation: nullable(text),
  }),
  language: languageTag,
  conjunction: text,
});
