import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import type { Finding } from '../articles/finding.js';
import { FindingEntity } from '../articles/finding.entity.js';
import { RevisionEntity, SlugEntity, TranslationEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import { toSlug } from '../common/slug.js';
import { insertRows, type RowOf } from '../database/insert-rows.js';
import type { PublisherEntity } from '../publishers/publisher.entity.js';
import { type ArticleFields, type FieldPath, fieldsOfDesk } from './article-fields.js';
import { DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import type { ArticleAtDesk, PlannedChange } from './plan-change.js';
import { ArticleDocumentEntity, EvidenceEntity } from './provenance.entity.js';
import { freeSlugs } from './reserve-slugs.js';
import { clearReadings, type DocumentToStore, storeDocuments, storeEvidence } from './store-documents.js';
import { sketchText, type TextSketch } from './text-sketch.js';
import { ArticleWriter } from './write-articles.js';

/** A document that brings a new article. */
export interface ArticleToAdd extends DocumentToStore {
  readonly fields: ArticleFields;
}

/** A document that brings a later state of an article. */
export interface ArticleToChange extends DocumentToStore, ArticleAtDesk {
  readonly planned: PlannedChange;
}

/** What an article was before an import changed it: as much as taking the import back needs. */
export interface ArticleBefore {
  /** The fields that were written, as they were. */
  readonly fields: Partial<ArticleFields>;
  readonly findings: readonly Finding[];
  readonly evidence: readonly RowOf<EvidenceEntity>[];
  /** What a document was read as before it was read anew; null where another document was imported. */
  readonly reading: {
    readonly reading: RowOf<DocumentReadingEntity>;
    readonly parts: readonly RowOf<DocumentPartEntity>[];
  } | null;
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
    for (const one of changed)
      await this.#changeText(manager, one, idOf(publishers, one.reading.article.publisherSlug));
    await storeDocuments(manager, changed);
    const remarks = await this.articles.write(
      manager,
      changed.map(({ articleId, reading, planned }) => ({
        articleId,
        publisherId: idOf(publishers, reading.article.publisherSlug),
        pageLanguage: reading.article.pageLanguage,
        isKnown: true,
        fields: Object.fromEntries(planned.changes.map(({ path, after }) => [path, after])),
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
    return changed.map((_, i) => ({ findings: findings[i] ?? [], before: befores[i] ?? NOTHING }));
  }

  /**
   * Makes a changed article what it was before an import, with a new revision where its text is another. The document
   * has not brought it any longer, or is what it was read as before. Gives the language of its text.
   */
  async restore(
    manager: EntityManager,
    { article, translation, revision }: ArticleAtDesk,
    documentId: string,
    before: ArticleBefore,
    reason: string,
  ): Promise<{ language: LanguageTag }> {
    const articleId = article.id;
    const fields: ArticleFields = { ...fieldsOfDesk(article, translation, revision), ...before.fields };
    const language = fields['text.language'];
    await manager.query(CHANGE_ARTICLE, [
      articleId,
      article.publisherId,
      fields.kind,
      fields.publishedOn,
      language,
      article.pageLanguage,
    ]);
    await manager.update(TranslationEntity, { id: translation.id }, { language, method: fields['text.method'] });
    if (TEXT_FIELDS.some((path) => path in before.fields)) {
      const number = revision.number + 1;
      await manager.insert(RevisionEntity, { translationId: translation.id, number, ...textOf(fields), reason });
    }
    const { publisherId, pageLanguage } = article;
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
    return { language };
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
      reading.article.pageLanguage,
    ]);
    const isWritten = (...paths: FieldPath[]): boolean => planned.changes.some(({ path }) => paths.includes(path));
    if (isWritten('text.language', 'text.method')) {
      const { 'text.language': language, 'text.method': method } = merged;
      await manager.update(TranslationEntity, { id: translation.id }, { language, method });
    }
    if (!isWritten(...TEXT_FIELDS)) return;
    await manager.insert(RevisionEntity, {
      translationId: translation.id,
      number: revision.number + 1,
      ...textOf(merged),
      reason: `Imported from ${reading.fileName}`,
    });
    // Later states of the page are found by the headline that this one has.
    const slug = toSlug(merged['text.headline']);
    await insertRows(manager, SlugEntity, [{ slug, articleId }], { ignoreExisting: true });
  }
}

/** What a revision holds. */
const TEXT_FIELDS = ['text.headline', 'text.dek', 'text.body'] as const satisfies FieldPath[];

const CHANGE_ARTICLE = `
update desk.article set publisher_id = $2, kind = $3, published_on = $4, original_language = $5, page_language = $6,
  version = version + 1, updated_at = now()
where id = $1`;

const NOTHING: ArticleBefore = { fields: {}, findings: [], evidence: [], reading: null };

/** What articles are before they are changed. */
async function listBefores(manager: EntityManager, changed: readonly ArticleToChange[]): Promise<ArticleBefore[]> {
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
  return changed.map(({ articleId, documentId, isReadAnew, article, planned: { changes } }) => {
    const reading = readings.find((one) => one.documentId === documentId);
    return {
      fields: Object.fromEntries(changes.map(({ path, before }) => [path, before])),
      findings: article.findings.map(({ articleId: _, position: __, ...finding }) => finding),
      evidence: evidence.filter((one) => one.articleId === articleId),
      reading:
        isReadAnew && reading !== undefined
          ? { reading, parts: parts.filter((part) => part.documentId === documentId) }
          : null,
    };
  });
}

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

function textOf(fields: ArticleFields): { headline: string; dek: string | null; body: string } {
  return { headline: fields['text.headline'], dek: fields['text.dek'], body: fields['text.body'] };
}

function idOf(publishers: Publishers, slug: string): string {
  const publisher = publishers.get(slug);
  if (publisher === undefined) throw new TypeError(`no publisher has the slug ${slug}`);
  return publisher.id;
}
