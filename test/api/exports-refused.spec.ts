import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { ImportedDocument } from '../../src/imports/import-run.js';
import { type ExportLine, exportText, linesOf, seedExport, textOf } from '../fixtures/exports.js';
import { givenPublished, givenReferences, givenRevision, publish } from '../fixtures/given.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** An export of two articles, and an empty database that nothing but what is whole goes into. */
let server: TestServer;
let lines: ExportLine[];
beforeAll(async () => {
  const full = await startTestServer();
  await givenReferences(full);
  const { articleId } = await givenPublished(full, { headline: 'Le phare' });
  await givenRevision(full, articleId, 'en', { headline: 'The lighthouse', body: 'Text.' });
  await publish(full, articleId, 'en');
  await givenPublished(full, { headline: 'Le port' });
  lines = linesOf(await exportText(full));
  await full.close();
  server = await startTestServer();
}, 120_000);
afterAll(async () => {
  await server.close();
});

/** A copy of the export's lines, one of them changed: of the article that has this headline, where there is one. */
function changed(type: string, change: (line: ExportLine) => unknown, headline = 'Le port'): [string, number] {
  const copy = JSON.parse(JSON.stringify(lines)) as ExportLine[];
  const articleId: unknown = copy.find((line) => line.type === 'revision' && line.headline === headline)?.articleId;
  const at = copy.findIndex(
    (line) => line.type === type && (type === 'source' || [line.id, line.articleId].includes(articleId)),
  );
  const line = copy[at];
  if (line === undefined) throw new Error(`no line of the type ${type}`);
  const given = change(line);
  const text = textOf(
    copy.map((one, i) => (i === at && typeof given === 'string' && given.startsWith('{') ? given : one)),
  );
  return [text, at + 1];
}

/** Seeds it to see what would be: each time into an empty database. */
async function plan(text: string | Buffer): Promise<ImportedDocument[]> {
  return seedExport(server, text, { isDryRun: true });
}

function refusalsOf(told: readonly ImportedDocument[]): object[] {
  return told.flatMap((one) => (one.outcome === 'refused' ? [one.refusal] : []));
}

function headlinesOf(told: readonly ImportedDocument[]): string[] {
  return told.flatMap((one) => (one.outcome === 'added' ? [one.headline] : [])).sort();
}

type Wrong = [what: string, type: string, change: (line: ExportLine) => unknown, expected: string, found: string];

const NOBODY = '00000000-0000-4000-8000-000000000000';
const FINDING = { code: 'TERM_UNKNOWN', severity: 'WARNING', language: null, path: 'x', line: null, message: 'x' };

