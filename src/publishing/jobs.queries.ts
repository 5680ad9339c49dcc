import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';

/**
 * How a scheduled publication stands. WAITING: its time is to come. DUE: it has come. RUNNING: somebody is at it, or has died
 * over it within the last minute. RETRYING: it failed by a fault, and is tried again. REFUSED: it could not be published, and
 * stays until somebody changes it. GIVEN_UP: it failed too often, or its job has gone: `jobs run` does it.
 */
export type JobState = 'WAITING' | 'DUE' | 'RUNNING' | 'RETRYING' | 'REFUSED' | 'GIVEN_UP';

/** A scheduled publication, and the job that does it. */
export interface ScheduledJob {
  readonly articleId: string;
  /** What the revision that is to be published is headed. */
  readonly headline: string;
  readonly language: LanguageTag;
  readonly revision: number;
  readonly version: number;
  readonly localTime: string;
  readonly timeZone: string;
  readonly dueAt: Date;
  readonly scheduledBy: string;
  readonly state: JobState;
  /** A problem's code, where it was refused. */
  readonly problem: string | null;
  /** How often it was tried in vain. */
  readonly faults: number;
  /** What the last fault was; null where there was none. */
  readonly fault: string | null;
  /** When it is tried again; null where it is not, by itself. */
  readonly triedAgainAt: Date | null;
}

/** Reads of what is to be done by itself. */
@Injectable()
export class JobsQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** What is scheduled and what failed, the first to be done first. */
  async list(limit: number): Promise<ScheduledJob[]> {
    // The queue is laid when a server first does jobs, or somebody schedules something.
    const [{ isLaid } = { isLaid: false }] = await this.dataSource.query<{ isLaid: boolean }[]>(
      `select to_regclass('job.job') is not null as "isLaid"`,
    );
    return this.dataSource.query<ScheduledJob[]>(isLaid ? listOf(JOB) : listOf(NO_JOB), [limit]);
  }
}

const JOB = `
select j.state::text as state, j.retry_count, j.start_after, coalesce(j.output ->> 'message', j.output #>> '{value,message}') as message
from job.job j where j.name = 'publication' and j.data @> jsonb_build_object('articleId', s.article_id,
  'language', s.language, 'version', s.version) order by j.created_on desc limit 1`;

const NO_JOB = `
select null::text as state, 0 as retry_count, null::timestamptz as start_after, null::text as message where false`;

const listOf = (job: string): string => `
select s.article_id as "articleId", coalesce(r.headline, '') as headline, s.language, s.revision_number as revision,
  s.version, s.local_time as "localTime", s.time_zone as "timeZone", s.due_at as "dueAt",
  s.scheduled_by ->> 'name' as "scheduledBy", s.problem,
  case when s.failed_at is not null then 'REFUSED' when j.state = 'active' then 'RUNNING'
    when j.state = 'retry' then 'RETRYING' when j.state = 'created' and s.due_at > now() then 'WAITING'
    when j.state = 'created' then 'DUE' else 'GIVEN_UP' end as state,
  case when j.state in ('retry', 'failed') then j.retry_count + 1 else coalesce(j.retry_count, 0) end as faults,
  j.message as fault, case when j.state = 'retry' then j.start_after end as "triedAgainAt"
from desk.publication_schedule s
left join desk.translation t on t.article_id = s.article_id and t.language = s.language
left join desk.revision r on r.translation_id = t.id and r.number = s.revision_number
left join lateral (${job}) j on true
order by s.due_at, s.article_id, s.language limit $1`;
