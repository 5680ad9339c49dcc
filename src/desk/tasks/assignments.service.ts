import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuditedChange, AuditTrail } from '../../accounts/audit/audit-trail.js';
import { type GrantChange, GrantChanges } from '../../accounts/grant-changes.js';
import { isPermitted, type RoleGrant } from '../../accounts/permissions.js';
import type { Viewer, Worker } from '../../accounts/viewer.js';
import type { Actor } from '../../common/actor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { NotFound, Problem } from '../../common/problem.type.js';
import { inTransactionUnlessProblem } from '../../database/transaction.js';
import { permissionFor } from '../../texts/translation-states.js';
import { type AssignmentFacts, SELECT_ASSIGNMENTS, SELECT_LOCKS, type TextLockFacts } from './task-facts.js';
import { AssigneeMayNot, NotAssigned, TranslationTaken } from './tasks.problems.js';

/** One language of an article, whether there is a text in it or not. */
export interface LanguageAt {
  readonly articleId: string;
  readonly language: LanguageTag;
}

/** Says whose task a text is, so that nobody translates the same twice. Who may, is asked before. */
@Injectable()
export class AssignmentsService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
    private readonly grantChanges: GrantChanges,
  ) {}

  onModuleInit(): void {
    this.grantChanges.follow((manager, actor, change) => this.#takeBack(manager, actor, change));
  }

  /**
   * Gives a text to somebody who may write it. It has to be whose the caller thinks that it is: null is nobody's.
   * Problems: NotFound, AssigneeMayNot, TranslationTaken, NotAssigned.
   */
  async assign(
    { actor }: Worker,
    at: LanguageAt,
    assigneeId: string,
    expectedAssigneeId: string | null,
  ): Promise<AssignmentFacts | NotFound | AssigneeMayNot | TranslationTaken | NotAssigned> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const language = await findLanguage(manager, at);
      if (language === null) return new NotFound('articleId');
      const refused = await refuseAssignee(manager, at, language, assigneeId, 'assigneeId');
      if (refused !== null) return refused;
      const before = await openTask(manager, at, expectedAssigneeId);
      if (before instanceof Problem) return before;
      if (before === null && expectedAssigneeId !== null) return new NotAssigned();
      if (before?.assignee.id === assigneeId) return before;
      return this.#give(manager, actor, at, { assigneeId, before, operation: 'translation.assign' });
    });
  }

  /**
   * Takes a text that is nobody's as one's own task. Of many at once, one gets it. Throws FORBIDDEN for who may not write it.
   * Problems: NotFound, AssigneeMayNot, TranslationTaken.
   */
  async claim(
    worker: Worker,
    at: LanguageAt,
    accountId: string,
  ): Promise<AssignmentFacts | NotFound | AssigneeMayNot | TranslationTaken> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const language = await findLanguage(manager, at);
      if (language === null) return new NotFound('articleId');
      worker.demand(permissionFor('edit', language.isOriginal), at.language);
      const refused = await refuseAssignee(manager, at, language, accountId, 'language');
      if (refused !== null) return refused;
      const before = await openTask(manager, at, accountId);
      if (before !== null) return before;
      return this.#give(manager, worker.actor, at, { assigneeId: accountId, before, operation: 'translation.claim' });
    });
  }

  /**
   * Has a text that somebody begins be theirs, in their transaction, which has locked the article. Where it is another's
   * task, only who may assign begins it all the same; and those have it be whose it is, or nobody's yet.
   */
  async begin(manager: EntityManager, viewer: Viewer, at: LanguageAt): Promise<TranslationTaken | null> {
    const { account, actor } = viewer;
    if (viewer.may('translation.assign', at.language)) return null;
    const before = await openTask(manager, at, account.id);
    if (before instanceof TranslationTaken) return before;
    const isToHave =
      before === null && (await refuseAssignee(manager, at, { isOriginal: false }, account.id, 'language')) === null;
    if (isToHave)
      await this.#give(manager, actor, at, { assigneeId: account.id, before, operation: 'translation.claim' });
    return null;
  }

  /**
   * Has a text that somebody gives up be nobody's task, in their transaction, which has locked the article. What is another's,
   * only who may assign takes from them.
   */
  async end(manager: EntityManager, viewer: Viewer, at: LanguageAt): Promise<TranslationTaken | null> {
    const found = await openTask(manager, at, viewer.account.id);
    if (found instanceof TranslationTaken && !viewer.may('translation.assign', at.language)) return found;
    const [task] = await manager.query<AssignmentFacts[]>(ASSIGNMENT, [at.articleId, at.language]);
    if (task === undefined) return null;
    await manager.query(REMOVE, [[at.articleId], [at.language]]);
    const operation = task.assignee.id === viewer.account.id ? 'translation.release' : 'translation.assign';
    await this.trail.record(manager, viewer.actor, changeOf(operation, at, task, null));
    return null;
  }

  /** Has a text be nobody's task any longer. Problems: NotFound, TranslationTaken, NotAssigned. */
  async unassign(
    { actor }: Worker,
    at: LanguageAt,
    expectedAssigneeId: string,
  ): Promise<true | NotFound | TranslationTaken | NotAssigned> {
    return this.#remove(actor, at, expectedAssigneeId, 'translation.assign');
  }

  /** Gives one's own task back, whatever one may do by now. Problems: NotFound, TranslationTaken, NotAssigned. */
  async release(
    { actor }: Worker,
    at: LanguageAt,
    accountId: string,
  ): Promise<true | NotFound | TranslationTaken | NotAssigned> {
    return this.#remove(actor, at, accountId, 'translation.release');
  }

  async #remove(
    actor: Actor,
    at: LanguageAt,
    expectedAssigneeId: string,
    operation: string,
  ): Promise<true | NotFound | TranslationTaken | NotAssigned> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const before = await openTask(manager, at, expectedAssigneeId);
      if (before instanceof Problem) return before;
      if (before === null) return new NotAssigned();
      await manager.query(REMOVE, [[at.articleId], [at.language]]);
      await this.trail.record(manager, actor, changeOf(operation, at, before, null));
      return true as const;
    });
  }

  async #give(
    manager: EntityManager,
    actor: Actor,
    at: LanguageAt,
    { assigneeId, before, operation }: { assigneeId: string; before: AssignmentFacts | null; operation: string },
  ): Promise<AssignmentFacts> {
    await manager.query(GIVE, [at.articleId, at.language, assigneeId, actor.accountId]);
    const [after] = await manager.query<AssignmentFacts[]>(ASSIGNMENT, [at.articleId, at.language]);
    if (after === undefined) throw new TypeError('an assignment vanished while it was written');
    await this.trail.record(manager, actor, changeOf(operation, at, before, after));
    return after;
  }

  /** Takes from an account the tasks that it may no longer do, and the texts that it has before its eyes. */
  async #takeBack(manager: EntityManager, actor: Actor, { accountId, grants, reason }: GrantChange): Promise<void> {
    await manager.query('delete from desk.text_lock where holder_id = $1', [accountId]);
    const tasks = await manager.query<(AssignmentFacts & LanguageFacts)[]>(TASKS_OF, [accountId]);
    const lost = tasks.filter((task) => !isPermitted(permissionFor('edit', task.isOriginal), grants, task.language));
    if (lost.length === 0) return;
    await manager.query(REMOVE, [lost.map(({ articleId }) => articleId), lost.map(({ language }) => language)]);
    await this.trail.recordAll(
      manager,
      actor,
      lost.map((task) => ({ ...changeOf('translation.assign', task, task, null), reason })),
    );
  }
}

