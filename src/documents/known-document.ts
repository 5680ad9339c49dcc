import type { EntityManager } from 'typeorm';
import { foldLabel } from '../common/fold-label.js';
import { type Finding } from '../articles/finding.js';
import { FindingEntity } from '../articles/finding.entity.js';
import { RevisionEntity } from '../articles/translation.entity.js';
import { ArticleDocumentEntity } from './provenance.entity.js';

/** Whether an edition of the article was ever issued: what was, is never replaced. */
export type IsPublished = (articleId: string) => Promise<boolean>;

/** Whether an article may give way to a new reading: it was never published, and nobody but an import has written it. */
export async function isReplaceable(
  manager: EntityManager,
  articleId: string,
  isPublished: IsPublished,
): Promise<boolean> {
  const revisions = await manager.countBy(RevisionEntity, { translation: { articleId } });
  return revisions === 1 && !(await isPublished(articleId));
}

/** The name of the file that an article came from, or null where it came from none. */
export async function findFileName(manager: EntityManager, articleId: string): Promise<string | null> {
  const link = await manager.findOne(ArticleDocumentEntity, { where: { articleId }, relations: { document: true } });
  return link?.document.fileName ?? null;
}

/** Whether the article's original has this headline: slugs may be alike where headlines are not. */
export async function isHeadlineOf(manager: EntityManager, articleId: string, headline: string): Promise<boolean> {
  const revision = await manager.findOne(RevisionEntity, {
    where: { translation: { articleId, isOriginal: true } },
    order: { number: 'DESC' },
  });
  return revision !== null && foldLabel(revision.headline) === foldLabel(headline);
}

/** The findings of an article, in their order. */
export async function listFindings(manager: EntityManager, articleId: string): Promise<Finding[]> {
  const stored = await manager.find(FindingEntity, { where: { articleId }, order: { position: 'ASC' } });
  return stored.map(({ code, severity, language, path, line, message }) => ({
    code,
    severity,
    language,
    path,
    line,
    message,
  }));
}

/** Whether a document is read today as it was: findings that only the desk's terms give are left aside. */
export function isReadAlike(before: readonly Finding[], now: readonly Finding[]): boolean {
  const texts = (findings: readonly Finding[]): string =>
    JSON.stringify(
      findings
        .filter((finding) => finding.code !== 'TERM_UNKNOWN')
        .map(({ code, severity, language, path, line, message }) => [code, severity, language, path, line, message]),
    );
  return texts(before) === texts(now);
}
