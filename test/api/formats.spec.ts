import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadPool } from '../../src/database/read-pool.js';
import { articleIdOf, givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MARKDOWN = 'Un **banc**[^1] :\n\n- le grand\n- le petit\n\n[^1]: De *bois*.';

let server: TestServer;
const statements: string[] = [];
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le banc' });
  const id = await articleIdOf(server, 'Le banc');
  for (const language of ['fr', 'en']) {
    await givenRevision(server, id, language, { headline: 'Le banc', dek: '*En* [bref](#).', body: MARKDOWN });
    await publish(server, id, language);
  }
  server.app.get(ReadPool).onQuery(({ text }) => statements.push(text));
}, 60_000);
afterAll(async () => {
  await server.close();
});
beforeEach(() => {
  statements.length = 0;
});

async function text(fields: string): Promise<Record<string, string>> {
  const { data, errors } = await server.query(`{ article(slug: "le-banc") { text { ${fields} } } }`);
  expect(errors).toBeUndefined();
  return data.article.text as Record<string, string>;
}

describe('a body', () => {
  const PLAIN = 'Un banc[1] :\n\nle grand\nle petit\n\n[1] De bois.';

  it('is written in every format', async () => {
    const { md, html, plain } = await text('md: body html: body(format: HTML) plain: body(format: PLAIN)');
    expect(md).toBe(MARKDOWN);
    expect(html).toContain('<li>le grand</li>');
    expect(plain).toBe(PLAIN);
  });

  it('is asked for by literals, variables and their defaults, through fragments', async () => {
    const { data, errors } = await server.query(
      `query ($given: BodyFormat!, $silent: BodyFormat! = HTML) {
         article(slug: "le-banc") { text { ...T a: body(format: $given) b: body(format: $silent) } } }
       fragment T on Text { c: body(format: MARKDOWN) }`,
      { given: 'PLAIN' },
    );
    expect(errors).toBeUndefined();
    expect(data.article.text).toEqual({ a: PLAIN, b: expect.stringContaining('<p>') as unknown, c: MARKDOWN });
  });

  it.each([
    ['headline', []],
    ['body', ['t.body']],
    ['body(format: HTML)', ['t.html']],
    ['a: body(format: HTML) b: body(format: PLAIN) c: body(format: PLAIN)', ['t.html', 't.plain']],
  ])('is fetched in no other format, in one statement: %s', async (fields, columns) => {
    await text(fields);
    expect(statements).toHaveLength(1);
    expect(['t.body', 't.html', 't.plain'].filter((column) => statements[0]?.includes(column))).toEqual(columns);
  });

  it('shares no id with the body in another language, nor with its dek', async () => {
    const { data } = await server.query(
      '{ article(slug: "le-banc") { texts { body(format: HTML) dek(format: HTML) } } }',
    );
    const ids = [...JSON.stringify(data).matchAll(/ id=\\"([^"\\]+)\\"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(2 * 3);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('weighs, so that very many of them are refused', async () => {
    const bodies = (count: number): string =>
      Array.from({ length: count }, (_, i) => `b${i}: body(format: HTML)`).join(' ');
    const list = (count: number): string => `{ articles(first: 100) { edges { node { text { ${bodies(count)} } } } } }`;
    expect((await server.query(list(1))).errors).toBeUndefined();
    const { errors } = await server.query(list(5));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COMPLEX', limit: 'cost' });
  });
});

it('a dek is plain, or what is asked for', async () => {
  expect(await text('dek html: dek(format: HTML) md: dek(format: MARKDOWN)')).toEqual({
    dek: 'En bref.',
    html: '<p><em>En</em> <a>bref</a>.</p>',
    md: '*En* [bref](#).',
  });
});
