import type { GraphQLResolveInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { LanguagePreference, LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { selectedFields, selectedValues, selectsWithin } from '../common/selected-fields.js';
import type { ArticleKind } from '../common/vocabulary.js';
import { type Conditions, servedLanguage } from './article-conditions.js';
import type { EditionEvidence, ServedContent } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';
import { BODY_FORMATS, type BodyFormat, DEFAULT_BODY_FORMAT, FORMAT_KEYS } from './text.type.js';

/** A part of an edition's content that is fetched when a query selects it. */
export type Part = keyof ServedContent;

/** What a field of an article needs. Every article needs its texts, which tell the language it is served in. */
const PARTS_OF_FIELDS: Readonly<Record<string, readonly Part[]>> = {
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
};

/** The columns of current_article that hold them. */
const PART_COLUMNS: Readonly<Record<Part, string>> = {
  texts: 'texts',
  deks: 'deks',
  publisher: 'publisher',
  origin: 'origin',
  credits: 'credits',
  terms: 'terms',
  rights: 'rights',
  notices: 'notices',
  contactPoints: 'contact_points',
  links: 'links',
  wrappers: 'wrappers',
};

/** A published article as it is fetched: only the parts that were asked for. */
export interface PublishedArticle extends Partial<Omit<ServedContent, 'texts'>>, Partial<FormattedText> {
  readonly articleId: string;
  readonly number?: number;
  /** As Postgres writes it. */
  readonly issuedAt?: string;
  readonly kind?: ArticleKind;
  readonly publishedDate?: PartialDate;
  readonly pageLanguage: LanguageTag;
  readonly originalLanguage: LanguageTag;
  /** The language of the publisher's own pages. */
  readonly publisherTag: LanguageTag;
  readonly texts: ServedContent['texts'];
  /** The bodies of all texts, where they were asked for; else that of the text served stands beside the rest. */
  readonly bodies?: Readonly<Record<LanguageTag, Partial<FormattedText>>>;
  readonly evidence?: readonly EditionEvidence[];
}

/** What of an article is fetched. */
export interface Wanted {
  /** The selected ones of the fields that are single values. */
  readonly fields: readonly string[];
  readonly parts: readonly Part[];
  /** Formats of the texts' bodies; none: no bodies. */
  readonly bodies: readonly BodyFormat[];
  /** Whether the bodies of all texts are wanted, and not that of the text served alone. */
  readonly allTexts: boolean;
  readonly evidence: boolean;
}

/** Nothing beside the texts' headlines. */
export const HEADLINES_ONLY: Wanted = { fields: [], parts: ['texts'], bodies: [], allTexts: false, evidence: false };

/** What a query selects of articles below the field being resolved. */
export function wantedOf(info: GraphQLResolveInfo): Wanted {
  const fields = selectedFields(info);
  const parts = new Set<Part>(['texts']);
  for (const field of fields) for (const part of PARTS_OF_FIELDS[field] ?? []) parts.add(part);
  const hasBodies = fields.has('body');
  return {
    fields: Object.keys(FIELD_COLUMNS).filter((field) => fields.has(field)),
    parts: [...parts],
    bodies: hasBodies ? selectedValues(info, 'body', 'format', BODY_FORMATS, DEFAULT_BODY_FORMAT) : [],
    allTexts: hasBodies && selectsWithin(info, 'texts', 'body'),
    evidence: fields.has('evidence'),
  };
}

/** What every article is told by, and served in the right language by. */
const COLUMNS =
  'c.article_id as "articleId", c.edition_id as "editionId", c.page_language as "pageLanguage", ' +
  'c.original_language as "originalLanguage", c.publisher_tag as "publisherTag"';

/** The columns of fields that are single values. */
const FIELD_COLUMNS: Readonly<Record<string, string>> = {
  kind: 'c.kind',
  publishedOn: 'c.published_date as "publishedDate"',
  publishedOnLabel: 'c.published_date as "publishedDate"',
  edition: 'c.number, c.issued_at as "issuedAt"',
};

/** The columns of a published article, from `c`, a row of current_article. What they come to is read by readArticles. */
export function articleColumns(conditions: Conditions, wanted: Wanted, preference: LanguagePreference): string {
  return [
    COLUMNS,
    ...new Set(wanted.fields.map((field) => FIELD_COLUMNS[field])),
    ...wanted.parts.map((part) => `c.${PART_COLUMNS[part]}::text as "${part}"`),
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

type ReadParts = { -readonly [Name in Part]?: ServedContent[Name] };

/** So many editions' parts are kept read: some MB. */
const READ_EDITIONS_MAX = 2_000;

/** Parts of editions that were read lately. An edition never changes, so that what was read of one stays true. */
const readEditions = new LRUCache<string, ReadParts>({ max: READ_EDITIONS_MAX });

/** A row as it is fetched: its parts are JSON text. */
type FetchedRow = Record<Part, string | undefined> & { readonly editionId: string };

/** Reads the parts of rows that articleColumns fetched, each edition's once. */
export function readArticles<Row extends PublishedArticle>(rows: readonly unknown[], { parts }: Wanted): Row[] {
  for (const row of rows as FetchedRow[]) {
    let read = readEditions.get(row.editionId);
    if (read === undefined) {
      read = {};
      readEditions.set(row.editionId, read);
    }
    for (const part of parts) {
      read[part] ??= JSON.parse(row[part] ?? 'null') as never;
      row[part] = read[part] as never;
    }
  }
  return rows as Row[];
}
