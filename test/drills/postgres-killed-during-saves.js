/** Postgres and servers are killed while people save: `node test/drills/postgres-killed-during-saves.js`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDesk, openDesk } from './desk-server.js';
import { givenArticle, givenEditors } from './desk-people.js';
import { runDrill } from './drill.js';
import { Refused, ServerProcess } from './server-process.js';

const DATABASE = 'saved';
const WRITERS = 8;
const KILLS_OF_POSTGRES = 10;
const KILLS_OF_SERVERS = 6;

const TEXT = 'translation { version body }';
const SAVED = `... on RevisionSaved { revision { number } ${TEXT} } ... on EditConflict { version theirs { body } }`;

/** Every revision of a text that the drill has written, and how the text stands. */
const WRITTEN = `
select t.id, t.text_version as version, r.number, r.body, r.text_version as "atVersion",
  (select count(*)::int from audit.entry e where e.object_id = t.article_id::text and e.operation = 'text.save') as entries
from desk.translation t join desk.revision r on r.translation_id = t.id
where t.id = any ($1::uuid[]) order by t.id, r.number`;

await runDrill('postgres-killed-during-saves', { minutes: 6 }, async (drill) => {
  const { postgres, product, tally, random } = drill;
  const { servers, admin } = await openDesk(drill, DATABASE, [{}, {}]);
  const people = await givenEditors(admin, 2);
  const texts = [];
  for (let place = 0; place < WRITERS; place++) {
    const { translations } = await givenArticle(drill, DATABASE, people[place % 2]);
    texts.push(translations[0]);
  }

  const attempted = new Set();
  const acked = new Set();
  let isOver = false;
  let lastAckAt = 0;

  /** What a server that has lost its database may say: that it has, and when to come again. */
  const judgeRefusal = (error) => {
    if (!(error instanceof Refused)) return;
    const isClean = error.status === 503 && error.code === 'SERVICE_UNAVAILABLE';
    if (!isClean) tally.answeredWrong(error.message);
  };

  /** Saves one text after the other, and never the same words twice. */
  const write = async (place) => {
    const person = people[place % 2];
    const { id: translationId } = texts[place];
    let version = texts[place].version;
    for (let count = 0; !isOver; count++) {
      const key = `written ${place}-${count}`;
      attempted.add(key);
      try {
        const input = { translationId, expectedVersion: version, body: `${key}.`, reason: 'A drill' };
        const result = await person.do('saveRevision', input, SAVED, servers[place % 2]);
        if (result.translation !== undefined) {
          acked.add(key);
          lastAckAt = performance.now();
          version = result.translation.version;
        } else if (result.code === 'EDIT_CONFLICT') version = result.version;
        else tally.answeredWrong(JSON.stringify(result));
        if (result.code === 'EDIT_CONFLICT' && !result.theirs.body.startsWith(`written ${place}-`)) tally.lost++;
      } catch (error) {
        judgeRefusal(error);
        // Whether it was written after all is not known: the next attempt is told by its version.
        await sleep(100);
      }
    }
  };
  const writers = texts.map((_, place) => write(place));

  /** Waits until somebody was told again that a text is saved. */
  const recover = async (since) => {
    while (lastAckAt < since && performance.now() < since + 30_000) await sleep(20);
    if (lastAckAt < since) tally.complain('nobody could save for half a minute');
    tally.recoveries.push((Math.max(lastAckAt, since) - since) / 1000);
    tally.rounds++;
  };
  for (let kill = 0; kill < KILLS_OF_POSTGRES; kill++) {
    await sleep(300 + random.next() * 900);
    await postgres.kill();
    await sleep(random.next() * 800);
    await postgres.start();
    await recover(performance.now());
  }
  for (let kill = 0; kill < KILLS_OF_SERVERS; kill++) {
    await sleep(300 + random.next() * 900);
    const place = kill % 2;
    await servers[place].kill();
    servers[place] = await ServerProcess.start(product, postgres.urlOf(DATABASE));
    await recover(performance.now());
  }
  isOver = true;
  await Promise.all(writers);

  const ids = texts.map(({ id }) => Buffer.from(id, 'base64url').toString().split(':')[1]);
  const rows = await postgres.query(DATABASE, WRITTEN, [ids]);
  const present = rows.filter(({ body }) => body.startsWith('written ')).map(({ body }) => body.slice(0, -1));
  tally.acked = acked.size;
  tally.lost += [...acked].filter((key) => !present.includes(key)).length;
  tally.duplicate += present.length - new Set(present).size;
  for (const key of present) if (!attempted.has(key)) tally.complain(`nobody has written “${key}”`);
  for (const id of ids) {
    const own = rows.filter((row) => row.id === id);
    if (own.some(({ number }, place) => number !== place + 1))
      tally.complain(`numbers with gaps: ${own.map((r) => r.number)}`);
    // A revision, its version and its entry in the trail are there together or not at all.
    if (own.at(-1).version !== own.at(-1).atVersion || own[0].entries !== own.length - 1) tally.torn++;
  }
  // That their database was away is what they should have told.
  await closeDesk(drill, servers, (alarm) => /unhandled|uncaught|fatal/i.test(alarm) && !/"code":"57P0/.test(alarm));
});
