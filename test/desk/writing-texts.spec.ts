import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromGlobalId } from '../../src/common/global-id.js';
import { readersHave } from '../fixtures/editors.js';
import { givenPublished, givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import {
  approve,
  at,
  BODY,
  givenTranslated,
  type GivenText,
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

const trailOf = (articleId: string) =>
  server.database.sql<{ operation: string }>(
    'select operation, language, before, after, reason from audit.entry where object_id = $1 order by id',
    [fromGlobalId(articleId)?.id],
  );

/** The article with its French text approved and published. */
async function givenWithReaders() {
  const written = await givenWritten(server, editor);
  const { articleId } = written;
  const original = await approve(editor, written.original, true);
  await editor.do('publishTranslation', { articleId, language: 'fr', expectedRevision: 1 });
  return { articleId, original };
}

describe('saving', () => {
  it('keeps what is typed without a revision, and without a word in the trail; a revision has both', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const body = `${BODY}\n\nFin.`;
    const typed = await editor.do('saveWorkingText', { ...at(original), body });
    expect(typed).toMatchObject({
      __typename: 'TextSaved',
      translation: { body, isUnsaved: true, state: 'DRAFT', revision: { number: 1 }, article: { id: articleId } },
    });
    expect((await trailOf(articleId)).map(({ operation }) => operation)).toEqual(['article.create']);
    const saved = await editor.do('saveRevision', { ...at(textOf(typed)), headline: 'Le port, fin', reason: 'La fin' });
    expect(saved).toMatchObject({
      __typename: 'RevisionSaved',
      translation: { body, headline: 'Le port, fin', isUnsaved: false, revision: { number: 2 } },
      revision: { number: 2, reason: 'La fin', headline: 'Le port, fin' },
    });
    expect(saved.revision.madeBy).toContain('Wanda Writer');
    expect((await trailOf(articleId)).at(-1)).toMatchObject({
      ...{ operation: 'text.save', language: 'fr', reason: 'La fin' },
      ...{ before: { revision: 1 }, after: { revision: 2, state: 'DRAFT' } },
    });
    expect(JSON.stringify(await trailOf(articleId))).not.toContain('grues');
    expect(await editor.do('saveRevision', { ...at(textOf(saved)), reason: 'Rien' })).toMatchObject({
      code: 'NOTHING_TO_SAVE',
    });
  });

  it('of who was slower gives both states and, where that is clean, the two in one', async () => {
    const { original } = await givenWritten(server, editor);
    const theirs = await editor.do('saveWorkingText', { ...at(original), body: BODY.replace('Deux', 'Dix') });
    const clean = await editor.do('saveRevision', {
      ...{ ...at(original), body: BODY.replace('grues', 'quatre grues'), reason: 'Quatre' },
    });
    expect(clean).toMatchObject({
      ...{ code: 'EDIT_CONFLICT', path: ['input', 'expectedVersion'] },
      EditConflict_version: textOf(theirs).expectedVersion,
      base: { body: BODY },
      yours: { body: BODY.replace('grues', 'quatre grues') },
      theirs: { id: original.translationId, body: BODY.replace('Deux', 'Dix') },
      merged: { body: BODY.replace('Deux', 'Dix').replace('grues', 'quatre grues') },
      conflicts: [],
    });
    const merged = { ...at(textOf(theirs)), body: clean.merged.body as string, reason: 'Les deux' };
    expect(await editor.code('saveRevision', merged)).toBeNull();
    const contrary = await editor.do('saveWorkingText', { ...at(original), body: BODY.replace('Deux', 'Cent') });
    expect(contrary).toMatchObject({
      ...{ code: 'EDIT_CONFLICT', merged: null },
      conflicts: [{ part: 'body', base: expect.stringContaining('Deux'), yours: expect.stringContaining('Cent') }],
    });
  });

  it('by many at once: one wins each round, and every revision is accounted for', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    let now = original;
    for (let round = 1; round <= 3; round++) {
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          editor.do('saveRevision', { ...at(now), body: `${BODY} ${round} ${i}`, reason: `${round}` }),
        ),
      );
      const won = results.filter(({ __typename: type }) => type === 'RevisionSaved');
      expect(won).toHaveLength(1);
      expect(results.filter(({ code }) => code === 'EDIT_CONFLICT')).toHaveLength(5);
      now = textOf(won[0] ?? {});
    }
    expect((await trailOf(articleId)).filter(({ operation }) => operation === 'text.save')).toHaveLength(3);
  });

  it.each<[string, object, string, string]>([
    ['null for a body', { body: null }, 'INVALID_VALUE', 'body'],
    ['a headline of two lines', { headline: 'a\nb' }, 'INVALID_VALUE', 'headline'],
    ['a slug that is none', { slug: 'Le Port' }, 'INVALID_VALUE', 'slug'],
    ['no reason', { reason: ' ' }, 'INVALID_VALUE', 'reason'],
    ['a text that is none', { translationId: 'nonsense' }, 'NOT_FOUND', 'translationId'],
    ['an article’s id', { translationId: 'QXJ0aWNsZTp4' }, 'NOT_FOUND', 'translationId'],
    ['no headline', { headline: '' }, 'INVALID_VALUE', 'headline'],
    ['a source that it does not have', { sourceRevisionId: 'nonsense' }, 'NOT_FOUND', 'sourceRevisionId'],
  ])('with %s is refused', async (_what, rest, code, field) => {
    const { original } = await givenWritten(server, editor);
    const refused = await editor.do('saveRevision', { ...at(original), body: 'Autre.', reason: 'x', ...rest });
    expect(refused).toMatchObject({ code, path: ['input', field] });
  });
});

