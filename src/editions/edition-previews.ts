import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ArticlesQueries, type WholeArticle } from '../articles/articles.queries.js';
import type { RevisionEntity, TranslationEntity, WorkingTextEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import { toSlug } from '../common/slug.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { partsAsSent, type PublishedArticle } from './article-row.js';
import type { NewText } from './build-next.js';
import { servedContent } from './edition-content.js';
import type { ToIssue } from './issue-editions.js';
import { listNextEditions } from './next-edition.js';

/** Which state of a text is previewed: the newest revision where it is approved, the newest, or what is in hand. */
export const PREVIEWED_STATES = ['APPROVED', 'SAVED', 'IN_HAND'] as const;
export type PreviewedState = (typeof PREVIEWED_STATES)[number];

/** A text that a preview shows, whether readers have it or not. */
export interface PreviewedText {
  readonly language: LanguageTag;
  readonly of: PreviewedState;
}

/** That a preview has no such text. */
export interface NoSuchText {
  readonly missing: LanguageTag;
}

/** Builds the edition that would be issued, and stores nothing of it: Postgres refuses to write meanwhile. */
@Injectable()
export class EditionPreviews {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly articles: ArticlesQueries,
    private readonly publishers: PublishersService,
  ) {}

  /**
   * An article as readers would get it: these texts, and all others as readers have them now. Null where there is no
   * such article, and where no text is left to show.
   */
  async find(articleId: string, texts: readonly PreviewedText[]): Promise<PublishedArticle | NoSuchText | null> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('set transaction read only');
      const [article] = await this.articles.listWhole(manager, [articleId]);
      const next = (await listNextEditions(manager, [{ articleId, language: null }])).get(articleId);
      if (article === undefined || next === undefined) return null;
      const anew = await this.#open(manager, article, texts);
      if ('missing' in anew) return anew;
      const { buildNext, toBuildOf } = await import('./build-next.js');
      const toBuild = toBuildOf(article, next, anew);
      if (toBuild.texts.length === 0) return null;
      const [built] = await buildNext(manager, this.publishers, [toBuild]);
      return built === undefined ? null : asSent(built);
    });
  }

  async #open(
    manager: EntityManager,
    { translations }: WholeArticle,
    texts: readonly PreviewedText[],
  ): Promise<NewText[] | NoSuchText> {
    const ids = translations.map(({ id }) => id);
    const revisions = await this.articles.listLatestRevisions(manager, ids);
    const inHand = await this.articles.listInHand(manager, ids);
    const opened: NewText[] = [];
    for (const { language, of } of texts) {
      const translation = translations.find((one) => one.language === language);
      const revision =
        translation && stateOf(translation, of, revisions.get(translation.id), inHand.get(translation.id));
      if (translation === undefined || revision === undefined) return { missing: language };
      const slug = inHand.get(translation.id)?.slug ?? translation.slug ?? toSlug(revision.headline);
      opened.push({
        translation: { ...translation, slug: of === 'IN_HAND' ? slug : (translation.slug ?? slug) },
        revision,
      });
    }
    return opened;
  }
}

/** The state of a text as a revision; undefined where there is none. */
function stateOf(
  { id, state }: TranslationEntity,
  of: PreviewedState,
  newest: RevisionEntity | undefined,
  inHand: WorkingTextEntity | undefined,
): RevisionEntity | undefined {
  if (of === 'APPROVED' && state !== 'APPROVED' && state !== 'PUBLISHED') return undefined;
  if (of !== 'IN_HAND' || inHand === undefined) return newest;
  const { headline, dek, body, blocks } = inHand;
  const text = { headline, dek, body, blocks };
  if (newest !== undefined) return { ...newest, ...text };
  return {
    ...{ id, translationId: id, number: 0, sourceRevisionId: null, settled: {}, textVersion: 0 },
    ...{ madeById: null, madeBy: null, reason: '', createdAt: inHand.changedAt },
    ...text,
  } as RevisionEntity;
}

function asSent({ articleId, last, content, evidence, bodies }: ToIssue): PublishedArticle {
  const { kind, pageLanguage, originalLanguage, publishedOn, publisher } = content;
  return {
    articleId,
    evidence,
    bodies: Object.fromEntries(bodies),
    parts: partsAsSent({
      ...servedContent(content),
      ...{ kind, pageLanguage, originalLanguage, publishedDate: publishedOn, publisherTag: publisher.language },
      ...{ number: (last?.number ?? 0) + 1, issuedAt: new Date().toISOString() },
    }),
  };
}
