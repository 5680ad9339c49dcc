import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditedState } from '../../accounts/audit/audit-entry.entity.js';
import { AuditTrail } from '../../accounts/audit/audit-trail.js';
import type { Permission } from '../../accounts/permissions.js';
import type { Worker } from '../../accounts/viewer.js';
import { ArticlesQueries, type WholeArticle } from '../../articles/articles.queries.js';
import { TranslationEntity } from '../../articles/translation.entity.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { type InvalidValue, NotFound } from '../../common/problem.type.js';
import { inTransactionUnlessProblem, Refusal } from '../../database/transaction.js';
import { type ArticleFields, fieldsOfDesk, type FieldPath, isSameValue } from '../../documents/article-fields.js';
import { ArticleWriter } from '../../documents/write-articles.js';
import { refuseReason, refuseSlug } from '../../texts/check-text.js';
import { keepSlug } from '../../texts/keep-slugs.js';
import { ArticleConflict, type SlugTaken } from '../../texts/texts.problems.js';
import { permissionFor } from '../../texts/translation-states.js';
import { type ArticleDetails, fieldsOfDetails, refuseDetails } from './article-edit.js';
import { fieldsOfRights, refuseRights, type RightsDetails } from './rights-edit.js';
import { settleArticle, type WrittenArticle } from './settle-article.js';

/** Which article is meant, and which of its states was read. */
export interface ArticleAt {
  readonly articleId: string;
  readonly expectedVersion: number;
}

/** What any work on an article that was read before may come to. */
type OpeningProblem = NotFound | ArticleConflict;

/** What people write of articles, imported ones too, beside their texts. */
@Injectable()
export class DeskArticlesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly articles: ArticlesQueries,
    private readonly writer: ArticleWriter,
    private readonly trail: AuditTrail,
  ) {}

  /** Writes some details of an article; texts are written apart from it, language by language, and stay as they are. */
  async edit(
    worker: Worker,
    at: ArticleAt,
    details: Partial<ArticleDetails>,
    reason?: string | null,
  ): Promise<WrittenArticle | InvalidValue | OpeningProblem> {
    const refused = refuseDetails(details) ?? refuseReason(reason);
    if (refused !== null) return refused;
    return this.#write(worker, at, 'article.edit', () => fieldsOfDetails(details), reason);
  }

  /** Writes whose an article is, who allows what, and which legal texts stand below it. */
  async editRights(
    worker: Worker,
    at: ArticleAt,
    rights: Partial<RightsDetails>,
    reason?: string | null,
  ): Promise<WrittenArticle | InvalidValue | OpeningProblem> {
    const refused = refuseRights(rights) ?? refuseReason(reason);
    if (refused !== null) return refused;
    return this.#write(worker, at, 'rights.edit', (article) => fieldsOfRights(rights, article), reason);
  }

  /**
   * Gives a text another slug. The one before leads to the article for good. Readers get the new one when the language
   * is published next.
   */
  async changeSlug(
    worker: Worker,
    at: ArticleAt,
    { language, slug }: { readonly language: LanguageTag; readonly slug: string },
  ): Promise<WrittenArticle | InvalidValue | SlugTaken | OpeningProblem> {
    const refused = refuseSlug(slug);
    if (refused !== null) return refused;
    return inTransactionUnlessProblem<WrittenArticle | NotFound, SlugTaken | OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const textOf = ({ translations }: WholeArticle) => translations.find((one) => one.language === language);
        const article = await this.#open(manager, at, (found) => {
          worker.demand(permissionFor('edit', textOf(found)?.isOriginal ?? false), language);
        });
        const translation = textOf(article);
        if (translation === undefined) return new NotFound('language');
        if (translation.slug === slug) return asItStands(article);
        await keepSlug(manager, { articleId: article.id, translationId: translation.id }, slug);
        await manager.update(TranslationEntity, { id: translation.id }, { slug });
        await manager.query('update desk.working_text set slug = null where translation_id = $1', [translation.id]);
        await manager.query(CHANGE, [article.id, article.kind, article.publishedOn]);
        const written = await settleArticle(manager, this.articles, article.id, article, [], []);
        await this.trail.record(manager, worker.actor, {
          operation: 'article.changeSlug',
          objectType: 'Article',
          objectId: article.id,
          language,
          before: { version: article.version, slug: translation.slug },
          after: { version: written.version, slug },
        });
        return written;
      },
    );
  }

  /** Writes fields of an article. The permission is the operation's name in the trail, too. */
  async #write(
    worker: Worker,
    at: ArticleAt,
    permission: Permission,
    fieldsFor: (article: WholeArticle) => Partial<ArticleFields>,
    reason: string | null | undefined,
  ): Promise<WrittenArticle | OpeningProblem> {
    return inTransactionUnlessProblem<WrittenArticle, OpeningProblem>(this.dataSource, async (manager) => {
      const article = await this.#open(manager, at, () => {
        worker.demand(permission);
      });
      const { id: articleId, publisherId, pageLanguage } = article;
      const fields = fieldsFor(article);
      if (Object.keys(fields).length === 0) return asItStands(article);
      const remarks = await this.writer.write(manager, [
        { articleId, publisherId, pageLanguage, isKnown: true, fields },
      ]);
      const { kind = article.kind, publishedOn = article.publishedOn } = fields;
      await manager.query(CHANGE, [articleId, kind, publishedOn]);
      const paths = Object.keys(fields) as FieldPath[];
      const terms = remarks.get(articleId) ?? [];
      const written = await settleArticle(manager, this.articles, articleId, article, terms, paths);
      const { before, after } = changeOf(article, fields);
      await this.trail.record(manager, worker.actor, {
        operation: permission,
        objectType: 'Article',
        objectId: articleId,
        before: { version: article.version, ...before },
        after: { version: written.version, ...after },
        reason: reason ?? null,
      });
      return written;
    });
  }

  /**
   * An article that somebody means to change, in the state that they have read, kept from others until the transaction
   * ends. There is no other way to one, so that nobody forgets to ask whether they may.
   */
  async #open(
    manager: EntityManager,
    { articleId, expectedVersion }: ArticleAt,
    demand: (article: WholeArticle) => void,
  ): Promise<WholeArticle> {
    const article = await this.articles.findWholeForUpdate(manager, articleId);
    if (article === null) throw new Refusal(new NotFound('articleId'));
    demand(article);
    if (article.version !== expectedVersion) throw new Refusal(new ArticleConflict(articleId, article.version));
    return article;
  }
}

