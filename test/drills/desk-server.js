import { ImportProcess } from './import-process.js';
import { givenAdmin } from './desk-people.js';
import { ServerProcess } from './server-process.js';
import { EMPTY, prepareEmpty } from './undisturbed-import.js';

/** A migrated database with the references of the seeds, servers on it, and an admin who has signed in at the first. */
export async function openDesk(drill, database, starts = [{}]) {
  const { postgres, product } = drill;
  drill.tally.wrongAnswers = 0;
  await prepareEmpty(drill);
  await postgres.createDatabase(database, EMPTY);
  const url = postgres.urlOf(database);
  const status = await new ImportProcess(product, url, []).ended();
  if (status !== 0) throw new Error(`The seeds did not come in: ${status}`);
  const servers = await Promise.all(starts.map((start) => ServerProcess.start(product, url, start)));
  return { servers, admin: await givenAdmin(drill, database, servers[0]) };
}

/** Ends the servers; each has to end well, and to have had nothing to tell that people would be woken for. */
export async function closeDesk({ tally }, servers, isAlarming = () => true) {
  for (const server of servers) {
    if ((await server.stop()) !== 0) tally.wrongExits++;
    for (const alarm of server.alarms.filter(isAlarming))
      tally.answeredWrong(`a server has told: ${alarm.slice(0, 600)}`);
  }
}
