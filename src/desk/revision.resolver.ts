import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../accounts/viewer.js';
import { BODY_COST, BodyArgs } from '../editions/text.type.js';
import { DeskReads } from './desk-reads.js';
import { formatBodyAs } from './format-body.js';
import { listRevisionBodies } from './revision-facts.js';
import { Revision } from './revision.type.js';
import { Translation } from './translation.type.js';

/** What is read of revisions when it is asked for: of all that an answer shows in one go. */
@Resolver(() => Revision)
export class RevisionResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('body', () => String, { description: 'The text itself.', complexity: BODY_COST })
  async findBody(
    @Parent() revision: Revision,
    @Args() { format }: BodyArgs,
    @Context() context: DeskContext,
  ): Promise<string> {
    const body = (await this.reads.of(context).find(listRevisionBodies, revision.facts.id)) ?? '';
    if (format === 'MARKDOWN') return body;
    const { facts } = await this.findTranslation(revision, context);
    return formatBodyAs(format, facts, body);
  }

  @ResolveField('translation', () => Translation, { description: 'The text that it is a revision of.' })
  async findTranslation(@Parent() { facts }: Revision, @Context() context: DeskContext): Promise<Translation> {
    return this.reads.getTranslation(context, facts.translationId);
  }

  @ResolveField('source', () => Revision, {
    nullable: true,
    description:
      'The revision that it was made from, of the original or of another translation; null for an original’s.',
  })
  async findSource(@Parent() { facts }: Revision, @Context() context: DeskContext): Promise<Revision | null> {
    return this.reads.findRevision(context, facts.sourceRevisionId);
  }
}