describe('translations', () => {
  it('fallback text is never saved as real text: one begins empty, and is nothing until it is written (payloadcms/payload#11712)', async () => {
    const { articleId, original } = await givenWithReaders();
    const started = await editor.do('startTranslation', { sourceRevisionId: original.revisionId, language: 'en' });
    expect(started).toMatchObject({
      __typename: 'TranslationStarted',
      translation: { headline: '', dek: null, body: '', slug: null, revision: null, isUnsaved: true, method: 'HUMAN' },
    });
    const text = textOf(started);
    expect(await editor.code('saveRevision', { ...at(text), reason: 'x' })).toBe('INVALID_VALUE');
    expect(await editor.code('completeTranslation', at(text))).toBe('NOT_SAVED');
    expect(await editor.code('publishTranslation', { articleId, language: 'en', expectedRevision: 1 })).toBe(
      'NOT_FOUND',
    );
    // Readers who ask for English get the French text, and are told that it is; at the desk English stays empty.
    const { data } = await server.query(
      'query ($id: ID!) { node(id: $id) { ... on Article { text { language isFallback headline } } } }',
      { id: articleId },
      { 'accept-language': 'en' },
    );
    expect(data.node.text).toMatchObject({ language: 'fr', isFallback: true });
    const typed = await editor.do('saveWorkingText', { ...at(text), body: 'The port.' });
    expect(typed).toMatchObject({ translation: { headline: '', dek: null, body: 'The port.' } });
    expect(
      await editor.do('startTranslation', { sourceRevisionId: original.revisionId, language: 'en' }),
    ).toMatchObject({
      ...{ code: 'LANGUAGE_TAKEN', LanguageTaken_language: 'en', path: ['input', 'language'] },
    });
    for (const language of ['und', 'mul', 'zxx']) {
      const none = { sourceRevisionId: original.revisionId, language };
      expect(await editor.do('startTranslation', none)).toMatchObject({
        ...{ code: 'INVALID_VALUE', path: ['input', 'language'] },
      });
    }
  });

  it('by machines come with their text, and are machines’ alone until somebody works them over', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const started = await editor.do('startTranslation', {
      ...{ sourceRevisionId: original.revisionId, language: 'de', method: 'MACHINE', tool: 'Apertium' },
      ...{ headline: 'Der Hafen', body: 'A.\n\nB.\n\nC.' },
    });
    expect(started).toMatchObject({ translation: { method: 'MACHINE', tool: 'Apertium', revision: { number: 1 } } });
    const saved = await editor.do('saveRevision', { ...at(textOf(started)), body: 'A.\n\nB.\n\nD.', reason: 'Besser' });
    expect(saved).toMatchObject({ translation: { method: 'MACHINE_EDITED' } });
    const credited = await editor.do('creditTranslation', {
      ...{ ...at(textOf(saved)), method: 'MACHINE_EDITED', tool: 'Apertium', translator: 'Jutta Jung' },
    });
    expect(credited).toMatchObject({ translation: { translator: { name: 'Jutta Jung' }, state: 'DRAFT' } });
    expect(await trailOf(articleId)).toMatchObject([
      { operation: 'article.create' },
      {
        operation: 'translation.start',
        language: 'de',
        after: { method: 'MACHINE', from: { language: 'fr', revision: 1 } },
      },
      { operation: 'text.save', language: 'de' },
      { operation: 'translation.credit', language: 'de', after: { translator: 'Jutta Jung' } },
    ]);
  });

  it.each<[string, object, string, string]>([
    ['from a revision that is none', { sourceRevisionId: 'nonsense' }, 'NOT_FOUND', 'sourceRevisionId'],
    ['by a person with a tool', { tool: 'Apertium' }, 'INVALID_VALUE', 'tool'],
    ['by a machine without a name', { method: 'MACHINE' }, 'INVALID_VALUE', 'tool'],
    ['with half a text', { headline: 'The port' }, 'INVALID_VALUE', 'body'],
    ['with a translator without a name', { translator: ' ' }, 'INVALID_VALUE', 'translator'],
  ])('%s do not begin', async (_what, rest, code, field) => {
    const { original } = await givenWritten(server, editor);
    const begun = await editor.do('startTranslation', {
      ...{ sourceRevisionId: original.revisionId, language: 'en' },
      ...rest,
    });
    expect(begun).toMatchObject({ code, path: ['input', field] });
  });

  it('go through their states, each vouching for one text, and the trail tells who took which step and why', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const english = await givenTranslated(editor, original);
    expect(await editor.do('approveTranslation', at(english))).toMatchObject({
      ...{ code: 'STEP_REFUSED', StepRefused_state: 'DRAFT' },
    });
    const states: string[] = [];
    const steps = ['completeTranslation', 'reviewTranslation', 'approveTranslation', 'sendBackTranslation'];
    for (const step of steps) {
      const { translation } = await editor.do(step, { ...at(english), reason: `by ${step}` });
      states.push(translation.state as string);
    }
    expect(states).toEqual(['TRANSLATED', 'REVIEWED', 'APPROVED', 'DRAFT']);
    expect((await trailOf(articleId)).slice(-4)).toMatchObject([
      { operation: 'translation.complete', before: { state: 'DRAFT' }, after: { state: 'TRANSLATED' } },
      { operation: 'translation.review' },
      { operation: 'translation.approve', reason: 'by approveTranslation' },
      { operation: 'translation.sendBack', language: 'en', before: { state: 'APPROVED' }, after: { state: 'DRAFT' } },
    ]);
    // Nobody translates an original.
    expect(await editor.code('completeTranslation', at(original))).toBe('STEP_REFUSED');
    expect(await editor.code('creditTranslation', { ...at(original), method: 'HUMAN' })).toBe('INVALID_VALUE');
    const late = await editor.do('reviewTranslation', { ...at(english), expectedVersion: 1 });
    expect(late).toMatchObject({
      code: 'EDIT_CONFLICT',
      base: null,
      yours: null,
      theirs: { id: english.translationId },
    });
  });

  it('are brought up to date passage by passage, or as a whole by saving from the newer revision', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const english = await givenTranslated(editor, original);
    const newer = await editor.do('saveRevision', {
      ...{ ...at(original), body: BODY.replace('Deux', 'Trois').replace('rouvert', 'fermé'), reason: 'Fermé' },
    });
    const outdated = async (): Promise<unknown> =>
      (await editor.desk(`translation(id: "${english.translationId}") { outdatedPassages version state }`)).translation;
    expect(await outdated()).toMatchObject({ outdatedPassages: 2 });
    const sourceRevisionId = textOf(newer).revisionId;
    const blocksOf = async (revisionId: string): Promise<string[]> => {
      const blocks = `select b->>'id' as id from desk.revision r, jsonb_array_elements(r.blocks) b where r.id = $1`;
      const rows = await server.database.sql<{ id: string }>(blocks, [fromGlobalId(revisionId)?.id]);
      return rows.map(({ id }) => id);
    };
    const [first = '', second = ''] = await blocksOf(sourceRevisionId);
    const [one = '', other = ''] = await blocksOf(english.revisionId);
    const passageIds = [first];
    const partly = await editor.do('bringUpToDate', { ...at(english), passageIds, sourceRevisionId });
    expect(partly).toMatchObject({ translation: { outdatedPassages: 1, isUnsaved: true, state: 'DRAFT' } });
    expect((await trailOf(articleId)).at(-1)).toMatchObject({
      ...{ operation: 'translation.bringUpToDate', language: 'en', after: { passages: 1, with: 2 } },
    });
    const paired = await editor.do('pairBlocks', {
      ...at(textOf(partly)),
      pairs: [{ blockId: one, sourceBlockId: second }, { blockId: other }],
    });
    expect(paired).toMatchObject({ __typename: 'BlocksPaired' });
    const saved = await editor.do('saveRevision', {
      ...{ ...at(textOf(paired)), body: 'The port closed.\n\nCranes turn.\n\nThree ships wait.' },
      ...{ sourceRevisionId, reason: 'All of it' },
    });
    expect(saved).toMatchObject({ translation: { outdatedPassages: 0 } });
    for (const [mutation, rest, field] of [
      ['bringUpToDate', { passageIds: ['nowhere'], sourceRevisionId }, 'passageIds'],
      ['bringUpToDate', { passageIds: [], sourceRevisionId: english.revisionId }, 'sourceRevisionId'],
      ['pairBlocks', { pairs: [{ blockId: '__proto__', sourceBlockId: 'b1' }] }, 'pairs'],
    ] as const) {
      const refused = await editor.do(mutation, { ...at(textOf(saved)), ...rest });
      expect(refused).toMatchObject({ code: 'NOT_FOUND', path: ['input', field] });
    }
  });

  it('a sync never overwrites a translator’s work (wagtail/wagtail-localize#876)', async () => {
    const facts = { headline: 'La synchronisation', body: ['Un paragraphe.', 'Un autre.'] };
    const { articleId: id } = await givenPublished(server, facts);
    const asked = `article(id: "${Buffer.from(`Article:${id}`).toString('base64url')}")`;
    const shown = `${asked} { translations { id version headline body revision { id number } } }`;
    const original = textOf({ translation: (await editor.desk(shown)).article.translations[0] });
    const english = await givenTranslated(editor, original);
    await editor.do('saveWorkingText', { ...at(english), body: 'Mine alone.' });
    await editor.do('saveWorkingText', { ...at(original), body: 'À la main.' });
    const before = (await editor.desk(shown)).article;
    const [seeded] = await seedTexts(server, [page({ ...facts, body: ['Un paragraphe changé.', 'Un autre.'] })]);
    expect(seeded).toMatchObject({ conflicts: [{ path: 'text.body' }] });
    expect((await editor.desk(shown)).article).toEqual(before);
  });
});

