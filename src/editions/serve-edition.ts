import type { EntityManager } from 'typeorm';
import { type LanguageTag, lookupLanguage } from '../common/language-tag.js';
import { firstDayOf } from '../common/partial-date.js';
import { ArticleSlugEntity, CurrentArticleEntity, type EditionEntity } from './edition.entity.js';
import { indexForSearch } from './index-for-search.js';
import { showReferences } from './show-references.js';

/** Makes an edition the one that readers get: its row, slugs, references and search words. `bodies` are plain. */
export async function serveEdition(
  manager: EntityManager,
  { id: editionId, articleId, content, number, issuedAt }: EditionEntity,
  bodies: ReadonlyMap<LanguageTag, string>,
): Promise<void> {
  const languages = content.texts.map((text) => text.language);
  await manager.upsert(
    CurrentArticleEntity,
    {
      articleId,
      editionId,
      number,
      issuedAt,
      kind: content.kind,
      relation: content.origin.relation,
      publisherId: content.publisher.id,
      sourceId: content.origin.source?.id ?? null,
      publishedOn: firstDayOf(content.publishedOn),
      languages,
      originalLanguage: content.originalLanguage,
      publisherLanguage: lookupLanguage([content.publisher.language], languages),
      content,
    },
    ['articleId'],
  );
  await manager
    .createQueryBuilder()
    .insert()
    .into(ArticleSlugEntity)
    .values([...new Set(content.texts.map((text) => text.slug))].map((slug) => ({ slug, articleId })))
    .orIgnore()
    .execute();
  await showReferences(manager, articleId, content);
  await indexForSearch(manager, articleId, content, bodies);
}
