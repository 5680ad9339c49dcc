import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import {
  ArticleContactPointEntity,
  ArticleLinkEntity,
  ArticleNoticeEntity,
  ArticleReuseTermEntity,
  ArticleTermEntity,
  CopyrightNoticeEntity,
  CreditEntity,
  WrapperLineEntity,
} from '../articles/article-parts.entity.js';
import { type Finding, FINDING_SEVERITIES } from '../articles/finding.js';
import { FindingEntity } from '../articles/finding.entity.js';
import { OriginEntity } from '../articles/origin.entity.js';
import { RevisionEntity, SlugEntity, TranslationEntity } from '../articles/translation.entity.js';
import { toSlug } from '../common/slug.js';
import { TERM_LISTS } from '../common/vocabulary.js';
import { ContactsService } from '../contacts/contacts.service.js';
import type { PublisherEntity } from '../publishers/publisher.entity.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { RightsService } from '../rights/rights.service.js';
import { SourcesService } from '../sources/sources.service.js';
import { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import { DocumentEntity, DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import { DocumentRefused } from './document-refused.js';
import {
  findFileName,
  isHeadlineOf,
  type IsPublished,
  isReadAlike,
  isReplaceable,
  listFindings,
} from './known-document.js';
import { ArticleDocumentEntity, EvidenceEntity } from './provenance.entity.js';
import type { ReadArticle, Reading } from './reading.js';

/** What importing a document came to. */
export interface Imported {
  readonly outcome: 'added' | 'changed' | 'unchanged';
  readonly articleId: string;
  readonly findings: readonly Finding[];
}

/** Applies a reading: the document is stored, and becomes an article at the desk. */
@Injectable()
export class DocumentImporter {
  constructor(
    private readonly publishers: PublishersService,
    private readonly sources: SourcesService,
    private readonly taxonomy: TaxonomyService,
    private readonly contacts: ContactsService,
    private readonly rights: RightsService,
  ) {}

  /**
   * Imports a document within the caller's transaction. A document whose bytes are known already changes nothing,
   * unless it is read otherwise now, since a data file was mended, and its article may give way (`isReplaceable`).
   * So may the article of an earlier state of the same file.
   * Throws DocumentRefused (ARTICLE_EXISTS) when another file has brought an article of this publisher with the same
   * headline: whether the two are one article is for a person to say.
   */
  async import(manager: EntityManager, bytes: Buffer, reading: Reading, isPublished: IsPublished): Promise<Imported> {
    const { sha256, sizeBytes, fileName, format, form } = reading;
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(DocumentEntity)
      .values({ sha256, bytes, sizeBytes, fileName, format, form })
      .orIgnore()
      .returning(['id'])
      .execute();
    const [added] = inserted.raw as { id: string }[];
    const { id } = added ?? (await manager.findOneByOrFail(DocumentEntity, { sha256 }));
    if (added === undefined) {
      const known = await this.#findKnown(manager, id, reading, isPublished);
      if (known !== null) return known;
    }
    await this.#addParts(manager, id, reading);
    const imported = await this.#addArticle(manager, reading, isPublished);
    const { articleId } = imported;
    await manager.insert(ArticleDocumentEntity, { documentId: id, articleId });
    await manager.insert(
      EvidenceEntity,
      reading.evidence.map(({ start, end, ...evidence }, position) => ({
        ...evidence,
        articleId,
        documentId: id,
        position,
        startOffset: start,
        endOffset: end,
      })),
    );
    return { outcome: added === undefined ? 'changed' : 'added', ...imported };
  }

  /** The article that a known document has brought, or null where it is to be read anew: then it is gone. */
  async #findKnown(
    manager: EntityManager,
    documentId: string,
    reading: Reading,
    isPublished: IsPublished,
  ): Promise<Imported | null> {
    const link = await manager.findOneBy(ArticleDocumentEntity, { documentId });
    if (link === null) return null;
    const { articleId } = link;
    const findings = await listFindings(manager, articleId);
    if (isReadAlike(findings, reading.findings) || !(await isReplaceable(manager, articleId, isPublished))) {
      return { outcome: 'unchanged', articleId, findings };
    }
    await manager.delete(ArticleEntity, { id: articleId });
    return null;
  }

  async #addParts(manager: EntityManager, documentId: string, reading: Reading): Promise<void> {
    const { article, wrapper } = reading;
    await manager.upsert(DocumentReadingEntity, { documentId, article, wrapper }, ['documentId']);
    await manager.delete(DocumentPartEntity, { documentId });
    await manager.insert(
      DocumentPartEntity,
      reading.parts.map(({ start, end, ...part }, position) => ({
        ...part,
        documentId,
        position,
        startOffset: start,
        endOffset: end,
      })),
    );
  }

  async #addArticle(
    manager: EntityManager,
    reading: Reading,
    isPublished: IsPublished,
  ): Promise<{ articleId: string; findings: readonly Finding[] }> {
    const read = reading.article;
    const publisher = await this.publishers.getBySlugForUpdate(manager, read.publisherSlug);
    const article = await manager.save(ArticleEntity, {
      publisherId: publisher.id,
      kind: read.kind,
      originalLanguage: read.language,
      pageLanguage: read.pageLanguage,
      publishedOn: read.publishedOn,
    });
    const articleId = article.id;
    const slug = await this.#reserveSlug(manager, articleId, publisher, reading, isPublished);
    const translation = await manager.save(TranslationEntity, {
      articleId,
      language: read.language,
      isOriginal: true,
      slug,
      method: read.method,
      sourceRevisionId: null,
    });
    await manager.insert(RevisionEntity, {
      translationId: translation.id,
      number: 1,
      headline: read.headline,
      dek: read.dek,
      body: read.body,
      reason: `Imported from ${reading.fileName}`,
    });
    const { sourceName, ...origin } = read.origin;
    const source = sourceName === null ? null : await this.sources.findOrAdd(manager, sourceName);
    await manager.insert(OriginEntity, { ...origin, articleId, sourceId: source?.id ?? null });
    if (read.copyright !== null) await manager.insert(CopyrightNoticeEntity, { ...read.copyright, articleId });
    await manager.insert(
      WrapperLineEntity,
      read.lines.map((line) => ({ ...line, articleId })),
    );
    await manager.insert(
      ArticleLinkEntity,
      read.links.map((link, position) => ({ ...link, articleId, position })),
    );
    for (const [position, { role, name }] of read.credits.entries()) {
      const agent = await this.sources.findOrAddAgent(manager, name);
      await manager.insert(CreditEntity, { articleId, position, role, agentId: agent.id });
    }
    const unknown = await this.#addTerms(manager, articleId, read);
    await this.#addClauses(manager, articleId, publisher, read);
    const findings = [...reading.findings, ...unknown];
    await manager.insert(
      FindingEntity,
      findings.map((finding, position) => ({ ...finding, articleId, position })),
    );
    return { articleId, findings };
  }

  /** Reserves the headline's slug; when another publisher's article has it already, the publisher's name is added. */
  async #reserveSlug(
    manager: EntityManager,
    articleId: string,
    publisher: PublisherEntity,
    { article: read, fileName }: Reading,
    isPublished: IsPublished,
  ): Promise<string> {
    const plain = toSlug(read.headline);
    for (let attempt = 0; attempt < 100; attempt++) {
      const slug = attempt === 0 ? plain : `${plain}-${publisher.slug}${attempt === 1 ? '' : `-${attempt}`}`;
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(SlugEntity)
        .values({ slug, articleId })
        .orIgnore()
        .returning(['slug'])
        .execute();
      if ((inserted.raw as unknown[]).length > 0) return slug;
      const holder = await manager.findOneOrFail(SlugEntity, { where: { slug }, relations: { article: true } });
      if (holder.article.publisherId !== publisher.id) continue;
      if (!(await isHeadlineOf(manager, holder.articleId, read.headline))) continue;
      const other = await findFileName(manager, holder.articleId);
      if (other !== fileName || !(await isReplaceable(manager, holder.articleId, isPublished))) {
        throw new DocumentRefused({
          code: 'ARTICLE_EXISTS',
          line: null,
          expected: `an article that ${publisher.name} does not have yet`,
          found: `the headline “${read.headline}”, which ${other ?? 'a person'} has brought already`,
        });
      }
      // Deleting it frees the slug: the next attempt is the same again.
      await manager.delete(ArticleEntity, { id: holder.articleId });
      attempt--;
    }
    throw new DocumentRefused({
      code: 'ARTICLE_EXISTS',
      line: null,
      expected: 'a headline that few articles share',
      found: `“${read.headline}”`,
    });
  }

  /** Files the article under its terms; a term that no list has is added with the page's label, and remarked. */
  async #addTerms(manager: EntityManager, articleId: string, read: ReadArticle): Promise<Finding[]> {
    const findings: Finding[] = [];
    const positions = { REGION: 0, THEME: 0, REPORT: 0 };
    for (const { scheme, rawLabel } of read.terms) {
      const position = positions[scheme]++;
      const known = await this.taxonomy.findByLabel(manager, scheme, rawLabel);
      if (known === null) {
        findings.push({
          code: 'TERM_UNKNOWN',
          severity: FINDING_SEVERITIES.TERM_UNKNOWN,
          language: null,
          path: `${TERM_LISTS[scheme]}[${position}]`,
          line: null,
          message: `No list of terms has “${rawLabel}”. Add it with its labels in each language.`,
        });
      }
      const term = known ?? (await this.taxonomy.add(manager, scheme, rawLabel, read.pageLanguage));
      await manager.insert(ArticleTermEntity, { articleId, scheme, position, termId: term.id, rawLabel });
    }
    return findings;
  }

  async #addClauses(
    manager: EntityManager,
    articleId: string,
    publisher: PublisherEntity,
    read: ReadArticle,
  ): Promise<void> {
    const contactIds = new Map<string, string>();
    for (const [position, { email, purposes }] of read.contacts.entries()) {
      const contact = await this.contacts.findOrAdd(manager, publisher.id, email, purposes);
      contactIds.set(email, contact.id);
      await manager.insert(ArticleContactPointEntity, {
        articleId,
        position,
        contactPointId: contact.id,
        purposes: [...purposes],
      });
    }
    const positions = { notice: 0, reuse: 0 };
    for (const { definition, text, audienceLabel, email } of read.clauses) {
      const stated = { statedById: publisher.id, clauseKey: definition.key, language: read.pageLanguage, text };
      if (definition.notice !== undefined) {
        const notice = await this.rights.findOrAddNotice(manager, stated, definition.notice);
        await manager.insert(ArticleNoticeEntity, { articleId, position: positions.notice++, noticeId: notice.id });
      }
      if (definition.reuse !== undefined) {
        const contactId = email === null ? null : (contactIds.get(email) ?? null);
        const term = await this.rights.findOrAddReuseTerm(manager, stated, definition.reuse, audienceLabel, contactId);
        await manager.insert(ArticleReuseTermEntity, { articleId, position: positions.reuse++, reuseTermId: term.id });
      }
    }
  }
}
