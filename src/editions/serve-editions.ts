import type { EntityManager } from 'typeorm';
import { type LanguageTag, lookupLanguage } from '../common/language-tag.js';
import { firstDayOf } from '../common/partial-date.js';
import { insertRows } from '../database/insert-rows.js';
import { ArticleSlugEntity, CurrentArticleEntity } from './edition.entity.js';
import { type EditionContent, type EditionEvidence, servedParts } from './edition-content.js';
import { indexForSearch } from './index-for-search.js';
import type { FormattedText } from './markdown-formats.js';
import { showReferences } from './show-references.js';

/** An edition that was just issued, with the bodies of its texts. */
export interface ServedEdition {
  readonly id: string;
  readonly articleId: string;
  readonly number: number;
  readonly reason: string;
  readonly content: EditionContent;
  readonly evidence: readonly EditionEvidence[];
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** Makes editions the ones that readers get: their rows, slugs, references and search words. */
export async function serveEditions(manager: EntityManager, editions: readonly ServedEdition[]): Promise<void> {
  if (editions.length === 0) return;
  const articleIds = editions.map(({ articleId }) => articleId);
  await manager.query('delete from edition.current_article where article_id = any ($1)', [articleIds]);
  await insertRows(
    manager,
    CurrentArticleEntity,
    editions.map(({ id: editionId, articleId, number, content }) => {
      const languages = content.texts.map((text) => text.language);
      return {
        articleId,
        editionId,
        number,
        kind: content.kind,
        relation: content.origin.relation,
        publisherId: content.publisher.id,
        sourceId: content.origin.source?.id ?? null,
        publishedOn: firstDayOf(content.publishedOn),
        languages,
        originalLanguage: content.originalLanguage,
        publisherLanguage: lookupLanguage([content.publisher.language], languages),
        ...servedParts(content),
      };
    }),
  );
  await insertRows(
    manager,
    ArticleSlugEntity,
    editions.flatMap(({ articleId, content }) =>
      [...new Set(content.texts.map((text) => text.slug))].map((slug) => ({ slug, articleId })),
    ),
    { ignoreExisting: true },
  );
  await showReferences(manager, editions);
  await indexForSearch(manager, editions);
}

/** Takes articles from readers: their rows, slugs, references and search words. */
export async function stopServing(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
  for (const table of ['current_article', 'article_slug', 'article_reference', 'article_search']) {
    await manager.query(`delete from edition.${table} where article_id = any ($1)`, [articleIds]);
  }
}
