import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ArticleEntity } from './article.entity.js';
import {
  ArticleContactPointEntity,
  ArticleLinkEntity,
  ArticleNoticeEntity,
  ArticleReuseTermEntity,
  ArticleTermEntity,
  CopyrightNoticeEntity,
  CreditEntity,
  WrapperLineEntity,
} from './article-parts.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import { FindingEntity } from './finding.entity.js';
import { OriginEntity } from './origin.entity.js';
import { RevisionEntity, SlugEntity, TranslationEntity, WorkingTextEntity } from './translation.entity.js';

/** An article at the desk with all that belongs to it, in the order of its page. */
export type WholeArticle = ArticleEntity;

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
    await manager.query('select 1 from desk.article where id = any ($1) order by id for update', [articleIds]);
    const of = { articleId: In([...articleIds]) };
    // One statement for each kind of row, whatever the number of articles; TypeORM's own loading compares all with all.
    const articles = await manager.find(ArticleEntity, {
      where: { id: In([...articleIds]) },
      relations: { publisher: true },
    });
    const origins = byArticle(await manager.find(OriginEntity, { where: of, relations: { source: true } }));
    const copyrights = byArticle(await manager.findBy(CopyrightNoticeEntity, of));
    const translations = byArticle(
      await manager.find(TranslationEntity, { where: of, relations: { translator: true } }),
    );
    const credits = byArticle(await manager.find(CreditEntity, { where: of, relations: { agent: true } }));
    const terms = byArticle(
      await manager.find(ArticleTermEntity, { where: of, relations: { term: { labels: true } } }),
    );
    const links = byArticle(await manager.findBy(ArticleLinkEntity, of));
    const notices = byArticle(
      await manager.find(ArticleNoticeEntity, { where: of, relations: { notice: { statedBy: true } } }),
    );
    const reuseTerms = byArticle(
      await manager.find(ArticleReuseTermEntity, {
        where: of,
        relations: { reuseTerm: { statedBy: true, contactPoint: true } },
      }),
    );
    const contactPoints = byArticle(
      await manager.find(ArticleContactPointEntity, { where: of, relations: { contactPoint: true } }),
    );
    const wrapperLines = byArticle(await manager.findBy(WrapperLineEntity, of));
    const findings = byArticle(await manager.findBy(FindingEntity, of));
    return articles.map((article) => {
      const [origin] = origins(article);
      if (origin === undefined) throw new TypeError('an article has no origin');
      return Object.assign(article, {
        origin,
        copyright: copyrights(article)[0] ?? null,
        translations: translations(article),
        credits: inOrder(credits(article)),
        terms: inOrder(terms(article)),
        links: inOrder(links(article)),
        notices: inOrder(notices(article)),
        reuseTerms: inOrder(reuseTerms(article)),
        contactPoints: inOrder(contactPoints(article)),
        wrapperLines: wrapperLines(article),
        findings: inOrder(findings(article)),
      });
    });
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

/** Finds the rows of an article among those of many. */
function byArticle<Row extends { readonly articleId: string }>(
  rows: readonly Row[],
): (article: ArticleEntity) => Row[] {
  const lists = new Map<string, Row[]>();
  for (const row of rows) {
    const list = lists.get(row.articleId);
    if (list === undefined) lists.set(row.articleId, [row]);
    else list.push(row);
  }
  return ({ id }) => lists.get(id) ?? [];
}

function inOrder<Row extends { readonly position: number }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => a.position - b.position);
}
