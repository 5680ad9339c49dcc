import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ArticlesQueries } from '../articles/articles.queries.js';
import { blocksPublishing, causeOf, type Finding } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { markPublished } from '../texts/mark-published.js';
import { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import type { ToBuild } from './build-next.js';
import { EditionEntity, EditionTextEntity } from './edition.entity.js';
import { type Issued, issueEditions, withCorrections } from './issue-editions.js';
import type { FormattedText } from './markdown-formats.js';
import { listNextEditions, type NextEdition } from './next-edition.js';
import { listCurrentReferences, refreshEdition } from './refresh-edition.js';
import { forgetTombstone, serveTombstone, stopServing } from './serve-editions.js';

/** What publishing one language came to. */
export type Published =
  | Issued
  | { readonly outcome: 'blocked'; readonly findings: readonly Finding[] }
  /** A person has taken it from readers: nothing was done. */
  | { readonly outcome: 'withheld' }
  /** A person has written it, and nobody has approved it: nothing was done. */
  | { readonly outcome: 'unapproved' };

/** One language of an article that is to be published. */
export interface ToPublish {
  readonly articleId: string;
  readonly language: LanguageTag;
  /** The text's body where somebody has formatted it already: `placeOf` says for where. */
  readonly body?: FormattedText | undefined;
}

/** Issues editions: the only way from the desk to readers. */
@Injectable()
export class EditionsService {
  constructor(
    private readonly articles: ArticlesQueries,
    readonly publishers: PublishersService,
    readonly taxonomy: TaxonomyService,
  ) {}

  /** Publishes one language of an article, as `publishAll` does. */
  async publish(manager: EntityManager, articleId: string, language: LanguageTag, reason: string): Promise<Published> {
    const published = await this.publishAll(manager, [{ articleId, language }], reason);
    return published.get(articleId) ?? missing();
  }

  /**
   * Publishes one language of each article within the caller's transaction: a new edition holds that language's newest
   * revision, and the other languages’ texts exactly as readers have them. Nothing is issued when neither
   * content nor evidence has changed, when a finding blocks the language, when a person has taken it from readers, or when
   * one has written it and nobody has approved it. Gives what it came to, by article.
   */
  async publishAll(
    manager: EntityManager,
    requests: readonly ToPublish[],
    reason: string,
  ): Promise<Map<string, Published>> {
    if (requests.length > 0) await this.articles.lock(manager, idsOf(requests));
    return this.publishLocked(manager, requests, reason);
  }

  /** The same, of articles that the caller has locked before. */
  async publishLocked(
    manager: EntityManager,
    requests: readonly ToPublish[],
    reason: string,
  ): Promise<Map<string, Published>> {
    const published = new Map<string, Published>();
    if (requests.length === 0) return published;
    const articles = new Map(
      (await this.articles.listWhole(manager, idsOf(requests))).map((article) => [article.id, article]),
    );
    const nexts = await listNextEditions(manager, requests);
    // Who only answers readers never takes a text apart: what does is loaded with the first publication.
    const { buildNext, toBuildOf } = await import('./build-next.js');
    const toBuild = requests.flatMap((request): ToBuild[] => {
      const { articleId, language } = request;
      const article = articles.get(articleId) ?? missing();
      const next = nexts.get(articleId) ?? missing();
      if (next.isWithheld) {
        published.set(articleId, { outcome: 'withheld' });
        return [];
      }
      if (next.isUnapproved) {
        published.set(articleId, { outcome: 'unapproved' });
        return [];
      }
      const findings = article.findings.filter((finding) => !isWaived(finding, next));
      if (blocksPublishing(findings, language)) {
        published.set(articleId, { outcome: 'blocked', findings: findings.filter((f) => f.severity === 'ERROR') });
        return [];
      }
      const translation = article.translations.find((one) => one.language === language);
      if (translation === undefined || next.revision === null) throw new TypeError(`no text in ${language}`);
      return [toBuildOf(article, next, [{ translation, revision: next.revision, body: request.body }])];
    });
    const issued = await issueEditions(manager, await buildNext(manager, this.publishers, toBuild), reason);
    for (const [articleId, result] of issued) published.set(articleId, result);
    await markPublished(
      manager,
      requests.filter(({ articleId }) => issued.has(articleId)),
    );
    return published;
  }

  /**
   * Takes one language of an article from readers, which the caller has locked: a new edition has the others exactly as
   * they were, and with the last one the article goes. Gives the new edition's number; null where none is left. Throws
   * where readers do not get the language.
   */
  async unpublishLocked(
    manager: EntityManager,
    articleId: string,
    language: LanguageTag,
    reason: string,
  ): Promise<number | null> {
    const { last, isServed, bodies, corrections } =
      (await listNextEditions(manager, [{ articleId, language }])).get(articleId) ?? missing();
    if (last === null || !isServed) throw new TypeError('only what readers get can be taken from them');
    const texts = last.content.texts.filter((text) => text.language !== language);
    if (texts.length === last.content.texts.length) throw new TypeError(`readers have no text in ${language}`);
    if (texts.length === 0) {
      await stopServing(manager, [articleId]);
      return null;
    }
    const content = withCorrections({ ...last.content, texts }, corrections);
    const left = new Map([...bodies].filter(([tag]) => tag !== language));
    const { evidence } = last;
    const issues = [{ articleId, last, isServed, bodies: left, content, evidence }];
    const issued = (await issueEditions(manager, issues, reason)).get(articleId);
    return issued?.outcome === 'published' ? issued.number : last.number;
  }

  /**
   * Takes a whole article from readers, which the caller has locked, and of which they had an edition once. All its slugs
   * lead to why.
   */
  async withdrawLocked(manager: EntityManager, articleId: string, lastEdition: number): Promise<void> {
    await serveTombstone(manager, articleId, lastEdition);
  }

  /** Leaves nothing of a withdrawn article, which the caller has locked, and of which readers had nothing any more. */
  async forgetTombstoneLocked(manager: EntityManager, articleId: string): Promise<void> {
    await forgetTombstone(manager, articleId);
  }

  /**
   * Gives readers again what the last edition had, of an article that the caller has locked and that they no longer get,
   * with the reference data of now.
   */
  async reinstateLocked(manager: EntityManager, articleId: string, reason: string): Promise<number> {
    const { last, isServed, bodies } =
      (await listNextEditions(manager, [{ articleId, language: null }])).get(articleId) ?? missing();
    if (last === null || isServed) throw new TypeError('only what was taken from readers can be given back to them');
    const references = await listCurrentReferences(manager, [last.content], this);
    const issues = [{ articleId, last, isServed, bodies, ...refreshEdition(last, references) }];
    const issued = (await issueEditions(manager, issues, reason)).get(articleId);
    return issued?.outcome === 'published' ? issued.number : missing();
  }

  /**
   * Issues editions anew within the caller's transaction where what they show of others has changed: a term's label, a
   * publisher's address, a wrapper. All of the article itself stays as it was published. What readers do not get is left
   * out of the answer.
   */
  async reissueAll(
    manager: EntityManager,
    articleIds: readonly string[],
    reason: string,
  ): Promise<Map<string, Published>> {
    if (articleIds.length === 0) return new Map();
    await this.articles.lock(manager, articleIds);
    const all = await listNextEditions(
      manager,
      articleIds.map((articleId) => ({ articleId, language: null })),
    );
    const lasts = [...all.values()].flatMap((next) => (next.last !== null && next.isServed ? [next.last] : []));
    const references = await listCurrentReferences(
      manager,
      lasts.map(({ content }) => content),
      this,
    );
    const issues = lasts.map((last) => ({
      articleId: last.articleId,
      last,
      isServed: true,
      bodies: all.get(last.articleId)?.bodies ?? missing(),
      ...refreshEdition(last, references),
    }));
    return issueEditions(manager, issues, reason);
  }

  /**
   * Gives readers again what they got with an earlier edition, in a new one, within the caller's transaction: with the
   * reference data of now. Throws where that edition was never issued. What a person has taken from readers meanwhile
   * stays taken.
   */
  async issueAgain(manager: EntityManager, articleId: string, number: number, reason: string): Promise<Published> {
    await this.articles.lock(manager, [articleId]);
    const earlier = await manager.findOneByOrFail(EditionEntity, { articleId, number });
    const { last, isServed } =
      (await listNextEditions(manager, [{ articleId, language: null }])).get(articleId) ?? missing();
    if (!isServed) return { outcome: 'withheld' };
    const texts = await manager.findBy(EditionTextEntity, { editionId: earlier.id });
    const bodies = new Map(
      texts.map(({ language, body: markdown, html, plain }) => [language, { markdown, html, plain }]),
    );
    const references = await listCurrentReferences(manager, [earlier.content], this);
    const issues = [{ articleId, last, isServed, bodies, ...refreshEdition(earlier, references) }];
    return (await issueEditions(manager, issues, reason)).get(articleId) ?? missing();
  }

  /** The current editions of articles, by article: its number. What readers do not get is left out. */
  async listCurrentNumbers(manager: EntityManager, articleIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await manager.query<{ articleId: string; number: number }[]>(
      'select article_id as "articleId", number from edition.current_article where article_id = any ($1)',
      [articleIds],
    );
    return new Map(rows.map(({ articleId, number }) => [articleId, number]));
  }

  /** Articles that readers get, from an id on, in the order of ids. */
  async listCurrent(manager: EntityManager, after: string, limit: number): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      'select article_id as id from edition.current_article where article_id > $1 order by 1 limit $2',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes articles from readers within the caller's transaction; their editions stay in the record. */
  async takeFromReaders(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
    await stopServing(manager, articleIds);
  }
}

/** Whether somebody has waived this very finding: what it is about is still what it was. */
function isWaived(finding: Finding, { waived }: NextEdition): boolean {
  return waived.some(
    ({ code, language, path, cause }) =>
      code === finding.code && language === finding.language && path === finding.path && cause === causeOf(finding),
  );
}

function idsOf(requests: readonly ToPublish[]): string[] {
  return requests.map(({ articleId }) => articleId);
}

function missing(): never {
  throw new TypeError('an article that does not exist can not be published');
}
