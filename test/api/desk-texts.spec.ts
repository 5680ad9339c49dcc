import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Problem } from '../../src/common/problem.type.js';
import { DeskArticlesService } from '../../src/desk/writing/desk-articles.service.js';
import { type NewArticle, NewArticlesService } from '../../src/desk/writing/new-articles.service.js';
import type { WrittenArticle } from '../../src/desk/writing/settle-article.js';
import { PublisherEntity } from '../../src/publishers/publisher.entity.js';
import { EditConflict } from '../../src/texts/texts.problems.js';
import { SourceTiesService } from '../../src/texts/source-ties.service.js';
import type { TextState } from '../../src/texts/text-state.js';
import { TextsQueries } from '../../src/texts/texts.queries.js';
import { TranslationsService } from '../../src/texts/translations.service.js';
import { type SavedRevision, WorkingTextsService } from '../../src/texts/working-texts.service.js';
import { exportText, seedExport } from '../fixtures/exports.js';
import * as given from '../fixtures/given.js';
import { givenPublished, givenReferences, seedTexts } from '../fixtures/given.js';
import { page } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const ACTOR = { kind: 'ACCOUNT' as const, accountId: '11111111-1111-4111-8111-111111111111', name: 'Anne' };

/** Somebody who may do everything. */
const ANNE = { actor: ACTOR, demand: () => undefined };

let server: TestServer;
let texts: WorkingTextsService;
let translations: TranslationsService;
let queries: TextsQueries;
let articles: DeskArticlesService;
/** Publishes as somebody does who approves it first. */
async function publish(at: TestServer, articleId: string, language: string): ReturnType<typeof given.publish> {
  await at.database.sql(
    `update desk.translation set state = 'APPROVED' where article_id = $1 and language = $2 and state <> 'PUBLISHED'`,
    [articleId, language],
  );
  return given.publish(at, articleId, language);
}

let publisherId: string;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  texts = server.app.get(WorkingTextsService);
  translations = server.app.get(TranslationsService);
  queries = server.app.get(TextsQueries);
  articles = server.app.get(DeskArticlesService);
  const publisher = await server.app
    .get(DataSource)
    .manager.findOneByOrFail(PublisherEntity, { slug: 'mondialisation-ca' });
  publisherId = publisher.id;
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** What was done; a problem fails the test. */
function done<T>(result: T): Exclude<T, Problem> {
  if (result instanceof Problem) throw new Error(`${result.code} ${result.path.join('.')}: ${result.message}`);
  return result as Exclude<T, Problem>;
}

function refused(result: unknown): string {
  return result instanceof Problem ? result.code : 'done';
}

const BODY = 'Le port a rouvert.\n\nLes grues tournent.\n\nDeux navires attendent.';

function newArticle(rest: Partial<NewArticle> = {}): NewArticle {
  return {
    publisherId,
    kind: 'ARTICLE',
    language: 'fr',
    publishedOn: '2026-11-01',
    text: { headline: `Le port ${++count}`, dek: null, body: BODY },
    origin: { relation: 'OWN', source: null, url: null, title: null, language: null, publishedOn: null },
    credits: [{ role: 'AUTHOR', name: 'Anne Martin' }],
    regions: [],
    themes: [],
    reports: [],
    copyright: { raw: 'Copyright © Anne Martin, 2026', author: 'Anne Martin', source: null, year: 2026 },
    contactPoints: [],
    links: [],
    ...rest,
  };
}

async function givenWritten(rest: Partial<NewArticle> = {}): Promise<WrittenArticle & { text: TextState }> {
  const written = done(await server.app.get(NewArticlesService).create(ANNE, newArticle(rest)));
  return { ...written, text: await read(written.translationId) };
}

async function read(translationId: string): Promise<TextState> {
  const text = await texts.find(translationId);
  if (text === null) throw new Error('no text');
  return text;
}

const at = ({ translationId, version }: TextState) => ({ translationId, expectedVersion: version });

async function save(text: TextState, body: string): Promise<TextState> {
  const saved: SavedRevision = done(await texts.saveRevision(ANNE, at(text), { body, reason: 'Edited' }));
  return saved.text;
}

