import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import { fromGlobalId } from '../../src/common/global-id.js';
import { givenReferences } from '../fixtures/given.js';
import {
  approve,
  articleInput,
  at,
  givenTranslated,
  type GivenText,
  givenWriter,
  givenWritten,
  mutationOf,
  textOf,
  type Writer,
} from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let admin: Writer;
let articleId: string;
let original: GivenText;
let english: GivenText;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  admin = await givenWriter(server, [{ role: 'ADMIN', languages: [] }]);
  ({ articleId, original } = await givenWritten(server, admin));
  english = await givenTranslated(admin, original);
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** What has to be right for a text to be looked at all the same. */
const VALUES: Readonly<Record<string, () => unknown>> = {
  articleId: () => articleId,
  translationId: () => english.translationId,
  expectedVersion: () => english.expectedVersion,
  revisionId: () => english.revisionId,
  sourceRevisionId: () => original.revisionId,
  language: () => 'en',
};

/** An input in which every text, wherever it is nested, is this one; the others are well formed. */
function valueOf(type: GraphQLInputType, name: string, text: string): unknown {
  const own = VALUES[name];
  if (own !== undefined) return own();
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueOf(nullable.ofType, name, text)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    return Object.fromEntries(
      Object.values(nullable.getFields())
        .filter((field) => isRequiredInputField(field) || ofTexts(field.type))
        .map((field) => [field.name, valueOf(field.type, field.name, text)]),
    );
  }
  const plain: Readonly<Record<string, unknown>> = {
    ...{ Int: 1, Boolean: false, PartialDate: '2016', Url: 'https://a.example/', EmailAddress: 'a@b.example' },
    ...{ LanguageTag: 'en', ID: 'nonsense' },
  };
  return getNamedType(nullable).name === 'String' ? text : plain[getNamedType(nullable).name];
}

/** Whether texts go in there. */
function ofTexts(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return (
    named.name === 'String' ||
    (isInputObjectType(named) && Object.values(named.getFields()).some((one) => ofTexts(one.type)))
  );
}

/** Every operation that takes texts, with its input type. */
function takingTexts(): { readonly name: string; readonly type: GraphQLInputType }[] {
  const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const type = field.args[0]?.type;
    // Batches do what the others do, one by one.
    const isOne = isUnionType(getNamedType(field.type));
    return type !== undefined && isOne && ofTexts(type) ? [{ name: field.name, type }] : [];
  });
}

/** The input as a literal of GraphQL: there, escapes get past what looks at variables. */
function literal(value: unknown, enums: ReadonlySet<unknown>): string {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, enums)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${literal(inner, enums)}`)
      .join(', ')} }`;
  }
  if (typeof value !== 'string' || enums.has(value)) return String(value);
  return JSON.stringify(value);
}

const CLEAN = /^(?:BAD_USER_INPUT|BAD_REQUEST|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|INVALID_VALUE|NOT_FOUND)$/;

