import { type EntityManager, In } from 'typeorm';
import type { Finding } from '../articles/finding.js';
import { FindingEntity } from '../articles/finding.entity.js';
import { insertRows } from '../database/insert-rows.js';
import type { ArticleFields, FieldPath } from './article-fields.js';
import type { TextSketch } from './text-sketch.js';

/** What a revision holds. */
export const TEXT_FIELDS = ['text.headline', 'text.dek', 'text.body'] as const satisfies FieldPath[];

/** Writes an article's own row, and counts that it was changed. */
export const CHANGE_ARTICLE = `
update desk.article set publisher_id = $2, kind = $3, published_on = $4, original_language = $5, page_language = $6,
  version = version + 1, updated_at = now()
where id = $1`;

/** Makes these the findings of their articles. */
export async function storeFindings(
  manager: EntityManager,
  articles: readonly { readonly articleId: string; readonly findings: readonly Finding[] }[],
): Promise<void> {
  await manager.delete(FindingEntity, { articleId: In(articles.map(({ articleId }) => articleId)) });
  await insertRows(
    manager,
    FindingEntity,
    articles.flatMap(({ articleId, findings }) =>
      findings.map((finding, position) => ({ conflict: null, ...finding, articleId, position })),
    ),
  );
}

/** Makes these the sketches of their articles. */
export async function storeSketches(
  manager: EntityManager,
  documents: readonly { readonly articleId: string; readonly sketch: TextSketch | null }[],
): Promise<void> {
  const rows = documents.flatMap(({ articleId, sketch }) => (sketch === null ? [] : [{ articleId, ...sketch }]));
  if (rows.length > 0) await manager.query(STORE_SKETCHES, [JSON.stringify(rows)]);
}

const STORE_SKETCHES = `
insert into desk.text_sketch (article_id, hashes, bands)
select t."articleId", t.hashes, t.bands
from jsonb_to_recordset($1::jsonb) as t("articleId" uuid, hashes integer[], bands integer[])
on conflict (article_id) do update set hashes = excluded.hashes, bands = excluded.bands`;

/** What a revision holds, from the fields. */
export function textOf(fields: ArticleFields): { headline: string; dek: string | null; body: string } {
  return { headline: fields['text.headline'], dek: fields['text.dek'], body: fields['text.body'] };
}
