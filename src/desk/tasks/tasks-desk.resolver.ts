import { Args, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs } from '../../accounts/accounts.inputs.js';
import { Desk } from '../../accounts/desk.type.js';
import { Permits } from '../../accounts/permits.js';
import { pageRequest, toConnection } from '../../common/connection.js';
import { filteredList } from '../../common/cursor.js';
import { Config } from '../../config.js';
import { uuidOf } from '../desk-texts.resolver.js';
import { AssignmentFilter, NoteFilter } from './tasks.inputs.js';
import { ASSIGNMENTS, NOTES, TasksQueries } from './tasks.queries.js';
import { Assignment, AssignmentConnection, AssignmentEdge, Note, NoteConnection, NoteEdge } from './tasks.type.js';

@Resolver(() => Desk)
export class TasksDeskResolver {
  constructor(
    private readonly tasks: TasksQueries,
    private readonly config: Config,
  ) {}

  @Permits('desk.read')
  @ResolveField('assignments', () => AssignmentConnection, {
    description: 'Whose tasks which languages of articles are, the longest waiting first.',
  })
  async listAssignments(
    @Args() page: PageArgs,
    @Args('filter', {
      type: () => AssignmentFilter,
      nullable: true,
      description: 'Which tasks; all of them without it.',
    })
    filter: AssignmentFilter | null,
  ): Promise<AssignmentConnection> {
    const { language = null, isStarted = null } = filter ?? {};
    const assigneeId =
      filter?.assigneeId == null ? null : uuidOf('Account', filter.assigneeId, 'filter.assigneeId', 'an account');
    const wish = { assigneeId, language, isStarted };
    const list = filteredList(ASSIGNMENTS, wish);
    const request = pageRequest(list, page, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await this.tasks.listAssignments(request, wish),
      (task) => [task.assignedAt.toISOString(), task.articleId, task.language],
      (row, place) => new AssignmentEdge(new Assignment(row), place),
    );
  }

  @Permits('desk.read')
  @ResolveField('notes', () => NoteConnection, {
    description: 'What people tell each other of articles and texts, the newest first.',
  })
  async listNotes(
    @Args() page: PageArgs,
    @Args('filter', { type: () => NoteFilter, nullable: true, description: 'Which notes; all of them without it.' })
    filter: NoteFilter | null,
  ): Promise<NoteConnection> {
    const { language = null, isResolved = null } = filter ?? {};
    const articleId =
      filter?.articleId == null ? null : uuidOf('Article', filter.articleId, 'filter.articleId', 'an article');
    const writtenById =
      filter?.writtenById == null ? null : uuidOf('Account', filter.writtenById, 'filter.writtenById', 'an account');
    const wish = { articleId, language, isResolved, writtenById };
    const list = filteredList(NOTES, wish);
    const request = pageRequest(list, page, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await this.tasks.listNotes(request, wish),
      (note) => [note.writtenAt.toISOString(), note.id],
      (row, place) => new NoteEdge(new Note(row), place),
    );
  }
}
