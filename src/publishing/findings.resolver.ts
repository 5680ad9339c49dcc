import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../accounts/permits.js';
import { type DeskContext, signedIn } from '../accounts/viewer.js';
import type { Actor } from '../common/actor.js';
import { idOf } from '../common/global-id.js';
import { type InvalidValue, NotFound, Problem } from '../common/problem.type.js';
import { FindingsService, type WaiverWish } from './findings.service.js';
import { RevokeWaiverInput, WaiveFindingInput } from './publishing.inputs.js';
import { RevokeWaiverResult, WaiveFindingResult } from './publishing-results.type.js';
import { FindingWaived, WaiverRevoked } from './publishing.type.js';
import { writtenProblem } from './written-problem.js';

@Resolver()
export class FindingsResolver {
  constructor(private readonly findings: FindingsService) {}

  @Permits('finding.waive')
  @Mutation(() => WaiveFindingResult, {
    description:
      'Has a finding block nothing, for a reason. It does again as soon as it is about something else, as when the article ' +
      'has another source.',
  })
  async waiveFinding(
    @Args('input', { description: 'Which finding, and why.' }) input: WaiveFindingInput,
    @Context() context: DeskContext,
  ): Promise<typeof WaiveFindingResult> {
    const wish = await wishOf(context, input);
    if (wish instanceof Problem) return wish;
    const result = await this.findings.waive(wish.actor, wish);
    return result instanceof Problem ? result : new FindingWaived(result);
  }

  @Permits('finding.waive')
  @Mutation(() => RevokeWaiverResult, {
    description:
      'Takes a finding’s waiver back, for a reason: it blocks again what is to be published. What readers have, they keep; ' +
      'what is scheduled is not published while it is blocked.',
  })
  async revokeWaiver(
    @Args('input', { description: 'Which finding, and why.' }) input: RevokeWaiverInput,
    @Context() context: DeskContext,
  ): Promise<typeof RevokeWaiverResult> {
    const wish = await wishOf(context, input);
    if (wish instanceof Problem) return wish;
    const result = await this.findings.revoke(wish.actor, wish);
    return result instanceof Problem ? result : new WaiverRevoked(result);
  }
}

/** What somebody who may asks for, with who they are. */
async function wishOf(
  context: DeskContext,
  input: WaiveFindingInput | RevokeWaiverInput,
): Promise<(WaiverWish & { readonly actor: Actor }) | NotFound | InvalidValue> {
  const viewer = await signedIn(context);
  const language = input.language ?? null;
  if (language !== null) viewer.demand('finding.waive', language);
  const articleId = idOf('Article', input.articleId);
  if (articleId === null) return new NotFound('articleId');
  return writtenProblem('reason', input.reason) ?? { ...input, articleId, language, actor: viewer.actor };
}
