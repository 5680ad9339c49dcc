import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { type RelationTree, reviveMoments, rowAsJson } from '../database/row-as-json.js';
import { ArticleEntity } from './article.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import { RevisionEntity, SlugEntity, TranslationEntity, WorkingTextEntity } from './translation.entity.js';

/** An article at the desk with all that belongs to it, in the order of its page. */
export type WholeArticle = ArticleEntity;

/** All that belongs to an article. */
const WHOLE: RelationTree = {
  publisher: {},
  origin: { source: {} },
  copyright: {},
  translations: { translator: {} },
  credits: { agent: {} },
  terms: { term: { labels: {} } },
  links: {},
  notices: { notice: { statedBy: {} } },
  reuseTerms: { reuseTerm: { statedBy: {}, contactPoint: {} } },
  contactPoints: { contactPoint: {} },
  wrapperLines: {},
  findings: {},
};

/** Reads of the desk that other rooms may ask for. */
@Injectable()
export class ArticlesQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The id of the article that a slug leads to; null where it leads to none. */
  async findIdBySlug(slug: string): Promise<string | null> {
    const found = await this.dataSource.manager.findOneBy(SlugEntity, { slug });
    return found?.articleId ?? null;
  }

  /** Locks the article until the transaction ends, and gives it with all that belongs to it; null if there is none. */
  async findWholeForUpdate(manager: EntityManager, articleId: string): Promise<WholeArticle | null> {
    const [article] = await this.listWholeForUpdate(manager, [articleId]);
    return article ?? null;
  }

  /** Locks articles until the transaction ends, and gives those that there are with all that belongs to them. */
  async listWholeForUpdate(manager: EntityManager, articleIds: readonly string[]): Promise<WholeArticle[]> {
    if (articleIds.length === 0) return [];
    await this.lock(manager, articleIds);
    return this.listWhole(manager, articleIds);
  }

  /** Keeps articles from being changed by others until the transaction ends: two who change one take turns. */
  async lock(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
    await manager.query('select 1 from desk.article where id = any ($1) order by id for update', [articleIds]);
  }

  /** Those of the articles that there are, with all that belongs to them, by one statement. Whoever changes them has locked them. */
  async listWhole(manager: EntityManager, articleIds: readonly string[]): Promise<WholeArticle[]> {
    const metadata = manager.dataSource.getMetadata(ArticleEntity);
    const rows = await manager.query<{ article: WholeArticle }[]>(
      `select ${rowAsJson(metadata, 'a', WHOLE)} as article from desk.article a where a.id = any ($1) order by a.id`,
      [articleIds],
    );
    return rows.map(({ article }) => reviveMoments(metadata, article, WHOLE));
  }

  /** The languages of articles' first texts, by article. */
  async listOriginalLanguages(
    manager: EntityManager,
    articleIds: readonly string[],
  ): Promise<Map<string, LanguageTag>> {
    const originals = await manager.findBy(TranslationEntity, { articleId: In([...articleIds]), isOriginal: true });
    return new Map(originals.map(({ articleId, language }) => [articleId, language]));
  }

  /** The newest revisions of translations, by the translation's id. */
  async listLatestRevisions(
    manager: EntityManager,
    translationIds: readonly string[],
  ): Promise<Map<string, RevisionEntity>> {
    if (translationIds.length === 0) return new Map();
    const revisions = await manager
      .createQueryBuilder(RevisionEntity, 'r')
      .distinctOn(['r.translationId'])
      .where('r.translationId = any (:translationIds)', { translationIds })
      .orderBy('r.translationId')
      .addOrderBy('r.number', 'DESC')
      .getMany();
    return new Map(revisions.map((revision) => [revision.translationId, revision]));
  }

  /** What people have in hand of translations, by the translation's id. */
  async listInHand(manager: EntityManager, translationIds: readonly string[]): Promise<Map<string, WorkingTextEntity>> {
    if (translationIds.length === 0) return new Map();
    const texts = await manager.findBy(WorkingTextEntity, { translationId: In([...translationIds]) });
    return new Map(texts.map((text) => [text.translationId, text]));
  }
}
