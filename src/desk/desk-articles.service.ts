import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import { ArticlesQueries, type WholeArticle } from '../articles/articles.queries.js';
import type { Finding } from '../articles/finding.js';
import { TranslationEntity } from '../articles/translation.entity.js';
import type { Actor } from '../common/actor.js';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem, Refusal } from '../database/transaction.js';
import { type ArticleFields, fieldOf, fieldsOfDesk, type FieldPath } from '../documents/article-fields.js';
import { storeFindings, storeSketches } from '../documents/article-rows.js';
import { EvidenceEntity } from '../documents/provenance.entity.js';
import { sketchText } from '../documents/text-sketch.js';
import { ArticleWriter } from '../documents/write-articles.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';
import { refuseSlug, refuseText } from '../texts/check-text.js';
import { isSlugTaken, keepSlug } from '../texts/keep-slugs.js';
import type { TextContent } from '../texts/revision-text.js';
import { blocksOf } from '../texts/text-blocks.js';
import { findText } from '../texts/text-state.js';
import { ArticleConflict, SlugTaken } from '../texts/texts.problems.js';
import { writeRevision, writeWorkingText } from '../texts/write-texts.js';
import { type ArticleDetails, fieldsOfDetails, refuseDetails } from './article-edit.js';
import { findingsAfter } from './attribution-findings.js';

/** An article to write. */
export interface NewArticle extends ArticleDetails {
  readonly publisherId: string;
  /** The language of its original. */
  readonly language: LanguageTag;
  /** The language of the publisher's page around it; the publisher's own where nothing is said. */
  readonly pageLanguage?: LanguageTag;
  readonly text: TextContent;
  /** The original's slug; the headline gives one where nothing is said. */
  readonly slug?: string;
}

/** An article as it is after a person has written it. */
export interface WrittenArticle {
  readonly articleId: string;
  readonly version: number;
  /** The original's. */
  readonly translationId: string;
  readonly findings: readonly Finding[];
}

/** Which article is meant, and which of its states was read. */
export interface ArticleAt {
  readonly articleId: string;
  readonly expectedVersion: number;
}

/** What any work on an article that was read before may come to. */
type OpeningProblem = NotFound | ArticleConflict;

