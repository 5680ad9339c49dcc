import { Args, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs } from '../accounts/accounts.inputs.js';
import { Desk } from '../accounts/desk.type.js';
import { Permits } from '../accounts/permits.js';
import { pageRequest, toConnection } from '../common/connection.js';
import { filteredList } from '../common/cursor.js';
import { fromGlobalId } from '../common/global-id.js';
import { userInputError } from '../common/user-input-error.js';
import { Config } from '../config.js';
import { DeskFinding, FindingConnection, FindingEdge, FindingFilter } from './desk-finding.type.js';
import { FINDINGS, FindingsQueries, type FindingWish } from './findings.queries.js';
import { ScheduleConnection, ScheduleEdge } from './schedule-list.type.js';
import { SCHEDULES, SchedulesQueries } from './schedules.queries.js';
import { Schedule } from './publishing.type.js';

@Resolver(() => Desk)
export class PublishingDeskResolver {
  constructor(
    private readonly findings: FindingsQueries,
    private readonly schedules: SchedulesQueries,
    private readonly config: Config,
  ) {}

  @Permits('desk.read')
  @ResolveField('findings', () => FindingConnection, {
    description: 'What is remarkable about all articles of the desk, article by article, as it is now.',
  })
  async listFindings(
    @Args() page: PageArgs,
    @Args('filter', {
      type: () => FindingFilter,
      nullable: true,
      description: 'Which findings; all of them without it.',
    })
    filter: FindingFilter | null,
  ): Promise<FindingConnection> {
    const wish = findingWish(filter ?? {});
    const list = filteredList(FINDINGS, wish);
    const request = pageRequest(list, page, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await this.findings.list(request, wish),
      ({ articleId, key }) => [articleId, key],
      (row, place) => new FindingEdge(new DeskFinding(row), place),
    );
  }

  @Permits('desk.read')
  @ResolveField('schedules', () => ScheduleConnection, {
    description: 'What is to be published by itself, and what was to be and could not, the next first.',
  })
  async listSchedules(@Args() page: PageArgs): Promise<ScheduleConnection> {
    const request = pageRequest(SCHEDULES, page, this.config.pageSizeMax);
    return toConnection(
      SCHEDULES,
      request,
      await this.schedules.list(request),
      ({ dueAt, articleId, language }) => [dueAt.toISOString(), articleId, language],
      (row, place) => new ScheduleEdge(new Schedule(row), place),
    );
  }
}

/** What a filter asks for. Throws BAD_USER_INPUT for an id of no article. */
function findingWish({ articleId, severity, language, codes, isWaived }: FindingFilter): FindingWish {
  const article = articleId == null ? null : fromGlobalId(articleId);
  if (articleId != null && article?.type !== 'Article')
    throw userInputError('filter.articleId', 'must be the id of an article');
  return {
    articleId: article?.id ?? null,
    severity: severity ?? null,
    language: language ?? null,
    codes: codes ?? null,
    isWaived: isWaived ?? null,
  };
}
