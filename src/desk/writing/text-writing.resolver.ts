import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../../accounts/permits.js';
import { type DeskContext, signedIn } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import { NotFound, Problem } from '../../common/problem.type.js';
import { WorkingTextsService } from '../../texts/working-texts.service.js';
import { DeskReads } from '../desk-reads.js';
import { refuseNull } from './given.js';
import { readTextAt, textAsNow } from './text-of-input.js';
import {
  DiscardWorkingTextInput,
  RestoreRevisionInput,
  SaveRevisionInput,
  SaveWorkingTextInput,
} from './text-writing.inputs.js';
import {
  DiscardWorkingTextResult,
  RestoreRevisionResult,
  RevisionRestored,
  RevisionSaved,
  SaveRevisionResult,
  SaveWorkingTextResult,
  TextSaved,
  WorkingTextDiscarded,
} from './writing-results.type.js';

const FOR_WHOM =
  'An original is for who may edit articles, a translation for who may edit translations into its language.';

/** People's writing: texts in hand, and the revisions that are made of them. */
@Resolver()
export class TextWritingResolver {
  constructor(
    private readonly texts: WorkingTextsService,
    private readonly reads: DeskReads,
  ) {}

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => SaveWorkingTextResult, {
    description: `Keeps what somebody is writing, as it is typed: it is no revision yet. The newest revision, its state and its schedule stay. ${FOR_WHOM}`,
  })
  async saveWorkingText(
    @Args('input', { description: 'Which text, and what is written.' }) input: SaveWorkingTextInput,
    @Context() context: DeskContext,
  ): Promise<typeof SaveWorkingTextResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const refused = refuseNull(input, ['headline', 'body', 'slug']);
    if (refused !== null) return refused;
    const result = await this.texts.autosave(viewer, at, editOf(input));
    return result instanceof Problem ? result : new TextSaved(await textAsNow(this.reads, context, result));
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => SaveRevisionResult, {
    description: `Makes a revision of what is in hand, with what else is sent: who made it, when and why stays with it. It is a draft. ${FOR_WHOM}`,
  })
  async saveRevision(
    @Args('input', { description: 'Which text, what is written, and why.' }) input: SaveRevisionInput,
    @Context() context: DeskContext,
  ): Promise<typeof SaveRevisionResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const refused = refuseNull(input, ['headline', 'body', 'slug']);
    if (refused !== null) return refused;
    const { reason } = input;
    const sourceRevisionId = input.sourceRevisionId == null ? undefined : idOf('Revision', input.sourceRevisionId);
    if (sourceRevisionId === null) return new NotFound('sourceRevisionId');
    const result = await this.texts.saveRevision(viewer, at, { ...editOf(input), reason, sourceRevisionId });
    if (result instanceof Problem) return result;
    const translation = await textAsNow(this.reads, context, result.text);
    return new RevisionSaved(translation, await this.reads.getRevision(context, result.revisionId));
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => DiscardWorkingTextResult, {
    description: `Throws away what is in hand, whoever has typed it: the text is its newest revision again. ${FOR_WHOM}`,
  })
  async discardWorkingText(
    @Args('input', { description: 'Which text.' }) input: DiscardWorkingTextInput,
    @Context() context: DeskContext,
  ): Promise<typeof DiscardWorkingTextResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const result = await this.texts.discard(viewer, at);
    return result instanceof Problem ? result : new WorkingTextDiscarded(await textAsNow(this.reads, context, result));
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => RestoreRevisionResult, {
    description:
      'Puts an earlier revision of the same text in hand again, to be saved and approved like any other: what is approved ' +
      `and what readers have stays. The newest one is what is left when nothing is in hand. ${FOR_WHOM}`,
  })
  async restoreRevision(
    @Args('input', { description: 'Which text, and which revision of it.' }) input: RestoreRevisionInput,
    @Context() context: DeskContext,
  ): Promise<typeof RestoreRevisionResult> {
    const viewer = await signedIn(context);
    const at = readTextAt(input);
    if (at === null) return new NotFound('translationId');
    const revisionId = idOf('Revision', input.revisionId);
    if (revisionId === null) return new NotFound('revisionId');
    const result = await this.texts.restore(viewer, at, revisionId);
    return result instanceof Problem ? result : new RevisionRestored(await textAsNow(this.reads, context, result));
  }
}

function editOf({ headline, dek, body, slug }: SaveWorkingTextInput) {
  return { headline: headline ?? undefined, dek, body: body ?? undefined, slug: slug ?? undefined };
}
