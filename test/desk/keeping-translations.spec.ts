import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromGlobalId } from '../../src/common/global-id.js';
import { givenReferences } from '../fixtures/given.js';
import {
  approve,
  at,
  BODY,
  type GivenText,
  givenTranslated,
  givenWriter,
  givenWritten,
  textOf,
  type Writer,
} from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: Writer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenWriter(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** Which languages readers are told are out of date, and which the desk is told are. */
async function outdated(articleId: string): Promise<{ readers: string[]; desk: string[] }> {
  const { data } = await server.query(
    'query ($id: ID!) { node(id: $id) { ... on Article { texts { language isOutdated } } } }',
    { id: articleId },
  );
  const told = data.node.texts as { language: string; isOutdated: boolean }[];
  const rows = await server.database.sql<{ language: string }>(
    'select language from desk.outdated_text where article_id = $1 order by language desc',
    [fromGlobalId(articleId)?.id],
  );
  return {
    readers: told
      .flatMap(({ language, isOutdated }) => (isOutdated ? [language] : []))
      .sort()
      .reverse(),
    desk: rows.map(({ language }) => language),
  };
}

const now = async ({ translationId }: GivenText): Promise<GivenText> =>
  textOf(await editor.desk(`translation(id: "${translationId}") { id version revision { id number } }`));

/** Approves and publishes a text as it stands. */
async function publish(articleId: string, text: GivenText, language: string, isOriginal = false): Promise<void> {
  await approve(editor, await now(text), isOriginal);
  const { translation } = await editor.desk(`translation(id: "${text.translationId}") { revision { number } }`);
  const input = { articleId, language, expectedRevision: translation.revision.number as number };
  expect(await editor.do('publishTranslation', input)).toMatchObject({ __typename: 'TranslationPublished' });
}

it('readers and the desk are told the same of a translation of a translation, which knows the original as its source does', async () => {
  const { articleId, original } = await givenWritten(server, editor);
  const english = await givenTranslated(editor, original, 'en');
  const german = await givenTranslated(editor, english, 'de');
  await publish(articleId, original, 'fr', true);
  await publish(articleId, english, 'en');
  await publish(articleId, german, 'de');
  expect(await outdated(articleId)).toEqual({ readers: [], desk: [] });

  const newer = textOf(
    await editor.do('saveRevision', {
      ...at(await now(original)),
      body: BODY.replace('Deux', 'Trois'),
      reason: 'Trois',
    }),
  );
  // Readers do not have it yet.
  expect(await outdated(articleId)).toEqual({ readers: [], desk: ['en', 'de'] });
  await publish(articleId, original, 'fr', true);
  expect(await outdated(articleId)).toEqual({ readers: ['en', 'de'], desk: ['en', 'de'] });
  const { translations, counts } = await editor.desk(
    'translations(outdated: true, language: "de") { edges { node { id outdatedPassages } } } counts { languages { language outdated } }',
  );
  expect(translations.edges).toEqual([{ node: { id: german.translationId, outdatedPassages: 1 } }]);
  expect(counts.languages).toContainEqual({ language: 'de', outdated: 1 });

  // The passage holds as it is: the text of the translation stays, and so what was made from it is up to date as well.
  const { translationSheet: sheet } = await editor.desk(
    `translationSheet(translationId: "${english.translationId}") { rows { passageId change { kind: change } } }`,
  );
  const changed = (sheet.rows as { passageId: string; change: object | null }[]).filter(
    ({ change }) => change !== null,
  );
  const settled = await editor.do('bringUpToDate', {
    ...at(await now(english)),
    passageIds: changed.map(({ passageId }) => passageId),
    sourceRevisionId: newer.revisionId,
  });
  // What is in hand says so of the text itself alone: it may be thrown away yet, and the other is made from a revision.
  const inHand = { readers: ['en', 'de'], desk: ['de'] };
  expect(await outdated(articleId)).toEqual(inHand);
  expect(await editor.code('saveRevision', { ...at(await now(german)), headline: 'Hafen', reason: 'x' })).toBeNull();
  expect(await outdated(articleId)).toEqual(inHand);
  await editor.do('saveRevision', { ...at(textOf(settled)), reason: 'Holds as it is' });
  expect(await outdated(articleId)).toEqual({ readers: ['en', 'de'], desk: [] });
  await publish(articleId, english, 'en');
  expect(await outdated(articleId)).toEqual({ readers: [], desk: [] });

  // What is written anew in the one between has to be taken over.
  await editor.do('saveRevision', { ...at(await now(english)), headline: 'The port, again', reason: 'Better' });
  await publish(articleId, english, 'en');
  expect(await outdated(articleId)).toEqual({ readers: ['de'], desk: ['de'] });
  const { revisionId } = await now(english);
  const passages = { passageIds: ['headline'], sourceRevisionId: revisionId };
  const again = await editor.do('bringUpToDate', { ...at(await now(german)), ...passages });
  await editor.do('saveRevision', { ...at(textOf(again)), reason: 'Holds' });
  await publish(articleId, german, 'de');
  expect(await outdated(articleId)).toEqual({ readers: [], desk: [] });
});

it('blocks that were parted stay parted, and of two who pair at once one is told', async () => {
  const { original } = await givenWritten(server, editor);
  const english = await givenTranslated(editor, original);
  const sheet = `translationSheet(translationId: "${english.translationId}") { rows { passageId translation { id } } unpaired { id } }`;
  const before = (await editor.desk(sheet)).translationSheet;
  const row = (before.rows as { passageId: string; translation: { id: string }[] }[]).at(-1);
  const blockId = row?.translation[0]?.id ?? '';
  expect(blockId).not.toBe('');
  const parted = { ...at(english), pairs: [{ blockId, sourceBlockId: null }] };
  const results = await Promise.all([editor.do('pairBlocks', parted), editor.do('pairBlocks', parted)]);
  expect(results.map(({ __typename: type }) => type as string).sort()).toEqual(['BlocksPaired', 'EditConflict']);
  const apart = { unpaired: [{ id: blockId }] };
  expect((await editor.desk(sheet)).translationSheet).toMatchObject(apart);
  await editor.do('saveRevision', { ...at(await now(english)), headline: 'The port, saved', reason: 'Saved' });
  expect((await editor.desk(sheet)).translationSheet).toMatchObject(apart);
  const pairs = [{ blockId, sourceBlockId: row?.passageId }];
  expect(await editor.code('pairBlocks', { ...at(await now(english)), pairs })).toBeNull();
  expect((await editor.desk(sheet)).translationSheet).toEqual(before);
});

it('a language that is somebody’s task is begun by them alone, or by who may assign; what is nobody’s is whose who begins it', async () => {
  const [one, other] = await Promise.all(
    [0, 1].map(() => givenWriter(server, [{ role: 'TRANSLATOR', languages: ['en', 'de', 'it'] }])),
  );
  if (one === undefined || other === undefined) throw new Error('nobody is there');
  const { articleId, original } = await givenWritten(server, editor);
  const start = (language: string) => ({ sourceRevisionId: original.revisionId, language });
  expect(await one.code('claimTranslation', { articleId, language: 'en' })).toBeNull();
  expect(await other.do('startTranslation', start('en'))).toMatchObject({
    ...{ code: 'TRANSLATION_TAKEN', path: ['input', 'language'] },
  });
  expect(await one.code('startTranslation', start('en'))).toBeNull();
  expect(await one.code('claimTranslation', { articleId, language: 'de' })).toBeNull();
  expect(await editor.code('startTranslation', start('de'))).toBeNull();
  expect(await other.code('startTranslation', start('it'))).toBeNull();
  expect(await one.code('claimTranslation', { articleId, language: 'it' })).toBe('TRANSLATION_TAKEN');
});

it('two languages of an article have two slugs', async () => {
  const { articleId, original } = await givenWritten(server, editor, { headline: 'Mali 2026' });
  const started = await editor.do('startTranslation', { sourceRevisionId: original.revisionId, language: 'en' });
  const written = { headline: 'Mali 2026', body: 'The port.' };
  const typed = await editor.do('saveWorkingText', { ...at(textOf(started)), ...written });
  const { preview } = await editor.desk(
    `preview(articleId: "${articleId}", texts: [{ language: "en", of: IN_HAND }]) { ... on ArticlePreviewed { article { texts { slug } } } }`,
  );
  const saved = await editor.do('saveRevision', { ...at(textOf(typed)), reason: 'x' });
  expect(saved).toMatchObject({ translation: { slug: 'mali-2026-en' } });
  expect(preview.article.texts).toEqual([{ slug: 'mali-2026-en' }]);
  const taken = { code: 'SLUG_TAKEN', path: ['input', 'slug'] };
  const { article } = await editor.desk(`article(id: "${articleId}") { version }`);
  const change = { articleId, expectedVersion: article.version as number, language: 'en', slug: 'mali-2026' };
  expect(await editor.do('changeSlug', change)).toMatchObject(taken);
  expect(await editor.do('saveWorkingText', { ...at(textOf(saved)), slug: 'mali-2026' })).toMatchObject(taken);
});

it('a preview of what is in hand says what will be out of date by it', async () => {
  const { articleId, original } = await givenWritten(server, editor);
  const english = await givenTranslated(editor, original);
  await publish(articleId, original, 'fr', true);
  await publish(articleId, english, 'en');
  await editor.do('saveWorkingText', { ...at(await now(original)), body: BODY.replace('Deux', 'Dix') });
  const shown = async (of: string): Promise<unknown> =>
    (
      await editor.desk(
        `preview(articleId: "${articleId}", texts: [{ language: "fr", of: ${of} }]) { ... on ArticlePreviewed { article { texts { language isOutdated } } } }`,
      )
    ).preview.article.texts;
  expect(await shown('SAVED')).toContainEqual({ language: 'en', isOutdated: false });
  expect(await shown('IN_HAND')).toContainEqual({ language: 'en', isOutdated: true });
});

describe('the trail', () => {
  const trailOf = (articleId: string, operation: string) =>
    server.database.sql<{ before: object; after: object }>(
      'select before, after from audit.entry where object_id = $1 and operation = $2 order by id',
      [fromGlobalId(articleId)?.id, operation],
    );

  it('tells slugs, credits and passages as they were before, and are after, and is asked by language', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const english = await givenTranslated(editor, original);
    const slug = `trail-${Date.now()}`;
    const slugged = await editor.do('saveRevision', { ...at(english), slug, reason: 'Slug' });
    const newer = await editor.do('saveRevision', {
      ...at(await now(original)),
      body: 'Un.\n\nDeux.',
      reason: 'Autre',
    });
    const sourceRevisionId = textOf(newer).revisionId;
    const some = await editor.do('bringUpToDate', {
      ...{ ...at(textOf(slugged)), passageIds: ['headline', 'headline'], sourceRevisionId },
    });
    const whole = await editor.do('saveRevision', { ...at(textOf(some)), sourceRevisionId, reason: 'All of it' });
    const credit = { method: 'HUMAN', translator: 'Jutta Jung' };
    const credited = await editor.do('creditTranslation', { ...at(textOf(whole)), ...credit });
    await editor.do('creditTranslation', { ...at(textOf(credited)), method: 'HUMAN' });
    const saves = await trailOf(articleId, 'text.save');
    expect(saves[1]).toMatchObject({ before: { slug: expect.stringMatching(/^the-port/) }, after: { slug } });
    expect(saves.at(-1)?.after).toMatchObject({ with: 2 });
    expect((await trailOf(articleId, 'translation.bringUpToDate'))[0]?.after).toMatchObject({
      ...{ passages: 1, passageIds: ['headline'] },
    });
    expect((await trailOf(articleId, 'translation.credit'))[1]).toMatchObject({
      ...{ before: { method: 'HUMAN', translator: 'Jutta Jung' }, after: { translator: null } },
    });
    const admin = await givenWriter(server, [{ role: 'ADMIN', languages: [] }]);
    const { auditTrail } = await admin.desk(
      `auditTrail(first: 50, filter: { objectId: "${articleId}", language: "fr" }) { edges { node { language operation } } }`,
    );
    expect(auditTrail.edges).toEqual([
      { node: { language: 'fr', operation: 'text.save' } },
      { node: { language: 'fr', operation: 'article.create' } },
    ]);
  });

  it('tells which schedules a withdrawal has ended, and which an unpublishing has left', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    await publish(articleId, original, 'fr', true);
    const schedule = async (): Promise<void> => {
      const input = {
        articleId,
        language: 'fr',
        at: '2031-01-01T08:00',
        timeZone: 'Europe/Paris',
        expectedRevision: 1,
      };
      expect(await editor.code('schedulePublication', input)).toBeNull();
    };
    await schedule();
    const due = { dueAt: expect.stringContaining('2031-01-01') };
    expect(await editor.code('unpublishTranslation', { articleId, language: 'fr', expectedEdition: 1 })).toBeNull();
    expect((await trailOf(articleId, 'article.unpublish'))[0]).toMatchObject({
      ...{ before: { schedule: due }, after: { schedule: due } },
    });
    await editor.do('publishTranslation', { articleId, language: 'fr', expectedRevision: 1 });
    await schedule();
    const withdrawal = { articleId, expectedEdition: 2, reason: 'Retiré', language: 'fr' };
    expect(await editor.code('withdrawArticle', withdrawal)).toBeNull();
    expect((await trailOf(articleId, 'article.withdraw'))[0]).toMatchObject({
      before: { schedules: [{ language: 'fr', ...due }] },
      after: { schedules: [], reasonLanguage: 'fr' },
    });
  });
});

