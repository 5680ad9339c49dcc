import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { FINDING_SEVERITIES } from '../../src/articles/finding.js';
import { SeedingService } from '../../src/commands/seeding.service.js';
import { fixtureNames, fixturePath, knowledge, SEED_DOCUMENT } from '../fixtures/fixtures.js';
import { givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
const findings = new Set<string>();
const refusals = new Set<string>();
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  const seeding = server.app.get(SeedingService);
  const seeded = [
    await seeding.seedDocument(SEED_DOCUMENT, knowledge),
    await seeding.seedDocument('no/such/file.txt', knowledge),
    ...(await seedTexts(server, [
      Buffer.alloc(5 * 1024 * 1024, 0x61),
      `${'>'.repeat(5000)} x`,
      page({ headline: 'Un titre' }),
      page({ headline: 'Un titre', dek: null }),
      page({ headline: 'Un long thème', themes: ['mot '.repeat(120).trim()] }),
    ])),
  ];
  for (const name of fixtureNames()) seeded.push(await seeding.seedDocument(fixturePath(name), knowledge));
  for (const document of seeded) {
    if (document.outcome === 'refused') refusals.add(document.refusal.code);
    else if ('findings' in document) for (const finding of document.findings) findings.add(finding.code);
  }
}, 120_000);
afterAll(async () => {
  await server.close();
});

it('every finding is made of some document', () => {
  expect([...findings].sort()).toEqual(Object.keys(FINDING_SEVERITIES).sort());
});

it('every refusal is made of some document', () => {
  const source = readFileSync(new URL('../../src/documents/reading.ts', import.meta.url), 'utf8');
  const declared = /export type RefusalCode =([^;]+);/.exec(source)?.[1]?.match(/[A-Z_\d]{5,}/g) ?? [];
  expect(declared.length).toBeGreaterThan(5);
  expect([...refusals].sort()).toEqual([...declared].sort());
});