/** What decides who may write a language of an article. */
interface LanguageFacts {
  readonly isOriginal: boolean;
}

/** Whether a language is an article's own; null where there is no such article. */
async function findLanguage(
  manager: EntityManager,
  { articleId, language }: LanguageAt,
): Promise<LanguageFacts | null> {
  const [row] = await manager.query<LanguageFacts[]>(
    'select original_language = $2 as "isOriginal" from desk.article where id = $1',
    [articleId, language],
  );
  return row ?? null;
}

/**
 * Why an account can not have a task; null where it can. It stays so until the transaction ends: who is shut out meanwhile
 * waits, and then loses the task again.
 */
async function refuseAssignee(
  manager: EntityManager,
  { language }: LanguageAt,
  { isOriginal }: LanguageFacts,
  accountId: string,
  field: string,
): Promise<NotFound | AssigneeMayNot | null> {
  const [account] = await manager.query<{ name: string; isDisabled: boolean; grants: RoleGrant[] }[]>(ACCOUNT, [
    accountId,
  ]);
  if (account === undefined) return new NotFound(field);
  const may = !account.isDisabled && isPermitted(permissionFor('edit', isOriginal), account.grants, language);
  return may ? null : new AssigneeMayNot(account.name, language, field);
}

/** Whose task it is; null where it is nobody's. It stays so until the transaction ends: tasks of an article take turns. */
async function openTask(
  manager: EntityManager,
  { articleId, language }: LanguageAt,
  expectedAssigneeId: string | null,
): Promise<AssignmentFacts | null | NotFound | TranslationTaken> {
  const [article] = await manager.query<unknown[]>('select 1 from desk.article where id = $1 for no key update', [
    articleId,
  ]);
  if (article === undefined) return new NotFound('articleId');
  const [task] = await manager.query<AssignmentFacts[]>(ASSIGNMENT, [articleId, language]);
  if (task === undefined) return null;
  if (task.assignee.id === expectedAssigneeId) return task;
  const [lock] = await manager.query<TextLockFacts[]>(LOCK, [articleId, language]);
  return new TranslationTaken(task, lock ?? null);
}

