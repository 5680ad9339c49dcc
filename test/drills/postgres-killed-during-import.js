/** Postgres is killed at ten points of an import, and once stays away: `node test/drills/postgres-killed-during-import.js`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, inspect } from './desk-state.js';
import { runDrill } from './drill.js';
import { ImportProcess } from './import-process.js';
import { EMPTY, importUndisturbed, prepareEmpty } from './undisturbed-import.js';

const DOCUMENTS = 110;

/** An import waits a minute for a database; by then it must have given up. */
const LONGEST_WAIT_MS = 90_000;

await runDrill('postgres-killed-during-import', { minutes: 8 }, async (drill) => {
  const { postgres, product, tally, random, makePages } = drill;
  const pages = await makePages('pages', DOCUMENTS);
  await prepareEmpty(drill);
  const undisturbed = await importUndisturbed(drill, [pages], DOCUMENTS);

  /** A second run ends well, has nothing left to do or does it, and the result is the undisturbed one. */
  const finish = async (database, mayAdd) => {
    const again = new ImportProcess(product, postgres.urlOf(database), [pages]);
    const status = await again.ended();
    if (status !== 0) {
      tally.wrongExits++;
      tally.complain(`the second run ended with ${status}: ${again.stderr}`);
    }
    const added = again.summary?.documents.added ?? 0;
    if (!mayAdd && added > 0) tally.complain(`a run that had ended well had left ${added} documents`);
    await compare(postgres, database, undisturbed.state, tally);
    return again;
  };

  for (let tenths = 1; tenths <= 10; tenths++) {
    const database = await postgres.createDatabase(`killed_${tenths}`, EMPTY);
    const run = new ImportProcess(product, postgres.urlOf(database), [pages]);
    await run.until(({ importsSince }) => importsSince !== null);
    // The last point is before the last commit.
    await sleep(((tenths - random.next()) / 10) * undisturbed.importMs);
    await postgres.kill();
    await sleep(random.below(1500));
    await postgres.start();
    const isBackAt = performance.now();
    const before = run.acked.size;
    await run.until(({ acked }) => acked.size > before);
    tally.recoveries.push((performance.now() - isBackAt) / 1000);
    const status = await run.ended();
    if (status !== 0) {
      tally.wrongExits++;
      tally.complain(`killed at ${tenths * 10} %, the import ended with ${status}: ${run.stderr}`);
    }
    await inspect(postgres, database, tally, run.acked);
    await finish(database, status !== 0);
    tally.rounds++;
  }

  // It stays away for longer than an import waits: the import says so and ends, and a later one goes on.
  const database = await postgres.createDatabase('away', EMPTY);
  const run = new ImportProcess(product, postgres.urlOf(database), [pages]);
  await run.until(({ acked }) => acked.size > 0);
  await postgres.kill();
  const status = await Promise.race([run.ended(), sleep(LONGEST_WAIT_MS, 'late', { ref: false })]);
  if (status === 'late') await run.kill();
  if (status !== 1 || !run.stderr.includes('The database cannot be reached')) {
    tally.wrongExits++;
    tally.complain(`with Postgres away, the import ended with ${status}: ${run.stderr}`);
  }
  await postgres.start();
  await inspect(postgres, database, tally, run.acked);
  await inspect(postgres, database, tally, (await finish(database, true)).acked);
  tally.rounds++;
});
