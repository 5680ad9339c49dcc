import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../../accounts/audit/audit-trail.js';
import type { Worker } from '../../accounts/viewer.js';
import { ArticleEntity } from '../../articles/article.entity.js';
import { ArticlesQueries } from '../../articles/articles.queries.js';
import { TranslationEntity } from '../../articles/translation.entity.js';
import { canonicalLanguageTag, type LanguageTag } from '../../common/language-tag.js';
import { InvalidValue, NotFound } from '../../common/problem.type.js';
import { inTransactionUnlessProblem } from '../../database/transaction.js';
import { storeSketches } from '../../documents/article-rows.js';
import { sketchText } from '../../documents/text-sketch.js';
import { ArticleWriter } from '../../documents/write-articles.js';
import { PublisherEntity } from '../../publishers/publisher.entity.js';
import { PublishersService } from '../../publishers/publishers.service.js';
import { refuseSlug, refuseText } from '../../texts/check-text.js';
import { isSlugTaken } from '../../texts/keep-slugs.js';
import { rereadText } from '../../texts/open-text.js';
import type { TextContent } from '../../texts/revision-text.js';
import type { TextState } from '../../texts/text-state.js';
import { loadTextWork } from '../../texts/text-work.js';
import { SlugTaken } from '../../texts/texts.problems.js';
import { writeRevision, writeWorkingText } from '../../texts/write-texts.js';
import { type ArticleDetails, fieldsOfDetails, refuseDetails } from './article-edit.js';
import { settleArticle, type WrittenArticle } from './settle-article.js';
import { standingClauses } from './standing-clauses.js';

/** An article to write. */
export interface NewArticle extends ArticleDetails {
  readonly publisherId: string;
  /** The language of its original. */
  readonly language: LanguageTag;
  /** The language of the publisher's page around it; the publisher's own where nothing is said. */
  readonly pageLanguage?: LanguageTag | undefined;
  readonly text: TextContent;
  /** The original's slug; the headline gives one where nothing is said. */
  readonly slug?: string | undefined;
}

/** Articles that people begin. */
@Injectable()
export class NewArticlesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly articles: ArticlesQueries,
    private readonly publishers: PublishersService,
    private readonly writer: ArticleWriter,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Writes a new article with the first revision of its original. Nothing of it is anybody's but who has it said: no
   * owner and no author is filled in. The notices and reuse terms are those that its publisher's pages always have.
   */
  async create(worker: Worker, article: NewArticle): Promise<WrittenArticle | NotFound | InvalidValue | SlugTaken> {
    const { publisherId, language, pageLanguage: wanted, text, slug, ...details } = article;
    worker.demand('article.create', language);
    const refused = refuseNew(article) ?? refuseDetails(details);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<WrittenArticle | NotFound | SlugTaken, SlugTaken>(
      this.dataSource,
      async (manager) => {
        const publisher = await manager.findOneBy(PublisherEntity, { id: publisherId });
        if (publisher === null) return new NotFound('publisherId');
        const articleId = randomUUID();
        if (slug !== undefined && (await isSlugTaken(manager, { articleId, translationId: null }, slug)))
          return new SlugTaken(slug);
        const { kind, publishedOn, contactPoints } = details;
        const pageLanguage = wanted ?? publisher.language;
        const row = { id: articleId, publisherId, originalLanguage: language, pageLanguage, version: 1 };
        await manager.insert(ArticleEntity, { ...row, kind, publishedOn });
        const translationId = randomUUID();
        const translation = { id: translationId, articleId, language, isOriginal: true, slug: null, method: null };
        await manager.insert(TranslationEntity, translation);
        const wrappers = await this.publishers.listWrappers(manager, publisher);
        const wrapper = wrappers.find((one) => one.language === pageLanguage);
        const clauses = standingClauses(wrapper ?? { publisher, clauses: [] }, contactPoints);
        const fields = { ...fieldsOfDetails(details), ...clauses, 'wrapper.lines': [] };
        const remarks = await this.writer.write(manager, [
          { articleId, publisherId, pageLanguage, isKnown: false, fields },
        ]);
        const first = await writeFirst(manager, worker, translationId, text, slug ?? null);
        await storeSketches(manager, [{ articleId, sketch: sketchText(text.body) }]);
        await this.trail.record(manager, worker.actor, {
          operation: 'article.create',
          objectType: 'Article',
          objectId: articleId,
          language,
          after: { version: 1, kind, publisher: publisher.slug, slug: first.slug, revision: first.revision?.number },
        });
        return settleArticle(manager, this.articles, articleId, null, remarks.get(articleId) ?? [], []);
      },
    );
  }
}

async function writeFirst(
  manager: EntityManager,
  { actor }: Worker,
  translationId: string,
  { headline, dek, body }: TextContent,
  slug: string | null,
): Promise<TextState> {
  const empty = await rereadText(manager, { translationId });
  const { blocksOf } = await loadTextWork();
  const text = { headline, dek, body, slug, blocks: blocksOf(body, null), basis: null };
  await writeWorkingText(manager, actor, empty, text);
  await writeRevision(manager, actor, await rereadText(manager, empty), 'Created');
  return rereadText(manager, empty);
}

function refuseNew({ language, pageLanguage, text, slug }: NewArticle): InvalidValue | null {
  if (text.headline.trim() === '') return new InvalidValue('headline', 'must not be empty');
  const odd = Object.entries({ language, pageLanguage }).find(
    ([, tag]) => tag !== undefined && canonicalLanguageTag(tag) !== tag,
  );
  if (odd !== undefined) return new InvalidValue(odd[0], 'must be a language tag in canonical form');
  return refuseText(text) ?? (slug === undefined ? null : refuseSlug(slug));
}
