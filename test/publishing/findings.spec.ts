import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Editor, givenApproved, givenEditor, givenOriginal, readersHave } from '../fixtures/editors.js';
import { givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Editor;
let id: string;
let articleId: string;
let headline: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenEditor(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});
beforeEach(async () => {
  headline = `Constat ${++count}`;
  ({ id, articleId } = await givenOriginal(server, headline));
  await givenApproved(server, id, 'en', { headline: 'English' });
});

const sql = (text: string, values: unknown[] = [id]) => server.database.sql(text, values);
const publishIt = (language = 'en', expectedRevision = 1) =>
  editor.do('publishTranslation', { articleId, language, expectedRevision });
const foundNow = async (filter = ''): Promise<string[]> => {
  const { findings } = await editor.desk(
    `findings(first: 100, filter: { articleId: "${articleId}" ${filter} }) { edges { node { code language path severity } } }`,
  );
  return (findings.edges as { node: { code: string; language: string | null; path: string } }[]).map(
    ({ node }) => `${node.code} ${node.language ?? '*'} ${node.path}`,
  );
};

describe('what is looked at before a text is published', () => {
  const otherPublisher = `insert into desk.publisher (slug, name, language) values ('autre-' || $1, 'Autre', 'fr')`;
  const ofOther = `(select id from desk.publisher where slug = 'autre-' || $1)`;
  it.each([
    ['no credit', ['delete from desk.credit where article_id = $1'], 'CREDIT_MISSING * credits', true],
    [
      'no source',
      ['update desk.origin set source_id = null where article_id = $1'],
      'ORIGIN_SOURCE_MISSING * origin.source',
      true,
    ],
    [
      'no copyright notice',
      ['delete from desk.copyright_notice where article_id = $1'],
      'COPYRIGHT_NOTICE_MISSING * rights.copyright',
      true,
    ],
    [
      'no contact point',
      ['delete from desk.article_contact_point where article_id = $1'],
      'CONTACT_POINT_MISSING * contactPoints',
      false,
    ],
    [
      'a link cut short',
      [`insert into desk.article_link values ($1, 90, 'OTHER', 'https://example.org/a...')`],
      'LINK_TRUNCATED * links[90].url',
      false,
    ],
    [
      'no notice of translation',
      [`update desk.translation set method = null where article_id = $1 and language = 'en'`],
      'TRANSLATION_NOTICE_MISSING en text.method',
      true,
    ],
    ['no translator', [], 'TRANSLATOR_MISSING en text.translator', false],
    [
      'no permission where somebody else’s rule asks for one',
      [
        otherPublisher,
        `insert into desk.reuse_term (stated_by_id, clause_key, language, version, text, effect, actions, media, duties)
         values (${ofOther}, 'ask', 'fr', 1, 'Demandez.', 'ASK_FIRST', '{TRANSLATE}', '{WEB}', '{}')`,
        `insert into desk.article_reuse_term values ($1, 90, (select id from desk.reuse_term where stated_by_id = ${ofOther}))`,
      ],
      'PERMISSION_MISSING en rights.reuseTerms',
      true,
    ],
  ])('%s', async (_what, changes, finding, isError) => {
    for (const change of changes) await server.database.sql(change.replaceAll('$1', `'${id}'`));
    expect(await foundNow()).toContain(finding);
    const result = await publishIt();
    if (isError) {
      expect(result).toMatchObject({ __typename: 'BlockedByFindings', code: 'BLOCKED_BY_FINDINGS' });
      expect(await readersHave(server, articleId)).toEqual({ fr: headline });
    } else {
      expect(result).toMatchObject({ __typename: 'TranslationPublished' });
      expect((result.findings as { code: string }[]).map(({ code }) => code)).toContain(finding.split(' ')[0]);
    }
  });

  it('in one language never blocks another', async () => {
    await sql(`update desk.translation set method = null where article_id = $1 and language = 'en'`);
    expect(await publishIt('en')).toMatchObject({ code: 'BLOCKED_BY_FINDINGS' });
    await givenApproved(server, id, 'fr', { headline: `${headline}, revu` });
    expect(await publishIt('fr', 2)).toMatchObject({ isNew: true });
    expect(await readersHave(server, articleId)).toEqual({ fr: `${headline}, revu` });
  });

  it('finds a link that is cut short within a text', async () => {
    await givenApproved(server, id, 'en', {
      headline: 'English',
      body: 'See [this](https://example.org/long…) and that.',
    });
    expect(await foundNow()).toContain('LINK_TRUNCATED en text.body.links[0].url');
  });
});