describe('a translation that is given up', () => {
  const giveUp = (text: GivenText, reason = 'Nobody reads it.') =>
    editor.do('abandonTranslation', { ...at(text), reason });
  const TEXTS = 'translations { id language state }';
  const standsAt = async (articleId: string): Promise<Record<string, any>> => {
    const { article, counts } = await editor.desk(
      `article(id: "${articleId}") { ${TEXTS} translation(language: "pt") { id } schedules: translations { schedule { version } }
         assignments { language } findings { language } }
       counts { languages { language texts lacking unassigned outdated byState { state texts } } }`,
    );
    const portuguese = (counts.languages as { language: string }[]).find(({ language }) => language === 'pt');
    return { ...(article as object), portuguese };
  };

  it('counts nowhere, is nobody’s work, and stays in the record', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const text = await givenTranslated(editor, original, 'pt');
    const approved = await approve(editor, text, false);
    const language = 'pt';
    const due = { at: '2044-07-14T08:00', timeZone: 'UTC' };
    await editor.do('schedulePublication', { articleId, language, expectedRevision: 1, ...due });
    await editor.do('claimTranslation', { articleId, language });
    await editor.do('lockText', { translationId: text.translationId });
    await editor.do('saveRevision', { ...at(await now(original)), body: `${BODY}\n\nEt plus.`, reason: 'x' });
    expect(await standsAt(articleId)).toMatchObject({
      translations: [{ language: 'fr' }, { language }],
      assignments: [{ language }],
      portuguese: { texts: 1, unassigned: 0, outdated: 1 },
    });
    expect(await giveUp(approved)).toMatchObject({
      __typename: 'TranslationAbandoned',
      translation: { state: 'ABANDONED', outdatedPassages: 0, revision: { number: 1 } },
    });
    const stands = await standsAt(articleId);
    expect(stands).toMatchObject({
      translations: [{ language: 'fr' }],
      translation: null,
      schedules: [{ schedule: null }],
      assignments: [],
      portuguese: { texts: 0, unassigned: 0, outdated: 0 },
    });
    expect(stands.findings).not.toContainEqual({ language });
    expect(stands.portuguese.byState).toContainEqual({ state: 'ABANDONED', texts: 1 });
    const { id } = fromGlobalId(articleId) ?? {};
    for (const table of ['publication_schedule', 'translation_assignment', 'outdated_text'])
      expect(await server.database.sql(`select 1 from desk.${table} where article_id = $1`, [id])).toEqual([]);
    const listed = await editor.desk(
      `mine: translations(language: "pt") { edges { node { id } } }
       given: translations(language: "pt", state: [ABANDONED]) { edges { node { id } } }
       lacking: articles(filter: { lacking: "pt" }) { edges { node { id } } }
       with: articles(filter: { text: { language: "pt" } }) { edges { node { id } } }`,
    );
    const idsOf = (connection: any): string[] =>
      (connection.edges as { node: { id: string } }[]).map(({ node }) => node.id);
    expect([idsOf(listed.mine), idsOf(listed.given), idsOf(listed.with)]).toEqual([[], [text.translationId], []]);
    expect(idsOf(listed.lacking)).toContain(articleId);
    const { translation, translationSheet, preview } = await editor.desk(
      `translation(id: "${text.translationId}") { state steps lock { endsAt } revisions(first: 9) { edges { node { number } } } }
       translationSheet(translationId: "${text.translationId}") { rows { source } }
       preview(articleId: "${articleId}", texts: [{ language: "pt", of: SAVED }]) { ... on Problem { code } }`,
    );
    expect(translation).toEqual({
      ...{ state: 'ABANDONED', steps: [], lock: null, revisions: { edges: [{ node: { number: 1 } }] } },
    });
    expect(translationSheet.rows.length).toBeGreaterThan(0);
    expect(preview).toEqual({ code: 'NO_TEXT' });
    // Whatever is done with it.
    const given = await now(text);
    const { translationId } = given;
    for (const [mutation, input] of [
      ['saveWorkingText', { ...at(given), headline: 'x' }],
      ['saveRevision', { ...at(given), headline: 'x', reason: 'x' }],
      ['restoreRevision', { ...at(given), revisionId: text.revisionId }],
      ['completeTranslation', at(given)],
      ['approveTranslation', at(given)],
      ['creditTranslation', { ...at(given), method: 'HUMAN' }],
      ['abandonTranslation', { ...at(given), reason: 'x' }],
      ['lockText', { translationId }],
      ['publishTranslation', { articleId, language, expectedRevision: 1 }],
      ['schedulePublication', { articleId, language, expectedRevision: 1, ...due }],
    ] as const) {
      expect([mutation, await editor.code(mutation, input)]).toEqual([mutation, 'NOT_FOUND']);
    }
    const trail = await server.database.sql(
      `select operation, language, before, after, reason from audit.entry where object_id = $1 order by id desc limit 2`,
      [id],
    );
    expect(trail).toMatchObject([
      {
        ...{ operation: 'translation.abandon', language, reason: 'Nobody reads it.' },
        before: { state: 'APPROVED', schedule: { version: 1 } },
        after: { state: 'ABANDONED', revision: 1 },
      },
      { operation: 'translation.release', language },
    ]);
  });

  it('has its language begun again, empty, above what was there; and may be published then', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const first = await givenTranslated(editor, original, 'pt');
    const emptied = await editor.do('saveRevision', { ...at(first), body: '', reason: 'Emptied' });
    expect((await standsAt(articleId)).findings).toContainEqual({ language: 'pt' });
    await giveUp(textOf(emptied));
    expect((await standsAt(articleId)).findings).not.toContainEqual({ language: 'pt' });
    const begun = await editor.do('startTranslation', { sourceRevisionId: original.revisionId, language: 'pt' });
    expect(begun).toMatchObject({
      __typename: 'TranslationStarted',
      translation: { id: first.translationId, state: 'DRAFT', headline: '', body: '', slug: null, outdatedPassages: 0 },
    });
    const written = { headline: 'O porto', body: 'Outra vez.' };
    const saved = await editor.do('saveRevision', { ...at(textOf(begun)), ...written, reason: 'Anew' });
    expect(saved).toMatchObject({ translation: { slug: 'o-porto' }, revision: { number: 3 } });
    await approve(editor, textOf(saved), false);
    const input = { articleId, language: 'pt', expectedRevision: 3 };
    expect(await editor.do('publishTranslation', input)).toMatchObject({ __typename: 'TranslationPublished' });
    expect(await standsAt(articleId)).toMatchObject({ translations: [{}, { language: 'pt', state: 'PUBLISHED' }] });
    // From now on readers had it.
    const published = await now(first);
    expect(await giveUp(published)).toMatchObject({ code: 'PUBLISHED_ONCE' });
    await editor.do('unpublishTranslation', { articleId, language: 'pt', expectedEdition: 1 });
    expect(await giveUp(await now(first))).toMatchObject({ code: 'PUBLISHED_ONCE' });
  });

  it('is refused where it is an original, seen otherwise, another’s task, or without a reason', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const text = await givenTranslated(editor, original, 'pt');
    expect(await giveUp(original)).toMatchObject({ code: 'INVALID_VALUE', path: ['input', 'translationId'] });
    expect(await giveUp(text, ' ')).toMatchObject({ code: 'INVALID_VALUE', path: ['input', 'reason'] });
    expect(await giveUp({ ...text, expectedVersion: text.expectedVersion - 1 })).toMatchObject({
      code: 'EDIT_CONFLICT',
    });
    await editor.do('claimTranslation', { articleId, language: 'pt' });
    const translator = await givenWriter(server, [{ role: 'TRANSLATOR', languages: ['pt'] }]);
    const input = { ...at(text), reason: 'x' };
    expect(await translator.code('abandonTranslation', input)).toBe('TRANSLATION_TAKEN');
    const stranger = await givenWriter(server, [{ role: 'TRANSLATOR', languages: ['de'] }]);
    expect(await stranger.code('abandonTranslation', input)).toBe('FORBIDDEN');
    // What was made from it stays, and is not made from itself.
    const german = await givenTranslated(editor, text, 'de');
    await giveUp(await now(text));
    for (const { revisionId: sourceRevisionId } of [text, german]) {
      expect(await editor.do('startTranslation', { sourceRevisionId, language: 'pt' })).toMatchObject({
        ...{ code: 'INVALID_VALUE', path: ['input', 'sourceRevisionId'] },
      });
    }
    expect(await editor.desk(`translation(id: "${german.translationId}") { state isOutdated }`)).toEqual({
      translation: { state: 'DRAFT', isOutdated: false },
    });
  });
});
