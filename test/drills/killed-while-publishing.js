/** A server is killed between publishing and telling of it: `node test/drills/killed-while-publishing.js`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { approve, givenArticle, givenEditors } from './desk-people.js';
import { closeDesk, openDesk } from './desk-server.js';
import { runDrill } from './drill.js';
import { Refused, ServerProcess } from './server-process.js';

const DATABASE = 'told';
const ROUNDS = 20;

/** From before publishing begins to after it, on a machine that has other things to do. */
const LATEST_KILL_MS = 150;

/** How long another server may still give readers what it has kept. */
const LONGEST_STALE_MS = 5_000;

const READ = 'query ($id: ID!) { node(id: $id) { ... on Article { text { headline } } } }';

/** What came of an article: one of each, or nothing at all. */
const OUTCOME = `
select (select count(*)::int from edition.edition where article_id = $1) as editions,
  (select count(*)::int from edition.edition_event where article_id = $1) as events,
  (select count(*)::int from edition.current_article where article_id = $1) as current,
  (select count(*)::int from audit.entry where object_id = $1::text and operation = 'article.publish') as entries,
  (select count(*)::int from desk.translation where article_id = $1 and state = 'PUBLISHED') as states`;

await runDrill('killed-while-publishing', { minutes: 8 }, async (drill) => {
  const { postgres, product, tally, random } = drill;
  const { servers, admin } = await openDesk(drill, DATABASE, [{}, {}]);
  const [editor] = await givenEditors(admin, 1);
  const [, other] = servers;

  for (let round = 0; round < ROUNDS; round++) {
    const [killed] = servers;
    editor.server = killed;
    const article = await givenArticle(drill, DATABASE, editor, { headline: `Round ${round}` });
    await approve(editor, article.translations[0]);
    const read = async () => (await other.ask(READ, { id: article.id })).node;
    // The other server keeps its answer, that there is nothing.
    for (let time = 0; time < 3; time++) if ((await read()) !== null) tally.answeredWrong('a draft is served');

    const published = editor
      .do('publishTranslation', { articleId: article.id, language: 'fr', expectedRevision: 1 })
      .then(({ __typename: type }) => type === 'TranslationPublished')
      .catch((error) => {
        if (error instanceof Refused) tally.answeredWrong(error.message);
        return false;
      });
    // Every other time at the very moment of its answer.
    await (round % 2 === 0 ? published : sleep(random.next() * LATEST_KILL_MS));
    await killed.kill();
    const isAcked = await published;
    if (isAcked) tally.acked++;

    const id = Buffer.from(article.id, 'base64url').toString().split(':')[1];
    // What the killed one has sent may still be done by Postgres.
    await sleep(200);
    const [outcome] = await postgres.query(DATABASE, OUTCOME, [id]);
    const counts = Object.values(outcome);
    if (new Set(counts).size > 1 || counts[0] > 1) {
      tally.torn++;
      tally.complain(`round ${round}: ${JSON.stringify(outcome)}`);
    }
    const isPublished = outcome.editions === 1;
    if (isAcked && !isPublished) tally.lost++;
    const since = performance.now();
    while ((await read()) === null && isPublished && performance.now() < since + LONGEST_STALE_MS) await sleep(10);
    tally.recoveries.push((performance.now() - since) / 1000);
    if (((await read()) !== null) !== isPublished) tally.answeredWrong(`round ${round}: the other server was not told`);
    tally.rounds++;
    servers[0] = await ServerProcess.start(product, postgres.urlOf(DATABASE));
  }
  await closeDesk(drill, servers);
});
