import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../../accounts/permits.js';
import { type DeskContext, signedIn } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import { NotFound, Problem } from '../../common/problem.type.js';
import { DeskReads } from '../desk-reads.js';
import { AssignmentsService } from './assignments.service.js';
import {
  AssignTranslationInput,
  ClaimTranslationInput,
  ReleaseTranslationInput,
  UnassignTranslationInput,
} from './tasks.inputs.js';
import {
  AssignTranslationResult,
  ClaimTranslationResult,
  ReleaseTranslationResult,
  TranslationAssigned,
  TranslationClaimed,
  TranslationReleased,
  UnassignTranslationResult,
} from './tasks-results.type.js';
import { Assignment } from './tasks.type.js';

@Resolver()
export class AssignmentsResolver {
  constructor(
    private readonly assignments: AssignmentsService,
    private readonly reads: DeskReads,
  ) {}

  @Permits('translation.assign')
  @Mutation(() => AssignTranslationResult, {
    description:
      'Says whose task one language of an article is, be there a text already or not, so that nobody translates it twice. ' +
      'They keep it until they give it back, or an editor takes it.',
  })
  async assignTranslation(
    @Args('input', { description: 'Which text, and who is to have it.' }) input: AssignTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof AssignTranslationResult> {
    const { language } = input;
    const viewer = await signedIn(context);
    viewer.demand('translation.assign', language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const assigneeId = idOf('Account', input.assigneeId);
    if (assigneeId === null) return new NotFound('assigneeId');
    const expectedId = input.expectedAssigneeId == null ? null : idOf('Account', input.expectedAssigneeId);
    if (input.expectedAssigneeId != null && expectedId === null) return new NotFound('expectedAssigneeId');
    const result = await this.assignments.assign(viewer, { articleId, language }, assigneeId, expectedId);
    this.reads.forget(context);
    return result instanceof Problem ? result : new TranslationAssigned(new Assignment(result));
  }

  @Permits('translation.assign')
  @Mutation(() => UnassignTranslationResult, {
    description: 'Has one language of an article be nobody’s task: whoever may translate it can claim it.',
  })
  async unassignTranslation(
    @Args('input', { description: 'Which text, and whose task it was.' }) input: UnassignTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof UnassignTranslationResult> {
    const { language } = input;
    const viewer = await signedIn(context);
    viewer.demand('translation.assign', language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const expectedId = idOf('Account', input.expectedAssigneeId);
    if (expectedId === null) return new NotFound('expectedAssigneeId');
    const result = await this.assignments.unassign(viewer, { articleId, language }, expectedId);
    this.reads.forget(context);
    return result instanceof Problem ? result : new TranslationReleased({ articleId, language });
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => ClaimTranslationResult, {
    description:
      'Takes one language of an article as your task, where it is nobody’s, be there a text already or not. Of many who ' +
      'at once, one gets it. To have it again is no mistake. It is for who may write the text.',
  })
  async claimTranslation(
    @Args('input', { description: 'Which text.' }) input: ClaimTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof ClaimTranslationResult> {
    const { language } = input;
    const viewer = await signedIn(context);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const result = await this.assignments.claim(viewer, { articleId, language }, viewer.account.id);
    this.reads.forget(context);
    return result instanceof Problem ? result : new TranslationClaimed(new Assignment(result));
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => ReleaseTranslationResult, { description: 'Gives a task of yours back: it is nobody’s then.' })
  async releaseTranslation(
    @Args('input', { description: 'Which text.' }) input: ReleaseTranslationInput,
    @Context() context: DeskContext,
  ): Promise<typeof ReleaseTranslationResult> {
    const { language } = input;
    const viewer = await signedIn(context);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const result = await this.assignments.release(viewer, { articleId, language }, viewer.account.id);
    this.reads.forget(context);
    return result instanceof Problem ? result : new TranslationReleased({ articleId, language });
  }
}
