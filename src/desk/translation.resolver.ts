import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs } from '../accounts/accounts.inputs.js';
import { type DeskContext, signedIn } from '../accounts/viewer.js';
import { pageRequest, toConnection } from '../common/connection.js';
import type { PagedList } from '../common/cursor.js';
import { Config } from '../config.js';
import { BodyArgs, BODY_COST } from '../editions/text.type.js';
import { listSchedulesOfArticles } from '../publishing/schedules.queries.js';
import { Schedule } from '../publishing/publishing.type.js';
import { listServedRevisions } from './article-parts.js';
import { DeskArticle } from './desk-article.type.js';
import { DeskReads } from './desk-reads.js';
import { formatBodyAs } from './format-body.js';
import { listRevisionPages } from './revision-facts.js';
import { Revision, RevisionConnection, RevisionEdge } from './revision.type.js';
import { listBodies } from './text-facts.js';
import { type StepName, stepsFor, TranslationStepEnum } from './translation-steps.js';
import { Translation } from './translation.type.js';

/** The revisions of a text, the newest first. */
const REVISIONS: PagedList = { name: 'revisions:NUMBER_DESC', key: [Number.isInteger] };

/** What is read of texts at the desk when it is asked for: of all that an answer shows in one go. */
@Resolver(() => Translation)
export class TranslationResolver {
  constructor(
    private readonly reads: DeskReads,
    private readonly config: Config,
  ) {}

  @ResolveField('article', () => DeskArticle, { description: 'The article that it is a text of.' })
  async findArticle(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<DeskArticle> {
    return this.reads.getArticle(context, facts.articleId);
  }

  @ResolveField('body', () => String, {
    description: 'The text itself: what is in hand, or else the newest revision’s. Empty while nobody has written any.',
    complexity: BODY_COST,
  })
  async findBody(
    @Parent() { facts }: Translation,
    @Args() { format }: BodyArgs,
    @Context() context: DeskContext,
  ): Promise<string> {
    const body = (await this.reads.of(context).find(listBodies, facts.id)) ?? '';
    return format === 'MARKDOWN' ? body : formatBodyAs(format, facts, body);
  }

  @ResolveField('revision', () => Revision, {
    nullable: true,
    description: 'Its newest revision; null while there is none.',
  })
  async findRevision(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<Revision | null> {
    return this.reads.findRevision(context, facts.revisionId);
  }

  @ResolveField('revisions', () => RevisionConnection, { description: 'All its revisions, the newest first.' })
  async listRevisions(
    @Parent() { facts }: Translation,
    @Args() page: PageArgs,
    @Context() context: DeskContext,
  ): Promise<RevisionConnection> {
    const request = pageRequest(REVISIONS, page, this.config.pageSizeMax);
    const { after, before, size, fromEnd } = request;
    const [below, above] = [after?.[0] ?? null, before?.[0] ?? null] as readonly (number | null)[];
    const wish = { below: below ?? null, above: above ?? null, fromEnd, limit: size + 1 };
    const revisions = await this.reads.of(context).find(listRevisionPages, facts.id, wish);
    return toConnection(
      REVISIONS,
      request,
      revisions ?? [],
      ({ number }) => [number],
      (row, place) => new RevisionEdge(new Revision(row), place),
    );
  }

  @ResolveField('source', () => Revision, {
    nullable: true,
    description:
      'The revision of the original, or of another translation, that it was made from or was last brought up to date ' +
      'with as a whole; null for the original. Whose it is tells its `translation`.',
  })
  async findSource(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<Revision | null> {
    return this.reads.findRevision(context, facts.sourceRevisionId);
  }

  @ResolveField('publishedRevision', () => Int, {
    nullable: true,
    description: 'The number of the revision that readers have; null where they do not have the language.',
  })
  async findPublishedRevision(
    @Parent() { facts }: Translation,
    @Context() context: DeskContext,
  ): Promise<number | null> {
    if (!facts.isPublished) return null;
    const served = await this.reads.of(context).find(listServedRevisions, facts.articleId);
    const id = served?.find(({ language }) => language === facts.language)?.revisionId;
    return (await this.reads.findRevision(context, id ?? null))?.number ?? null;
  }

  @ResolveField('schedule', () => Schedule, {
    nullable: true,
    description: 'When it is to be published by itself, or was to be and could not; null where nothing is scheduled.',
  })
  async findSchedule(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<Schedule | null> {
    const schedules = await this.reads.of(context).find(listSchedulesOfArticles, facts.articleId);
    const schedule = schedules?.find(({ language }) => language === facts.language);
    return schedule === undefined ? null : new Schedule(schedule);
  }

  @ResolveField('steps', () => [TranslationStepEnum], {
    description:
      'What you may do next with it, as it stands: by its state, and by your roles in its language. Publishing may ' +
      'still be blocked by findings.',
  })
  async listSteps(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<readonly StepName[]> {
    return stepsFor(await signedIn(context), facts);
  }
}