/** A translation into English that is saved, of the original's newest revision. */
async function givenTranslated(
  original: TextState,
  body = 'The port reopened.\n\nCranes turn.\n\nTwo ships wait.',
): Promise<TextState> {
  const started = done(
    await translations.start(ANNE, {
      ...{ sourceRevisionId: original.revision?.id ?? '', language: 'en', method: 'HUMAN', tool: null },
      translator: 'Jean Traduit',
    }),
  );
  const saved = done(
    await texts.saveRevision(ANNE, at(started), { headline: `The port ${++count}`, body, reason: 'Translated' }),
  );
  return saved.text;
}

async function approve(text: TextState): Promise<TextState> {
  let now = text;
  for (const step of ['complete', 'review', 'approve'] as const) {
    if (step === 'complete' && text.isOriginal) continue;
    now = done(await translations.take(ANNE, step, at(now)));
  }
  return now;
}

async function shown(articleId: string): Promise<Record<string, { headline: string; isOutdated: boolean }>> {
  const [row] = await server.database.sql<{ texts: { language: string; headline: string; isOutdated: boolean }[] }>(
    'select texts from edition.current_article where article_id = $1',
    [articleId],
  );
  return Object.fromEntries((row?.texts ?? []).map((text) => [text.language, text]));
}

describe('working texts', () => {
  it('are kept as they are typed, without a revision, and their blocks keep their ids', async () => {
    const { text } = await givenWritten();
    const typed = done(await texts.autosave(ANNE, at(text), { body: BODY.replace('Deux', 'Trois') }));
    expect(typed).toMatchObject({ isUnsaved: true, state: 'DRAFT', version: text.version + 1, changedBy: 'Anne' });
    expect(typed.blocks.map(({ id }) => id)).toEqual(text.blocks.map(({ id }) => id));
    expect(await queries.listRevisions(text.translationId, 10)).toHaveLength(1);
    const { text: saved } = done(await texts.saveRevision(ANNE, at(typed), { reason: 'Un navire de plus' }));
    expect(saved).toMatchObject({ isUnsaved: false, revision: { number: 2 }, body: typed.body });
    expect(await queries.listRevisions(text.translationId, 10)).toMatchObject([
      { number: 2, reason: 'Un navire de plus', madeBy: 'Anne', madeById: ACTOR.accountId },
      { number: 1, reason: 'Created' },
    ]);
    expect(refused(await texts.saveRevision(ANNE, at(saved), { reason: 'Rien' }))).toBe('NOTHING_TO_SAVE');
  });

  it('are never lost to another: who was slower gets both states, and the two in one where that is clean', async () => {
    const { text } = await givenWritten();
    const first = done(await texts.autosave(ANNE, at(text), { body: BODY.replace('port', 'vieux port') }));
    const theirs = done(await texts.autosave(ANNE, at(first), { body: first.body.replace('Deux', 'Dix') }));
    const clean = await texts.autosave(ANNE, at(first), { body: first.body.replace('grues', 'quatre grues') });
    expect(clean).toBeInstanceOf(EditConflict);
    expect(clean).toMatchObject({
      base: { body: first.body },
      theirs: { version: theirs.version },
      merged: { body: theirs.body.replace('grues', 'quatre grues') },
    });
    const contrary = await texts.autosave(ANNE, at(first), { body: first.body.replace('Deux', 'Cent') });
    expect(contrary).toMatchObject({ merged: null, conflicts: [{ part: 'body' }] });
    expect((await read(text.translationId)).body).toBe(theirs.body);
  });

  it('of many at once: one wins each round, and every revision is accounted for', async () => {
    const { text } = await givenWritten();
    let wins = 0;
    for (let round = 0; round < 3; round++) {
      const now = await read(text.translationId);
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          texts.saveRevision(ANNE, at(now), { body: `${BODY} ${round} ${i}`, reason: 'x' }),
        ),
      );
      const won = results.filter((result) => !(result instanceof Problem)).length;
      expect(won).toBe(1);
      expect(results.filter((result) => result instanceof EditConflict)).toHaveLength(5);
      wins += won;
    }
    expect((await read(text.translationId)).revision?.number).toBe(1 + wins);
  });

  it.each([
    ['NUL', { body: 'a\0b' }],
    ['half of a character', { headline: '\ud83d' }],
    ['5 MB', { body: 'x'.repeat(5_000_000) }],
    ['quotes in quotes without end', { body: '> '.repeat(500) }],
    ['a headline of two lines', { headline: 'a\nb' }],
    ['a slug that is none', { slug: 'Le Port' }],
  ])('are refused with %s', async (_what, edit) => {
    const { text } = await givenWritten();
    expect(refused(await texts.autosave(ANNE, at(text), edit))).toBe('INVALID_VALUE');
    expect((await read(text.translationId)).version).toBe(text.version);
  });

  it('have emoji and marks of direction as they are', async () => {
    const { text } = await givenWritten();
    const body = 'Le port 🚢 \u200fميناء\u200e.';
    expect((await save(text, body)).body).toBe(body);
  });
});

