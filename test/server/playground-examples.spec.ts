import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FOLDER = new URL('../../src/playground/examples/', import.meta.url);

const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'));

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
    // What goes on and on is run in the browser's test; here it is only looked at.
    if (/^subscription /m.test(text)) {
      expect(validate(schema, parse(text))).toEqual([]);
      return;
    }
    const answer = await server.query(text);
    expect(answer.errors).toBeUndefined();
    expect(saysSomething(answer.data)).toBe(true);
    expect(Object.values(answer.data as object)).not.toContain(null);
  });
});
