import type { DataSource } from 'typeorm';
import { groupBy } from '../common/group-by.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { AgentKind, TranslationMethod, TranslationState } from '../common/vocabulary.js';
import { IS_LIVING } from '../texts/translation-states.js';

/** An article's text in one language as it stands at the desk, without its body. Moments are as Postgres writes them. */
export interface TextFacts {
  readonly id: string;
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly isOriginal: boolean;
  readonly version: number;
  readonly state: TranslationState;
  /** What is in hand, or the newest revision's; empty while nobody has written one. */
  readonly headline: string;
  readonly dek: string | null;
  readonly slug: string | null;
  /** The slug that the next revision is to have, where somebody has said so. */
  readonly wantedSlug: string | null;
  readonly isUnsaved: boolean;
  readonly changedBy: string | null;
  readonly changedById: string | null;
  readonly changedAt: string;
  readonly method: TranslationMethod | null;
  readonly tool: string | null;
  readonly translator: { readonly name: string; readonly kind: AgentKind | null } | null;
  /** The newest; null while there is none. */
  readonly revisionId: string | null;
  /** Null for the original. */
  readonly sourceRevisionId: string | null;
  /** How many passages of its source are otherwise than it knows them. */
  readonly outdatedPassages: number;
  /** Whether readers have the language, be it this text or one before. */
  readonly isPublished: boolean;
  /** Whether its article was withdrawn. */
  readonly isWithdrawn: boolean;
}

/** The facts of a text `t` as one JSON value, with what `TEXT_JOINS` puts beside it. */
export const TEXT_AS_JSON = `json_build_object('id', t.id, 'articleId', t.article_id, 'language', t.language,
  'isOriginal', t.is_original, 'version', t.text_version, 'state', t.state,
  'headline', case when w.translation_id is null then coalesce(r.headline, '') else w.headline end,
  'dek', case when w.translation_id is null then r.dek else w.dek end,
  'slug', t.slug, 'wantedSlug', w.slug, 'isUnsaved', w.translation_id is not null,
  'changedBy', coalesce(w.changed_by, r.made_by),
  'changedById', case when w.translation_id is null then r.made_by_id else w.changed_by_id end,
   'changedAt', coalesce(w.changed_at, r.created_at, t.updated_at),
  'method', t.method, 'tool', t.tool,
  'translator', (select json_build_object('name', g.name, 'kind', g.kind) from desk.agent g where g.id = t.translator_id),
  'revisionId', r.id, 'sourceRevisionId', t.source_revision_id, 'outdatedPassages', coalesce(d.passages, 0),
  'isPublished', exists (select from edition.current_article c
    where c.article_id = t.article_id and t.language = any (c.languages)),
  'isWithdrawn', exists (select from edition.tombstone b where b.article_id = t.article_id))`;

/** Beside a text `t`: what is in hand `w`, the newest revision `r`, and what of it is out of date `d`. */
export const TEXT_JOINS = `
left join desk.working_text w on w.translation_id = t.id
left join desk.outdated_text d on d.translation_id = t.id
left join lateral (select * from desk.revision n where n.translation_id = t.id order by n.number desc limit 1) r on true`;

/** Texts by their ids, by one statement; those that there are not are left out. */
export async function listTextFacts(dataSource: DataSource, ids: readonly string[]): Promise<Map<string, TextFacts>> {
  const rows = await dataSource.query<{ text: TextFacts }[]>(
    `select ${TEXT_AS_JSON} as text from desk.translation t ${TEXT_JOINS} where t.id = any ($1)`,
    [ids],
  );
  return new Map(rows.map(({ text }) => [text.id, text]));
}

/** All texts of articles that were not given up, by the article's id, by one statement: the original first, then by language. */
export async function listTextsOfArticles(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, TextFacts[]>> {
  const rows = await dataSource.query<{ text: TextFacts }[]>(
    `select ${TEXT_AS_JSON} as text from desk.translation t ${TEXT_JOINS} where t.article_id = any ($1) and ${IS_LIVING}
     order by t.article_id, not t.is_original, t.language collate "C"`,
    [articleIds],
  );
  return groupBy(
    rows.map(({ text }) => text),
    ({ articleId }) => articleId,
  );
}

/** The bodies of texts in Markdown, by the text's id: what is in hand, or else the newest revision's. */
export async function listBodies(dataSource: DataSource, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await dataSource.query<{ id: string; body: string }[]>(BODIES, [ids]);
  return new Map(rows.map(({ id, body }) => [id, body]));
}

const BODIES = `
select t.id, coalesce(w.body, (select r.body from desk.revision r where r.translation_id = t.id
  order by r.number desc limit 1), '') as body
from desk.translation t left join desk.working_text w on w.translation_id = t.id where t.id = any ($1)`;