describe('slugs', () => {
  it('that another article has, or had, in any language, are taken', async () => {
    const one = await givenWritten({ slug: `ancien-${++count}` });
    const former = one.text.slug ?? '';
    const renamed = done(
      await articles.changeSlug(
        ANNE,
        { articleId: one.articleId, expectedVersion: 1 },
        { language: 'fr', slug: `${former}-b` },
      ),
    );
    const other = await givenWritten();
    const english = await givenTranslated(other.text);
    expect(refused(await texts.autosave(ANNE, at(english), { slug: former }))).toBe('SLUG_TAKEN');
    expect(refused(await server.app.get(NewArticlesService).create(ANNE, newArticle({ slug: former })))).toBe(
      'SLUG_TAKEN',
    );
    const back = { articleId: one.articleId, expectedVersion: renamed.version };
    expect(refused(await articles.changeSlug(ANNE, back, { language: 'fr', slug: former }))).toBe('done');
  });

  it('asked for by eight at once are one article’s', async () => {
    const slug = `course-${++count}`;
    const results = await Promise.all(
      Array.from({ length: 8 }, () => server.app.get(NewArticlesService).create(ANNE, newArticle({ slug }))),
    );
    expect(results.map(refused).sort()).toEqual([...Array<string>(7).fill('SLUG_TAKEN'), 'done'].sort());
  });
});

describe('articles by people', () => {
  it('are published as they were written, and nothing is filled in', async () => {
    const written = await givenWritten({
      origin: {
        ...{ relation: 'VERBATIM', source: 'South Front', url: 'https://southfront.example/port' },
        ...{ title: null, language: 'en', publishedOn: '2026-10-30' },
      },
      links: [{ kind: 'SOCIAL', url: 'https://social.example/port' }],
      contactPoints: [{ email: 'media@example.org', purposes: ['MEDIA'] }],
    });
    expect(written.findings).toEqual([]);
    expect(await publish(server, written.articleId, 'fr')).toMatchObject({ outcome: 'published', number: 1 });
    expect((await read(written.translationId)).state).toBe('PUBLISHED');
    const { data } = await server.query(
      `query ($slug: String!) { article(slug: $slug) {
        kind text { headline isOriginal } origin { relation url source { name } } credits { agent { name } }
        links { url } contactPoints { email } } }`,
      { slug: written.text.slug },
    );
    expect(data.article).toMatchObject({
      kind: 'ARTICLE',
      text: { headline: written.text.headline, isOriginal: true },
      origin: { relation: 'VERBATIM', url: 'https://southfront.example/port', source: { name: 'South Front' } },
      credits: [{ agent: { name: 'Anne Martin' } }],
      links: [{ url: 'https://social.example/port' }],
      contactPoints: [{ email: 'media@example.org' }],
    });
  });

  it('say what is missing, block publishing with it, and are mended by writing it', async () => {
    const written = await givenWritten({
      credits: [],
      copyright: null,
      text: { headline: `Vide ${++count}`, dek: null, body: '' },
    });
    expect(written.findings.map(({ code }) => code).sort()).toEqual([
      'COPYRIGHT_NOTICE_MISSING',
      'CREDIT_MISSING',
      'TEXT_MISSING',
    ]);
    expect(await publish(server, written.articleId, 'fr')).toMatchObject({ outcome: 'blocked' });
    const { credits, copyright } = newArticle();
    const edited = done(
      await articles.edit(ANNE, { articleId: written.articleId, expectedVersion: 1 }, { credits, copyright }),
    );
    await save(written.text, BODY);
    expect(await publish(server, written.articleId, 'fr')).toMatchObject({ outcome: 'published' });
    expect(refused(await articles.edit(ANNE, { articleId: written.articleId, expectedVersion: 1 }, { credits }))).toBe(
      'ARTICLE_CONFLICT',
    );
    expect(edited.version).toBe(2);
  });
});

