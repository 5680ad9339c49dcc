/** Servers are killed while publications are due: `node test/drills/publication-killed.js`. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runDrill } from './drill.js';
import { ImportProcess } from './import-process.js';
import { ServerProcess } from './server-process.js';
import { EMPTY, prepareEmpty } from './undisturbed-import.js';

const ARTICLES = 150;
const SERVERS = 2;
const KILLS = 10;
const DATABASE = 'published';

/** A killed server's job is done by another one after a minute, and the queue looks for such jobs every quarter of one. */
const LONGEST_WAIT_MS = 150_000;

const WHO = { email: 'editor@example.org', password: 'a drill’s own password' };

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { ... on SignedIn { secret } } }`;
const SCHEDULE = `mutation ($input: SchedulePublicationInput!) {
  schedulePublication(input: $input) { __typename ... on Problem { message } } }`;

/** A translation of each article that readers have, approved. */
const TRANSLATE = `
with made as (
  insert into desk.translation (article_id, language, is_original, slug, method, source_revision_id, state)
  select t.article_id, 'de', false, t.slug || '-de', 'MACHINE', r.id, 'APPROVED'
  from edition.current_article c join desk.translation t on t.article_id = c.article_id and t.is_original
  join desk.revision r on r.translation_id = t.id and r.number = 1
  returning id, article_id, slug
),
slugs as (insert into desk.slug (slug, article_id) select slug, article_id from made),
texts as (
  insert into desk.revision (translation_id, number, headline, body, reason)
  select id, 1, 'Deutsch', 'Ein Text.', 'By a drill' from made
)
select article_id as id from made`;

/** What came of each article: editions and events beyond those of its import, and entries of the translation; one of each is right. */
const OUTCOMES = `
select a.id, (select count(*)::int from edition.edition e where e.article_id = a.id) - 1 as editions,
  (select count(*)::int from edition.edition_event e where e.article_id = a.id) - 1 as events,
  (select count(*)::int from audit.entry e where e.object_id = a.id::text and e.operation = 'article.publish'
    and e.language = 'de') as entries,
  coalesce((select 'de' = any (c.languages) from edition.current_article c where c.article_id = a.id), false) as "isServed"
from unnest($1::uuid[]) as a (id)`;

await runDrill('publication-killed', { minutes: 5 }, async (drill) => {
  const { postgres, product, tally, random, makePages } = drill;
  await prepareEmpty(drill);
  await postgres.createDatabase(DATABASE, EMPTY);
  const url = postgres.urlOf(DATABASE);
  const pages = await makePages('pages', ARTICLES);
  await new ImportProcess(product, url, [pages]).ended();
  const ids = (await postgres.query(DATABASE, TRANSLATE)).map(({ id }) => id);
  execFileSync(
    process.execPath,
    [join(product, 'cli.js'), 'user', 'add', WHO.email, '--name', 'Drill', '--role', 'editor', '--json'],
    { input: `${WHO.password}\n`, env: { PATH: process.env.PATH, DATABASE_URL: url } },
  );

  const start = () => ServerProcess.start(product, url);
  const servers = await Promise.all(Array.from({ length: SERVERS }, start));
  const { secret } = (await servers[0].ask(SIGN_IN, WHO)).signIn;
  const dueAt = Date.now() + ids.length * 120 + 3_000;
  for (const id of ids) {
    const input = {
      articleId: Buffer.from(`Article:${id}`).toString('base64url'),
      language: 'de',
      expectedRevision: 1,
      at: new Date(dueAt).toISOString().slice(0, 19),
      timeZone: 'UTC',
    };
    const { schedulePublication: result } = await servers[0].ask(SCHEDULE, { input }, secret);
    if (result.__typename !== 'PublicationScheduled') throw new Error(JSON.stringify(result));
  }
  tally.acked = ids.length;
  await sleep(Math.max(0, dueAt - Date.now()));

  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(random.next() * 600);
    const place = kill % SERVERS;
    await servers[place].kill();
    tally.rounds++;
    servers[place] = await start();
  }
  const killedAt = performance.now();
  const left = async () => (await postgres.query(DATABASE, 'select 1 from desk.publication_schedule')).length;
  while ((await left()) > 0 && performance.now() < killedAt + LONGEST_WAIT_MS) await sleep(250);
  tally.recoveries.push((performance.now() - killedAt) / 1000);
  // A job that was done and not acknowledged comes once more.
  await sleep(5_000);
  for (const server of servers) {
    if ((await server.stop()) !== 0) tally.wrongExits++;
  }

  for (const { id, editions, events, entries, isServed } of await postgres.query(DATABASE, OUTCOMES, [ids])) {
    if (!isServed) tally.lost++;
    if (editions > 1 || events > 1 || entries > 1) tally.duplicate++;
    if (isServed && (editions < 1 || events < 1 || entries < 1)) tally.torn++;
    if (!isServed || editions !== 1 || events !== 1 || entries !== 1) {
      tally.complain(`${id}: ${editions} editions, ${events} events, ${entries} entries, served: ${isServed}`);
    }
  }
});
