import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { ArticlesQueries, type WholeArticle } from '../articles/articles.queries.js';
import type { RevisionEntity, TranslationEntity, WorkingTextEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { TranslationState } from '../common/vocabulary.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { findSlug } from '../texts/keep-slugs.js';
import type { RevisionText } from '../texts/read-revisions.js';
import { loadTextWork } from '../texts/text-work.js';
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

/** What keeps an article from being previewed: by its place one of the texts, or that no text is left to show. */
export type PreviewRefusal =
  | { readonly refused: 'NO_TEXT'; readonly index: number }
  | { readonly refused: 'NOT_APPROVED'; readonly index: number; readonly state: TranslationState }
  | { readonly refused: 'NOTHING_TO_SHOW' };

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
   * such article.
   */
  async find(articleId: string, texts: readonly PreviewedText[]): Promise<PublishedArticle | PreviewRefusal | null> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('set transaction read only');
      const [article] = await this.articles.listWhole(manager, [articleId]);
      const next = (await listNextEditions(manager, [{ articleId, language: null }])).get(articleId);
      if (article === undefined || next === undefined) return null;
      const anew = await this.#open(manager, article, texts);
      if ('refused' in anew) return anew;
      const { buildNext, toBuildOf } = await import('./build-next.js');
      const toBuild = { ...toBuildOf(article, next, anew), unsaved: await unsavedOf(anew) };
      if (toBuild.texts.length === 0) return { refused: 'NOTHING_TO_SHOW' };
      const [built] = await buildNext(manager, this.publishers, [toBuild]);
      return built === undefined ? null : asSent(built);
    });
  }

  async #open(
    manager: EntityManager,
    { translations }: WholeArticle,
    texts: readonly PreviewedText[],
  ): Promise<NewText[] | PreviewRefusal> {
    const ids = translations.map(({ id }) => id);
    const revisions = await this.articles.listLatestRevisions(manager, ids);
    const inHand = await this.articles.listInHand(manager, ids);
    const opened: NewText[] = [];
    for (const [index, { language, of }] of texts.entries()) {
      const translation = translations.find((one) => one.language === language && one.state !== 'ABANDONED');
      const revision =
        translation && asRevision(translation, of, revisions.get(translation.id), inHand.get(translation.id));
      if (translation === undefined || revision === undefined) return { refused: 'NO_TEXT', index };
      const { state } = translation;
      if (of === 'APPROVED' && state !== 'APPROVED' && state !== 'PUBLISHED') {
        return { refused: 'NOT_APPROVED', index, state };
      }
      const wanted = of === 'IN_HAND' ? inHand.get(translation.id)?.slug : null;
      const { id: translationId, articleId } = translation;
      const text = { translationId, articleId, language, headline: revision.headline };
      const slug = wanted ?? translation.slug ?? (await findSlug(manager, text));
      opened.push({ translation: { ...translation, slug }, revision });
    }
    return opened;
  }
}

/** The state of a text as a revision: what is in hand as the next one. Undefined where there is none. */
function asRevision(
  { id, sourceRevisionId, settled }: TranslationEntity,
  of: PreviewedState,
  newest: RevisionEntity | undefined,
  inHand: WorkingTextEntity | undefined,
): RevisionEntity | undefined {
  if (of !== 'IN_HAND' || inHand === undefined) return newest;
  const { headline, dek, body, blocks, changedAt: createdAt } = inHand;
  const number = 1 + (newest?.number ?? 0);
  return {
    ...{ id: randomUUID(), translationId: id, number, sourceRevisionId, settled, textVersion: 0 },
    ...{ madeById: null, madeBy: null, reason: '', createdAt },
    ...{ headline, dek, body, blocks },
  } as RevisionEntity;
}

/** The texts as revisions, also such as are stored nowhere yet. */
async function unsavedOf(texts: readonly NewText[]): Promise<RevisionText[]> {
  const { blocksOf } = await loadTextWork();
  return texts.map(({ revision }) => ({ ...revision, blocks: blocksOf(revision.body, revision.blocks) }));
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