describe('what is in hand', () => {
  const shown = async ({ translationId }: { readonly translationId: string }): Promise<Record<string, unknown>> => {
    const { translation } = await editor.desk(`translation(id: "${translationId}") { state isUnsaved headline steps }`);
    return translation as Record<string, unknown>;
  };

  it('takes no approval away, and publishing gives readers the revision that was approved', async () => {
    const { articleId, original } = await givenWritten(server, editor);
    const approved = await approve(editor, original, true);
    const { headline } = await shown(approved);
    const typed = await editor.do('saveWorkingText', { ...at(approved), headline: 'Une faute' });
    expect(typed).toMatchObject({ translation: { state: 'APPROVED', isUnsaved: true, headline: 'Une faute' } });
    expect((await shown(approved)).steps).toEqual(['EDIT', 'SEND_BACK', 'PUBLISH']);
    const publish = { articleId, language: 'fr', expectedRevision: 1 };
    expect(await editor.code('publishTranslation', publish)).toBeNull();
    expect(JSON.stringify(await readersHave(server, articleId))).toContain(headline);
    expect(JSON.stringify(await readersHave(server, articleId))).not.toContain('Une faute');
    expect(await shown(approved)).toMatchObject({ state: 'PUBLISHED', isUnsaved: true });
    const saved = await editor.do('saveRevision', { ...at(textOf(typed)), reason: 'x' });
    expect(saved).toMatchObject({ translation: { state: 'DRAFT', revision: { number: 2 } } });
  });

  it('keeps nobody from sending a text back, and is saved before a text goes further', async () => {
    const { original } = await givenWritten(server, editor);
    const approved = await approve(editor, original, true);
    const typed = textOf(await editor.do('saveWorkingText', { ...at(approved), headline: 'Une faute' }));
    const sentBack = await editor.do('sendBackTranslation', at(typed));
    expect(sentBack).toMatchObject({ translation: { state: 'DRAFT', isUnsaved: true } });
    expect(await editor.code('reviewTranslation', at(typed))).toBe('NOT_SAVED');
  });

  it.each<[string, (text: GivenText, headline: string) => [mutation: string, input: object], string]>([
    ['thrown away', (text) => ['discardWorkingText', at(text)], 'text.discard'],
    ['typed back', (text, headline) => ['saveWorkingText', { ...at(text), headline }], 'translation.approve'],
    ['exchanged for the newest revision', (text) => ['restoreRevision', text], 'text.restore'],
  ])('is gone where it is %s, and the approval is there', async (_how, deed, operation) => {
    const { articleId, original } = await givenWritten(server, editor);
    const approved = await approve(editor, original, true);
    const { headline } = await shown(approved);
    const typed = textOf(await editor.do('saveWorkingText', { ...at(approved), headline: 'Une faute' }));
    const [mutation, input] = deed(typed, headline as string);
    const gone = await editor.do(mutation, input);
    expect(gone).toMatchObject({ translation: { headline, state: 'APPROVED', isUnsaved: false } });
    expect(textOf(gone).expectedVersion).toBe(typed.expectedVersion + 1);
    expect((await trailOf(articleId)).at(-1)).toMatchObject({ operation });
    // Who had it before their eyes is told what they had.
    const late = await editor.do('saveWorkingText', { ...at(typed), body: 'Trop tard.' });
    expect(late).toMatchObject({ code: 'EDIT_CONFLICT', base: { headline: 'Une faute' } });
    expect(await editor.code('discardWorkingText', at(textOf(gone)))).toBe('NOTHING_TO_SAVE');
  });

  it('of a translation without a revision is nothing again, and its source is what it was', async () => {
    const { original } = await givenWritten(server, editor);
    const started = textOf(
      await editor.do('startTranslation', { sourceRevisionId: original.revisionId, language: 'en' }),
    );
    expect(await editor.code('discardWorkingText', at(started))).toBe('NOTHING_TO_SAVE');
    const typed = textOf(await editor.do('saveWorkingText', { ...at(started), body: 'The port.' }));
    const empty = await editor.do('discardWorkingText', at(typed));
    expect(empty).toMatchObject({ __typename: 'WorkingTextDiscarded', translation: { body: '', revision: null } });
    expect(await editor.code('discardWorkingText', at(typed))).toBe('EDIT_CONFLICT');
  });

  it('of what is up to date goes, too: the passages are out of date again', async () => {
    const { original } = await givenWritten(server, editor);
    const english = await givenTranslated(editor, original);
    const newer = await editor.do('saveRevision', {
      ...{ ...at(original), body: BODY.replace('Deux', 'Trois'), reason: 'Trois' },
    });
    const sourceRevisionId = textOf(newer).revisionId;
    const asked = `translationSheet(translationId: "${english.translationId}") { rows { passageId change { change } } }`;
    const { rows } = (await editor.desk(asked)).translationSheet as Record<string, Record<string, any>[]>;
    const passageIds = rows?.filter(({ change }) => change !== null).map(({ passageId }) => passageId as string);
    const nothing = await editor.do('bringUpToDate', { ...at(english), passageIds: [], sourceRevisionId });
    expect(nothing).toMatchObject({ translation: { isUnsaved: false, outdatedPassages: 1 } });
    const settled = await editor.do('bringUpToDate', { ...at(english), passageIds, sourceRevisionId });
    expect(settled).toMatchObject({ translation: { isUnsaved: true, outdatedPassages: 0 } });
    const gone = await editor.do('discardWorkingText', at(textOf(settled)));
    expect(gone).toMatchObject({ translation: { isUnsaved: false, outdatedPassages: 1 } });
  });

  it('is compared with what was read, and with nothing where nobody knows that any longer', async () => {
    const { original } = await givenWritten(server, editor);
    const last = original.expectedVersion + 34;
    let now = original;
    while (now.expectedVersion < last) {
      now = textOf(await editor.do('saveWorkingText', { ...at(now), headline: `Le port, ${now.expectedVersion}` }));
    }
    const baseOf = async (expectedVersion: number): Promise<unknown> =>
      (await editor.do('saveWorkingText', { ...at(now), expectedVersion, body: 'x' })).base?.headline;
    expect(await baseOf(last - 1)).toBe(`Le port, ${last - 2}`);
    expect(await baseOf(original.expectedVersion)).toMatch(/^Le port \d+$/);
    expect(await baseOf(original.expectedVersion + 1)).toBeUndefined();
    expect(await baseOf(9999)).toBeUndefined();
  });

  it('makes no revision that says what the newest says', async () => {
    const { original } = await givenWritten(server, editor);
    const english = await givenTranslated(editor, original);
    const again = { ...at(english), sourceRevisionId: original.revisionId, reason: 'x' };
    expect(await editor.code('saveRevision', again)).toBe('NOTHING_TO_SAVE');
  });
});

