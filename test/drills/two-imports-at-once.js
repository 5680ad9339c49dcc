/** Two imports at once, of the same folder and of overlapping ones: `node test/drills/two-imports-at-once.js`. */
import { join } from 'node:path';
import { compare, inspect } from './desk-state.js';
import { runDrill } from './drill.js';
import { ImportProcess } from './import-process.js';
import { EMPTY, importUndisturbed, prepareEmpty } from './undisturbed-import.js';

const ROUNDS = 20;

/** Folders of pages: a round imports the same two, or two and two with one in common. */
const FOLDERS = [12, 12, 12];
const DOCUMENTS = FOLDERS.reduce((all, count) => all + count, 0);

await runDrill('two-imports-at-once', { minutes: 6 }, async (drill) => {
  const { postgres, product, tally, random, makePages } = drill;
  // Who is first to bring a label that no list has is told so: with such labels the order would matter.
  const pages = await makePages('pages', DOCUMENTS, { folders: FOLDERS, oddLabels: 0 });
  const [first, second, third] = FOLDERS.map((_, i) => join(pages, String(i).padStart(3, '0')));
  await prepareEmpty(drill);
  const undisturbed = await importUndisturbed(drill, [first, second, third], DOCUMENTS);

  for (let round = 0; round < ROUNDS; round++) {
    const database = await postgres.createDatabase(`twice_${round}`, EMPTY);
    const calls =
      round % 2 === 0 ? [[pages], [pages]] : [[first, second], random.chance(0.5) ? [third, second] : [second, third]];
    const runs = calls.map((inputs) => new ImportProcess(product, postgres.urlOf(database), inputs));
    const statuses = await Promise.all(runs.map((run) => run.ended()));
    for (const [i, status] of statuses.entries()) {
      if (status === 0) continue;
      tally.wrongExits++;
      tally.complain(`one of two imports ended with ${status}: ${runs[i].stderr}`);
    }
    const told = runs.map(({ summary }) => summary?.documents.added ?? 0);
    const added = told.reduce((all, count) => all + count, 0);
    if (added !== DOCUMENTS) {
      tally.duplicate += Math.max(0, added - DOCUMENTS);
      tally.lost += Math.max(0, DOCUMENTS - added);
      tally.complain(`two imports say that they have added ${told.join(' and ')} documents of ${DOCUMENTS}`);
    }
    tally.recoveries.push((Math.max(...runs.map(({ endedAt }) => endedAt)) - runs[0].startedAt) / 1000);
    await inspect(postgres, database, tally, new Set(runs.flatMap(({ acked }) => [...acked])));
    await compare(postgres, database, undisturbed.state, tally);
    const [deadlocks] = await postgres.query(
      'postgres',
      'select deadlocks::int as count from pg_stat_database where datname = $1',
      [database],
    );
    if (deadlocks.count > 0) tally.complain(`${deadlocks.count} deadlocks`);
    tally.rounds++;
  }
});