function changeOf(
  operation: string,
  { articleId, language }: LanguageAt,
  before: AssignmentFacts | null,
  after: AssignmentFacts | null,
): AuditedChange {
  const told = (task: AssignmentFacts | null) =>
    task === null ? null : { assigneeId: task.assignee.id, assignee: task.assignee.name };
  return {
    operation,
    objectType: 'Article',
    objectId: articleId,
    language,
    before: told(before),
    after: told(after),
  };
}

const ACCOUNT = `
select a.name, a.disabled_at is not null as "isDisabled",
  (select coalesce(json_agg(json_build_object('role', r.role, 'languages', r.languages)), '[]')
    from account.role r where r.account_id = a.id) as grants
from account.account a where a.id = $1 for share of a`;

const ASSIGNMENT = `${SELECT_ASSIGNMENTS} where t.article_id = $1 and t.language = $2`;

const TASKS_OF = `
select t.*, a.original_language = t.language as "isOriginal"
from (${SELECT_ASSIGNMENTS} where t.assignee_id = $1 order by t.article_id, t.language for update of t) t
join desk.article a on a.id = t."articleId"`;

const LOCK = `${SELECT_LOCKS} join desk.translation t on t.id = l.translation_id
where t.article_id = $1 and t.language = $2 and l.ends_at > clock_timestamp()`;

const GIVE = `
insert into desk.translation_assignment (article_id, language, assignee_id, assigned_by_id) values ($1, $2, $3, $4)
on conflict (article_id, language) do update set assignee_id = excluded.assignee_id,
  assigned_by_id = excluded.assigned_by_id, assigned_at = excluded.assigned_at`;

const REMOVE = `
delete from desk.translation_assignment t using unnest($1::uuid[], $2::text[]) as gone (article_id, language)
where t.article_id = gone.article_id and t.language = gone.language`;
