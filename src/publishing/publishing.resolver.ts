import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../accounts/permits.js';
import { type DeskContext, signedIn, type Viewer } from '../accounts/viewer.js';
import { idOf } from '../common/global-id.js';
import { NotFound, Problem } from '../common/problem.type.js';
import { userInputError } from '../common/user-input-error.js';
import { ArticleDecisionsService } from './article-decisions.service.js';
import { PublicationsService } from './publications.service.js';
import {
  CancelPublicationInput,
  CorrectArticleInput,
  PublishTranslationInput,
  PublishTranslationsInput,
  ReinstateArticleInput,
  SchedulePublicationInput,
  UnpublishTranslationInput,
  WithdrawArticleInput,
} from './publishing.inputs.js';
import {
  CancelPublicationResult,
  CorrectArticleResult,
  PublishTranslationResult,
  ReinstateArticleResult,
  SchedulePublicationResult,
  TranslationsPublished,
  UnpublishTranslationResult,
  WithdrawArticleResult,
} from './publishing-results.type.js';
import {
  ArticleCorrected,
  ArticleReinstated,
  ArticleTakenBack,
  PublicationCancelled,
  PublicationScheduled,
  TranslationPublished,
  TranslationUnpublished,
} from './publishing.type.js';
import { SchedulesService } from './schedules.service.js';
import { writtenProblem } from './written-problem.js';

/** So many texts are published by one request: each takes its transaction. */
const PUBLISHED_AT_ONCE_MAX = 50;

@Resolver()
export class PublishingResolver {
  constructor(
    private readonly publications: PublicationsService,
    private readonly schedules: SchedulesService,
    private readonly decisions: ArticleDecisionsService,
  ) {}

