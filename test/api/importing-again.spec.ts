import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ArticlesQueries } from '../../src/articles/articles.queries.js';
import { fieldsOfDesk } from '../../src/documents/article-fields.js';
import { hashOfFields, type ImportedDocument } from '../../src/imports/import-run.js';
import { readSeedFiles } from '../../src/commands/seed-files.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import type { UndoneImport } from '../../src/imports/undo-import.js';
import { readablePaths } from '../fixtures/fixtures.js';
import { givenPublished, givenReferences, givenRevision, publish, seedInputs, seedTexts } from '../fixtures/given.js';
import { page, type PageFacts } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** A text that is long enough to be told from others by its words. */
function longText(topic: string, words = 90): string {
  return `Un texte en français sur ${topic}. ${Array.from({ length: words }, (_, i) => `${topic}${i}`).join(' ')}.`;
}

async function seedPage(facts: PageFacts, options = {}): Promise<ImportedDocument> {
  const [seeded] = await seedTexts(server, [page(facts)], options);
  if (seeded === undefined) throw new Error('nothing came back');
  return seeded;
}

async function headlineOf(slug: string): Promise<{ headline: string; number: number } | null> {
  const { data } = await server.query(
    'query ($slug: String!) { article(slug: $slug) { text { headline dek } edition { number } } }',
    { slug },
  );
  if (data.article === null) return null;
  return { headline: data.article.text.headline, number: data.article.edition.number };
}

