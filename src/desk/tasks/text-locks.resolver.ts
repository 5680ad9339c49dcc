import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../../accounts/permits.js';
import { type DeskContext, signedIn } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import { NotFound, Problem } from '../../common/problem.type.js';
import { permissionFor } from '../../texts/translation-states.js';
import { DeskReads } from '../desk-reads.js';
import { LockTextInput, UnlockTextInput } from './tasks.inputs.js';
import { LockTextResult, TextLocked, TextUnlocked, UnlockTextResult } from './tasks-results.type.js';
import { TextLock } from './tasks.type.js';
import { TextLocksService } from './text-locks.service.js';

@Resolver()
export class TextLocksResolver {
  constructor(
    private readonly locks: TextLocksService,
    private readonly reads: DeskReads,
  ) {}

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => LockTextResult, {
    description:
      'Tells the others that you are writing a text, for five minutes from now; do it again to go on. Saving does so, too. ' +
      'It keeps nobody from saving: it warns them.',
  })
  async lockText(
    @Args('input', { description: 'Which text.' }) input: LockTextInput,
    @Context() context: DeskContext,
  ): Promise<typeof LockTextResult> {
    const viewer = await signedIn(context);
    const id = idOf('Translation', input.translationId);
    const text = id === null ? null : await this.locks.findText(id);
    if (text === null) return new NotFound('translationId');
    viewer.demand(permissionFor('edit', text.isOriginal), text.language);
    if (input.takeOver) viewer.demand('translation.assign', text.language);
    const wish = { accountId: viewer.account.id, isTakingOver: input.takeOver };
    const result = await this.locks.lock(viewer.actor, text, wish);
    this.reads.forget(context);
    return result instanceof Problem ? result : new TextLocked(new TextLock(result));
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => UnlockTextResult, {
    description: 'Tells the others that you no longer write a text. Where somebody else does, that stays so.',
  })
  async unlockText(
    @Args('input', { description: 'Which text.' }) input: UnlockTextInput,
    @Context() context: DeskContext,
  ): Promise<typeof UnlockTextResult> {
    const viewer = await signedIn(context);
    const id = idOf('Translation', input.translationId);
    const text = id === null ? null : await this.locks.findText(id);
    if (text === null) return new NotFound('translationId');
    viewer.demand(permissionFor('edit', text.isOriginal), text.language);
    await this.locks.unlock(text.translationId, viewer.account.id);
    this.reads.forget(context);
    return new TextUnlocked(text.translationId);
  }
}
