import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';

/** Notes of texts that readers have their newest revision. What a person has in hand beside it stays in hand. */
export async function markPublished(
  manager: EntityManager,
  texts: readonly { readonly articleId: string; readonly language: LanguageTag }[],
): Promise<void> {
  if (texts.length === 0) return;
  await manager.query(MARK_PUBLISHED, [texts.map(({ articleId }) => articleId), texts.map(({ language }) => language)]);
}

const MARK_PUBLISHED = `
update desk.translation t set state = 'PUBLISHED'
from unnest($1::uuid[], $2::text[]) as p(article_id, language)
where t.article_id = p.article_id and t.language = p.language and t.state <> 'PUBLISHED'`;
