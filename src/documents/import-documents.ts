import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import { ArticlesQueries } from '../articles/articles.queries.js';
import type { Finding } from '../articles/finding.js';
import { FindingEntity } from '../articles/finding.entity.js';
import type { PublisherEntity } from '../publishers/publisher.entity.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { SourcesService } from '../sources/sources.service.js';
import { type ArticleFields, fieldsOfReading, isSameValue } from './article-fields.js';
import { DocumentReadingEntity } from './document.entity.js';
import { type Candidate, findKnownDocuments, type KnownDocument, matchArticles } from './find-articles.js';
import { groupApart } from './group-apart.js';
import type { FieldChange, FieldConflict } from './merge-fields.js';
import { type ArticleAtDesk, planChange } from './plan-change.js';
import { listNewestDocuments, type ReadDocument, storeDocuments } from './store-documents.js';
import { DocumentRefused } from '../reading/document-refused.js';
import type { ArticleBefore } from './restore-article.js';
import { type ArticleToAdd, type ArticleToChange, DocumentWriter } from './write-documents.js';

/** What importing a document came to. */
export type Imported =
  | {
      readonly outcome: 'added';
      readonly documentId: string;
      readonly articleId: string;
      readonly findings: readonly Finding[];
      readonly fields: ArticleFields;
    }
  | {
      readonly outcome: 'changed';
      readonly documentId: string;
      readonly articleId: string;
      readonly findings: readonly Finding[];
      readonly fields: ArticleFields;
      readonly changes: readonly FieldChange[];
      readonly conflicts: readonly FieldConflict[];
      /** What taking it back needs. */
      readonly before: ArticleBefore;
    }
  | { readonly outcome: 'unchanged'; readonly articleId: string; readonly findings: readonly Finding[] }
  /** Nothing was stored: a person has to say whether it is one of these. */
  | { readonly outcome: 'question'; readonly candidates: readonly Candidate[] };

/** What a person has said of the documents that are imported. */
export interface ImportAnswers {
  /** What resembles an article is one of its own all the same. */
  readonly isNew?: boolean;
  /** The documents are later states of this article. */
  readonly sameAs?: string;
}

/** A document with the article that it changes, and the document that it is compared with. */
interface Changing {
  readonly document: ReadDocument;
  readonly known: KnownDocument | undefined;
  readonly articleId: string;
  readonly baseId: string | null;
}

