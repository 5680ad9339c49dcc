import { type EntityManager, In } from 'typeorm';
import type { ArticlesQueries, WholeArticle } from '../../articles/articles.queries.js';
import type { Finding } from '../../articles/finding.js';
import { type ArticleFields, fieldOf, fieldsOfDesk, type FieldPath } from '../../documents/article-fields.js';
import { storeFindings } from '../../documents/article-rows.js';
import { EvidenceEntity } from '../../documents/provenance.entity.js';
import { findingsAfter } from '../../documents/attribution-findings.js';
import { loadTextWork } from '../../texts/text-work.js';

/** An article as it is after a person has written it. */
export interface WrittenArticle {
  readonly articleId: string;
  readonly version: number;
  /** The original's. */
  readonly translationId: string;
  readonly findings: readonly Finding[];
}

/**
 * Works out what is to be remarked of an article that was written, and takes away evidence that holds no longer. `before` is
 * the article as it was.
 */
export async function settleArticle(
  manager: EntityManager,
  articles: ArticlesQueries,
  articleId: string,
  before: WholeArticle | null,
  remarks: readonly Finding[],
  written: readonly FieldPath[],
): Promise<WrittenArticle> {
  const article = await articles.findWholeForUpdate(manager, articleId);
  const original = article?.translations.find(({ isOriginal }) => isOriginal);
  const revisions = await articles.listLatestRevisions(manager, article?.translations.map(({ id }) => id) ?? []);
  const revision = original && revisions.get(original.id);
  if (article === null || original === undefined || revision === undefined) {
    throw new TypeError('an article vanished while it was written');
  }
  const { isWordless } = await loadTextWork();
  const seen = (body: string): string => (isWordless(body) ? '' : body);
  const fields = fieldsOfDesk(article, original, revision);
  const stored = article.findings.map(({ articleId: _, position: __, ...finding }) => finding);
  const after = { ...fields, 'text.body': seen(fields['text.body']) };
  const change = {
    before: before === null ? after : { ...fieldsOfDesk(before, original, revision), 'text.body': after['text.body'] },
    after,
  };
  const others = article.translations.flatMap(({ id, language, isOriginal }) => {
    const text = revisions.get(id);
    return isOriginal || text === undefined ? [] : [{ language, body: seen(text.body) }];
  });
  const findings = [...findingsAfter(stored, change, written, others), ...remarks];
  await storeFindings(manager, [{ articleId, findings }]);
  await dropEvidence(manager, articleId, fields, written);
  return { articleId, version: article.version, translationId: original.id, findings };
}

/** What characters of a document gave a field tells nothing of what a person has written in its place. */
async function dropEvidence(
  manager: EntityManager,
  articleId: string,
  fields: ArticleFields,
  written: readonly FieldPath[],
): Promise<void> {
  if (written.length === 0) return;
  const evidence = await manager.find(EvidenceEntity, {
    select: { articleId: true, position: true, path: true },
    where: { articleId },
  });
  const gone = evidence.filter(({ path }) => {
    const field = fieldOf(path, fields);
    return field !== null && written.includes(field);
  });
  if (gone.length === 0) return;
  await manager.delete(EvidenceEntity, { articleId, position: In(gone.map(({ position }) => position)) });
}
