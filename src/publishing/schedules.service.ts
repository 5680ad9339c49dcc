import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { InvalidValue, NotFound, Problem } from '../common/problem.type.js';
import { inTransaction, inTransactionUnlessProblem } from '../database/transaction.js';
import { JobQueue, type PublicationJob, type QueuePace } from './job-queue.js';
import { momentInZone } from './moment-in-zone.js';
import { lockAtGate } from './publication-gate.js';
import { PublicationsService } from './publications.service.js';
import { PublicationScheduleEntity } from './publishing.entity.js';
import { ArticleIsWithdrawn, MomentPassed, RevisionConflict, ScheduleConflict } from './publishing.problems.js';

/** When one language of an article is to be published. */
export interface ScheduleWish {
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly expectedRevision: number;
  /** As clocks in the zone show it. */
  readonly at: string;
  readonly timeZone: string;
  /** The version of the schedule that is changed; null where there is none yet. */
  readonly expectedVersion: number | null;
}

/** What became of a publication that was due. */
export type DueOutcome =
  | { readonly outcome: 'PUBLISHED' }
  /** It stays scheduled, with the problem, until somebody changes it. */
  | { readonly outcome: 'REFUSED'; readonly problem: string }
  /** It was done already, changed or called off. */
  | { readonly outcome: 'NOTHING' };

/** A publication that was due, and what became of it; FAILED by a fault: it is tried again. */
export type RunPublication = PublicationJob &
  (Exclude<DueOutcome, { outcome: 'NOTHING' }> | { readonly outcome: 'FAILED'; readonly message: string });

