import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ArticleEntity } from './article.entity.js';
import { RevisionEntity, SlugEntity } from './translation.entity.js';

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
    const articles = await manager.find(ArticleEntity, {
      where: { id: In([...articleIds]) },
      relationLoadStrategy: 'query',
      relations: {
        publisher: true,
        origin: { source: true },
        copyright: true,
        translations: true,
        credits: { agent: true },
        terms: { term: { labels: true } },
        links: true,
        notices: { notice: { statedBy: true } },
        reuseTerms: { reuseTerm: { statedBy: true, contactPoint: true } },
        contactPoints: { contactPoint: true },
        wrapperLines: true,
        findings: true,
      },
    });
    for (const article of articles) {
      for (const list of [
        article.credits,
        article.terms,
        article.links,
        article.notices,
        article.reuseTerms,
        article.contactPoints,
        article.findings,
      ] as { position: number }[][]) {
        list.sort((a, b) => a.position - b.position);
      }
    }
    return articles;
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
}
