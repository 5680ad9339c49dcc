import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import type { Finding } from '../articles/finding.js';
import { RevisionEntity, SlugEntity, TranslationEntity } from '../articles/translation.entity.js';
import { toSlug } from '../common/slug.js';
import { insertRows } from '../database/insert-rows.js';
import type { PublisherEntity } from '../publishers/publisher.entity.js';
import { addImportedRevision } from '../texts/import-revision.js';
import type { ArticleFields, FieldPath } from './article-fields.js';
import { CHANGE_ARTICLE, storeFindings, storeSketches, TEXT_FIELDS, textOf } from './article-rows.js';
import type { ArticleAtDesk, PlannedChange } from './plan-change.js';
import { freeSlugs } from '../articles/reserve-slugs.js';
import { type ArticleBefore, listBefores } from './restore-article.js';
import { type DocumentToStore, storeDocuments, storeEvidence } from './store-documents.js';
import { ArticleWriter } from './write-articles.js';

/** A document that brings a new article. */
export interface ArticleToAdd extends DocumentToStore {
  readonly fields: ArticleFields;
}

/** A document that brings a later state of an article. */
export interface ArticleToChange extends DocumentToStore, ArticleAtDesk {
  readonly planned: PlannedChange;
}

type Publishers = ReadonlyMap<string, PublisherEntity>;

/** Writes what documents bring, many documents at a time: new articles, and later states of known ones. */
@Injectable()
export class DocumentWriter {
  constructor(private readonly articles: ArticleWriter) {}

  /** Adds articles. Gives what is to be remarked of each, in their order. Throws NameTooLongError. */
  async add(manager: EntityManager, added: readonly ArticleToAdd[], publishers: Publishers): Promise<Finding[][]> {
    if (added.length === 0) return [];
    const publisherIdOf = ({ reading }: ArticleToAdd): string => idOf(publishers, reading.article.publisherSlug);
    const slugs = await freeSlugs(
      manager,
      added.map(({ reading: { article } }) => article),
    );
    const translationIds = added.map(() => randomUUID());
    await insertRows(
      manager,
      ArticleEntity,
      added.map((one) => ({
        id: one.articleId,
        publisherId: publisherIdOf(one),
        kind: one.fields.kind,
        originalLanguage: one.fields['text.language'],
        pageLanguage: one.reading.article.pageLanguage,
        publishedOn: one.fields.publishedOn,
        version: 1,
      })),
    );
    await insertRows(
      manager,
      SlugEntity,
      added.map(({ articleId }, i) => ({ slug: slugs[i], articleId })),
    );
    await insertRows(
      manager,
      TranslationEntity,
      added.map(({ articleId, fields }, i) => ({
        id: translationIds[i],
        articleId,
        language: fields['text.language'],
        isOriginal: true,
        slug: slugs[i],
        method: fields['text.method'],
      })),
    );
    await insertRows(
      manager,
      RevisionEntity,
      added.map(({ fields, reading }, i) => ({
        translationId: translationIds[i],
        number: 1,
        ...textOf(fields),
        reason: `Imported from ${reading.fileName}`,
      })),
    );
    await storeDocuments(manager, added);
    const remarks = await this.articles.write(
      manager,
      added.map((one) => ({
        articleId: one.articleId,
        publisherId: publisherIdOf(one),
        pageLanguage: one.reading.article.pageLanguage,
        isKnown: false,
        fields: one.fields,
      })),
    );
    await storeSketches(manager, added);
    await storeEvidence(
      manager,
      added.map(({ articleId, documentId, reading: { evidence } }) => ({ articleId, documentId, evidence })),
    );
    const findings = added.map(({ articleId, reading }) => [...reading.findings, ...(remarks.get(articleId) ?? [])]);
    await storeFindings(
      manager,
      added.map(({ articleId }, i) => ({ articleId, findings: findings[i] ?? [] })),
    );
    return findings;
  }

  /** Writes the planned changes. Gives what is to be remarked of each article and what it was before, in their order. */
  async change(
    manager: EntityManager,
    changed: readonly ArticleToChange[],
    publishers: Publishers,
  ): Promise<{ findings: readonly Finding[]; before: ArticleBefore }[]> {
    if (changed.length === 0) return [];
    const befores = await listBefores(manager, changed);
    for (const one of changed) await this.#changeText(manager, one, publisherIdOf(one, publishers));
    await storeDocuments(manager, changed);
    const remarks = await this.articles.write(
      manager,
      changed.map((one) => ({
        articleId: one.articleId,
        publisherId: publisherIdOf(one, publishers),
        pageLanguage: one.planned.merged['page.language'],
        isKnown: true,
        fields: one.planned.written,
      })),
    );
    await storeSketches(manager, changed);
    await storeEvidence(
      manager,
      changed.map(({ articleId, documentId, planned: { evidence } }) => ({ articleId, documentId, evidence })),
    );
    const findings = changed.map(({ articleId, planned }) => [...planned.findings, ...(remarks.get(articleId) ?? [])]);
    await storeFindings(
      manager,
      changed.map(({ articleId }, i) => ({ articleId, findings: findings[i] ?? [] })),
    );
    return befores.map((before, i) => ({ findings: findings[i] ?? [], before }));
  }

  /** Writes the article's own row and, where the text has changed, a new revision of it. */
  async #changeText(manager: EntityManager, change: ArticleToChange, publisherId: string): Promise<void> {
    const { articleId, reading, planned, translation, revision } = change;
    const { merged } = planned;
    await manager.query(CHANGE_ARTICLE, [
      articleId,
      publisherId,
      merged.kind,
      merged.publishedOn,
      translation.isOriginal ? merged['text.language'] : change.article.originalLanguage,
      merged['page.language'],
    ]);
    const isWritten = (...paths: FieldPath[]): boolean => planned.changes.some(({ path }) => paths.includes(path));
    if (isWritten('text.language', 'text.method')) {
      const { 'text.language': language, 'text.method': method } = merged;
      await manager.update(TranslationEntity, { id: translation.id }, { language, method });
    }
    if (!isWritten(...TEXT_FIELDS)) return;
    await addImportedRevision(manager, revision, textOf(merged), `Imported from ${reading.fileName}`);
    // Later states of the page are found by the headline that this one has.
    const slug = toSlug(merged['text.headline']);
    await insertRows(manager, SlugEntity, [{ slug, articleId }], { ignoreExisting: true });
  }
}

/** The document's publisher, or the one that a person has given the article at the desk. */
function publisherIdOf({ article, planned }: ArticleToChange, publishers: Publishers): string {
  return publishers.get(planned.merged.publisher)?.id ?? article.publisherId;
}

function idOf(publishers: Publishers, slug: string): string {
  const publisher = publishers.get(slug);
  if (publisher === undefined) throw new TypeError(`no publisher has the slug ${slug}`);
  return publisher.id;
}
