import type { GraphQLResolveInfo } from 'graphql';
import type { LanguagePreference, LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { keptFieldOf } from '../common/kept-json.js';
import { selectedFields, selectedValues, selectsWithin } from '../common/selected-fields.js';
import type { ArticleKind } from '../common/vocabulary.js';
import { type Conditions, servedLanguage } from './article-conditions.js';
import type { EditionEvidence, ServedContent } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';
import type { WrittenArticle, WrittenArticles, WrittenShelf } from './written-articles.js';
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
  readonly parts: SentParts;
  /** The bodies of all texts, where they were asked for; else that of the text served stands beside the rest. */
  readonly bodies?: Readonly<Record<LanguageTag, Partial<FormattedText>>>;
  readonly evidence?: readonly EditionEvidence[];
  /** How it was written before; its parts were not fetched then. */
  readonly written?: WrittenArticle | undefined;
  /** Keeps how it is written now. */
  readonly keep?: ((written: WrittenArticle) => void) | undefined;
}

/** What of an article is fetched. */
export interface Wanted {
  readonly parts: readonly Part[];
  /** Formats of the texts' bodies; none: no bodies. */
  readonly bodies: readonly BodyFormat[];
  /** Whether the bodies of all texts are wanted, and not that of the text served alone. */
  readonly allTexts: boolean;
  readonly evidence: boolean;
  /** Where articles are that were written before; null: all of them are fetched. */
  readonly shelf: WrittenShelf | null;
  /** What the query is asked with: the same object for the same request, however often it is sent. */
  readonly variables: object;
}

/** Nothing beside the texts' headlines. */
export const HEADLINES_ONLY: Wanted = {
  parts: NEEDED_PARTS,
  bodies: [],
  allTexts: false,
  evidence: false,
  shelf: null,
  variables: {},
};

/** Whether no more is wanted than lists show of articles, which is small. */
export function areCards({ bodies, evidence }: Wanted): boolean {
  return bodies.length === 0 && !evidence;
}

/** What was worked out of queries whose variables do not matter for it. */
const knownColumns = new WeakMap<object, WantedColumns>();

type WantedColumns = Omit<Wanted, 'shelf' | 'variables'>;

/** What a query selects of articles below the field being resolved. */
export function wantedOf(info: GraphQLResolveInfo): Wanted {
  return { ...wantedColumns(info), shelf: null, variables: info.variableValues };
}

/** Like wantedOf, and where articles are kept as this selection of them was written in these languages. */
export function wantedWithShelf(
  info: GraphQLResolveInfo,
  preference: LanguagePreference,
  written: WrittenArticles,
): Wanted {
  return { ...wantedColumns(info), shelf: written.shelfOf(info, preference), variables: info.variableValues };
}

function wantedColumns(info: GraphQLResolveInfo): WantedColumns {
  let wanted = knownColumns.get(info.fieldNodes);
  if (wanted === undefined) {
    wanted = selectedColumns(info);
    // The format of a body may be a variable.
    const isConstant = wanted.bodies.length === 0 || keptFieldOf(info)?.variableNames.length === 0;
    if (isConstant) knownColumns.set(info.fieldNodes, wanted);
  }
  return wanted;
}

function selectedColumns(info: GraphQLResolveInfo): WantedColumns {
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

/** Stands for the editions that were written before and are not to be sent again, until the statement is sent. */
export const WRITTEN_EDITIONS = Symbol('the editions that were written before');

/** The columns of a published article, from `c`, a row of current_article, as fetchArticles reads them. */
export function articleColumns(conditions: Conditions, wanted: Wanted, preference: LanguagePreference): string {
  const parts = wanted.parts.map((part) => `c.${PART_COLUMNS[part][0]}`).join(', ');
  // One value is one text to read.
  const columns = [[`concat_ws(E'\\x1e', ${parts})`, 'parts'], ...bodyColumns(conditions, wanted, preference)];
  if (wanted.evidence) columns.push(['(select e.evidence from edition e where e.id = c.edition_id)', 'evidence']);
  const written = wanted.shelf && conditions.value(WRITTEN_EDITIONS);
  const isUnwritten = written === null ? null : `c.edition_id <> all (${written}::uuid[])`;
  return [
    'c.article_id as "articleId", c.edition_id as "editionId"',
    ...columns.map(
      ([sql, name]) => `${isUnwritten === null ? sql : `case when ${isUnwritten} then ${sql} end`} as "${name}"`,
    ),
  ].join(', ');
}

/** Each format was written when the edition was issued: nothing is parsed for a reader. */
const BODY_COLUMNS: Readonly<Record<BodyFormat, string>> = { MARKDOWN: 't.body', HTML: 't.html', PLAIN: 't.plain' };

/** The bodies in the formats wanted: of all texts by language, or, as it is stored, of the text served. */
function bodyColumns(
  conditions: Conditions,
  wanted: Wanted,
  preference: LanguagePreference,
): (readonly [sql: string, name: string])[] {
  const { bodies, allTexts } = wanted;
  if (bodies.length === 0) return [];
  const ofEdition = 'from edition_text t where t.edition_id = c.edition_id';
  if (allTexts) {
    const formats = bodies.map((format) => `'${FORMAT_KEYS[format]}', ${BODY_COLUMNS[format]}`).join(', ');
    return [[`(select json_object_agg(t.language, json_build_object(${formats})) ${ofEdition})`, 'bodies']];
  }
  const served = `coalesce(${servedLanguage(conditions, preference)}, c.languages[1])`;
  return bodies.map((format) => [
    `(select ${BODY_COLUMNS[format]} ${ofEdition} and t.language = ${served})`,
    FORMAT_KEYS[format],
  ]);
}

/** Parts of an edition as they were sent, in one text; they are read when one of them is asked for. */
export class SentParts {
  #texts: readonly string[] | undefined;
  readonly #read: { -readonly [Name in Part]?: EditionParts[Name] } = {};

  /** Without a text, nothing was sent. */
  constructor(
    private readonly names: readonly Part[],
    private readonly sent: string | null,
  ) {}

  /** The part; undefined where it was not sent. */
  get<Name extends Part>(name: Name): EditionParts[Name] | undefined {
    const known = this.#read[name];
    if (known !== undefined || this.sent === null) return known;
    this.#texts ??= this.sent.split(SEPARATOR);
    const text = this.#texts[this.names.indexOf(name)];
    return text === undefined ? undefined : (this.#read[name] = PART_COLUMNS[name][1](text) as EditionParts[Name]);
  }
}

/** Parts of an edition that was never sent, since it is not stored, as if they had been. */
export function partsAsSent(parts: EditionParts): SentParts {
  const names = Object.keys(PART_COLUMNS) as Part[];
  const written = names.map((name) => {
    const value: unknown = parts[name];
    return PART_COLUMNS[name][1] === JSON.parse ? JSON.stringify(value) : String(value);
  });
  return new SentParts(names, written.join(SEPARATOR));
}