/** Articles that people write, and what they write of articles that were imported. */
@Injectable()
export class DeskArticlesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly articles: ArticlesQueries,
    private readonly writer: ArticleWriter,
  ) {}

  /**
   * Writes a new article with the first revision of its original. Nothing of it is anybody's but who has it said:
   * no owner and no author is filled in.
   */
  async create(actor: Actor, article: NewArticle): Promise<WrittenArticle | NotFound | InvalidValue | SlugTaken> {
    const { publisherId, language, pageLanguage, text, slug, ...details } = article;
    const refused = refuseNew(article) ?? refuseDetails(details);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<WrittenArticle | NotFound | SlugTaken, SlugTaken>(
      this.dataSource,
      async (manager) => {
        const publisher = await manager.findOneBy(PublisherEntity, { id: publisherId });
        if (publisher === null) return new NotFound('publisherId');
        const articleId = randomUUID();
        const translationId = randomUUID();
        if (slug !== undefined && (await isSlugTaken(manager, articleId, slug))) return new SlugTaken(slug);
        const row = { id: articleId, publisherId, originalLanguage: language, version: 1 };
        const { kind, publishedOn } = details;
        await manager.insert(ArticleEntity, {
          ...row,
          kind,
          publishedOn,
          pageLanguage: pageLanguage ?? publisher.language,
        });
        const translation = { id: translationId, articleId, language, isOriginal: true, slug: null, method: null };
        await manager.insert(TranslationEntity, translation);
        const remarks = await this.writer.write(manager, [
          {
            articleId,
            publisherId,
            pageLanguage: pageLanguage ?? publisher.language,
            isKnown: false,
            fields: { ...fieldsOfDetails(details), 'rights.notices': [], 'rights.reuseTerms': [], 'wrapper.lines': [] },
          },
        ]);
        await this.#writeFirst(manager, actor, translationId, text, slug ?? null);
        await storeSketches(manager, [{ articleId, sketch: sketchText(text.body) }]);
        return this.#settle(manager, articleId, remarks.get(articleId) ?? [], []);
      },
    );
  }

  /** Writes some details of an article; texts are written apart from it, language by language. */
  async edit(
    _actor: Actor,
    at: ArticleAt,
    details: Partial<ArticleDetails>,
  ): Promise<WrittenArticle | InvalidValue | OpeningProblem> {
    const refused = refuseDetails(details);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<WrittenArticle, OpeningProblem>(this.dataSource, async (manager) => {
      const article = await this.#open(manager, at);
      const { id: articleId, publisherId, pageLanguage } = article;
      const fields = fieldsOfDetails(details);
      const remarks = await this.writer.write(manager, [
        { articleId, publisherId, pageLanguage, isKnown: true, fields },
      ]);
      const { kind = article.kind, publishedOn = article.publishedOn } = details;
      await manager.query(CHANGE, [articleId, kind, publishedOn]);
      return this.#settle(manager, articleId, remarks.get(articleId) ?? [], Object.keys(fields) as FieldPath[]);
    });
  }

  /**
   * Gives a text another slug. The one before leads to the article for good. Readers get the new one when the language
   * is published next.
   */
  async changeSlug(
    _actor: Actor,
    at: ArticleAt,
    { language, slug }: { readonly language: LanguageTag; readonly slug: string },
  ): Promise<WrittenArticle | InvalidValue | SlugTaken | OpeningProblem> {
    const refused = refuseSlug(slug);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<WrittenArticle | NotFound, SlugTaken | OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const article = await this.#open(manager, at);
        const translation = article.translations.find((one) => one.language === language);
        if (translation === undefined) return new NotFound('language');
        await keepSlug(manager, article.id, slug);
        await manager.update(TranslationEntity, { id: translation.id }, { slug });
        await manager.query('update desk.working_text set slug = null where translation_id = $1', [translation.id]);
        await manager.query(CHANGE, [article.id, article.kind, article.publishedOn]);
        return this.#settle(manager, article.id, [], []);
      },
    );
  }

  async #open(manager: EntityManager, { articleId, expectedVersion }: ArticleAt): Promise<WholeArticle> {
    const article = await this.articles.findWholeForUpdate(manager, articleId);
    if (article === null) throw new Refusal(new NotFound('articleId'));
    if (article.version !== expectedVersion) throw new Refusal(new ArticleConflict(articleId, article.version));
    return article;
  }

  async #writeFirst(
    manager: EntityManager,
    actor: Actor,
    translationId: string,
    text: TextContent,
    slug: string | null,
  ): Promise<void> {
    const read = async () => {
      const found = await findText(manager, translationId);
      if (found === null) throw new TypeError('a text vanished while it was written');
      return found;
    };
    const { headline, dek, body } = text;
    await writeWorkingText(manager, actor, await read(), {
      ...{ headline, dek, body, slug },
      ...{ blocks: blocksOf(body, null), basis: null },
    });
    await writeRevision(manager, actor, await read(), 'Created');
  }

  /** Works out what is to be remarked of an article that was written, and takes away evidence that holds no longer. */
  async #settle(
    manager: EntityManager,
    articleId: string,
    remarks: readonly Finding[],
    written: readonly FieldPath[],
  ): Promise<WrittenArticle> {
    const article = await this.articles.findWholeForUpdate(manager, articleId);
    const original = article?.translations.find(({ isOriginal }) => isOriginal);
    const revision = original && (await this.articles.listLatestRevisions(manager, [original.id])).get(original.id);
    if (article === null || original === undefined || revision === undefined) {
      throw new TypeError('an article vanished while it was written');
    }
    const fields = fieldsOfDesk(article, original, revision);
    const before = article.findings.map(({ articleId: _, position: __, ...finding }) => finding);
    const findings = [...findingsAfter(before, fields, written), ...remarks];
    await storeFindings(manager, [{ articleId, findings }]);
    await dropEvidence(manager, articleId, fields, written);
    return { articleId, version: article.version, translationId: original.id, findings };
  }
}

const CHANGE = `
update desk.article set kind = $2, published_on = $3, version = version + 1, updated_at = now() where id = $1`;

function refuseNew({ language, pageLanguage, text, slug }: NewArticle): InvalidValue | null {
  if (text.headline.trim() === '') return new InvalidValue('headline', 'must not be empty');
  const odd = Object.entries({ language, pageLanguage }).find(
    ([, tag]) => tag !== undefined && canonicalLanguageTag(tag) !== tag,
  );
  if (odd !== undefined) return new InvalidValue(odd[0], 'must be a language tag in canonical form');
  return refuseText(text) ?? (slug === undefined ? null : refuseSlug(slug));
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