/** Publishes texts later, one language at a time, and never twice. Who may, is asked before. */
@Injectable()
export class SchedulesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly publications: PublicationsService,
    private readonly queue: JobQueue,
    private readonly trail: AuditTrail,
  ) {}

  /** Schedules the publication of a revision, or changes when it is to be. It has to be approved by then. */
  async schedule(
    actor: Actor,
    { articleId, language, expectedRevision, at, timeZone, expectedVersion }: ScheduleWish,
  ): Promise<
    | PublicationScheduleEntity
    | NotFound
    | InvalidValue
    | MomentPassed
    | ArticleIsWithdrawn
    | RevisionConflict
    | ScheduleConflict
  > {
    const moment = momentInZone(at, timeZone);
    if (moment === 'NO_TIME') return new InvalidValue('at', 'must be a time such as 2026-12-24T08:00');
    if (moment === 'NO_ZONE') return new InvalidValue('timeZone', 'must be a zone such as Europe/Paris');
    await this.queue.ready();
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, language);
      if (gate === null) return new NotFound('articleId');
      if (gate.text?.revisionNumber == null) return new NotFound('language');
      if (gate.isWithdrawn) return new ArticleIsWithdrawn();
      if (gate.text.revisionNumber !== expectedRevision) return new RevisionConflict(gate.text.revisionNumber);
      const { schedule } = gate;
      if ((schedule?.version ?? null) !== expectedVersion) return new ScheduleConflict(schedule?.version ?? null);
      const [{ isPast } = { isPast: true }] = await manager.query<{ isPast: boolean }[]>(
        'select $1::timestamptz <= now() as "isPast"',
        [moment.instant],
      );
      if (isPast) return new MomentPassed();
      const version = 1 + (await this.#lastVersion(manager, articleId, language));
      const { requestId: _, address: __, ...scheduledBy } = actor;
      const saved: Omit<PublicationScheduleEntity, 'article'> = {
        articleId,
        language,
        revisionNumber: expectedRevision,
        localTime: moment.localTime,
        timeZone,
        dueAt: new Date(moment.instant),
        version,
        scheduledBy,
        failedAt: null,
        problem: null,
      };
      await manager.upsert(PublicationScheduleEntity, saved, ['articleId', 'language']);
      await this.queue.send(manager, { articleId, language, version }, moment.instant);
      await this.trail.record(manager, actor, {
        operation: 'article.schedule',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: schedule,
        after: { version, dueAt: moment.instant, localTime: moment.localTime, timeZone, revision: expectedRevision },
      });
      return saved as PublicationScheduleEntity;
    });
  }

  /** Calls a publication off that was scheduled. */
  async cancel(
    actor: Actor,
    {
      articleId,
      language,
      expectedVersion,
    }: { readonly articleId: string; readonly language: LanguageTag; readonly expectedVersion: number },
  ): Promise<true | NotFound | ScheduleConflict> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, language);
      if (gate === null) return new NotFound('articleId');
      const { schedule } = gate;
      if (schedule?.version !== expectedVersion) return new ScheduleConflict(schedule?.version ?? null);
      await manager.delete(PublicationScheduleEntity, { articleId, language });
      await this.trail.record(manager, actor, {
        operation: 'article.schedule',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: schedule,
        after: null,
      });
      return true as const;
    });
  }

  /** Begins to publish what is due, until the application stops. */
  begin(pace?: QueuePace): void {
    this.queue.begin((job) => this.publishDue(job), pace);
  }

  /**
   * Does a publication that is due, in one transaction with the end of its schedule: whoever comes second finds no schedule,
   * and does nothing. What can not be published stays scheduled, with why, until somebody changes it.
   */
  async publishDue({ articleId, language, version }: PublicationJob): Promise<DueOutcome> {
    const result = await inTransactionUnlessProblem<Problem | DueOutcome>(this.dataSource, async (manager) => {
      const due = await this.#findDue(manager, articleId, language, version);
      if (due === null) return { outcome: 'NOTHING' };
      const { scheduledBy, revisionNumber: expectedRevision, localTime, timeZone } = due;
      const reason = `Scheduled for ${localTime} ${timeZone}`;
      const published = await this.publications.publishIn(manager, scheduledBy, {
        articleId,
        language,
        expectedRevision,
        reason,
      });
      return published instanceof Problem ? published : { outcome: 'PUBLISHED' };
    });
    if (!(result instanceof Problem)) return result;
    return inTransaction<DueOutcome>(this.dataSource, async (manager) => {
      const due = await this.#findDue(manager, articleId, language, version);
      if (due === null) return { outcome: 'NOTHING' };
      const { code } = result;
      await manager.update(
        PublicationScheduleEntity,
        { articleId, language, version },
        { failedAt: () => 'now()', problem: code },
      );
      await this.trail.record(manager, due.scheduledBy, {
        operation: 'article.schedule',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: { version },
        after: { version, problem: code },
        reason: result.message,
      });
      return { outcome: 'REFUSED', problem: code };
    });
  }

  /**
   * Does all that is due now, one after the other, and ends: for who lets no server do jobs. A schedule whose job was given
   * up after faults, or has gone, is done by itself: the schedule is the truth. What fails by a fault is told, and stays.
   */
  async runDue(): Promise<RunPublication[]> {
    const ran: RunPublication[] = [];
    const run = async (job: PublicationJob): Promise<void> => {
      const { articleId, language, version } = job;
      try {
        const done = await this.publishDue(job);
        if (done.outcome !== 'NOTHING') ran.push({ articleId, language, version, ...done });
      } catch (error) {
        ran.push({ articleId, language, version, outcome: 'FAILED', message: (error as Error).message });
        throw error;
      }
    };
    await this.queue.drain(run);
    const left = await this.dataSource.query<PublicationJob[]>(DUE_NOW);
    const isRan = (job: PublicationJob): boolean =>
      ran.some((one) => one.articleId === job.articleId && one.language === job.language);
    for (const job of left) if (!isRan(job)) await run(job).catch(() => undefined);
    return ran;
  }

  /**
   * A schedule in this very state whose time has come; the article is locked before it is read. Throws where it is early, by
   * Postgres’ clock, as when that was put back: the queue tries again later.
   */
  async #findDue(
    manager: EntityManager,
    articleId: string,
    language: LanguageTag,
    version: number,
  ): Promise<PublicationScheduleEntity | null> {
    await manager.query('select 1 from desk.article where id = $1 for update', [articleId]);
    const found = await manager.findOneBy(PublicationScheduleEntity, {
      articleId,
      language,
      version,
      failedAt: IsNull(),
    });
    if (found === null) return null;
    const [{ isDue } = { isDue: false }] = await manager.query<{ isDue: boolean }[]>(
      'select $1::timestamptz <= now() as "isDue"',
      [found.dueAt],
    );
    if (!isDue) throw new Error('A scheduled publication is not due yet.');
    return found;
  }

  /** Versions go on counting after a schedule has gone: an old job never takes a new one for its own. */
  async #lastVersion(manager: EntityManager, articleId: string, language: LanguageTag): Promise<number> {
    const [row] = await manager.query<{ version: number | null }[]>(LAST_VERSION, [articleId, language]);
    return row?.version ?? 0;
  }
}

const DUE_NOW = `
select article_id as "articleId", language, version from desk.publication_schedule
where due_at <= now() and failed_at is null order by due_at, article_id, language`;

const LAST_VERSION = `
select max((e.after ->> 'version')::integer) as version from audit.entry e
where e.object_type = 'Article' and e.object_id = $1 and e.operation = 'article.schedule' and e.language = $2`;
