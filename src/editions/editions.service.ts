import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { ArticlesQueries, type WholeArticle } from '../articles/articles.queries.js';
import { blocksPublishing, type Finding } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import { EvidenceEntity } from '../documents/provenance.entity.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { buildEdition, buildEditionText, placeOf } from './build-edition.js';
import { EditionEntity, EditionTextEntity } from './edition.entity.js';
import type { EditionContent, EditionEvidence, EditionText } from './edition-content.js';
import { type FormattedText, formatMarkdown } from './markdown-formats.js';
import { serveEdition } from './serve-edition.js';

/** What publishing one language came to. */
export type Published =
  | { readonly outcome: 'published'; readonly number: number }
  | { readonly outcome: 'unchanged'; readonly number: number }
  | { readonly outcome: 'blocked'; readonly findings: readonly Finding[] };

interface Bodies {
  readonly texts: readonly EditionText[];
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** Issues editions: the only way from the desk to readers. */
@Injectable()
export class EditionsService {
  constructor(
    private readonly articles: ArticlesQueries,
    private readonly publishers: PublishersService,
  ) {}

  /**
   * Publishes one language of an article within the caller's transaction: a new edition holds that language's newest
   * revision, and the other languages' texts exactly as the last edition had them. Nothing is issued when neither
   * content nor evidence has changed, or when a finding blocks the language.
   */
  async publish(manager: EntityManager, articleId: string, language: LanguageTag, reason: string): Promise<Published> {
    const article = await this.articles.findWholeForUpdate(manager, articleId);
    if (article === null) throw new TypeError('an article that does not exist can not be published');
    if (blocksPublishing(article.findings, language)) {
      return { outcome: 'blocked', findings: article.findings.filter((f) => f.severity === 'ERROR') };
    }
    const last = await this.#findLast(manager, articleId);
    return this.#issue(manager, article, last, await this.#textsWith(manager, article, language, last), reason);
  }

  /**
   * Issues an edition anew within the caller's transaction where what it shows beside its texts has changed: a term's
   * label, a publisher's address, a wrapper. The texts stay exactly as they are. Null where nothing was ever issued.
   */
  async reissue(manager: EntityManager, articleId: string, reason: string): Promise<Published | null> {
    const article = await this.articles.findWholeForUpdate(manager, articleId);
    const last = await this.#findLast(manager, articleId);
    if (article === null || last === null) return null;
    const texts = { texts: last.content.texts, bodies: await this.#bodiesOf(manager, last) };
    return this.#issue(manager, article, last, texts, reason);
  }

  async #findLast(manager: EntityManager, articleId: string): Promise<EditionEntity | null> {
    return manager.findOne(EditionEntity, { where: { articleId }, order: { number: 'DESC' } });
  }

  async #issue(
    manager: EntityManager,
    article: WholeArticle,
    last: EditionEntity | null,
    { texts, bodies }: Bodies,
    reason: string,
  ): Promise<Published> {
    const articleId = article.id;
    const wrappers = await this.publishers.listWrappers(manager, article.publisher);
    const content = JSON.parse(JSON.stringify(buildEdition(article, texts, wrappers))) as EditionContent;
    const evidence = await this.#evidenceOf(manager, articleId);
    if (last !== null && isDeepStrictEqual([last.content, last.evidence], [content, evidence])) {
      return { outcome: 'unchanged', number: last.number };
    }

    const number = (last?.number ?? 0) + 1;
    const edition = await manager.save(EditionEntity, { articleId, number, reason, content, evidence });
    await manager.insert(
      EditionTextEntity,
      [...bodies].map(([tag, { markdown, html, plain }]) => ({
        editionId: edition.id,
        language: tag,
        body: markdown,
        html,
        plain,
      })),
    );
    await serveEdition(manager, edition, new Map([...bodies].map(([tag, { plain }]) => [tag, plain])));
    return { outcome: 'published', number };
  }

  /** Whether any edition of the article was ever issued. */
  async isPublished(manager: EntityManager, articleId: string): Promise<boolean> {
    return manager.existsBy(EditionEntity, { articleId });
  }

  async #textsWith(
    manager: EntityManager,
    article: WholeArticle,
    language: LanguageTag,
    last: EditionEntity | null,
  ): Promise<Bodies> {
    const translation = article.translations.find((t) => t.language === language);
    const revision = translation && (await this.articles.findLatestRevision(manager, translation));
    if (translation === undefined || revision == null) throw new TypeError(`the article has no text in ${language}`);
    const kept = last?.content.texts.filter((text) => text.language !== language) ?? [];
    const body = formatMarkdown(revision.body, placeOf(translation, 'body'));
    const bodies = new Map(last === null || kept.length === 0 ? [] : await this.#bodiesOf(manager, last));
    bodies.set(language, body);
    return { texts: [...kept, buildEditionText(translation, revision)], bodies };
  }

  async #bodiesOf(manager: EntityManager, { id }: EditionEntity): Promise<Map<LanguageTag, FormattedText>> {
    const texts = await manager.findBy(EditionTextEntity, { editionId: id });
    return new Map(texts.map(({ language, body: markdown, html, plain }) => [language, { markdown, html, plain }]));
  }

  async #evidenceOf(manager: EntityManager, articleId: string): Promise<EditionEvidence[]> {
    const found = await manager.find(EvidenceEntity, {
      where: { articleId },
      relations: { document: true },
      order: { position: 'ASC' },
    });
    return found.map(({ path, document, startOffset, endOffset, exact, prefix, suffix }) => ({
      path,
      documentSha256: document.sha256,
      start: startOffset,
      end: endOffset,
      exact,
      prefix,
      suffix,
    }));
  }
}