/** Imports one after the other, whoever imports: what one has brought, the next one sees. */
export async function lockImports(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('colophon import'))`);
}

/** What is remarkable of articles, by article, in its order. */
export async function listFindings(
  manager: EntityManager,
  articleIds: readonly string[],
): Promise<Map<string, Finding[]>> {
  const stored = await manager.find(FindingEntity, {
    where: { articleId: In([...articleIds]) },
    order: { articleId: 'ASC', position: 'ASC' },
  });
  const findings = new Map<string, Finding[]>();
  for (const { articleId, position: _, ...finding } of stored) {
    findings.set(articleId, [...(findings.get(articleId) ?? []), finding]);
  }
  return findings;
}

/** Applies readings: documents are stored, and become articles at the desk or later states of them. */
@Injectable()
export class DocumentImporter {
  constructor(
    private readonly articles: ArticlesQueries,
    private readonly publishers: PublishersService,
    private readonly sources: SourcesService,
    private readonly writer: DocumentWriter,
  ) {}

  /**
   * Imports documents within the caller's transaction, which holds the lock of imports. What each came to is in their
   * order. A document whose bytes are known changes nothing, unless it is read otherwise now, since a wrapper was
   * mended. What a person has changed at the desk since the last import stays. Throws NameTooLongError.
   */
  async import(
    manager: EntityManager,
    documents: readonly ReadDocument[],
    answers: ImportAnswers = {},
  ): Promise<Imported[]> {
    const imported = new Map<ReadDocument, Imported>();
    for (const group of groupApart(documents)) {
      for (let left: readonly ReadDocument[] = group; left.length > 0;) {
        left = await this.#importGroup(manager, left, answers, imported);
      }
    }
    return documents.map((document) => {
      const result = imported.get(document);
      if (result === undefined) throw new TypeError('a document was left out of its import');
      return result;
    });
  }

  /** Imports documents of different articles; gives those back that turned out to be of the same one as another. */
  async #importGroup(
    manager: EntityManager,
    documents: readonly ReadDocument[],
    answers: ImportAnswers,
    imported: Map<ReadDocument, Imported>,
  ): Promise<ReadDocument[]> {
    const known = await findKnownDocuments(
      manager,
      documents.map(({ reading }) => reading.sha256),
    );
    const knownOf = ({ reading }: ReadDocument): KnownDocument | undefined => known.get(reading.sha256);
    const unlinked = documents.filter((document) => knownOf(document)?.articleId == null);
    const matches = answers.isNew === true ? [] : await matchArticles(manager, unlinked);

    const adding: ReadDocument[] = [];
    const matched: { document: ReadDocument; articleId: string }[] = [];
    for (const [i, document] of unlinked.entries()) {
      const match = answers.sameAs === undefined ? matches[i] : { type: 'SAME' as const, articleId: answers.sameAs };
      if (match === undefined || match.type === 'NEW') adding.push(document);
      else if (match.type === 'SAME') matched.push({ document, articleId: match.articleId });
      else imported.set(document, { outcome: 'question', candidates: match.candidates });
    }
    const again = matched.filter(({ articleId }, i) => matched.findIndex((one) => one.articleId === articleId) < i);
    const first = matched.filter((one) => !again.includes(one));
    const newest = await listNewestDocuments(
      manager,
      first.map(({ articleId }) => articleId),
    );
    const changing: Changing[] = first.map(({ document, articleId }) => ({
      document,
      known: knownOf(document),
      articleId,
      baseId: newest.get(articleId) ?? null,
    }));
    const unchanged: { document: ReadDocument; articleId: string }[] = [];
    for (const document of documents) {
      const stored = knownOf(document);
      if (stored?.articleId == null) continue;
      const { articleId, documentId } = stored;
      if (stored.isNewest) changing.push({ document, known: stored, articleId, baseId: documentId });
      else unchanged.push({ document, articleId });
    }
    unchanged.push(...(await this.#change(manager, changing, imported)));
    await this.#add(manager, adding, knownOf, imported);
    // They are not read again as long as nobody reads otherwise.
    await storeDocuments(
      manager,
      unchanged.flatMap(({ document, articleId }) => {
        const { documentId } = knownOf(document) ?? {};
        return documentId === undefined
          ? []
          : [{ ...document, documentId, articleId, isKnown: true, isReadAnew: true }];
      }),
    );
    await this.#leave(manager, unchanged, imported);
    return again.map(({ document }) => document);
  }

  /** Writes what has changed; gives back what is as it was. */
  async #change(
    manager: EntityManager,
    changing: readonly Changing[],
    imported: Map<ReadDocument, Imported>,
  ): Promise<{ document: ReadDocument; articleId: string }[]> {
    if (changing.length === 0) return [];
    const baseIds = changing.map(({ baseId }) => baseId).filter((id) => id !== null);
    const readings = await manager.findBy(DocumentReadingEntity, { documentId: In(baseIds) });
    const sourceName = await this.#sourceNames(
      manager,
      changing.map(({ document }) => document),
      readings.map(({ article }) => article.origin.sourceName),
    );
    const compared = changing.map((one) => {
      const before = readings.find(({ documentId }) => documentId === one.baseId) ?? null;
      const document = fieldsOfReading(one.document.reading.article, sourceName);
      const base = before === null ? null : fieldsOfReading(before.article, sourceName);
      const isReadAnew = one.known?.documentId === one.baseId;
      const isAlike =
        isReadAnew &&
        base !== null &&
        isSameValue(base, document) &&
        isSameValue(before?.findings, JSON.parse(JSON.stringify(one.document.reading.findings)));
      return { ...one, document, read: one.document, base, isReadAnew, isAlike };
    });
    const differing = compared.filter(({ isAlike }) => !isAlike);
    const atDesk = await this.#listAtDesk(manager, differing);
    const toChange = differing.map((one): ArticleToChange => {
      const desk = atDesk.get(one.articleId);
      if (desk === undefined) throw new TypeError('an article vanished while it was locked');
      return {
        ...one.read,
        ...desk,
        documentId: one.known?.documentId ?? randomUUID(),
        articleId: one.articleId,
        isKnown: one.known !== undefined,
        isReadAnew: one.isReadAnew,
        // Without an earlier document, what a person has written is all that there was.
        planned: planChange(one.base ?? one.document, one.document, one.read.reading, desk),
      };
    });
    for (const change of toChange) refuseTakenLanguage(change);
    const publishers = await this.#publishersOf(manager, toChange);
    const written = await this.writer.change(manager, toChange, publishers);
    for (const [i, { read, articleId }] of differing.entries()) {
      const change = toChange[i];
      const result = written[i];
      if (change === undefined || result === undefined) continue;
      const { changes, conflicts, merged: fields } = change.planned;
      imported.set(read, {
        outcome: 'changed',
        documentId: change.documentId,
        articleId,
        findings: result.findings,
        fields,
        changes,
        conflicts,
        before: result.before,
      });
    }
    return compared.filter(({ isAlike }) => isAlike).map(({ read, articleId }) => ({ document: read, articleId }));
  }

  async #add(
    manager: EntityManager,
    documents: readonly ReadDocument[],
    knownOf: (document: ReadDocument) => KnownDocument | undefined,
    imported: Map<ReadDocument, Imported>,
  ): Promise<void> {
    if (documents.length === 0) return;
    const sourceName = await this.#sourceNames(manager, documents);
    const toAdd = documents.map((document): ArticleToAdd => ({
      ...document,
      documentId: knownOf(document)?.documentId ?? randomUUID(),
      articleId: document.newArticleId,
      isKnown: knownOf(document) !== undefined,
      isReadAnew: false,
      fields: fieldsOfReading(document.reading.article, sourceName),
    }));
    const findings = await this.writer.add(manager, toAdd, await this.#publishersOf(manager, toAdd));
    for (const [i, document] of documents.entries()) {
      const added = toAdd[i];
      if (added === undefined) continue;
      const { documentId, articleId, fields } = added;
      imported.set(document, { outcome: 'added', documentId, articleId, findings: findings[i] ?? [], fields });
    }
  }

  async #leave(
    manager: EntityManager,
    documents: readonly { readonly document: ReadDocument; readonly articleId: string }[],
    imported: Map<ReadDocument, Imported>,
  ): Promise<void> {
    if (documents.length === 0) return;
    const findings = await listFindings(
      manager,
      documents.map(({ articleId }) => articleId),
    );
    for (const { document, articleId } of documents) {
      imported.set(document, { outcome: 'unchanged', articleId, findings: findings.get(articleId) ?? [] });
    }
  }

  async #listAtDesk(manager: EntityManager, changing: readonly Compared[]): Promise<Map<string, ArticleAtDesk>> {
    const articles = await this.articles.listWholeForUpdate(
      manager,
      changing.map(({ articleId }) => articleId),
    );
    const texts = articles.map((article) => {
      const language = changing.find(({ articleId }) => articleId === article.id)?.base?.['text.language'];
      const translation =
        article.translations.find((one) => one.language === language) ??
        article.translations.find((one) => one.isOriginal);
      if (translation === undefined) throw new TypeError('an article has no text that was first');
      return { article, translation };
    });
    const revisions = await this.articles.listLatestRevisions(
      manager,
      texts.map(({ translation }) => translation.id),
    );
    const inHand = await this.articles.listInHand(
      manager,
      texts.map(({ translation }) => translation.id),
    );
    return new Map(
      texts.map(({ article, translation }) => {
        const revision = revisions.get(translation.id);
        if (revision === undefined) throw new TypeError('a text has no revision');
        return [article.id, { article, translation, revision, inHand: inHand.get(translation.id) ?? null }];
      }),
    );
  }

  /** The names under which the desk knows the sources of documents, and those of names that stood in earlier ones. */
  async #sourceNames(
    manager: EntityManager,
    documents: readonly ReadDocument[],
    earlier: readonly (string | null)[] = [],
  ): Promise<(name: string) => string> {
    const isName = (name: string | null): name is string => name !== null;
    const now = documents.map(({ reading }) => reading.article.origin.sourceName).filter(isName);
    const sources = await this.sources.findOrAddAll(manager, now);
    const before = await this.sources.listKnownNames(manager, earlier.filter(isName));
    return (name) => sources.get(name)?.name ?? before.get(name) ?? name;
  }

  async #publishersOf(
    manager: EntityManager,
    documents: readonly ReadDocument[],
  ): Promise<ReadonlyMap<string, PublisherEntity>> {
    return this.publishers.findOrAddAll(
      manager,
      documents.map(({ reading: { article, wrapper } }) => ({
        slug: article.publisherSlug,
        names: wrapper.publisher,
        language: wrapper.language,
      })),
    );
  }
}

/** A text can not go over to a language in which the article has another one. Throws DocumentRefused. */
function refuseTakenLanguage({ article, translation, planned: { desk, merged } }: ArticleToChange): void {
  const language = merged['text.language'];
  if (!article.translations.some((other) => other.id !== translation.id && other.language === language)) return;
  const expected = `a text in ${translation.language}, as “${desk['text.headline']}” is, which has another one in ${language}`;
  throw new DocumentRefused({ code: 'TEXT_LANGUAGE_TAKEN', line: null, expected, found: `one in ${language}` });
}

/** A changing document with the fields that it is compared with. */
type Compared = Pick<Changing, 'articleId'> & { readonly base: ArticleFields | null };