describe('every text that an operation takes', () => {
  it('is refused with NUL or half of a character, as a variable and as a literal, and nothing is half done', async () => {
    const operations = takingTexts();
    expect(operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['createArticle', 'editArticle', 'editRights', 'saveWorkingText', 'startTranslation']),
    );
    const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
    const enums = new Set(
      Object.values(schema.getTypeMap()).flatMap((type) =>
        isEnumType(type) ? type.getValues().map(({ name }) => name) : [],
      ),
    );
    const rows = () =>
      server.database.sql(
        `select (select count(*) from desk.article) as articles, (select count(*) from desk.revision) as revisions,
           (select count(*) from desk.working_text) as working, (select count(*) from audit.entry) as entries,
           (select sum(text_version) from desk.translation) as versions`,
      );
    const before = await rows();
    const wrong: string[] = [];
    for (const { name, type } of operations) {
      for (const text of ['a\0b', 'a\ud83d', '\udca9b']) {
        const input = valueOf(type, 'input', text) as object;
        const code = await admin.code(name, input);
        if (!CLEAN.test(String(code))) wrong.push(`${name} by variable: ${String(code)}`);
        const selection = mutationOf(server, name).replace(/^.*?\(input: \$input\)/s, '');
        const document = `mutation { result: ${name}(input: ${literal(input, enums)})${selection}`;
        const inline = await admin.say(document);
        if (!CLEAN.test(String(inline))) wrong.push(`${name} by literal: ${String(inline)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('is kept to the letter with emoji and marks of direction', async () => {
    const text = 'Le port 🚢👩‍👩‍👧 \u200fميناء\u200e \u2067العربية\u2069';
    const { article } = await admin.do(
      'createArticle',
      await articleInput(server, {
        ...{ headline: text, dek: text, body: text, credits: [{ role: 'AUTHOR', name: text }] },
        ...{ regions: [text], copyright: { raw: text, author: text }, origin: { relation: 'OWN', title: text } },
      }),
    );
    const id = article.id as string;
    const shown = await admin.desk(`article(id: "${id}") {
      credits { agent { name } } rights { copyright { raw author } } origin { title }
      translation(language: "fr") { headline dek body revision { headline dek body } } }`);
    const says = { headline: text, dek: text, body: text };
    expect(shown.article).toMatchObject({
      credits: [{ agent: { name: text } }],
      rights: { copyright: { raw: text, author: text } },
      origin: { title: text },
      translation: { ...says, revision: says },
    });
  });
});

/** Where an answer has HTML: by the schema, so that none is forgotten. A search is of what readers have, and has its own tests. */
function placesOfHtml(): string[] {
  const { schema } = server.app.get(GraphQLSchemaHost, { strict: false });
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter(
            ({ description, args }) =>
              (description ?? '').includes('HTML') || args.some((one) => getNamedType(one.type).name === 'BodyFormat'),
          )
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
}

describe('Markdown', () => {
  const SCRIPT = /<(?:script|svg|img[^>]*onerror)|<[^>]+\bon\w+=|(?:href|src)="(?:javascript|data):/i;

  it('never turns into script, for editors or for readers: in texts, revisions, previews and differences', async () => {
    expect(placesOfHtml().sort()).toEqual([
      'Revision.body',
      'RevisionDiff.html',
      'SearchMatch.snippet',
      'Text.body',
      'Text.dek',
      'Translation.body',
    ]);
    const evil = [
      ...[
        '<script>alert(1)</script>',
        '<img src=x onerror=alert(1)>',
        '[a](javascript:alert(1))',
        '![b](data:text/html,x)',
      ],
      ...['<a href="java&#115;cript:alert(1)">c</a>', '<svg/onload=alert(1)>', '[d]: javascript:alert(1)\n\n[d]'],
    ].join('\n\n');
    const written = await givenWritten(server, admin, { headline: '<script>alert(2)</script>', dek: evil, body: evil });
    const english = await givenTranslated(admin, written.original);
    const typed = textOf(await admin.do('saveWorkingText', { ...at(english), dek: evil, body: evil }));
    const other = textOf(await admin.do('saveRevision', { ...at(typed), reason: '<svg/onload=alert(1)>' }));
    await approve(admin, written.original, true);
    const { articleId: id } = written;
    const published = await admin.do('publishTranslation', { articleId: id, language: 'fr', expectedRevision: 1 });
    expect(published).toMatchObject({ __typename: 'TranslationPublished' });
    const html = 'headline dek(format: HTML) body(format: HTML)';
    const { data } = await server.query(`query ($id: ID!) { node(id: $id) { ... on Article { text { ${html} } } } }`, {
      id,
    });
    const { article, preview, revisionDiff, translationSheet } = await admin.desk(`
      article(id: "${id}") { translation(language: "fr") { body(format: HTML) revision { body(format: HTML) } } }
      preview(articleId: "${id}", texts: [{ language: "en", of: IN_HAND }], languages: ["en"]) { ... on ArticlePreviewed { article { texts { ${html} } } } }
      revisionDiff(fromId: "${english.revisionId}", toId: "${other.revisionId}") { html }
      translationSheet(translationId: "${english.translationId}") {
        rows { source translation { text } } source { body(format: HTML) } translation { body(format: HTML) } }`);
    const previewed = (preview as { article: { texts: Record<string, string>[] } }).article.texts;
    expect(previewed).toHaveLength(2);
    const sheet = translationSheet as { rows: unknown[]; source: { body: string }; translation: { body: string } };
    const shown = [
      ...[data.node.text.dek, data.node.text.body, article.translation.body, article.translation.revision.body],
      ...previewed.flatMap(({ dek, body }) => [dek, body]),
      ...[revisionDiff.html, sheet.source.body, sheet.translation.body],
    ] as string[];
    for (const one of shown) expect(one).not.toMatch(SCRIPT);
    // A difference shows what was written, letter by letter, and a sheet gives Markdown: whoever shows that escapes it.
    expect(revisionDiff.html).toContain('&lt;script&gt;');
    expect(JSON.stringify(sheet.rows)).toContain('<script>alert(1)</script>');
    // A headline is plain text: it says what was written, and whoever shows it escapes it.
    expect(data.node.text.headline).toBe('<script>alert(2)</script>');
  });
});

describe('a large body', () => {
  it('of a long article is taken from who is signed in, and refused to everybody else before it is read', async () => {
    const body = `${'Un long paragraphe. '.repeat(14)}\n\n`.repeat(1_060);
    expect(Buffer.byteLength(body)).toBeGreaterThan(262_144);
    const { original: text } = await givenWritten(server, admin);
    const saved = await admin.do('saveWorkingText', { ...at(text), body });
    expect((saved.translation as { body: string }).body).toBe(body);
    const stranger = await server.query('query ($a: String!) { article(slug: $a) { id } }', { a: body });
    expect([stranger.status, stranger.errors?.[0]?.extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const forged = await server.query(
      '{ desk { me { name } } }',
      { a: body },
      { authorization: 'Bearer colophon_nothing' },
    );
    expect([forged.status, forged.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('of 5 MB is refused in one sentence, with whatever credentials', async () => {
    const answer = await admin.ask('saveWorkingText', { ...at(original), body: 'x'.repeat(5_000_000) });
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('that does not tell its size is taken for a question', async () => {
    const body = new Blob(['{"query":"', ' '.repeat(300_000), '{ __typename }"}']).stream();
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
    const response = await fetch(`${server.url}/graphql`, request as RequestInit);
    expect(response.status).toBe(413);
  });
});

describe('Postgres restarted mid-save', () => {
  it('is told as such, nothing is half done, and the same save goes through after it', async () => {
    const { articleId: id, original: text } = await givenWritten(server, admin);
    const input = { ...at(text), body: 'Autre texte.', reason: 'Autre' };
    const row = fromGlobalId(id)?.id ?? '';
    // Somebody holds the article, so that the save is in the middle of its transaction when its connection goes.
    const lock = server.database.sql(
      `begin; select 1 from desk.article where id = '${row}' for update; select pg_sleep(1.5); commit`,
    );
    await server.database.sql('select pg_sleep(0.3)');
    const save = admin.ask('saveRevision', input);
    await server.database.sql('select pg_sleep(0.3)');
    await server.database.endConnections(`query ilike '%for no key update%' and wait_event_type = 'Lock'`);
    const answer = await save;
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    await lock;
    const revisions = `select count(*)::int as n from desk.revision r join desk.translation t on t.id = r.translation_id
      where t.article_id = $1`;
    expect(await server.database.sql(revisions, [row])).toEqual([{ n: 1 }]);
    const inHand = `select 1 from desk.working_text w join desk.translation t on t.id = w.translation_id
      where t.article_id = $1`;
    expect(await server.database.sql(inHand, [row])).toEqual([]);
    expect(textOf(await admin.do('saveRevision', input)).revisionId).not.toBe(text.revisionId);
    expect(await server.database.sql(revisions, [row])).toEqual([{ n: 2 }]);
  });
});
