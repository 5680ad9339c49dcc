import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../../accounts/permits.js';
import { type DeskContext, signedIn } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import { InvalidValue, NotFound, Problem } from '../../common/problem.type.js';
import { SourceTiesService } from '../../texts/source-ties.service.js';
import { TranslationsService } from '../../texts/translations.service.js';
import { DeskReads } from '../desk-reads.js';
import { AssignmentsService } from '../tasks/assignments.service.js';
import type { TranslationTaken } from '../tasks/tasks.problems.js';
import { readTextAt, textAsNow } from './text-of-input.js';
import {
  AbandonTranslationInput,
  ApproveTranslationInput,
  BringUpToDateInput,
  CompleteTranslationInput,
  CreditTranslationInput,
  PairBlocksInput,
  ReviewTranslationInput,
  SendBackTranslationInput,
  StartTranslationInput,
} from './text-writing.inputs.js';
import {
  AbandonTranslationResult,
  ApproveTranslationResult,
  BlocksPaired,
  BringUpToDateResult,
  CompleteTranslationResult,
  CreditTranslationResult,
  PairBlocksResult,
  ReviewTranslationResult,
  SendBackTranslationResult,
  StartTranslationResult,
  TranslationAbandoned,
  TranslationApproved,
  TranslationBroughtUpToDate,
  TranslationCompleted,
  TranslationCredited,
  TranslationReviewed,
  TranslationSentBack,
  TranslationStarted,
} from './writing-results.type.js';

/** Translations: begun, credited, taken through their states, and kept up with their sources. */
@Resolver()
export class TranslationWritingResolver {
  constructor(
    private readonly translations: TranslationsService,
    private readonly assignments: AssignmentsService,
    private readonly ties: SourceTiesService,
    private readonly reads: DeskReads,
  ) {}

  @Permits('translation.start')
  @Mutation(() => StartTranslationResult, {
    description:
      'Begins a translation from a revision of the original, or of another translation. It is empty, unless its text is ' +
      'sent: what it is made from never stands in its place. It is your task then, unless you may assign tasks: those ' +
      'say whose it is. What is somebody else’s task, only who may assign begins.',
  })
  async startTranslation(
    @Args('input', { description: 'From what, into which language, and how.' }) input: StartTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof StartTranslationResult> {
    const viewer = await signedIn(context);
    const sourceRevisionId = idOf('Revision', input.sourceRevisionId);
    if (sourceRevisionId === null) return new NotFound('sourceRevisionId');
    const { language, method, tool = null, translator = null, headline, dek = null, body } = input;
    if ((headline == null) !== (body == null)) {
      return new InvalidValue(headline == null ? 'headline' : 'body', 'must be there, since the text is sent');
    }
    if (headline == null && dek !== null) return new InvalidValue('headline', 'must be there, since the text is sent');
    const text = headline == null || body == null ? undefined : { headline, dek, body };
    const start = { sourceRevisionId, language, method, tool, translator, text };
    const result = await this.translations.start<TranslationTaken>(viewer, start, (manager, at) =>
      this.assignments.begin(manager, viewer, at),
    );
    return result instanceof Problem ? result : new TranslationStarted(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.edit')
  @Mutation(() => AbandonTranslationResult, {
    description:
      'Gives up a translation that readers never had. It counts nowhere from then on, is nobody’s task, and nothing of it is ' +
      'scheduled; its revisions stay in the record. `startTranslation` begins its language again, empty. What is somebody ' +
      'else’s task, only who may assign gives up.',
  })
  async abandonTranslation(
    @Args('input', { description: 'Which translation, and why.' }) input: AbandonTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof AbandonTranslationResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const result = await this.translations.abandon<TranslationTaken>(viewer, at, input.reason, (manager, of) =>
      this.assignments.end(manager, viewer, of),
    );
    return result instanceof Problem ? result : new TranslationAbandoned(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.edit')
  @Mutation(() => CreditTranslationResult, {
    description:
      'Says how a translation is made, and who is credited. It is a draft then: what vouched for it vouched for that, too.',
  })
  async creditTranslation(
    @Args('input', { description: 'Which translation, how, and who.' }) input: CreditTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof CreditTranslationResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const { method, tool = null, translator = null } = input;
    const result = await this.translations.credit(viewer, at, { method, tool, translator });
    return result instanceof Problem ? result : new TranslationCredited(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.translate')
  @Mutation(() => CompleteTranslationResult, {
    description: 'Says that a translation is all there: it waits for a review.',
  })
  async completeTranslation(
    @Args('input', { description: 'Which translation.' }) input: CompleteTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof CompleteTranslationResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const result = await this.translations.take(viewer, 'complete', at, input.reason);
    return result instanceof Problem ? result : new TranslationCompleted(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.review')
  @Mutation(() => ReviewTranslationResult, {
    description:
      'Says that somebody has read a text, and that it is good: it waits for approval. An original, which nobody translates, goes there as a draft.',
  })
  async reviewTranslation(
    @Args('input', { description: 'Which text.' }) input: ReviewTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof ReviewTranslationResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const result = await this.translations.take(viewer, 'review', at, input.reason);
    return result instanceof Problem ? result : new TranslationReviewed(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.approve')
  @Mutation(() => ApproveTranslationResult, {
    description: 'Says that a text may be published. This holds for its newest revision alone: another one is a draft.',
  })
  async approveTranslation(
    @Args('input', { description: 'Which text.' }) input: ApproveTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof ApproveTranslationResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const result = await this.translations.take(viewer, 'approve', at, input.reason);
    return result instanceof Problem ? result : new TranslationApproved(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.review')
  @Mutation(() => SendBackTranslationResult, {
    description: 'Sends a text back, to be worked on: it is a draft again. What readers have stays.',
  })
  async sendBackTranslation(
    @Args('input', { description: 'Which text, and why.' }) input: SendBackTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof SendBackTranslationResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const result = await this.translations.take(viewer, 'sendBack', at, input.reason);
    return result instanceof Problem ? result : new TranslationSentBack(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.edit')
  @Mutation(() => BringUpToDateResult, {
    description:
      'Says that passages of a translation are up to date with a revision of its source, whether they were written anew or ' +
      'hold as they are. It is work in hand, to be saved.',
  })
  async bringUpToDate(
    @Args('input', { description: 'Which translation, which passages, and with what.' }) input: BringUpToDateInput,
    @Context() context: DeskContext,
  ): Promise<typeof BringUpToDateResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const sourceRevisionId = idOf('Revision', input.sourceRevisionId);
    if (sourceRevisionId === null) return new NotFound('sourceRevisionId');
    const { passageIds } = input;
    const result = await this.ties.bringUpToDate(viewer, at, { passageIds, sourceRevisionId });
    if (result instanceof Problem) return result;
    return new TranslationBroughtUpToDate(await textAsNow(this.reads, context, result));
  }

  @Permits('translation.edit')
  @Mutation(() => PairBlocksResult, {
    description: 'Says which blocks of a translation are which of its source, where that was worked out otherwise.',
  })
  async pairBlocks(
    @Args('input', { description: 'Which translation, and the pairs.' }) input: PairBlocksInput,
    @Context() context: DeskContext,
  ): Promise<typeof PairBlocksResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const pairs = Object.fromEntries(
      input.pairs.map(({ blockId, sourceBlockId = null }) => [blockId, sourceBlockId] as const),
    );
    const result = await this.ties.pairBlocks(viewer, at, pairs);
    return result instanceof Problem ? result : new BlocksPaired(await textAsNow(this.reads, context, result));
  }
}