/** An article of which nothing was written. */
function asItStands({ id: articleId, version, translations, findings }: WholeArticle): WrittenArticle {
  const translationId = translations.find(({ isOriginal }) => isOriginal)?.id ?? '';
  return { articleId, version, translationId, findings };
}

const CHANGE = `
update desk.article set kind = $2, published_on = $3, version = version + 1, updated_at = now() where id = $1`;

/** Of lists that are longer, as JSON, the trail has what was put in and taken out. */
const LARGEST_WHOLE = 2000;

/** What of an article is otherwise, as the trail remembers it: the names of the fields, and what is small of them. */
function changeOf(
  article: WholeArticle,
  fields: Partial<ArticleFields>,
): { readonly before: AuditedState; readonly after: AuditedState } {
  const original = article.translations.find(({ isOriginal }) => isOriginal);
  if (original === undefined) throw new TypeError('an article has no original');
  const desk = fieldsOfDesk(article, original, { headline: '', dek: null, body: '' });
  const changed = (Object.keys(fields) as FieldPath[]).filter((path) => !isSameValue(desk[path], fields[path]));
  const partly = changed.filter((path) => JSON.stringify([desk[path], fields[path]]).length > LARGEST_WHOLE);
  const pick = (from: Partial<ArticleFields>, other: Partial<ArticleFields>): AuditedState =>
    Object.fromEntries(
      changed.map((path) => [path, partly.includes(path) ? without(from[path], other[path]) : from[path]]),
    );
  const further = partly.length === 0 ? {} : { partly };
  return { before: pick(desk, fields), after: { ...pick(fields, desk), changed, ...further } };
}

/** What of a list another one has not; all of it where they differ in their order alone, and of what is no list. */
function without(value: unknown, other: unknown): unknown {
  if (!Array.isArray(value) || !Array.isArray(other)) return value;
  const isIn = (list: readonly unknown[]) => (one: unknown) => list.some((another) => isSameValue(one, another));
  const own = value.filter((one) => !isIn(other)(one));
  return own.length === 0 && other.every(isIn(value)) ? value : own;
}
