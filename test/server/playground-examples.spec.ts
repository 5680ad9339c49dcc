import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FOLDER = new URL('../../src/playground/examples/', import.meta.url);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ seed: true });
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** Whether an answer holds anything besides empty lists and nulls. */
function saysSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== null;
  return Object.values(value).some(saysSomething);
}

describe('each example of the playground', () => {
  it.each(readdirSync(FOLDER))('%s runs as it stands', async (name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    expect(text).toMatch(/^# [A-Z].*\.\n/);
    const answer = await server.query(text);
    expect(answer.errors).toBeUndefined();
    expect(saysSomething(answer.data)).toBe(true);
    expect(Object.values(answer.data as object)).not.toContain(null);
  });
});
