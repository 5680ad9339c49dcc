/** Fifty editors save against the same ten articles for a minute: `node bench/desk/fifty-editors.js`. */
import { givenArticle, givenEditors } from '../../test/drills/desk-people.js';
import { closeDesk, openDesk } from '../../test/drills/desk-server.js';
import { runDrill } from '../../test/drills/drill.js';

const EDITORS = 50;
const ARTICLES = 10;
const SECONDS = 60;
/** Passages of each article; an editor writes in one of them at a time. */
const PASSAGES = 12;
const DATABASE = 'fifty';

const CONFLICT = '... on EditConflict { version merged { body } theirs { body } }';
const KEPT = `... on TextSaved { translation { version } } ${CONFLICT}`;
const SAVED = `... on RevisionSaved { revision { number } translation { version } } ${CONFLICT}`;

const STANDS = `
select t.id, t.text_version as version,
  coalesce((select w.body from desk.working_text w where w.translation_id = t.id), r.body) as body,
  (select array_agg(x.number order by x.number) from desk.revision x where x.translation_id = t.id) as numbers,
  (select count(*)::int from audit.entry e where e.object_id = t.article_id::text and e.operation = 'text.save') as entries
from desk.translation t
join lateral (select * from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) r on true
where t.id = any ($1::uuid[])`;

await runDrill('fifty-editors', { minutes: 6 }, async (drill) => {
  const { postgres, tally, random } = drill;
  const { servers, admin } = await openDesk(drill, DATABASE, [{}]);
  const editors = await givenEditors(admin, EDITORS);
  const passages = (of) => Array.from({ length: PASSAGES }, (_, place) => of(place)).join('\n\n');
  const texts = [];
  for (let place = 0; place < ARTICLES; place++) {
    const body = passages((passage) => `Passage ${passage} says nothing yet.`);
    const { translations } = await givenArticle(drill, DATABASE, editors[0], { body });
    texts.push({ ...translations[0], autosaves: 0, saves: [] });
  }

  const counts = { autosaves: 0, revisions: 0, merged: 0, readAgain: 0 };
  const took = [];
  const until = performance.now() + SECONDS * 1000;

  /** Saves one text after the other until the time is over, by turns with a revision and without. */
  const work = async (editor, place) => {
    for (let turn = 0; performance.now() < until; turn++) {
      const text = random.pick(texts);
      const { translation } = await editor.desk(`translation(id: "${text.id}") { version body }`);
      const isAutosave = turn % 2 === 0;
      const key = `${place}-${turn}`;
      const write = (body) => {
        const written = body.split('\n\n');
        // Words are added, and none taken away: each that was acknowledged has to stay.
        written[(place + turn) % PASSAGES] += ` (${key})`;
        return written.join('\n\n');
      };
      let [version, body] = [translation.version, write(translation.body)];
      for (;;) {
        const since = performance.now();
        const input = { translationId: text.id, expectedVersion: version, body };
        const result = isAutosave
          ? await editor.do('saveWorkingText', input, KEPT)
          : await editor.do('saveRevision', { ...input, reason: `Turn ${turn}` }, SAVED);
        took.push(performance.now() - since);
        if (result.translation !== undefined) {
          text.saves.push({ key, number: result.revision?.number ?? null });
          counts[isAutosave ? 'autosaves' : 'revisions']++;
          break;
        }
        if (result.code !== 'EDIT_CONFLICT') {
          tally.answeredWrong(JSON.stringify(result).slice(0, 300));
          break;
        }
        counts[result.merged === null ? 'readAgain' : 'merged']++;
        version = result.version;
        body = result.merged?.body ?? write(result.theirs.body);
      }
    }
  };
  await Promise.all(
    editors.map(async (editor, place) => {
      try {
        await work(editor, place);
      } catch (error) {
        tally.answeredWrong(`${editor.email}: ${error.message}`);
      }
    }),
  );

  const ids = texts.map(({ id }) => Buffer.from(id, 'base64url').toString().split(':')[1]);
  for (const { id, version, body, numbers, entries } of await postgres.query(DATABASE, STANDS, [ids])) {
    const text = texts[ids.indexOf(id)];
    const acked = text.saves.flatMap(({ number }) => (number === null ? [] : [number])).sort((a, b) => a - b);
    const wanted = Array.from({ length: acked.length }, (_, place) => place + 2);
    if (acked.join() !== wanted.join()) tally.complain(`acknowledged numbers: ${acked.join()}`);
    if (numbers.join() !== [1, ...wanted].join()) tally.complain(`revisions: ${numbers.join()}`);
    if (entries !== acked.length) tally.torn++;
    const missing = text.saves.filter(({ key }) => !body.includes(`(${key})`));
    tally.lost += missing.length;
    tally.duplicate += text.saves.filter(({ key }) => body.split(`(${key})`).length > 2).length;
    if (missing.length > 0)
      tally.complain(`${missing.length} acknowledged are not in the text, which stands at ${version}`);
    tally.acked += text.saves.length;
  }
  tally.rounds = SECONDS;
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.floor(took.length * share)]?.toFixed(0);
  const [{ deadlocks }] = await postgres.query(
    'postgres',
    'select deadlocks::int from pg_stat_database where datname = $1',
    [DATABASE],
  );
  const { autosaves, revisions, merged, readAgain } = counts;
  console.log(
    `${EDITORS} editors, ${ARTICLES} articles, ${SECONDS} s: ${took.length} requests to save, ` +
      `${autosaves} autosaves and ${revisions} revisions acknowledged, ${merged} conflicts merged, ${readAgain} read again, ` +
      `deadlocks ${deadlocks}; p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(0.9999)} ms`,
  );
  await closeDesk(drill, servers);
});
