import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Finding } from '../articles/finding.js';
import { TranslationEntity } from '../articles/translation.entity.js';
import type { TranslationState } from '../common/vocabulary.js';
import { insertRows, type RowOf } from '../database/insert-rows.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';
import { addImportedRevision } from '../texts/import-revision.js';
import { type ArticleFields, fieldsOfDesk } from './article-fields.js';
import { CHANGE_ARTICLE, storeFindings, storeSketches, TEXT_FIELDS, textOf } from './article-rows.js';
import { DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import type { ArticleAtDesk } from './plan-change.js';
import { ArticleDocumentEntity, EvidenceEntity } from './provenance.entity.js';
import { clearReadings } from './store-documents.js';
import { sketchText } from './text-sketch.js';
import { ArticleWriter } from './write-articles.js';
import type { ArticleToChange } from './write-documents.js';

/** What an article was before an import changed it: as much as taking the import back needs. */
export interface ArticleBefore {
  /** The fields that were written, as they were. */
  readonly fields: Partial<ArticleFields>;
  readonly findings: readonly Finding[];
  /** How far its original had come; what runs of earlier versions have noted lacks it. */
  readonly state?: TranslationState;
  readonly evidence: readonly RowOf<EvidenceEntity>[];
  /** What a document was read as before it was read anew; null where another document was imported. */
  readonly reading: {
    readonly reading: RowOf<DocumentReadingEntity>;
    readonly parts: readonly RowOf<DocumentPartEntity>[];
  } | null;
}

/** Makes articles what they were before imports. */
@Injectable()
export class ArticleRestorer {
  constructor(private readonly articles: ArticleWriter) {}

  /**
   * Makes a changed article what it was before an import, with a new revision where its text is another. The document
   * has not brought it any longer, or is what it was read as before.
   */
  async restore(
    manager: EntityManager,
    { article, translation, revision }: ArticleAtDesk,
    documentId: string,
    before: ArticleBefore,
    reason: string,
  ): Promise<void> {
    const articleId = article.id;
    const fields: ArticleFields = { ...fieldsOfDesk(article, translation, revision), ...before.fields };
    const { 'text.language': language, 'page.language': pageLanguage } = fields;
    const publisher = await manager.findOneBy(PublisherEntity, { slug: fields.publisher });
    const publisherId = publisher?.id ?? article.publisherId;
    await manager.query(CHANGE_ARTICLE, [
      articleId,
      publisherId,
      fields.kind,
      fields.publishedOn,
      language,
      pageLanguage,
    ]);
    await manager.update(TranslationEntity, { id: translation.id }, { language, method: fields['text.method'] });
    if (TEXT_FIELDS.some((path) => path in before.fields)) {
      await addImportedRevision(manager, revision, textOf(fields), reason);
    }
    // What vouched for the text that is there again, or what it waited for.
    if (before.state !== undefined)
      await manager.update(TranslationEntity, { id: translation.id }, { state: before.state });
    await this.articles.write(manager, [
      { articleId, publisherId, pageLanguage, isKnown: true, fields: before.fields },
    ]);
    await storeSketches(manager, [{ articleId, sketch: sketchText(fields['text.body']) }]);
    await storeFindings(manager, [{ articleId, findings: before.findings }]);
    await manager.delete(EvidenceEntity, { articleId });
    await insertRows(manager, EvidenceEntity, before.evidence);
    if (before.reading === null) {
      await manager.delete(ArticleDocumentEntity, { documentId });
    } else {
      await clearReadings(manager, [documentId]);
      await insertRows(manager, DocumentReadingEntity, [before.reading.reading]);
      await insertRows(manager, DocumentPartEntity, before.reading.parts);
    }
  }
}

/** What articles are before they are changed. */
export async function listBefores(
  manager: EntityManager,
  changed: readonly ArticleToChange[],
): Promise<ArticleBefore[]> {
  const evidence = await manager.find(EvidenceEntity, {
    where: { articleId: In(changed.map(({ articleId }) => articleId)) },
    order: { position: 'ASC' },
  });
  const readAnew = changed.filter(({ isReadAnew }) => isReadAnew).map(({ documentId }) => documentId);
  const readings = await manager.findBy(DocumentReadingEntity, { documentId: In(readAnew) });
  const parts = await manager.find(DocumentPartEntity, {
    where: { documentId: In(readAnew) },
    order: { position: 'ASC' },
  });
  return changed.map(({ articleId, documentId, isReadAnew, article, translation, planned: { overwritten } }) => {
    const reading = readings.find((one) => one.documentId === documentId);
    return {
      fields: overwritten,
      findings: article.findings.map(({ articleId: _, position: __, ...finding }) => finding),
      state: translation.state,
      evidence: evidence.filter((one) => one.articleId === articleId),
      reading:
        isReadAnew && reading !== undefined
          ? { reading, parts: parts.filter((part) => part.documentId === documentId) }
          : null,
    };
  });
}