async function rowCounts(): Promise<unknown> {
  const tables = await server.database.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('desk', 'edition') order by 1`,
  );
  const counts: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [row] = await server.database.sql(
      `select count(*)::int as n, md5(string_agg(t::text, ' ' order by t::text)) as all from ${name} t`,
    );
    counts[name] = row;
  }
  return counts;
}

async function lastRun(): Promise<number> {
  const [run] = await server.app.get(ImportsService).listRuns(1);
  return run?.number ?? 0;
}

async function undo(number: number, isLeavingBuiltUpon = false): Promise<UndoneImport> {
  return server.app.get(ImportsService).undo(number, isLeavingBuiltUpon);
}

describe('a changed document of a published article', () => {
  it('becomes a new revision at the desk and waits there, field by field', async () => {
    await givenPublished(server, { headline: 'Le phare', regions: ['Europe'] });
    const changed = await seedPage({ headline: 'Le phare', dek: '*Un autre chapeau.*', regions: ['Asie'] });
    expect(changed).toMatchObject({ outcome: 'changed', publication: { outcome: 'kept', number: 1 }, conflicts: [] });
    expect('changes' in changed && changed.changes).toEqual([
      {
        path: 'text.dek',
        before: 'La ville rend au lac les rives que le chemin de fer lui avait prises.',
        after: 'Un autre chapeau.',
      },
      { path: 'regions', before: ['Europe'], after: ['Asie'] },
    ]);
    expect(await headlineOf('le-phare')).toMatchObject({ number: 1 });
  });

  it('becomes a new edition where that is wanted', async () => {
    const facts = { headline: 'Le môle', body: [longText('mole')] };
    await givenPublished(server, facts);
    const changed = await seedPage({ ...facts, dek: null }, { isPublishing: true });
    expect(changed).toMatchObject({ outcome: 'changed', publication: { outcome: 'published', number: 2 } });
    expect(await seedPage({ ...facts, dek: null })).toMatchObject({
      outcome: 'unchanged',
      publication: { outcome: 'unchanged', number: 2 },
    });
  });

  it('that waits is published where that is wanted, though nothing has changed since', async () => {
    const facts = { headline: 'Le ferry', body: [longText('ferry')] };
    await givenPublished(server, facts);
    const waiting = { ...facts, dek: null };
    await seedPage(waiting);
    const published = await seedPage(waiting, { isPublishing: true });
    expect(published).toMatchObject({ outcome: 'unchanged', publication: { outcome: 'published', number: 2 } });
  });

  it('is found by the address at the source under another headline, and then by either headline', async () => {
    const facts = { sourceUrl: 'https://courrier-du-lac.example/2016/quai', body: [longText('quai')] };
    const { articleId } = await givenPublished(server, { ...facts, headline: 'Le quai' });
    expect(await seedPage({ ...facts, headline: 'Le vieux quai' })).toMatchObject({ outcome: 'changed', articleId });
    const [other] = await seedTexts(server, [page({ ...facts, headline: 'Le vieux quai', sourceUrl: '#', dek: null })]);
    expect(other).toMatchObject({ outcome: 'changed', articleId });
  });

  it('is found by the address that its document gave, though a person has corrected that since', async () => {
    const facts = { sourceUrl: 'https://courrier-du-lac.example/2016/cale', body: [longText('cale')] };
    const { articleId } = await givenPublished(server, { ...facts, headline: 'La cale' });
    const corrected = 'https://courrier-du-lac.example/2016/la-cale';
    await server.database.sql('update desk.origin set url = $2 where article_id = $1', [articleId, corrected]);
    for (const headline of ['La cale', 'La vieille cale']) {
      const changed = await seedPage({ ...facts, headline, dek: `*${headline} d’hier.*` });
      expect(changed).toMatchObject({ outcome: 'changed', articleId, conflicts: [] });
    }
    const moved = await seedPage({ ...facts, headline: 'La vieille cale', sourceUrl: corrected, dek: null });
    expect(moved).toMatchObject({ outcome: 'changed', articleId, conflicts: [] });
    expect(await server.database.sql('select url from desk.origin where article_id = $1', [articleId])).toEqual([
      { url: corrected },
    ]);
  });

  it('is no longer held for the article that once gave its address, and was corrected', async () => {
    const address = 'https://courrier-du-lac.example/2016/havre';
    const wrong = { headline: 'Le havre', sourceUrl: address, body: [longText('havre')] };
    const right = { headline: 'Le goulet', sourceUrl: address, body: [longText('goulet')] };
    const { articleId } = await givenPublished(server, wrong);
    await server.database.sql(`update desk.origin set url = url || '-de-nuit' where article_id = $1`, [articleId]);
    const other = await seedPage(right);
    expect(other).toMatchObject({ outcome: 'added' });
    expect(await seedPage({ ...right, dek: null })).toMatchObject({
      outcome: 'changed',
      articleId: 'articleId' in other ? other.articleId : '',
    });
    expect(await seedPage({ ...wrong, dek: null })).toMatchObject({ outcome: 'changed', articleId });
  });

  it('that is seeded again, while an earlier state of it is too, changes nothing any more', async () => {
    const states = [page({ headline: 'Le bac' }), page({ headline: 'Le bac', dek: null })];
    expect((await seedTexts(server, states)).map(({ outcome }) => outcome)).toEqual(['added', 'changed']);
    const before = await rowCounts();
    expect((await seedTexts(server, states)).map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    expect(await rowCounts()).toEqual(before);
  });
});

describe('what waits at the desk', () => {
  it('stays there while reference data changes: readers get their article as it was, with the new label', async () => {
    const facts = { headline: 'La passe', themes: ['Environnement'], authors: ['Anne Morel'] };
    await givenPublished(server, facts);
    const kept = { outcome: 'changed', publication: { outcome: 'kept', number: 1 } };
    expect(await seedPage({ ...facts, authors: ['Jean Petit'], regions: ['Asie'] })).toMatchObject(kept);
    const relabel = async (from: string, to: string) => {
      await server.database.sql(`update desk.term_label set label = $2 where label = $1 and language = 'en'`, [
        from,
        to,
      ]);
      await seedInputs(server, []);
    };
    await relabel('Environment', 'Surroundings');
    const asked = `{ article(slug: "la-passe") {
      edition { number } credits { agent { name } } regions { slug } themes { label(language: "en") } } }`;
    const { data } = await server.query(asked);
    // The list of terms says what it always said: seeding has put the label right again, and nothing is left to say.
    expect(data.article).toEqual({
      edition: { number: 1 },
      credits: [{ agent: { name: 'Anne Morel' } }],
      regions: [{ slug: 'europe' }],
      themes: [{ label: 'Environment' }],
    });
    await server.database.sql(`update desk.publisher set name = 'Mondialisation' where slug = 'mondialisation-ca'`);
    await seedInputs(server, [], { files: { publishers: [], sources: [], terms: [], linkKinds: [] } });
    await server.database.sql(`insert into desk.pending_reissue (reason) values ('A new name')`);
    await seedInputs(server, [], { files: { publishers: [], sources: [], terms: [], linkKinds: [] } });
    const renamed = await server.query(
      '{ article(slug: "la-passe") { edition { number } publisher { name } credits { agent { name } } } }',
    );
    expect(renamed.data.article).toEqual({
      edition: { number: 2 },
      publisher: { name: 'Mondialisation' },
      credits: [{ agent: { name: 'Anne Morel' } }],
    });
    await seedInputs(server, []);
  });
});

describe('what a person has edited at the desk', () => {
  it('stays where the document says what it said', async () => {
    const facts = { headline: 'La digue', body: [longText('digue')] };
    const { articleId } = await givenPublished(server, facts);
    await givenRevision(server, articleId, 'fr', {
      headline: 'La digue',
      dek: 'Écrit au bureau.',
      body: facts.body[0] ?? '',
    });
    const changed = await seedPage({ ...facts, themes: ['Histoire et Géopolitique'] });
    expect(changed).toMatchObject({ outcome: 'changed', conflicts: [] });
    expect('changes' in changed && changed.changes.map(({ path }) => path)).toEqual(['themes']);
    const [latest] = await server.database.sql(
      `select r.dek, r.number from desk.revision r join desk.translation t on t.id = r.translation_id
       where t.article_id = $1 order by r.number desc limit 1`,
      [articleId],
    );
    expect(latest).toEqual({ dek: 'Écrit au bureau.', number: 2 });
  });

  it('stays where the document has changed it too, and both values are told', async () => {
    const facts = { headline: 'L’écluse', body: [longText('ecluse')] };
    const { articleId } = await givenPublished(server, facts);
    await givenRevision(server, articleId, 'fr', {
      headline: 'L’écluse',
      dek: 'Du bureau.',
      body: facts.body[0] ?? '',
    });
    const changed = await seedPage({ ...facts, dek: '*Du document.*' });
    const conflict = {
      base: 'La ville rend au lac les rives que le chemin de fer lui avait prises.',
      document: 'Du document.',
      desk: 'Du bureau.',
    };
    expect(changed).toMatchObject({ outcome: 'changed', changes: [], conflicts: [{ path: 'text.dek', ...conflict }] });
    const stored = await server.database.sql(
      `select severity, path, language, conflict from desk.finding where article_id = $1 and code = 'IMPORT_CONFLICT'`,
      [articleId],
    );
    expect(stored).toEqual([{ severity: 'WARNING', path: 'text.dek', language: 'fr', conflict }]);
    const evidence = await server.database.sql(
      `select 1 from desk.evidence where article_id = $1 and path = 'text.dek'`,
      [articleId],
    );
    expect(evidence).toEqual([]);
  });

  it('that is what the document says now is no conflict', async () => {
    const facts = { headline: 'Le chenal', body: [longText('chenal')] };
    const { articleId } = await givenPublished(server, facts);
    await givenRevision(server, articleId, 'fr', {
      headline: 'Le chenal',
      dek: 'D’accord.',
      body: facts.body[0] ?? '',
    });
    expect(await seedPage({ ...facts, dek: '*D’accord.*' })).toMatchObject({ changes: [], conflicts: [] });
  });
});

describe('a conflict', () => {
  it('stays told until somebody settles it', async () => {
    const facts = { headline: 'Le ponton', body: [longText('ponton')] };
    const { articleId } = await givenPublished(server, facts);
    const edited = { headline: 'Le ponton', dek: 'Du bureau.', body: facts.body[0] ?? '' };
    await givenRevision(server, articleId, 'fr', edited);
    const told = async () =>
      server.database.sql(`select path from desk.finding where article_id = $1 and code = 'IMPORT_CONFLICT'`, [
        articleId,
      ]);
    await seedPage({ ...facts, dek: '*Du document.*' });
    await seedPage({ ...facts, dek: '*Du document.*', themes: ['Environnement', 'Europe'] });
    expect(await told()).toEqual([{ path: 'text.dek' }]);
    await givenRevision(server, articleId, 'fr', { ...edited, dek: 'Du document.' });
    await seedPage({ ...facts, dek: '*Du document.*', regions: ['Asie'] });
    expect(await told()).toEqual([]);
  });
});

describe('a document that is read otherwise now', () => {
  it('goes over to its publisher, with its clauses, and back', async () => {
    const files = await readSeedFiles('seeds');
    const renamed = files.publishers.map((one) =>
      one.slug === 'mondialisation-ca' ? { ...one, slug: 'mondialisation' } : one,
    );
    const text = page({ headline: 'La darse' });
    const [given] = await seedTexts(server, [text]);
    if (given === undefined || !('articleId' in given)) throw new Error('not given');
    const publishers = async () =>
      server.database.sql(
        `select p.slug, array(select distinct q.slug from desk.article_notice n join desk.notice m on m.id = n.notice_id
           join desk.publisher q on q.id = m.stated_by_id where n.article_id = a.id) as stated
         from desk.article a join desk.publisher p on p.id = a.publisher_id where a.id = $1`,
        [given.articleId],
      );
    const changed = await seedTexts(server, [text], { files: { ...files, publishers: renamed } });
    expect(changed).toMatchObject([
      { outcome: 'changed', changes: [{ path: 'publisher', before: 'mondialisation-ca', after: 'mondialisation' }] },
    ]);
    expect(await publishers()).toEqual([{ slug: 'mondialisation', stated: ['mondialisation'] }]);
    expect(await undo(await lastRun())).toMatchObject({ isDone: true });
    expect(await publishers()).toEqual([{ slug: 'mondialisation-ca', stated: ['mondialisation-ca'] }]);
  });

  it('and says the same is not read a third time', async () => {
    const files = await readSeedFiles('seeds');
    const text = page({ headline: 'La cale' });
    await seedTexts(server, [text]);
    const linkKinds = [...files.linkKinds, { kind: 'OTHER' as const, phrases: ['jamais'], hosts: [] }];
    await seedTexts(server, [text], { files: { ...files, linkKinds } });
    const names = await server.database.sql(
      `select count(distinct read_with)::int as n from desk.document_reading r join desk.document d on d.id = r.document_id
       where r.article ->> 'headline' in ('La cale', 'Le ponton')`,
    );
    expect(names).toEqual([{ n: 2 }]);
  });
});

describe('a question is asked, and nothing is stored,', () => {
  it('of a text that reads like an article’s', async () => {
    const body = [longText('grue')];
    await givenPublished(server, { headline: 'La grue', body });
    const before = await rowCounts();
    const asked = await seedPage({ headline: 'La grue du port', body, publishedOn: '31 mars 2016' });
    expect(asked).toMatchObject({ outcome: 'question', candidates: [{ slug: 'la-grue', similarity: 1 }] });
    expect(await rowCounts()).toEqual(before);
    expect(
      await seedPage({ headline: 'La grue du port', body, publishedOn: '31 mars 2016' }, { answers: { isNew: true } }),
    ).toMatchObject({ outcome: 'added' });
  });

  it('of a headline that comes again with another text on another day', async () => {
    const facts = { headline: 'La revue de la semaine', sourceUrl: '#' };
    const { articleId } = await givenPublished(server, { ...facts, body: [longText('lundi')] });
    const next = { ...facts, body: [longText('mardi')], publishedOn: '6 avril 2016' };
    expect(await seedPage(next)).toMatchObject({
      outcome: 'question',
      candidates: [{ articleId, similarity: expect.closeTo(0, 0) }],
    });
    expect(await seedPage(next, { answers: { sameAs: articleId } })).toMatchObject({ outcome: 'changed', articleId });
  });

  it('of a headline that comes again with a wholly different text on the same day', async () => {
    await givenPublished(server, { headline: 'Éditorial', sourceUrl: '#', body: [longText('juin')] });
    expect(await seedPage({ headline: 'Éditorial', sourceUrl: '#', body: [longText('juillet')] })).toMatchObject({
      outcome: 'question',
    });
  });

  it('of another text with the same address at the source', async () => {
    const sourceUrl = 'https://courrier-du-lac.example/serie';
    await givenPublished(server, { headline: 'Série, un', sourceUrl, body: [longText('avril')] });
    expect(await seedPage({ headline: 'Série, deux', sourceUrl, body: [longText('mai')] })).toMatchObject({
      outcome: 'question',
    });
  });

  it('of a headline whose address at the source is another', async () => {
    await givenPublished(server, { headline: 'Marée', sourceUrl: 'https://a.example/1', body: [longText('maree')] });
    expect(
      await seedPage({ headline: 'Marée', sourceUrl: 'https://a.example/2', body: [longText('maree')], dek: null }),
    ).toMatchObject({ outcome: 'question' });
  });

  it('but not of short texts, which are alike by chance', async () => {
    await givenPublished(server, { headline: 'Brève une' });
    await givenPublished(server, { headline: 'Brève deux' });
  });
});

describe('a dry run', () => {
  it('says what would be, and nothing is', async () => {
    await givenPublished(server, { headline: 'Le canal' });
    const before = await rowCounts();
    const texts = [
      page({ headline: 'Le canal', dek: null }),
      page({
        headline: 'Le canal latéral',
        themes: ['Un thème que personne n’a'],
        source: 'Une source que personne n’a',
      }),
      page({ headline: 'Le canal latéral', themes: ['Un thème que personne n’a'], dek: null }),
      'rien',
    ];
    const planned = await seedTexts(server, texts, { isDryRun: true });
    expect(planned).toMatchObject([
      { outcome: 'changed', changes: [{ path: 'text.dek', after: null }] },
      { outcome: 'added', publication: { outcome: 'published', number: 1 } },
      { outcome: 'changed' },
      { outcome: 'refused' },
    ]);
    expect(await rowCounts()).toEqual(before);
    const applied = await seedTexts(server, texts);
    expect(applied.map(({ outcome }) => outcome)).toEqual(planned.map(({ outcome }) => outcome));
  });
});

describe('taking an import back', () => {
  it('removes what it added, from readers too; the record and the documents stay', async () => {
    await seedPage({ headline: 'Le radeau' });
    const number = await lastRun();
    expect(await headlineOf('le-radeau')).toMatchObject({ number: 1 });
    expect(await undo(number)).toMatchObject({ isDone: true, removed: [{ slug: 'le-radeau' }], restored: [] });
    expect(await headlineOf('le-radeau')).toBeNull();
    const { data } = await server.query('{ search(text: "radeau") { totalCount } }');
    expect(data.search.totalCount).toBe(0);
    await expect(undo(number)).rejects.toThrow(`Import run ${number} was taken back already.`);
    expect(await seedPage({ headline: 'Le radeau' })).toMatchObject({ outcome: 'added' });
    expect(await headlineOf('le-radeau')).toMatchObject({ number: 1 });
  });

  it('makes what it changed what it was, and says so to readers in a new edition', async () => {
    const facts = { headline: 'La barge', body: [longText('barge')], regions: ['Europe'] };
    const { articleId } = await givenPublished(server, facts);
    const state = async () =>
      server.database.sql('select * from desk.evidence where article_id = $1 order by position', [articleId]);
    const before = await state();
    await seedPage(
      { ...facts, headline: 'La barge neuve', regions: ['Asie', 'Afrique'] },
      { isPublishing: true, answers: { sameAs: articleId } },
    );
    expect(await headlineOf('la-barge')).toEqual({ headline: 'La barge neuve', number: 2 });
    expect(await undo(await lastRun())).toMatchObject({ isDone: true, removed: [], restored: [{ articleId }] });
    expect(await headlineOf('la-barge')).toEqual({ headline: 'La barge', number: 3 });
    expect(await state()).toEqual(before);
    expect(await seedPage(facts)).toMatchObject({ outcome: 'unchanged' });
  });

  it('gives readers what they got, not what waited at the desk', async () => {
    const facts = { headline: 'La bouée', body: [longText('bouee')] };
    await givenPublished(server, { ...facts, dek: '*Un.*' });
    await seedPage({ ...facts, dek: '*Deux.*' });
    await seedPage({ ...facts, dek: '*Trois.*' }, { isPublishing: true });
    const dek = async () => {
      const { data } = await server.query('{ article(slug: "la-bouee") { text { dek } edition { number } } }');
      return [data.article.text.dek as string, data.article.edition.number as number];
    };
    expect(await dek()).toEqual(['Trois.', 2]);
    await undo(await lastRun());
    expect(await dek()).toEqual(['Un.', 3]);
  });

  it('takes from readers what nobody got before', async () => {
    const facts = { headline: 'La drague', body: [longText('drague')] };
    expect(await seedPage({ ...facts, copyright: null })).toMatchObject({ publication: { outcome: 'blocked' } });
    expect(await seedPage(facts)).toMatchObject({
      outcome: 'changed',
      publication: { outcome: 'published', number: 1 },
    });
    expect(await undo(await lastRun())).toMatchObject({ isDone: true, builtUpon: [] });
    expect(await headlineOf('la-drague')).toBeNull();
  });

  it('of a change beside the text that waits is no obstacle', async () => {
    const facts = { headline: 'Le treuil', body: [longText('treuil')] };
    const { articleId } = await givenPublished(server, facts);
    await seedPage({ ...facts, authors: ['Jean Petit'] });
    expect(await undo(await lastRun())).toMatchObject({ isDone: true, restored: [{ articleId }], builtUpon: [] });
    expect(await headlineOf('le-treuil')).toMatchObject({ number: 1 });
  });

  it('of a whole chain, the latest first', async () => {
    const facts = { headline: 'La jetée', body: [longText('jetee')] };
    await seedTexts(server, [page(facts), page({ ...facts, dek: null }), page({ ...facts, themes: ['Mer'] })]);
    expect(await undo(await lastRun())).toMatchObject({ isDone: true, removed: [{ slug: 'la-jetee' }] });
    expect(await headlineOf('la-jetee')).toBeNull();
  });

  it.each<[string, (articleId: string) => Promise<unknown>, RegExp]>([
    [
      'edited',
      (id) => server.database.sql(`update desk.origin set url = 'https://b.example/x' where article_id = $1`, [id]),
      /^edited at the desk$/,
    ],
    ['rewritten', (id) => givenRevision(server, id, 'fr', { headline: 'Autre' }), /^edited at the desk$/],
    ['translated', (id) => givenRevision(server, id, 'en', { headline: 'Other' }), /^translated into en$/],
    [
      'imported again',
      async (id) => seedPage({ headline: 'Bâti', dek: '*Autre.*' }, { answers: { sameAs: id } }),
      /^imported again by run \d+$/,
    ],
  ])('is refused by name where something was %s since', async (_what, build, reason) => {
    const [kept, built] = await seedTexts(server, [page({ headline: 'Intact' }), page({ headline: 'Bâti' })]);
    if (kept === undefined || built === undefined || !('articleId' in built)) throw new Error('not seeded');
    const number = await lastRun();
    await build(built.articleId);
    const before = await rowCounts();
    expect(await undo(number)).toMatchObject({
      isDone: false,
      builtUpon: [{ articleId: built.articleId, slug: 'bati', reasons: [expect.stringMatching(reason)] }],
    });
    expect(await rowCounts()).toEqual(before);
    expect(await undo(number, true)).toMatchObject({ isDone: true, removed: [{ slug: 'intact' }] });
    expect(await headlineOf('bati')).not.toBeNull();
    await server.database.sql('delete from edition.current_article where article_id = $1', [built.articleId]);
    await server.database.sql('delete from edition.article_slug where article_id = $1', [built.articleId]);
    await server.database.sql(
      `begin; insert into desk.article_removal (article_id, reason, removed_by) values ('${built.articleId}', 'Told', 'a test');
       delete from desk.article where id = '${built.articleId}'; commit`,
    );
  });

  it('is refused where what waited was published since', async () => {
    const facts = { headline: 'La vigie', body: [longText('vigie')] };
    const { articleId } = await givenPublished(server, facts);
    await seedPage({ ...facts, dek: null });
    await publish(server, articleId, 'fr');
    expect(await undo(await lastRun())).toMatchObject({
      isDone: false,
      builtUpon: [{ articleId, reasons: ['published as edition 2'] }],
    });
  });

  it('is not hindered by editions that only follow reference data', async () => {
    await seedPage({ headline: 'La balise', themes: ['Environnement'] });
    const number = await lastRun();
    await server.database.sql(
      `update desk.term_label set label = label || ' !' where term_id = (select id from desk.term where slug = 'environment')`,
    );
    await seedInputs(server, []);
    expect(await undo(number)).toMatchObject({ isDone: true });
  });

  it('knows every fixture’s article again: nothing counts as edited that was only imported', async () => {
    await seedInputs(server, readablePaths, { answers: { isNew: true } });
    const { manager } = server.app.get(DataSource);
    const items = await server.database.sql<{ articleId: string; hash: string; path: string }>(
      `select article_id as "articleId", fields_hash as hash, path from desk.import_item
       where run_id = (select id from desk.import_run order by number desc limit 1)`,
    );
    expect(items.length).toBeGreaterThan(20);
    const queries = server.app.get(ArticlesQueries);
    const different: string[] = [];
    for (const { articleId, hash, path } of items) {
      await manager.transaction(async (inner) => {
        const [article] = await queries.listWholeForUpdate(inner, [articleId]);
        const translation = article?.translations.find(({ isOriginal }) => isOriginal);
        if (article === undefined || translation === undefined) throw new Error('no article');
        const revision = (await queries.listLatestRevisions(inner, [translation.id])).get(translation.id);
        if (revision === undefined) throw new Error('no text');
        if (hashOfFields(fieldsOfDesk(article, translation, revision)) !== hash) different.push(path);
      });
    }
    expect(different).toEqual([]);
  });
});
