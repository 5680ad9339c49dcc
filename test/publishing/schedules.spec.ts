import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PgBoss from 'pg-boss';
import { JobQueue, type PublicationJob } from '../../src/publishing/job-queue.js';
import { SchedulesService } from '../../src/publishing/schedules.service.js';
import { type Editor, givenApproved, givenEditor, givenOriginal, readersHave, setState } from '../fixtures/editors.js';
import { givenReferences } from '../fixtures/given.js';
import { eventually } from '../support/server-process.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const PACE = { pollMs: 100, expireSeconds: 2, retrySeconds: 1 };

let server: TestServer;
let other: TestServer;
let editor: Editor;
let id: string;
let articleId: string;
let headline: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ database: server.database });
  await givenReferences(server);
  editor = await givenEditor(server);
  await server.app.get(JobQueue).ready(PACE);
}, 60_000);
afterAll(async () => {
  await other.close();
  await server.close();
});
beforeEach(async () => {
  headline = `Plus tard ${++count}`;
  ({ id, articleId } = await givenOriginal(server, headline));
  await givenApproved(server, id, 'en', { headline: 'English' });
});

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19);
const schedule = (at: string, more: Record<string, unknown> = {}) =>
  editor.do('schedulePublication', { articleId, language: 'en', expectedRevision: 1, at, timeZone: 'UTC', ...more });
const jobOf = (version: number): PublicationJob => ({ articleId: id, language: 'en', version });
const publishDue = (job: PublicationJob) => server.app.get(SchedulesService).publishDue(job);
const makeDue = () =>
  server.database.sql(`update desk.publication_schedule set due_at = now() - interval '1 s' where article_id = $1`, [
    id,
  ]);
const editions = async (of = id): Promise<number> =>
  (await server.database.sql('select 1 from edition.edition where article_id = $1', [of])).length;
const schedulesNow = async () => {
  const { schedules } = await editor.desk(
    'schedules(first: 100) { edges { node { articleId language version problem failedAt } } }',
  );
  return (schedules.edges as { node: Record<string, unknown> }[])
    .map(({ node }) => node)
    .filter((node) => node.articleId === articleId);
};

describe('scheduling a publication', () => {
  it('tells when it will be, as clocks there show it and in UTC', async () => {
    expect(await schedule('2044-07-14T08:00', { timeZone: 'Europe/Paris' })).toEqual({
      __typename: 'PublicationScheduled',
      schedule: {
        version: 1,
        localTime: '2044-07-14T08:00:00',
        timeZone: 'Europe/Paris',
        dueAt: '2044-07-14T06:00:00.000Z',
        revision: 1,
      },
    });
    expect(await schedulesNow()).toMatchObject([{ language: 'en', version: 1, problem: null }]);
    expect(await readersHave(server, articleId)).toEqual({ fr: headline });
  });

  it.each([
    ['in the past', '2016-03-30T08:00', {}, 'MOMENT_PASSED'],
    ['in no zone', '2044-07-14T08:00', { timeZone: 'Mars/Olympus' }, 'INVALID_VALUE'],
    ['on no day', '2044-02-30T08:00', {}, 'INVALID_VALUE'],
    ['of another revision', '2044-07-14T08:00', { expectedRevision: 2 }, 'REVISION_CONFLICT'],
    ['of no text', '2044-07-14T08:00', { language: 'de' }, 'NOT_FOUND'],
    ['anew, though there is none', '2044-07-14T08:00', { expectedVersion: 3 }, 'SCHEDULE_CONFLICT'],
  ])('%s is refused', async (_what, at, more, code) => {
    expect(await schedule(at, more)).toMatchObject({ code });
    expect(await schedulesNow()).toEqual([]);
  });

  it('is changed and called off by who has seen it as it is', async () => {
    await schedule('2044-07-14T08:00');
    expect(await schedule('2044-07-15T08:00')).toMatchObject({ code: 'SCHEDULE_CONFLICT', currentVersion: 1 });
    expect(await schedule('2044-07-15T08:00', { expectedVersion: 1 })).toMatchObject({ schedule: { version: 2 } });
    const cancel = (expectedVersion: number) =>
      editor.do('cancelPublication', { articleId, language: 'en', expectedVersion });
    expect(await cancel(1)).toMatchObject({ code: 'SCHEDULE_CONFLICT', currentVersion: 2 });
    expect(await cancel(2)).toMatchObject({ __typename: 'PublicationCancelled' });
    expect(await cancel(2)).toMatchObject({ code: 'SCHEDULE_CONFLICT', currentVersion: null });
    // Versions go on counting, so that an old job never takes a new schedule for its own.
    expect(await schedule('2044-07-16T08:00')).toMatchObject({ schedule: { version: 3 } });
    await makeDue();
    await publishDue(jobOf(1));
    await publishDue(jobOf(2));
    expect(await readersHave(server, articleId)).toEqual({ fr: headline });
  });
});

