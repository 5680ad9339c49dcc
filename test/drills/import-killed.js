/** An import is killed twenty times, at any moment of its life: `node test/drills/import-killed.js`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, countLocks, inspect } from './desk-state.js';
import { runDrill } from './drill.js';
import { ImportProcess } from './import-process.js';
import { EMPTY, importUndisturbed, prepareEmpty } from './undisturbed-import.js';

const DOCUMENTS = 120;

/** Kills of imports of one database, and how many databases: what is in already is what the next kill finds. */
const KILLS = 5;
const DATABASES = 4;

/** Postgres notices that a client is gone when it next speaks to it. */
const LONGEST_LOCK_MS = 5000;

await runDrill('import-killed', { minutes: 6 }, async (drill) => {
  const { postgres, product, tally, random, makePages } = drill;
  const pages = await makePages('pages', DOCUMENTS);
  await prepareEmpty(drill);
  const undisturbed = await importUndisturbed(drill, [pages], DOCUMENTS);

  for (let place = 1; place <= DATABASES; place++) {
    const database = await postgres.createDatabase(`killed_${place}`, EMPTY);
    const acked = new Set();
    for (let kill = 0; kill < KILLS; kill++) {
      const run = new ImportProcess(product, postgres.urlOf(database), [pages]);
      // Each part of an import's life has its kill.
      const share = (kill + random.next()) / KILLS;
      await Promise.race([sleep(share * undisturbed.wholeMs), run.ended()]);
      const status = await run.kill();
      if (status !== null && status !== 0) {
        tally.wrongExits++;
        tally.complain(`an import that nobody had killed yet ended with ${status}: ${run.stderr}`);
      }
      for (const articleId of run.acked) acked.add(articleId);
      const killedAt = performance.now();
      while ((await countLocks(postgres, database)) > 0 && performance.now() < killedAt + LONGEST_LOCK_MS)
        await sleep(50);
      tally.recoveries.push((performance.now() - killedAt) / 1000);
      if ((await countLocks(postgres, database)) > 0) tally.complain(`a killed import has left a lock`);
      await inspect(postgres, database, tally, run.acked);
      tally.rounds++;
    }
    const last = new ImportProcess(product, postgres.urlOf(database), [pages]);
    const status = await last.ended();
    if (status !== 0) {
      tally.wrongExits++;
      tally.complain(`the run after the kills ended with ${status}: ${last.stderr}`);
    }
    await inspect(postgres, database, tally, acked);
    await compare(postgres, database, undisturbed.state, tally);
  }
});