describe('translations', () => {
  it('fallback text is never saved as real text: a translation begins empty, and stays so until somebody writes', async () => {
    const { text, articleId } = await givenWritten();
    const started = done(
      await translations.start(ANNE, {
        ...{ sourceRevisionId: text.revision?.id ?? '', language: 'en', method: 'HUMAN', tool: null, translator: null },
      }),
    );
    expect(started).toMatchObject({ headline: '', dek: null, body: '', slug: null, revision: null, isUnsaved: true });
    expect(refused(await texts.saveRevision(ANNE, at(started), { reason: 'x' }))).toBe('INVALID_VALUE');
    expect(refused(await translations.take(ANNE, 'complete', at(started)))).toBe('NOT_SAVED');
    await expect(publish(server, articleId, 'en')).rejects.toThrow();
    expect(
      refused(
        await translations.start(ANNE, {
          sourceRevisionId: text.revision?.id ?? '',
          language: 'en',
          method: 'HUMAN',
          tool: null,
          translator: null,
        }),
      ),
    ).toBe('LANGUAGE_TAKEN');
  });

  it('another revision of an approved text is a draft, what is in hand beside it is not; neither changes nothing that is published', async () => {
    const { text, articleId } = await givenWritten();
    const approved = await approve(text);
    expect(approved.state).toBe('APPROVED');
    await publish(server, articleId, 'fr');
    const before = await shown(articleId);
    const typed = done(await texts.autosave(ANNE, at(approved), { headline: 'Autre chose' }));
    expect(typed.state).toBe('PUBLISHED');
    const { text: saved } = done(await texts.saveRevision(ANNE, at(typed), { reason: 'Autre' }));
    expect(saved.state).toBe('DRAFT');
    expect(refused(await translations.take(ANNE, 'approve', at(saved)))).toBe('STEP_REFUSED');
    expect(await shown(articleId)).toEqual(before);
  });

  it('are out of date passage by passage, and up to date when somebody says so of each, or saves from the newer one', async () => {
    const { text } = await givenWritten();
    const english = await givenTranslated(text);
    const newer = await save(text, BODY.replace('Deux', 'Trois').replace('rouvert', 'fermé').concat('\n\nFin.'));
    const sheet = await queries.findSheet(english.translationId);
    expect(sheet?.outdated).toBe(3);
    expect(sheet?.rows.filter(({ change }) => change !== null)).toMatchObject([
      {
        change: { change: 'CHANGED', before: 'Le port a rouvert.', after: 'Le port a fermé.' },
        translation: [{ text: 'The port reopened.' }],
      },
      { change: { change: 'CHANGED' }, translation: [{ text: 'Two ships wait.' }] },
      { change: { change: 'ADDED', after: 'Fin.' }, translation: [] },
    ]);
    expect((await queries.countOutdated()).get('en')).toBeGreaterThan(0);
    const sourceRevisionId = newer.revision?.id ?? '';
    const ids = sheet?.rows.filter(({ change }) => change !== null).map(({ passageId }) => passageId) ?? [];
    const typed = done(await texts.autosave(ANNE, at(english), { body: english.body.replace('reopened', 'closed') }));
    expect((await queries.findSheet(english.translationId))?.outdated).toBe(3);
    const partly = done(
      await server.app
        .get(SourceTiesService)
        .bringUpToDate(ANNE, at(typed), { passageIds: ids.slice(0, 1), sourceRevisionId }),
    );
    expect((await queries.findSheet(english.translationId))?.outdated).toBe(2);
    const saved = done(await texts.saveRevision(ANNE, at(partly), { reason: 'Un bloc' })).text;
    expect((await queries.findSheet(english.translationId))?.outdated).toBe(2);
    done(
      await texts.saveRevision(ANNE, at(saved), { body: `${saved.body}\n\nEnd.`, reason: 'Tout', sourceRevisionId }),
    );
    expect((await queries.findSheet(english.translationId))?.outdated).toBe(0);
  });

  it('revisions see translations: each keeps what it was made from, and readers are told of what was published anew', async () => {
    const { text, articleId } = await givenWritten();
    const english = await givenTranslated(text);
    await publish(server, articleId, 'fr');
    await publish(server, articleId, 'en');
    const newer = await save(text, BODY.replace('Deux', 'Trois'));
    // A translation of what readers do not have yet is newer for them, not out of date.
    expect((await shown(articleId)).en).toMatchObject({ isOutdated: false });
    await publish(server, articleId, 'fr');
    expect((await shown(articleId)).en).toMatchObject({ isOutdated: true });
    const mended = done(
      await texts.saveRevision(ANNE, at(await read(english.translationId)), {
        ...{ body: english.body.replace('Two', 'Three'), reason: 'x', sourceRevisionId: newer.revision?.id ?? '' },
      }),
    );
    expect((await shown(articleId)).en).toMatchObject({ isOutdated: true });
    await publish(server, articleId, 'en');
    expect((await shown(articleId)).en).toMatchObject({ isOutdated: false });
    // Text that reads again as it did is known to its translations.
    await save(await read(text.translationId), BODY);
    await publish(server, articleId, 'fr');
    expect((await shown(articleId)).en).toMatchObject({ isOutdated: true });
    done(await texts.restore(ANNE, at(mended.text), english.revision?.id ?? ''));
    expect((await queries.findSheet(english.translationId))?.outdated).toBe(0);
  });

  it('of translations know the original through those, and their translators are credited once they are shown', async () => {
    const { text, articleId } = await givenWritten();
    const english = await givenTranslated(text);
    const german = done(
      await translations.start(ANNE, {
        ...{ sourceRevisionId: english.revision?.id ?? '', language: 'de', method: 'MACHINE', tool: 'Apertium' },
        ...{ translator: null, text: { headline: `Der Hafen ${++count}`, dek: null, body: 'A.\n\nB.\n\nC.' } },
      }),
    );
    expect(german).toMatchObject({ method: 'MACHINE', revision: { number: 1 } });
    for (const language of ['fr', 'de']) await publish(server, articleId, language);
    expect((await shown(articleId)).de).toMatchObject({ isOutdated: false });
    const credits = async (): Promise<unknown> =>
      (await server.database.sql('select credits from edition.current_article where article_id = $1', [articleId]))[0];
    expect(JSON.stringify(await credits())).not.toContain('Jean Traduit');
    await publish(server, articleId, 'en');
    expect(JSON.stringify(await credits())).toContain('Jean Traduit');
    await save(text, BODY.replace('Deux', 'Trois'));
    await publish(server, articleId, 'fr');
    expect((await shown(articleId)).de).toMatchObject({ isOutdated: true });
    expect((await save(german, 'A.\n\nB.\n\nD.')).method).toBe('MACHINE_EDITED');
  });
});

