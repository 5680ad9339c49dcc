import { rm } from 'node:fs/promises';

/** Stops the run's Postgres and removes what it wrote. */
export default async function tearDown() {
  const { path, folder, abandon } = globalThis.colophonTestPostgres;
  process.off('exit', abandon);
  await folder.close();
  await rm(path, { recursive: true, force: true });
}
