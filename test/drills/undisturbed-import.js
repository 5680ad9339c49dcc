import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readState } from './desk-state.js';
import { ImportProcess } from './import-process.js';

/** Name of the database that each round's own is made like: migrated, and nothing in it. */
export const EMPTY = 'empty';

/** Makes the empty database that the others are made like. */
export async function prepareEmpty({ postgres, product }) {
  await postgres.createDatabase(EMPTY);
  await promisify(execFile)(process.execPath, [join(product, 'cli.js'), 'migrate'], {
    env: { PATH: process.env.PATH, DATABASE_URL: postgres.urlOf(EMPTY) },
  });
}

/** What an import comes to when nothing disturbs it, and how long its parts take. */
export async function importUndisturbed(drill, inputs, count) {
  const { postgres, product } = drill;
  await postgres.createDatabase('undisturbed', EMPTY);
  const run = new ImportProcess(product, postgres.urlOf('undisturbed'), inputs);
  const status = await run.ended();
  if (status !== 0 || run.acked.size !== count) {
    throw new Error(`The undisturbed import ended with ${status} after ${run.acked.size} documents: ${run.stderr}`);
  }
  return {
    state: await readState(postgres, 'undisturbed'),
    startUpMs: run.importsSince - run.startedAt,
    importMs: run.lastAckAt - run.importsSince,
    wholeMs: run.endedAt - run.startedAt,
  };
}