describe('a publication that is due', () => {
  it('is done once, however often its job is: as after a SIGKILL between publication and acknowledgement', async () => {
    await schedule('2044-07-14T08:00');
    await makeDue();
    await Promise.all([publishDue(jobOf(1)), publishDue(jobOf(1))]);
    await publishDue(jobOf(1));
    expect(await readersHave(server, articleId)).toEqual({ fr: headline, en: 'English' });
    expect(await editions()).toBe(2);
    expect(await schedulesNow()).toEqual([]);
    const entries = await server.database.sql(
      `select actor_kind, reason from audit.entry where object_id = $1 and operation = 'article.publish' and actor_kind <> 'IMPORT'`,
      [id],
    );
    expect(entries).toEqual([{ actor_kind: 'ACCOUNT', reason: 'Scheduled for 2044-07-14T08:00:00 UTC' }]);
  });

  it('is not done before Postgres’ clock says so: its job is tried again', async () => {
    await schedule('2044-07-14T08:00');
    await expect(publishDue(jobOf(1))).rejects.toThrow('not due');
    expect(await schedulesNow()).toMatchObject([{ version: 1, problem: null }]);
  });

  it.each([
    ['that nobody has approved', () => setState(server, id, 'en', 'REVIEWED'), 'NOT_APPROVED'],
    [
      'that somebody has written anew',
      () => givenApproved(server, id, 'en', { headline: 'Anew' }),
      'REVISION_CONFLICT',
    ],
    [
      'that something blocks',
      () =>
        server.database.sql(`update desk.translation set method = null where article_id = $1 and language = 'en'`, [
          id,
        ]),
      'BLOCKED_BY_FINDINGS',
    ],
  ])('of a text %s is not done, and says why, and no other language suffers', async (_what, change, problem) => {
    await schedule('2044-07-14T08:00');
    await change();
    await makeDue();
    await publishDue(jobOf(1));
    expect(await schedulesNow()).toMatchObject([{ version: 1, problem }]);
    expect(await readersHave(server, articleId)).toEqual({ fr: headline });
    expect(await editions()).toBe(1);
  });

  it('is called off when the article is withdrawn, and when it is published by hand', async () => {
    await schedule('2044-07-14T08:00');
    await editor.do('withdrawArticle', { articleId, expectedEdition: 1, reason: 'Wrong.', language: 'en' });
    expect(await schedulesNow()).toEqual([]);
    await editor.do('reinstateArticle', { articleId, expectedEdition: 1 });
    await schedule('2044-07-14T08:00');
    await editor.do('publishTranslation', { articleId, language: 'en', expectedRevision: 1 });
    expect(await schedulesNow()).toEqual([]);
  });
});

describe('processes that do jobs', () => {
  it('do what a killed one has left, once, and each of many once', async () => {
    const ids = [];
    for (let i = 0; i < 6; i++) {
      const one = await givenOriginal(server, `Beaucoup ${count} ${i}`);
      await givenApproved(server, one.id, 'en', { headline: 'English' });
      const result = await editor.do('schedulePublication', {
        articleId: one.articleId,
        language: 'en',
        expectedRevision: 1,
        at: inSeconds(2),
        timeZone: 'UTC',
      });
      expect(result).toMatchObject({ __typename: 'PublicationScheduled' });
      ids.push(one);
    }
    // A process takes two jobs: one it does, and says nothing more; the other one it never begins.
    const killed = new PgBoss({ connectionString: server.database.connectionString, schema: 'job', supervise: false });
    killed.on('error', () => undefined);
    await killed.start();
    const taken: PublicationJob[] = [];
    await eventually(async () => {
      const [job] = await killed.fetch<PublicationJob>('publication');
      if (job !== undefined) taken.push(job.data);
      return taken.length === 2;
    }, 'jobs are due');
    if (taken[0] !== undefined) await publishDue(taken[0]);
    await killed.stop({ graceful: false });

    server.app.get(SchedulesService).begin(PACE);
    other.app.get(SchedulesService).begin(PACE);
    await eventually(async () => {
      const left = await server.database.sql<{ n: number }>(
        `select count(*)::int as n from job.job where state in ('created', 'retry', 'active') and start_after < now() + interval '1 h'`,
      );
      return left[0]?.n === 0;
    }, 'all jobs are done');
    for (const one of ids) expect({ one, editions: await editions(one.id) }).toEqual({ one, editions: 2 });
    const entries = await server.database.sql(
      `select 1 from audit.entry where operation = 'article.publish' and actor_kind <> 'IMPORT' and object_id = any ($1)`,
      [ids.map((one) => one.id)],
    );
    expect(entries).toHaveLength(6);
  }, 60_000);
});