const WRONG: Wrong[] = [
  [
    'a language that is none',
    'article',
    (line) => (line.pageLanguage = 'fr_CA'),
    'a language tag in canonical form at pageLanguage',
    '“fr_CA”',
  ],
  ['a number for a text', 'revision', (line) => (line.body = 5), 'text at body', '5'],
  ['a text for a number', 'revision', (line) => (line.number = '1'), 'a whole number from 1 on at number', '“1”'],
  [
    'a word that no list has',
    'article',
    (line) => (line.credits[0].role = 'WRITER'),
    'one of AUTHOR, TRANSLATOR, EDITOR at credits[0].role',
    '“WRITER”',
  ],
  [
    'a property that is unknown',
    'article',
    (line) => (line.origin.by = 'x'),
    'no property but relation, sourceId, url, title, language, publishedOn at origin',
    '“by”',
  ],
  [
    'a property that is missing',
    'edition',
    (line) => delete line.content.rights.holder,
    'text at content.rights.holder',
    'nothing',
  ],
  [
    'an id that is none',
    'article',
    (line) => (line.publisherId = "x'; drop table desk.article; --"),
    'an id such as 6f1c0c1e-…, a UUID in lower case at publisherId',
    "“x'; drop table desk.article; --”",
  ],
  [
    'an address that runs',
    'edition',
    (line) => (line.content.origin.url = 'javascript:alert(1)'),
    'an http, https or mailto address at content.origin.url',
    '“javascript:alert(1)”',
  ],
  [
    'NUL',
    'revision',
    (line) => (line.headline = 'a\0b'),
    'text without NUL characters and lone surrogates at headline',
    '“a\\u0000b”',
  ],
  [
    'a lone surrogate',
    'article',
    (line) => (line.findings = [{ ...FINDING, conflict: { base: { x: ['\ud800'] }, document: null, desk: null } }]),
    'text without NUL characters and lone surrogates at findings[0].conflict.base.x[0]',
    '“\\ud800”',
  ],
  [
    'a day that no calendar has',
    'revision',
    (line) => (line.createdAt = '2016-02-30T00:00:00.000000Z'),
    'a moment such as 2016-03-30T12:00:00.000000Z at createdAt',
    '“2016-02-30T00:00:00.000000Z”',
  ],
  [
    'values nested without end',
    'article',
    (line) => (line.findings = [{ ...FINDING, conflict: { base: nested(500), document: null, desk: null } }]),
    'values nested no deeper than 32 times',
    'a list',
  ],
  [
    'a slug of another text',
    'edition',
    (line) => (line.content.texts[0].slug = 'le-phare'),
    'all slugs of its texts among its slugs',
    'le-phare',
  ],
  [
    'an edition that is not there',
    'article',
    (line) => (line.served.edition = 7),
    'the edition that is served among its editions',
    'number 7',
  ],
  [
    'two originals',
    'article',
    (line) => {
      const [original] = line.translations as ExportLine[];
      line.translations = [original, { ...original, language: 'de' }];
    },
    'one translation that is the original',
    'none, or several',
  ],
  [
    'a thing that is nowhere',
    'article',
    (line) => (line.credits[0].agentId = NOBODY),
    'an agent that an earlier line or the desk has at credits[0].agentId',
    NOBODY,
  ],
  ['no JSON', 'revision', () => '{"type":"revision"', 'a line of JSON', 'what is none'],
  [
    'a type that is unknown',
    'revision',
    (line) => (line.type = 'revisions'),
    'one of publisher, source, agent, term,',
    '“revisions”',
  ],
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

describe('an article with', () => {
  it.each(WRONG)(
    '%s is refused with its line, what was expected where, and what stood there',
    async (_what, type, change, expected, found) => {
      const [text, at] = changed(type, change);
      const told = await plan(text);
      const refusals = refusalsOf(told) as { line: number; expected: string; found: string; code: string }[];
      const about = refusals.find((refusal) => refusal.expected.startsWith(expected));
      expect({ refusals, about }).toMatchObject({ about: { found, code: 'EXPORT_MALFORMED' } });
      expect(Math.abs((about?.line ?? 0) - at)).toBeLessThanOrEqual(3);
      expect(JSON.stringify(told)).not.toMatch(/select |insert |violates/);
      expect(headlinesOf(told)).toEqual(['Le phare']);
    },
  );
});

it('a thing that is missing is missed by what refers to it alone', async () => {
  const [text, at] = changed('source', (line) => (line.slug = 'No slug'));
  const told = await plan(text);
  expect(refusalsOf(told)[0]).toMatchObject({ line: at, expected: expect.stringContaining('at slug') as unknown });
});

it('bytes that are others than their SHA-256 says are refused, with the article that they bring', async () => {
  const copy = JSON.parse(JSON.stringify(lines)) as ExportLine[];
  const document = copy.find(({ type }) => type === 'document');
  if (document === undefined) throw new Error('no document');
  document.bytes = Buffer.from('other bytes').toString('base64');
  const told = await plan(textOf(copy));
  expect(refusalsOf(told)).toMatchObject([
    { code: 'EXPORT_MALFORMED', expected: `bytes whose SHA-256 is ${String(document.sha256)}` },
    { expected: 'a document that an earlier line or the desk has at documents' },
  ]);
  expect(headlinesOf(told)).toHaveLength(1);
});

describe('an export that', () => {
  it('was cut off brings what was whole, and says so', async () => {
    const text = textOf(lines);
    const told = await plan(text.slice(0, text.lastIndexOf('"type":"edition"')));
    expect(refusalsOf(told)).toMatchObject([
      { code: 'EXPORT_MALFORMED', expected: 'a line of JSON' },
      { expected: 'an article whose lines are all as they should be' },
      { code: 'EXPORT_CUT_OFF', expected: 'a last line of the type “end”' },
    ]);
    expect(headlinesOf(told)).toHaveLength(1);
  });

  it('was packed and cut off brings what was whole', async () => {
    const packed = gzipSync(textOf(lines));
    const told = await plan(packed.subarray(0, packed.length - 200));
    expect(refusalsOf(told).at(-1)).toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      found: 'a gzip file that is cut off',
    });
    expect(headlinesOf(told)).toHaveLength(1);
  });

  it('has lost lines is told by its last one', async () => {
    const told = await plan(
      lines
        .filter(({ type }) => type !== 'notice')
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    expect(refusalsOf(told).at(-1)).toMatchObject({ code: 'EXPORT_CUT_OFF', found: String(lines.length - 4) });
  });

  it('is of a later version, or is none, is refused at its first line', async () => {
    for (const [header, expected, found] of [
      ['{"colophon":"export","version":2}', 'version 1, which this Colophon reads, at version', '2'],
      ['{"colophon":"export","version":1,"more":true}', 'no property but colophon, version', '“more”'],
      ['{"colophon":"else"}', 'one of export at colophon', '“else”'],
    ]) {
      const told = await plan(`${header ?? ''}\n{"type":"x"}\n`);
      expect(told).toEqual([
        { path: '0.txt', outcome: 'refused', refusal: { code: 'EXPORT_MALFORMED', line: 1, expected, found } },
      ]);
    }
  });

  it('goes on behind its last line is told', async () => {
    const told = await plan(`${textOf(lines)}{"type":"end"}\n`);
    expect(headlinesOf(told)).toEqual(['Le phare', 'Le port']);
    expect(refusalsOf(told)).toMatchObject([{ expected: 'nothing behind the last line of an export' }]);
  });

  it('has a line that is no UTF-8 costs that line alone', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"colophon":"export","version":1}\n'),
      Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d, 0x0a]),
      Buffer.from(textOf(lines).split('\n').slice(1).join('\n')),
    ]);
    const told = await plan(bytes);
    expect(refusalsOf(told)[0]).toMatchObject({ code: 'DOCUMENT_NOT_UTF8', line: 2 });
    expect(headlinesOf(told)).toEqual(['Le phare', 'Le port']);
  });
});

