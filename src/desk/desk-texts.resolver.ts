import { Args, Context, ID, ResolveField, Resolver } from '@nestjs/graphql';
import { Desk } from '../accounts/desk.type.js';
import { Permits } from '../accounts/permits.js';
import type { DeskContext } from '../accounts/viewer.js';
import { fromGlobalId } from '../common/global-id.js';
import { userInputError } from '../common/user-input-error.js';
import { DeskArticle } from './desk-article.type.js';
import { DeskReads } from './desk-reads.js';
import { Revision } from './revision.type.js';
import { Translation } from './translation.type.js';

/** Finds one thing of the desk by its id. */
@Resolver(() => Desk)
export class DeskTextsResolver {
  constructor(private readonly reads: DeskReads) {}

  @Permits('desk.read')
  @ResolveField('article', () => DeskArticle, {
    nullable: true,
    description: 'An article as it stands at the desk; null where there is none.',
  })
  async findArticle(
    @Args('id', { type: () => ID, description: 'The article’s id.' }) id: string,
    @Context() context: DeskContext,
  ): Promise<DeskArticle | null> {
    return this.reads.findArticle(context, uuidOf('Article', id, 'id', 'an article'));
  }

  @Permits('desk.read')
  @ResolveField('translation', () => Translation, {
    nullable: true,
    description: 'A text as it stands at the desk; null where there is none.',
  })
  async findTranslation(
    @Args('id', { type: () => ID, description: 'The text’s id.' }) id: string,
    @Context() context: DeskContext,
  ): Promise<Translation | null> {
    return this.reads.findTranslation(context, uuidOf('Translation', id, 'id', 'a text'));
  }

  @Permits('desk.read')
  @ResolveField('revision', () => Revision, { nullable: true, description: 'A revision; null where there is none.' })
  async findRevision(
    @Args('id', { type: () => ID, description: 'The revision’s id.' }) id: string,
    @Context() context: DeskContext,
  ): Promise<Revision | null> {
    return this.reads.findRevision(context, uuidOf('Revision', id, 'id', 'a revision'));
  }
}

/** The id of a row that an opaque id names. Throws BAD_USER_INPUT for one of another kind. */
export function uuidOf(type: string, id: string, argument: string, what: string): string {
  const found = fromGlobalId(id);
  if (found?.type !== type) throw userInputError(argument, `must be the id of ${what}`);
  return found.id;
}