describe('restoring', () => {
  it('does not publish: the revision is a draft in hand, and readers have what they had', async () => {
    const { articleId, original } = await givenWithReaders();
    const second = await editor.do('saveRevision', {
      ...at(original),
      headline: 'Le second',
      body: 'Autre.',
      reason: 'x',
    });
    await approve(editor, textOf(second), true);
    await editor.do('publishTranslation', { articleId, language: 'fr', expectedRevision: 2 });
    const editions = 'select count(*) from edition.edition';
    const before = [await readersHave(server, articleId), await server.database.sql(editions)];
    const restored = await editor.do('restoreRevision', { ...at(textOf(second)), revisionId: original.revisionId });
    expect(restored).toMatchObject({
      __typename: 'RevisionRestored',
      translation: { body: BODY, isUnsaved: true, state: 'PUBLISHED', isPublished: true, revision: { number: 2 } },
    });
    expect([await readersHave(server, articleId), await server.database.sql(editions)]).toEqual(before);
    const saved = await editor.do('saveRevision', { ...at(textOf(restored)), reason: 'Le premier' });
    expect(saved).toMatchObject({ translation: { state: 'DRAFT', revision: { number: 3 } } });
    expect(await editor.code('publishTranslation', { articleId, language: 'fr', expectedRevision: 3 })).toBe(
      'NOT_APPROVED',
    );
    expect([await readersHave(server, articleId), await server.database.sql(editions)]).toEqual(before);
    expect((await trailOf(articleId)).at(-2)).toMatchObject({ operation: 'text.restore', after: { restored: 1 } });
  });

  it.each<[string, (own: string, others: string) => object, string]>([
    ['a revision of another text', (_own, others) => ({ revisionId: others }), 'NOT_FOUND'],
    ['the newest revision', (own) => ({ revisionId: own }), 'NOTHING_TO_SAVE'],
    ['no revision at all', () => ({ revisionId: 'nonsense' }), 'NOT_FOUND'],
    ['a text that was changed meanwhile', (own) => ({ revisionId: own, expectedVersion: 99 }), 'EDIT_CONFLICT'],
  ])('%s is refused', async (_what, rest, code) => {
    const { original } = await givenWritten(server, editor);
    const other = await givenWritten(server, editor);
    const input = { ...at(original), ...rest(original.revisionId, other.original.revisionId) };
    expect(await editor.code('restoreRevision', input)).toBe(code);
  });
});