  @Permits('article.publish')
  @Mutation(() => PublishTranslationResult, {
    description:
      'Publishes one language of an article: its newest revision, which has to be approved. The other languages stay ' +
      'exactly as readers have them.',
  })
  async publishTranslation(
    @Args('input', { description: 'Which text.' }) input: PublishTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof PublishTranslationResult> {
    return this.#publish(await signedIn(context), input);
  }

  @Permits('article.publish')
  @Mutation(() => TranslationsPublished, {
    description: 'Publishes many texts, each as `publishTranslation` does, and each for itself.',
  })
  async publishTranslations(
    @Args('input', { description: 'Which texts.' }) { translations }: PublishTranslationsInput,
    @Context() context: DeskContext,
  ): Promise<TranslationsPublished> {
    if (translations.length > PUBLISHED_AT_ONCE_MAX) {
      throw userInputError('input.translations', `must have at most ${PUBLISHED_AT_ONCE_MAX} texts`);
    }
    const viewer = await signedIn(context);
    // Who may not in one of the languages is refused before anything is done.
    for (const { language } of translations) viewer.demand('article.publish', language);
    const results: (typeof PublishTranslationResult | Error)[] = [];
    for (const one of translations) {
      // What was published before a fault stays published, and has to be told.
      const result = this.#publish(viewer, one).catch((fault: unknown) => {
        if (fault instanceof Error) return fault;
        throw fault;
      });
      results.push(await result);
    }
    return { results };
  }

  @Permits('article.unpublish')
  @Mutation(() => UnpublishTranslationResult, {
    description:
      'Takes one language of an article from readers. The others stay exactly as readers have them; with the last one, ' +
      'the article goes, and nothing is told of it. What is scheduled of the language stays scheduled: the answer tells.',
  })
  async unpublishTranslation(
    @Args('input', { description: 'Which text.' }) input: UnpublishTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof UnpublishTranslationResult> {
    const viewer = await signedIn(context);
    viewer.demand('article.unpublish', input.language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const unwritten = writtenProblem('reason', input.reason);
    if (unwritten !== null) return unwritten;
    const result = await this.publications.unpublish(viewer.actor, { ...input, articleId });
    return result instanceof Problem ? result : new TranslationUnpublished({ ...input, articleId }, result);
  }

  @Permits('article.schedule')
  @Mutation(() => SchedulePublicationResult, {
    description:
      'Has one language of an article published later, or at another time than was said before. It has to be approved by ' +
      'then, and nothing may block it.',
  })
  async schedulePublication(
    @Args('input', { description: 'Which text, and when.' }) input: SchedulePublicationInput,
    @Context() context: DeskContext,
  ): Promise<typeof SchedulePublicationResult> {
    const viewer = await signedIn(context);
    viewer.demand('article.schedule', input.language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const expectedVersion = input.expectedVersion ?? null;
    const result = await this.schedules.schedule(viewer.actor, { ...input, articleId, expectedVersion });
    return result instanceof Problem ? result : new PublicationScheduled(result);
  }

  @Permits('article.schedule')
  @Mutation(() => CancelPublicationResult, { description: 'Calls a publication off that was scheduled.' })
  async cancelPublication(
    @Args('input', { description: 'Which one.' }) input: CancelPublicationInput,
    @Context() context: DeskContext,
  ): Promise<typeof CancelPublicationResult> {
    const viewer = await signedIn(context);
    viewer.demand('article.schedule', input.language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const result = await this.schedules.cancel(viewer.actor, { ...input, articleId });
    return result instanceof Problem ? result : new PublicationCancelled(articleId, input.language);
  }

  @Permits('article.correct')
  @Mutation(() => CorrectArticleResult, {
    description:
      'Publishes the corrected text of one language, with a dated note to the readers of each. Translations of a corrected ' +
      'original are out of date from then on, and say so.',
  })
  async correctArticle(
    @Args('input', { description: 'Which text, and what readers are told.' }) input: CorrectArticleInput,
    @Context() context: DeskContext,
  ): Promise<typeof CorrectArticleResult> {
    const viewer = await signedIn(context);
    viewer.demand('article.correct', input.language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const unwritten = [
      writtenProblem('reason', input.reason),
      ...input.notes.map(({ note }) => writtenProblem('notes', note)),
    ].find((problem) => problem !== null);
    if (unwritten !== undefined) return unwritten;
    const result = await this.decisions.correct(viewer.actor, { ...input, articleId });
    return result instanceof Problem ? result : new ArticleCorrected({ ...input, articleId }, result.edition);
  }

  @Permits('article.withdraw')
  @Mutation(() => WithdrawArticleResult, {
    description:
      'Takes an article from readers in every language at once; one that they no longer get, too, if they ever did. Its id ' +
      'and its names in addresses answer with the reason and the date: see `Query.withdrawn`.',
  })
  async withdrawArticle(
    @Args('input', { description: 'Which article, and what readers are told.' }) input: WithdrawArticleInput,
    @Context() context: DeskContext,
  ): Promise<typeof WithdrawArticleResult> {
    const { actor } = await signedIn(context);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const unwritten = writtenProblem('reason', input.reason);
    if (unwritten !== null) return unwritten;
    const result = await this.decisions.withdraw(actor, { ...input, articleId });
    if (result instanceof Problem) return result;
    const { reason, language } = input;
    return new ArticleTakenBack({ articleId, reason, language, withdrawnAt: result.withdrawnAt });
  }

  @Permits('article.reinstate')
  @Mutation(() => ReinstateArticleResult, {
    description:
      'Gives readers a withdrawn article again, in every language, as they had it; nothing where it had been taken from ' +
      'them before.',
  })
  async reinstateArticle(
    @Args('input', { description: 'Which article.' }) input: ReinstateArticleInput,
    @Context() context: DeskContext,
  ): Promise<typeof ReinstateArticleResult> {
    const { actor } = await signedIn(context);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const unwritten = writtenProblem('reason', input.reason);
    if (unwritten !== null) return unwritten;
    const result = await this.decisions.reinstate(actor, { ...input, articleId });
    return result instanceof Problem ? result : new ArticleReinstated(articleId, result.edition);
  }

  async #publish(viewer: Viewer, input: PublishTranslationInput): Promise<typeof PublishTranslationResult> {
    viewer.demand('article.publish', input.language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const unwritten = writtenProblem('reason', input.reason);
    if (unwritten !== null) return unwritten;
    const result = await this.publications.publish(viewer.actor, { ...input, articleId });
    return result instanceof Problem ? result : new TranslationPublished(result);
  }
}
