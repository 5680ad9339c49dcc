import type { GraphQLResolveInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Asker } from '../common/asker.js';
import type { LanguagePreference, LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { selectedFields, selectedValues, selectsWithin } from '../common/selected-fields.js';
import type { ArticleKind } from '../common/vocabulary.js';
import type { ReadPool, ReadQuery } from '../database/read-pool.js';
import { type Conditions, servedLanguage } from './article-conditions.js';
import type { EditionEvidence, ServedContent } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';
import { BODY_FORMATS, type BodyFormat, DEFAULT_BODY_FORMAT, FORMAT_KEYS } from './text.type.js';

/** What of an edition is kept with its article's row, and fetched when a query selects it. */
export interface EditionParts extends ServedContent {
  readonly kind: ArticleKind;
  readonly number: number;
  /** As Postgres writes it. */
  readonly issuedAt: string;
  readonly publishedDate: PartialDate;
  readonly pageLanguage: LanguageTag;
  readonly originalLanguage: LanguageTag;
  /** The language of the publisher's own pages. */
  readonly publisherTag: LanguageTag;
}

export type Part = keyof EditionParts;

/** What every article is served in the right language by. */
const NEEDED_PARTS: readonly Part[] = ['texts', 'pageLanguage', 'originalLanguage', 'publisherTag'];

/** What a field of an article needs beside. */
const PARTS_OF_FIELDS: Readonly<Record<string, readonly Part[]>> = {
  kind: ['kind'],
  edition: ['number', 'issuedAt'],
  publishedOn: ['publishedDate'],
  publishedOnLabel: ['publishedDate'],
  dek: ['deks'],
  publisher: ['publisher'],
  origin: ['origin'],
  credits: ['credits'],
  regions: ['terms'],
  themes: ['terms'],
  reports: ['terms'],
  rights: ['rights', 'notices'],
  reuse: ['rights', 'contactPoints'],
  contactPoints: ['contactPoints'],
  links: ['links'],
  wrapper: ['wrappers', 'notices'],
  corrections: ['corrections'],
};

/** The columns of current_article that hold them, none of them null, and how their text is read. */
const PART_COLUMNS: Readonly<Record<Part, readonly [column: string, read: (text: string) => unknown]>> = {
  kind: ['kind', String],
  number: ['number', Number],
  issuedAt: ['issued_at', String],
  publishedDate: ['published_date', String],
  pageLanguage: ['page_language', String],
  originalLanguage: ['original_language', String],
  publisherTag: ['publisher_tag', String],
  texts: ['texts', JSON.parse],
  deks: ['deks', JSON.parse],
  publisher: ['publisher', JSON.parse],
  origin: ['origin', JSON.parse],
  credits: ['credits', JSON.parse],
  terms: ['terms', JSON.parse],
  rights: ['rights', JSON.parse],
  notices: ['notices', JSON.parse],
  contactPoints: ['contact_points', JSON.parse],
  links: ['links', JSON.parse],
  wrappers: ['wrappers', JSON.parse],
  corrections: ['corrections', JSON.parse],
};

/** A published article as it is fetched: only the parts that were asked for. */
export interface PublishedArticle extends Partial<FormattedText> {
  readonly articleId: string;
  readonly parts: Partial<EditionParts>;
  /** The bodies of all texts, where they were asked for; else that of the text served stands beside the rest. */
  readonly bodies?: Readonly<Record<LanguageTag, Partial<FormattedText>>>;
  readonly evidence?: readonly EditionEvidence[];
}

/** What of an article is fetched. */
export interface Wanted {
  readonly parts: readonly Part[];
  /** Formats of the texts' bodies; none: no bodies. */
  readonly bodies: readonly BodyFormat[];
  /** Whether the bodies of all texts are wanted, and not that of the text served alone. */
  readonly allTexts: boolean;
  readonly evidence: boolean;
}

/** Nothing beside the texts' headlines. */
export const HEADLINES_ONLY: Wanted = { parts: NEEDED_PARTS, bodies: [], allTexts: false, evidence: false };

/** What was worked out of queries whose variables do not matter for it. */
const knownWanted = new WeakMap<object, Wanted>();

/** What a query selects of articles below the field being resolved. */
export function wantedOf(info: GraphQLResolveInfo): Wanted {
  let wanted = knownWanted.get(info.fieldNodes);
  if (wanted === undefined) {
    wanted = selectedWanted(info);
    // The format of a body may be a variable.
    if (wanted.bodies.length === 0) knownWanted.set(info.fieldNodes, wanted);
  }
  return wanted;
}

function selectedWanted(info: GraphQLResolveInfo): Wanted {
  const fields = selectedFields(info);
  const parts = new Set(NEEDED_PARTS);
  for (const field of fields) for (const part of PARTS_OF_FIELDS[field] ?? []) parts.add(part);
  const hasBodies = fields.has('body');
  return {
    parts: [...parts],
    bodies: hasBodies ? selectedValues(info, 'body', 'format', BODY_FORMATS, DEFAULT_BODY_FORMAT) : [],
    allTexts: hasBodies && selectsWithin(info, 'texts', 'body'),
    evidence: fields.has('evidence'),
  };
}

/** Stands between parts. JSON writes it as an escape, and the others are words. */
const SEPARATOR = '\u001e';

/** Editions whose parts were read and are not to be sent again: a parameter of a statement, filled in when it is sent. */
class KnownEditions extends Array<string> {}

/** The columns of a published article, from `c`, a row of current_article, as fetchArticles reads them. */
export function articleColumns(conditions: Conditions, wanted: Wanted, preference: LanguagePreference): string {
  const known = conditions.value(new KnownEditions());
  const parts = wanted.parts.map((part) => `c.${PART_COLUMNS[part][0]}`).join(', ');
  return [
    'c.article_id as "articleId", c.edition_id as "editionId"',
    // One value is one text to read, and none is none.
    `case when c.edition_id = any (${known}::uuid[]) then null else concat_ws(E'\\x1e', ${parts}) end as parts`,
    ...bodyColumns(conditions, wanted, preference),
    ...(wanted.evidence ? ['(select e.evidence from edition e where e.id = c.edition_id) as evidence'] : []),
  ].join(', ');
}

/** Each format was written when the edition was issued: nothing is parsed for a reader. */
const BODY_COLUMNS: Readonly<Record<BodyFormat, string>> = { MARKDOWN: 't.body', HTML: 't.html', PLAIN: 't.plain' };

/** The bodies in the formats wanted: of all texts by language, or, as it is stored, of the text served. */
function bodyColumns(conditions: Conditions, wanted: Wanted, preference: LanguagePreference): string[] {
  const { bodies, allTexts } = wanted;
  if (bodies.length === 0) return [];
  const ofEdition = 'from edition_text t where t.edition_id = c.edition_id';
  if (allTexts) {
    const formats = bodies.map((format) => `'${FORMAT_KEYS[format]}', ${BODY_COLUMNS[format]}`).join(', ');
    return [`(select json_object_agg(t.language, json_build_object(${formats})) ${ofEdition}) as bodies`];
  }
  const served = `coalesce(${servedLanguage(conditions, preference)}, c.languages[1])`;
  return bodies.map(
    (format) => `(select ${BODY_COLUMNS[format]} ${ofEdition} and t.language = ${served}) as "${FORMAT_KEYS[format]}"`,
  );
}

type ReadParts = { -readonly [Name in Part]?: EditionParts[Name] };

/** A row as it is sent; its parts are null where they were known. Other rows, like a count's, have no edition. */
interface SentRow {
  readonly editionId: string | null;
  parts: string | null | ReadParts;
}

/** So many editions' parts are kept read, and so many questions' editions: some MB. */
const READ_EDITIONS_MAX = 5_000;
const QUESTIONS_MAX = 1_000;

/** Parts of editions that were read lately. An edition never changes, so that what was read of one stays true. */
const readEditions = new LRUCache<string, ReadParts>({ max: READ_EDITIONS_MAX });

/** The editions that a question was answered with the last time. */
const lastEditions = new LRUCache<string, readonly string[]>({ max: QUESTIONS_MAX });

/**
 * Asks for articles by a statement that selects articleColumns. Which articles they are is asked every time; what the same
 * question was answered with before, and is the same edition, is not sent again. Null rows' columns stay null.
 */
export async function fetchArticles<Row>(
  pool: ReadPool,
  { text, values = [] }: ReadQuery,
  { parts }: Wanted,
  asker?: Asker,
): Promise<Row[]> {
  const question = `${text}\n${JSON.stringify(values)}`;
  const known = knownEditions(lastEditions.get(question) ?? [], parts);
  values.find((value) => value instanceof KnownEditions)?.push(...known.keys());
  const rows = await pool.query<SentRow>({ text, values }, asker);
  const shown: string[] = [];
  for (const row of rows) {
    const { editionId } = row;
    if (editionId === null) continue;
    shown.push(editionId);
    row.parts = typeof row.parts === 'string' ? readParts(editionId, row.parts, parts) : (known.get(editionId) ?? {});
  }
  if (known.size !== shown.length || !shown.every((id) => known.has(id))) lastEditions.set(question, shown);
  return rows as Row[];
}

/** Those of the editions of which all these parts were read, with what was read. */
function knownEditions(editionIds: readonly string[], parts: readonly Part[]): Map<string, ReadParts> {
  const known = new Map<string, ReadParts>();
  for (const id of editionIds) {
    const read = readEditions.get(id);
    if (read !== undefined && parts.every((part) => part in read)) known.set(id, read);
  }
  return known;
}

/** Reads the parts of an edition that were not read before. */
function readParts(editionId: string, sent: string, parts: readonly Part[]): ReadParts {
  let read = readEditions.get(editionId);
  if (read === undefined) {
    read = {};
    readEditions.set(editionId, read);
  }
  const texts = sent.split(SEPARATOR);
  for (const [i, part] of parts.entries()) read[part] ??= PART_COLUMNS[part][1](texts[i] ?? '') as never;
  return read;
}
