import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ArticleEntity } from './article.entity.js';
import { RevisionEntity, type TranslationEntity } from './translation.entity.js';

/** An article at the desk with all that belongs to it, in the order of its page. */
export type WholeArticle = ArticleEntity;

/** Reads of the desk that other rooms may ask for. */
@Injectable()
export class ArticlesQueries {
  /** Locks the article until the transaction ends, and gives it with all that belongs to it; null if there is none. */
  async findWholeForUpdate(manager: EntityManager, articleId: string): Promise<WholeArticle | null> {
    const locked = await manager.findOne(ArticleEntity, {
      where: { id: articleId },
      lock: { mode: 'pessimistic_write' },
    });
    if (locked === null) return null;
    const article = await manager.findOneOrFail(ArticleEntity, {
      where: { id: articleId },
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
    return article;
  }

  /** The newest revision of a translation, or null where there is none. */
  async findLatestRevision(manager: EntityManager, translation: TranslationEntity): Promise<RevisionEntity | null> {
    return manager.findOne(RevisionEntity, { where: { translationId: translation.id }, order: { number: 'DESC' } });
  }
}
