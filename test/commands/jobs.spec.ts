import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Editor, givenApproved, givenEditor, givenOriginal, readersHave } from '../fixtures/editors.js';
import { givenReferences } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { type CommandLine, commandLine } from './colophon.js';

let colophon: CommandLine;
let server: TestServer;
let editor: Editor;
beforeAll(async () => {
  colophon = await commandLine();
  server = await startTestServer({ database: colophon.database });
  await givenReferences(server);
  editor = await givenEditor(server);
}, 60_000);
afterAll(async () => {
  await server.close();
  await colophon.database.drop();
});

/** An article with an English text that is approved, scheduled for a far day. */
async function givenScheduled(headline: string): Promise<{ id: string; articleId: string }> {
  const given = await givenOriginal(server, headline);
  await givenApproved(server, given.id, 'en', { headline: `${headline}, in English` });
  const wish = { articleId: given.articleId, language: 'en', expectedRevision: 1 };
  expect(
    await editor.do('schedulePublication', { ...wish, at: '2044-07-14T08:00', timeZone: 'Europe/Paris' }),
  ).toMatchObject({ __typename: 'PublicationScheduled' });
  return given;
}

const makeDue = (id: string) =>
  server.database.sql(`update desk.publication_schedule set due_at = now() - interval '1 s' where article_id = $1`, [
    id,
  ]);
const jobs = async () => ((await colophon.json('jobs', 'list')).value as { jobs: Record<string, unknown>[] }).jobs;

it('there are none before anything is scheduled, though no queue is laid', async () => {
  expect(await colophon.run('jobs', 'list')).toMatchObject({ status: 0, stdout: 'Nothing is scheduled.\n' });
  expect(await colophon.json('jobs', 'run')).toEqual({ status: 0, value: { publications: [] } });
});

it('run does what is due, though its job waits or has gone, and leaves what is to come', async () => {
  const first = await givenScheduled('Le premier');
  const second = await givenScheduled('Le second');
  const later = await givenScheduled('Plus tard');
  expect(await jobs()).toMatchObject([first, second, later].map(() => ({ state: 'WAITING', faults: 0 })));
  await makeDue(first.id);
  await makeDue(second.id);
  await server.database.sql(`update job.job set start_after = now() where data ->> 'articleId' = $1`, [first.id]);
  await server.database.sql(`delete from job.job where data ->> 'articleId' = $1`, [second.id]);
  const states = new Map((await jobs()).map(({ articleId, state }) => [articleId, state]));
  expect([first, second, later].map(({ id }) => states.get(id))).toEqual(['DUE', 'GIVEN_UP', 'WAITING']);
  const { status, value } = await colophon.json('jobs', 'run');
  expect(status).toBe(0);
  expect(value).toMatchObject({
    publications: [
      { articleId: first.id, language: 'en', outcome: 'PUBLISHED' },
      { articleId: second.id, language: 'en', outcome: 'PUBLISHED' },
    ],
  });
  expect(await readersHave(server, first.articleId)).toEqual({ fr: 'Le premier', en: 'Le premier, in English' });
  expect(await readersHave(server, later.articleId)).toEqual({ fr: 'Plus tard' });
  expect(await jobs()).toMatchObject([{ articleId: later.id, headline: 'Plus tard, in English', state: 'WAITING' }]);
  await server.database.sql('delete from desk.publication_schedule');
});

it('what can not be published is told, with exit status 1, and stays in the list', async () => {
  const { id } = await givenScheduled('Le refusé');
  await server.database.sql(`update desk.translation set state = 'DRAFT' where article_id = $1 and language = 'en'`, [
    id,
  ]);
  await makeDue(id);
  const { status, stdout } = await colophon.run('jobs', 'run');
  expect({ status, stdout }).toEqual({ status: 1, stdout: `✘ en of ${id} could not be published: NOT_APPROVED\n` });
  expect(await jobs()).toMatchObject([{ articleId: id, state: 'REFUSED', problem: 'NOT_APPROVED' }]);
  expect((await colophon.run('jobs', 'list')).stdout).toContain('could not be published: NOT_APPROVED');
  expect((await colophon.json('jobs', 'run')).value).toEqual({ publications: [] });
  await server.database.sql('delete from desk.publication_schedule');
});

it('what failed by a fault is listed with it, and when it is tried again', async () => {
  const { id } = await givenScheduled('Le malchanceux');
  await makeDue(id);
  await server.database.sql(
    `update job.job set state = 'retry', retry_count = 1, start_after = now() + interval '1 hour',
       output = '{"message": "Postgres was away."}' where data ->> 'articleId' = $1`,
    [id],
  );
  expect(await jobs()).toMatchObject([
    { articleId: id, state: 'RETRYING', faults: 2, fault: 'Postgres was away.', triedAgainAt: expect.any(String) },
  ]);
  expect((await colophon.run('jobs', 'list')).stdout).toContain('failed 2 times, is tried again at');
  expect((await colophon.json('jobs', 'run')).value).toMatchObject({
    publications: [{ articleId: id, outcome: 'PUBLISHED' }],
  });
});