describe('a finding', () => {
  const waive = (more: Record<string, unknown> = {}) =>
    editor.do('waiveFinding', {
      articleId,
      code: 'COPYRIGHT_NOTICE_MISSING',
      language: null,
      path: 'rights.copyright',
      reason: 'The holder wrote that there is none.',
      ...more,
    });

  it('that is waived blocks nothing, until it is about something else', async () => {
    await sql('delete from desk.copyright_notice where article_id = $1');
    expect(await publishIt()).toMatchObject({ code: 'BLOCKED_BY_FINDINGS' });
    expect(await waive()).toMatchObject({
      finding: { code: 'COPYRIGHT_NOTICE_MISSING', waiver: { reason: 'The holder wrote that there is none.' } },
    });
    expect(await publishIt()).toMatchObject({ isNew: true });
    expect(await foundNow('isWaived: true')).toEqual(['COPYRIGHT_NOTICE_MISSING * rights.copyright']);
    // Another source: what its holder says, nobody knows.
    await sql(`with s as (insert into desk.source (slug, name) values ('autre-' || $1::text, 'Autre') returning id)
      update desk.origin set source_id = (select id from s) where article_id = $1::uuid`);
    await givenApproved(server, id, 'en', { headline: 'English, anew' });
    expect(await publishIt('en', 2)).toMatchObject({ code: 'BLOCKED_BY_FINDINGS' });
    expect(await foundNow('isWaived: true')).toEqual([]);
  });

  it('that a document made is waived for imports, too, and is told with its line', async () => {
    const own = `Sans mention ${count}`;
    const [given] = await seedTexts(server, [page({ headline: own, copyright: null })]);
    expect(given).toMatchObject({ publication: { outcome: 'blocked' } });
    const [{ article_id: other } = {}] = await server.database.sql<{ article_id: string }>(
      'select t.article_id from desk.translation t join desk.revision r on r.translation_id = t.id where r.headline = $1',
      [own],
    );
    const globalId = Buffer.from(`Article:${other ?? ''}`).toString('base64url');
    expect(await waive({ articleId: globalId })).toMatchObject({ __typename: 'FindingWaived' });
    const [again] = await seedTexts(server, [page({ headline: own, copyright: null })], { isPublishing: true });
    expect(again).toMatchObject({ publication: { outcome: 'published' } });
  });

  it('that there is none, or that is waived already, can not be waived; nor without a reason', async () => {
    expect(await waive()).toMatchObject({ code: 'NO_SUCH_FINDING' });
    await sql('delete from desk.copyright_notice where article_id = $1');
    expect(await waive({ reason: '' })).toMatchObject({ code: 'INVALID_VALUE' });
    await waive();
    expect(await waive()).toMatchObject({ code: 'NO_SUCH_FINDING' });
    const entries = await sql(
      `select reason, after from audit.entry where object_id = $1 and operation = 'finding.waive'`,
    );
    expect(entries).toMatchObject([
      { reason: 'The holder wrote that there is none.', after: { path: 'rights.copyright' } },
    ]);
  });

  it('whose waiver is revoked blocks again, now and when it is due; readers keep what they have', async () => {
    const revoke = (more: Record<string, unknown> = {}) => {
      const which = { articleId, code: 'COPYRIGHT_NOTICE_MISSING', language: null, path: 'rights.copyright' };
      return editor.do('revokeWaiver', { ...which, reason: 'The holder denies it.', ...more });
    };
    expect(await revoke()).toMatchObject({ code: 'NO_SUCH_WAIVER' });
    await sql('delete from desk.copyright_notice where article_id = $1');
    expect(await revoke()).toMatchObject({ code: 'NO_SUCH_WAIVER' });
    await waive();
    expect(await publishIt()).toMatchObject({ isNew: true });
    expect(await revoke({ reason: ' ' })).toMatchObject({ code: 'INVALID_VALUE', path: ['input', 'reason'] });
    expect(await revoke({ articleId: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await revoke()).toEqual({
      __typename: 'WaiverRevoked',
      finding: { code: 'COPYRIGHT_NOTICE_MISSING', waiver: null },
    });
    expect(await revoke()).toMatchObject({ code: 'NO_SUCH_WAIVER' });
    expect(await foundNow('isWaived: true')).toEqual([]);
    expect(await readersHave(server, articleId)).toEqual({ fr: headline, en: 'English' });
    await givenApproved(server, id, 'en', { headline: 'English, anew' });
    expect(await publishIt('en', 2)).toMatchObject({
      code: 'BLOCKED_BY_FINDINGS',
      blocking: [{ code: 'COPYRIGHT_NOTICE_MISSING' }],
    });
    const entries = await sql(
      `select before, after, reason from audit.entry where object_id = $1 and operation = 'finding.waive' order by id desc limit 1`,
    );
    expect(entries).toMatchObject([
      {
        before: { path: 'rights.copyright', waiver: { reason: 'The holder wrote that there is none.' } },
        after: null,
        reason: 'The holder denies it.',
      },
    ]);
    // It can be answered for once more.
    expect(await waive()).toMatchObject({ __typename: 'FindingWaived' });
    expect(await publishIt('en', 2)).toMatchObject({ isNew: true });
  });
});

it('the findings of the whole desk are walked page by page, each once, from either end', async () => {
  const walk = async (
    page: (cursor: string) => string,
    next: (info: Record<string, string | boolean>) => string | null,
  ) => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { findings } = await editor.desk(
        `findings(${page(cursor)}) { edges { node { articleId code path language } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
      );
      seen.push(...(findings.edges as unknown[]).map((edge) => JSON.stringify(edge)));
      cursor = next(findings.pageInfo as Record<string, string | boolean>);
    }
    return seen;
  };
  const forth = await walk(
    (cursor) => `first: 3${cursor && `, after: "${cursor}"`}`,
    ({ hasNextPage, endCursor }) => (hasNextPage === true ? String(endCursor) : null),
  );
  const back = await walk(
    (cursor) => `last: 4${cursor && `, before: "${cursor}"`}`,
    ({ hasPreviousPage, startCursor }) => (hasPreviousPage === true ? String(startCursor) : null),
  );
  expect(forth.length).toBeGreaterThan(10);
  expect(new Set(forth).size).toBe(forth.length);
  expect([...back].sort()).toEqual([...forth].sort());
});