it('a small export that a person has written goes in, and refers to what the desk has', async () => {
  const desk = await startTestServer();
  try {
    await givenReferences(desk);
    const [publisher] = await desk.database.sql<{ id: string }>(
      `select id from desk.publisher where slug = 'global-research'`,
    );
    const at = '2024-05-01T12:00:00.000000Z';
    const none = { credits: [], regions: [], themes: [], reports: [], notices: [], reuseTerms: [], contactPoints: [] };
    const id = '11111111-1111-4111-8111-111111111111';
    const translationId = '22222222-2222-4222-8222-222222222222';
    const text = textOf([
      { colophon: 'export', version: 1 },
      {
        ...{ type: 'article', id, publisherId: publisher?.id, kind: 'ARTICLE', originalLanguage: 'en' },
        ...{ pageLanguage: 'en', publishedOn: '2024-05', version: 1, createdAt: at, updatedAt: at },
        origin: { relation: 'OWN', sourceId: null, url: null, title: null, language: null, publishedOn: null },
        ...{ ...none, copyright: null, links: [], wrapperLines: [], findings: [], evidence: [], documents: [] },
        slugs: ['by-hand'],
        translations: [
          ...[{ id: translationId, language: 'en', isOriginal: true, slug: 'by-hand', method: null }].map((one) => ({
            ...one,
            sourceRevisionId: null,
            updatedAt: at,
          })),
        ],
        ...{ revisions: 1, editions: 0, served: null },
      },
      {
        ...{ type: 'revision', articleId: id, id: '33333333-3333-4333-8333-333333333333', translationId, number: 1 },
        ...{ headline: 'By hand', dek: null, body: 'A text.', reason: 'Written by hand', createdAt: at },
      },
      { type: 'end' },
    ]);
    expect(await seedExport(desk, text)).toMatchObject([
      { path: '0.txt:2', outcome: 'added', headline: 'By hand', publication: { outcome: 'blocked', findings: [] } },
    ]);
    expect(await seedExport(desk, text)).toMatchObject([{ outcome: 'unchanged' }]);
    const items = await desk.database.sql('select outcome, document_id from desk.import_item');
    expect(items).toEqual([{ outcome: 'ADDED', document_id: null }]);
  } finally {
    await desk.close();
  }
});

it('a database of its own: things that are there under other ids are the ones that are meant', async () => {
  const other = await startTestServer();
  try {
    const copy = JSON.parse(JSON.stringify(lines)) as ExportLine[];
    const source = copy.find(({ type, name }) => type === 'source' && name === 'Le Courrier du Lac');
    const id = String(source?.id);
    // The same source, which was named here first under another id.
    const here = '44444444-4444-4444-8444-444444444444';
    await other.database.sql(
      `insert into desk.source (id, slug, name) values ($1, 'le-courrier-du-lac', 'Le Courrier du Lac')`,
      [here],
    );
    const text = textOf(copy);
    expect(headlinesOf(await seedExport(other, text))).toEqual(['Le phare', 'Le port']);
    expect(await exportText(other)).not.toContain(id);
    expect(new Set((await seedExport(other, text)).map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    const { data } = await other.query('{ article(slug: "le-port") { origin { source { slug name } } } }');
    expect(data.article.origin.source).toEqual({ slug: 'le-courrier-du-lac', name: 'Le Courrier du Lac' });
  } finally {
    await other.close();
  }
});
