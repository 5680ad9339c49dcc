import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FINDING_SEVERITIES } from '../../src/articles/finding.js';
import { formatPath } from '../fixtures/formats.js';
import { fixtureNames, fixturePath, SEED_DOCUMENT } from '../fixtures/fixtures.js';
import { givenReferences, givenRevision, seedInputs, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let folder: string | undefined;

async function folderWithALinkOut(): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'colophon-codes-'));
  await symlink(SEED_DOCUMENT, join(folder, 'link.txt'));
  return folder;
}

const findings = new Set<string>();
const refusals = new Set<string>();
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  const [given] = await seedTexts(server, [page({ headline: 'Édité' })]);
  if (given === undefined || !('articleId' in given)) throw new Error('not given');
  await givenRevision(server, given.articleId, 'fr', { headline: 'Édité', body: 'Une personne l’a écrit.' });
  await givenRevision(server, given.articleId, 'en', { headline: 'Edited', body: 'Somebody has translated it.' });
  const seeded = [
    ...(await seedInputs(server, [SEED_DOCUMENT, 'no/such/file.txt', ...fixtureNames().map(fixturePath)])),
    ...(await seedInputs(server, [
      formatPath('html', 'refused-wrong-encoding.html'),
      ...['export.xml', 'broken.xml', 'refused-entities.xml'].map((name) => formatPath('wxr', name)),
      await folderWithALinkOut(),
    ])),
    ...(await seedTexts(server, [
      Buffer.alloc(9 * 1024 * 1024, 0x61),
      `${'>'.repeat(5000)} x`,
      page({ headline: 'Un long thème', themes: ['mot '.repeat(120).trim()] }),
      EXPORT,
      page({ headline: 'Édité', body: ['Le document dit maintenant autre chose, en français, et assez longuement.'] }),
    ])),
    ...(await seedTexts(server, [page({ headline: 'Édité', dek: null, body: [ENGLISH] })], {
      answers: { sameAs: given.articleId },
    })),
  ];
  for (const document of seeded) {
    if (document.outcome === 'refused') refusals.add(document.refusal.code);
    else if ('findings' in document) for (const finding of document.findings) findings.add(finding.code);
  }
}, 120_000);
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
  await server.close();
});

const ENGLISH =
  'Since the spring the people of the town have been walking across the railway to reach the beach again.';

/** Cut off, with a line that is none, and two sources whose names have no letters for a slug. */
const EXPORT = [
  '{"colophon":"export","version":1}',
  '{"type":"source","id":"00000000-0000-4000-8000-000000000001","slug":"untitled","name":"新华社","url":null}',
  '{"type":"source","id":"00000000-0000-4000-8000-000000000002","slug":"untitled","name":"人民日报","url":null}',
  'no JSON',
].join('\n');

it('every finding is made of some document', () => {
  expect([...findings].sort()).toEqual(Object.keys(FINDING_SEVERITIES).sort());
});

it('every refusal is made of some document', () => {
  const source = readFileSync(new URL('../../src/reading/reading.ts', import.meta.url), 'utf8');
  const declared = /export type RefusalCode =([^;]+);/.exec(source)?.[1]?.match(/[A-Z_\d]{5,}/g) ?? [];
  expect(declared.length).toBeGreaterThan(5);
  expect([...refusals].sort()).toEqual([...declared].sort());
});