describe('revisions', () => {
  it('a restore never publishes: it is in hand alone, and readers have what they had', async () => {
    const { text, articleId } = await givenWritten();
    const second = await save(text, BODY.replace('Deux', 'Trois'));
    await publish(server, articleId, 'fr');
    const before = await server.database.sql('select count(*) from edition.edition where article_id = $1', [articleId]);
    const restored = done(await texts.restore(ANNE, at(second), text.revision?.id ?? ''));
    expect(restored).toMatchObject({ body: BODY, isUnsaved: true, state: 'PUBLISHED', revision: { number: 2 } });
    expect(
      await server.database.sql('select count(*) from edition.edition where article_id = $1', [articleId]),
    ).toEqual(before);
  });

  it('are compared word by word, in a form and as HTML that is safe', async () => {
    const { text } = await givenWritten();
    const second = await save(text, `${BODY.replace('Deux', 'Trois')}\n\n<script>alert(1)</script>`);
    const diff = await queries.diffRevisions(text.revision?.id ?? '', second.revision?.id ?? '');
    expect(diff?.html).toContain('<del>Deux</del><ins>Trois</ins> navires');
    expect(diff?.html).not.toContain('<script');
    expect(diff?.passages.filter(({ change }) => change !== 'SAME').map(({ change }) => change)).toEqual([
      'CHANGED',
      'ADDED',
    ]);
  });

  it('go with an article alone that is removed by who has recorded why', async () => {
    const { articleId, translationId } = await givenWritten();
    for (const statement of [
      `delete from desk.article where id = '${articleId}'`,
      `delete from desk.translation where id = '${translationId}'`,
      'truncate desk.translation cascade',
      'truncate desk.article cascade',
    ]) {
      await expect(server.database.sql(`begin; ${statement}; rollback`)).rejects.toMatchObject({ code: '23001' });
    }
    await server.database.sql(
      `begin; insert into desk.article_removal (article_id, reason, removed_by) values ('${articleId}', 'x', 'test');
       delete from desk.article where id = '${articleId}'; rollback`,
    );
  });
});

describe('an import', () => {
  it('a sync never overwrites a translator’s work, nor what anybody has in hand', async () => {
    const facts = { headline: `Synchro ${++count}`, body: ['Un paragraphe.', 'Un autre.'] };
    const { articleId } = await givenPublished(server, facts);
    const [row] = await server.database.sql<{ id: string }>('select id from desk.translation where article_id = $1', [
      articleId,
    ]);
    const imported = await read(row?.id ?? '');
    const english = await givenTranslated(imported, 'One paragraph.\n\nAnother.');
    const typed = done(await texts.autosave(ANNE, at(imported), { body: `${imported.body}\n\nÀ la main.` }));
    const translated = done(await texts.autosave(ANNE, at(english), { body: 'One paragraph.\n\nMine.' }));
    const [seeded] = await seedTexts(server, [page({ ...facts, body: ['Un paragraphe changé.', 'Un autre.'] })]);
    expect(seeded).toMatchObject({ outcome: 'changed', conflicts: [{ path: 'text.body' }] });
    expect(await read(imported.translationId)).toEqual(typed);
    expect(await read(english.translationId)).toEqual(translated);
    expect(await queries.listRevisions(imported.translationId, 9)).toHaveLength(1);
  });

  it('of a changed page keeps the ids of blocks, and makes its translations out of date', async () => {
    const facts = { headline: `Page ${++count}`, body: ['Un paragraphe.', 'Un autre.'] };
    const { articleId } = await givenPublished(server, facts);
    const [row] = await server.database.sql<{ id: string }>('select id from desk.translation where article_id = $1', [
      articleId,
    ]);
    const before = await read(row?.id ?? '');
    const english = await givenTranslated(before, 'One paragraph.\n\nAnother.');
    await seedTexts(server, [page({ ...facts, body: ['Un paragraphe changé.', 'Un autre.'] })]);
    const after = await read(before.translationId);
    expect(after).toMatchObject({ revision: { number: 2 }, version: before.version + 1, state: 'DRAFT' });
    expect(after.blocks.map(({ id }) => id)).toEqual(before.blocks.map(({ id }) => id));
    expect((await queries.findSheet(english.translationId))?.outdated).toBe(1);
    expect(refused(await texts.autosave(ANNE, at(before), { body: 'x' }))).toBe('EDIT_CONFLICT');
  });
});

it('an export has all of it, and brings it back', async () => {
  const text = await exportText(server);
  const other = await startTestServer();
  try {
    const seeded = await seedExport(other, text);
    expect(seeded.filter(({ outcome }) => outcome !== 'added')).toEqual([]);
    expect(await exportText(other)).toBe(text);
    const outdated = 'select translation_id, passages from desk.outdated_text order by 1';
    expect(await other.database.sql(outdated)).toEqual(await server.database.sql(outdated));
  } finally {
    await other.close();
  }
});
