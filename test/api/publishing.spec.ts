import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  articleIdOf,
  givenArticle,
  givenPublished,
  givenReferences,
  givenRevision,
  publish,
  seedTexts,
} from '../fixtures/given.js';
import { page, type PageFacts } from '../fixtures/page.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

interface EditionRow {
  readonly number: number;
  readonly content: { texts: { language: string; headline: string; isOutdated: boolean; isOriginal: boolean }[] };
}

let server: TestServer;
let articleId: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});
beforeEach(async () => {
  const headline = `Article numéro ${++count}`;
  await givenPublished(server, { headline });
  articleId = await articleIdOf(server, headline);
});

async function editions(): Promise<EditionRow[]> {
  return server.database.sql<EditionRow>(
    'select number, content from edition.edition where article_id = $1 order by number',
    [articleId],
  );
}

/** Headlines and bodies by language, as an edition has them. */
async function textsOf(number: number): Promise<Record<string, string>> {
  const rows = await server.database.sql<{ language: string; headline: string; body: string }>(
    `select t.language, t.body, (select x->>'headline' from jsonb_array_elements(e.content->'texts') x
       where x->>'language' = t.language) as headline
     from edition.edition e join edition.edition_text t on t.edition_id = e.id
     where e.article_id = $1 and e.number = $2 order by t.language`,
    [articleId, number],
  );
  return Object.fromEntries(rows.map(({ language, headline, body }) => [language, `${headline}: ${body}`]));
}

async function served(): Promise<Record<string, unknown>> {
  const [row] = await server.database.sql(
    'select number, languages, edition_id from edition.current_article where article_id = $1',
    [articleId],
  );
  return row ?? {};
}

describe('publishing', () => {
  it('issues edition 1 of a new article', async () => {
    expect((await editions()).map((edition) => edition.number)).toEqual([1]);
    expect(await served()).toMatchObject({ number: 1, languages: ['fr'] });
  });

  it('issues nothing when nothing has changed', async () => {
    expect(await publish(server, articleId, 'fr')).toEqual({ outcome: 'unchanged', number: 1 });
    expect(await editions()).toHaveLength(1);
  });

  it('issues a new number for each change, without gaps', async () => {
    for (const number of [2, 3, 4]) {
      await givenRevision(server, articleId, 'fr', { headline: `État ${number}` });
      expect(await publish(server, articleId, 'fr')).toEqual({ outcome: 'published', number });
    }
    expect((await editions()).map((edition) => edition.number)).toEqual([1, 2, 3, 4]);
    expect(await served()).toMatchObject({ number: 4 });
  });

  it('notices a change of the body alone', async () => {
    await givenRevision(server, articleId, 'fr', { headline: 'Même titre', body: 'Un.' });
    await publish(server, articleId, 'fr');
    await givenRevision(server, articleId, 'fr', { headline: 'Même titre', body: 'Deux.' });
    expect(await publish(server, articleId, 'fr')).toMatchObject({ outcome: 'published' });
    expect(await textsOf(3)).toEqual({ fr: 'Même titre: Deux.' });
  });

  it('one language leaves the others exactly as the last edition had them', async () => {
    await givenRevision(server, articleId, 'en', { headline: 'English 1', body: 'Body 1.' });
    expect(await publish(server, articleId, 'en')).toEqual({ outcome: 'published', number: 2 });
    const before = (await editions()).at(-1)?.content.texts.find((text) => text.language === 'en');

    await givenRevision(server, articleId, 'en', { headline: 'English 2', body: 'Body 2.' });
    await givenRevision(server, articleId, 'de', { headline: 'Deutsch 1', body: 'Text 1.' });
    await givenRevision(server, articleId, 'fr', { headline: 'Français 2', body: 'Corps 2.' });
    expect(await publish(server, articleId, 'fr')).toEqual({ outcome: 'published', number: 3 });

    expect(await textsOf(3)).toEqual({ en: 'English 1: Body 1.', fr: 'Français 2: Corps 2.' });
    const after = (await editions()).at(-1)?.content.texts.find((text) => text.language === 'en');
    expect({ ...after, isOutdated: null }).toEqual({ ...before, isOutdated: null });
    expect(await served()).toMatchObject({ number: 3, languages: ['fr', 'en'] });
  });

  it('calls a translation out of date from the day on which its original is published anew', async () => {
    const isOutdated = async () =>
      (await editions()).at(-1)?.content.texts.map(({ language, isOutdated: is }) => `${language} ${is}`);
    await givenRevision(server, articleId, 'en', { headline: 'English 1' });
    await publish(server, articleId, 'en');
    expect(await isOutdated()).toEqual(['fr false', 'en false']);

    await givenRevision(server, articleId, 'fr', { headline: 'Français 2' });
    expect(await publish(server, articleId, 'en')).toMatchObject({ outcome: 'unchanged' });
    await publish(server, articleId, 'fr');
    expect(await isOutdated()).toEqual(['fr false', 'en true']);

    await givenRevision(server, articleId, 'en', { headline: 'English 2' });
    await publish(server, articleId, 'en');
    expect(await isOutdated()).toEqual(['fr false', 'en false']);
  });

  it('of the same state many times at once issues one edition', async () => {
    await givenRevision(server, articleId, 'fr', { headline: 'Tous ensemble' });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => publish(server, articleId, 'fr')));
    expect(outcomes.map((published) => published.outcome).sort()).toEqual([
      'published',
      ...Array<string>(5).fill('unchanged'),
    ]);
    expect((await editions()).map((edition) => edition.number)).toEqual([1, 2]);
  });

  it('of several languages at once gives each its own number and loses none', async () => {
    await givenRevision(server, articleId, 'en', { headline: 'English' });
    await givenRevision(server, articleId, 'de', { headline: 'Deutsch' });
    await givenRevision(server, articleId, 'fr', { headline: 'Français' });
    const outcomes = await Promise.all(['en', 'de', 'fr'].map((language) => publish(server, articleId, language)));
    expect(outcomes.map((published) => ('number' in published ? published.number : 0)).sort()).toEqual([2, 3, 4]);
    expect(Object.keys(await textsOf(4))).toEqual(['de', 'en', 'fr']);
  });

  it('refuses what a finding blocks, and changes nothing', async () => {
    await server.database.sql(
      `insert into desk.finding (article_id, position, code, severity, language, path, message)
       values ($1, 90, 'SOURCES_DISAGREE', 'ERROR', 'en', 'text', 'x')`,
      [articleId],
    );
    await givenRevision(server, articleId, 'en', { headline: 'English' });
    await givenRevision(server, articleId, 'fr', { headline: 'Français' });
    expect(await publish(server, articleId, 'en')).toMatchObject({
      outcome: 'blocked',
      findings: [{ code: 'SOURCES_DISAGREE', severity: 'ERROR' }],
    });
    expect(await editions()).toHaveLength(1);
    expect(await publish(server, articleId, 'fr')).toMatchObject({ outcome: 'published' });
    expect(Object.keys(await textsOf(2))).toEqual(['fr']);
  });

  it('shows a source no longer when no current edition shows it', async () => {
    const sourceCount = async () =>
      (await server.query('{ source(slug: "agence-du-nord") { name } }')).data.source as unknown;
    await givenPublished(server, { headline: `Du nord ${count}`, source: 'Agence du Nord' });
    expect(await sourceCount()).toEqual({ name: 'Agence du Nord' });
    const id = await articleIdOf(server, `Du nord ${count}`);
    await server.database.sql(
      `update desk.origin set source_id = (select id from desk.source where slug = 'south-front') where article_id = $1`,
      [id],
    );
    await publish(server, id, 'fr');
    expect(await sourceCount()).toBeNull();
  });

  it('shows evidence that has changed, with the same content', async () => {
    await server.database.sql(
      `update desk.evidence set prefix = 'Changé' where article_id = $1 and position =
         (select min(position) from desk.evidence where article_id = $1)`,
      [articleId],
    );
    expect(await publish(server, articleId, 'fr')).toEqual({ outcome: 'published', number: 2 });
    expect(await publish(server, articleId, 'fr')).toEqual({ outcome: 'unchanged', number: 2 });
  });

  it('leaves rows of references alone that say the same already', async () => {
    const rows = async () => server.database.sql('select kind, id, xmin, xmax from edition.reference order by 1, 2');
    const before = await rows();
    await givenRevision(server, articleId, 'fr', { headline: `Autre titre ${count}` });
    expect(await publish(server, articleId, 'fr')).toMatchObject({ outcome: 'published' });
    expect(await rows()).toEqual(before);
    await server.database.sql(`update desk.publisher set url = $1`, [`https://a.example/${count}`]);
    expect(await publish(server, articleId, 'fr')).toMatchObject({ outcome: 'published' });
    expect((await server.query('{ publishers { url } }')).data).toEqual({
      publishers: [{ url: `https://a.example/${count}` }],
    });
  });

  it.each([
    ['words', 150_000, (i: number) => `m${i.toString(36)}`],
    ['compounds', 50_000, (i: number) => `é${i.toString(36)}-à${i.toString(36)}`],
    [
      'compounds of letters that take four bytes',
      50_000,
      (i: number) =>
        [7, 11, 13, 17].map((n) => String.fromCodePoint(0x10400 + ((i * n) % 79))).join('') +
        '-' +
        [3, 5, 19, 23].map((n) => String.fromCodePoint(0x10400 + (Math.floor(i / n) % 79))).join(''),
    ],
    ['addresses', 50_000, (i: number) => `a${i.toString(36)}.ca/b${i.toString(36)}`],
    ['one word', 60_000, () => 'mot'.repeat(3)],
  ])('of a text beyond all measure succeeds: %s', async (what, length, wordOf) => {
    const separator = what === 'one word' ? '' : ' ';
    const body = `Tourmaline ${Array.from({ length }, (_, i) => wordOf(i)).join(separator)}`;
    await givenRevision(server, articleId, 'fr', { headline: `Long ${count}`, dek: body, body });
    expect(await publish(server, articleId, 'fr')).toMatchObject({ outcome: 'published' });
    expect((await textsOf(2)).fr).toHaveLength(`Long ${count}: `.length + body.length);
    const { data } = await server.query(
      '{ search(text: "tourmaline") { edges { node { text { headline } } matches { field snippet } } } }',
    );
    const found = (data.search.edges as { node: { text: { headline: string } } }[]).map((e) => e.node.text.headline);
    expect(found).toContain(`Long ${count}`);
  });

  it('keeps every slug that ever led to the article', async () => {
    const [row] = await server.database.sql<{ slug: string }>(
      'select slug from edition.article_slug where article_id = $1',
      [articleId],
    );
    const slug = row?.slug ?? '';
    await server.database.sql(`insert into desk.slug values ($1, $2)`, [`nouveau-${count}`, articleId]);
    await server.database.sql(`update desk.translation set slug = $1 where article_id = $2`, [
      `nouveau-${count}`,
      articleId,
    ]);
    await publish(server, articleId, 'fr');
    for (const name of [slug, `nouveau-${count}`]) {
      const { data } = await server.query('query ($slug: String!) { article(slug: $slug) { slug } }', { slug: name });
      expect(data).toEqual({ article: { slug: `nouveau-${count}` } });
    }
  });
});

describe('a record is never changed:', () => {
  it.each([
    `update edition.edition set reason = 'x'`,
    `update edition.edition set content = '{}'`,
    'delete from edition.edition',
    `update edition.edition_text set body = 'x'`,
    'delete from edition.edition_text',
    `update desk.document set bytes = 'x'`,
    `update desk.document set file_name = 'x'`,
    'delete from desk.document',
    `update desk.revision set body = 'x'`,
    'delete from desk.revision',
    'truncate edition.edition cascade',
    'truncate edition.edition_text',
    'truncate desk.document cascade',
    'truncate desk.revision cascade',
  ])('%s', async (statement) => {
    await expect(server.database.sql(`begin; ${statement}; rollback`)).rejects.toMatchObject({ code: '23001' });
  });

  it('an article that is gone takes its revisions along, and goes where that is recorded', async () => {
    await server.database.sql(
      `begin; insert into desk.article_removal (article_id, reason, removed_by) select id, 'Told', 'a test' from desk.article;
       delete from desk.article; rollback`,
    );
  });
});

describe('importing', () => {
  it('the same bytes again changes nothing', async () => {
    const text = page({ headline: `Deux fois ${count}` });
    const [first, second] = await seedTexts(server, [text, text]);
    expect(first).toMatchObject({ outcome: 'added', publication: { outcome: 'published', number: 1 } });
    expect(second).toMatchObject({ outcome: 'unchanged', publication: { outcome: 'unchanged', number: 1 } });
  });

  it('a name in letters that slugs do not have is nobody else’s', async () => {
    await givenPublished(server, { headline: `Agences ${count} a`, source: '新华社' });
    await givenPublished(server, { headline: `Agences ${count} b`, source: '人民日报' });
    const { data } = await server.query(
      `{ articles(first: 2, filter: { publishedFrom: "2016" }) { edges { node { slug } } } }`,
    );
    expect(data.articles.edges).toHaveLength(2);
    for (const [slug, name] of [
      [`agences-${count}-a`, '新华社'],
      [`agences-${count}-b`, '人民日报'],
    ]) {
      const answer = await server.query(
        'query ($slug: String!) { article(slug: $slug) { origin { source { name } } } }',
        { slug },
      );
      expect(answer.data.article.origin.source).toEqual({ name });
    }
  });

  it('headlines in letters that slugs do not have are different articles', async () => {
    await givenPublished(server, { headline: '湖上的桥' });
    expect(await givenArticle(server, { headline: '灯塔' })).toMatchObject({ outcome: 'added' });
  });

  it('a fault of ours with one document leaves nothing of it, and the others go in', async () => {
    await server.database.sql(`create function edition.fail() returns trigger language plpgsql as $$
      begin if new.content::text like '%Faute%' then raise exception 'a fault'; end if; return new; end $$`);
    await server.database.sql(
      'create trigger fails before insert on edition.edition for each row execute function edition.fail()',
    );
    const texts = [page({ headline: `Faute ${count}` }), page({ headline: `Suite ${count}` })];
    const outcomes = (await seedTexts(server, texts)).map(({ outcome }) => outcome);
    await server.database.sql('drop function edition.fail() cascade');
    expect(outcomes).toEqual(['failed', 'added']);
    expect((await seedTexts(server, texts)).map(({ outcome }) => outcome)).toEqual(['added', 'unchanged']);
  });

  it('a mended document takes the place of one that was never published', async () => {
    const headline = `Réparé ${count}`;
    expect(await givenArticle(server, { headline, copyright: null })).toMatchObject({
      outcome: 'added',
      publication: { outcome: 'blocked' },
    });
    await givenPublished(server, { headline });
    const [articles] = await server.database.sql<{ count: string }>(
      'select count(*) from desk.translation where slug = $1',
      [`repare-${count}`],
    );
    expect(articles?.count).toBe('1');
  });

  it.each([
    ['in letters that slugs do not have', '桥', '塔'],
    ['that are alike for long', `${'pont '.repeat(30)}un`, `${'pont '.repeat(30)}deux`],
  ])('another article never takes the place of one that was never published: headlines %s', async (_what, one, two) => {
    await givenArticle(server, { headline: one, copyright: null });
    await givenArticle(server, { headline: two, copyright: null });
    expect(await articleIdOf(server, one)).not.toBe(await articleIdOf(server, two));
  });

  it('terms in letters that slugs do not have are different terms', async () => {
    await givenPublished(server, { headline: `Termes ${count}`, themes: ['湖', '灯塔'] });
    const { data } = await server.query(`{ article(slug: "termes-${count}") { themes { rawLabel slug } } }`);
    const themes = data.article.themes as { rawLabel: string; slug: string }[];
    expect(themes.map((theme) => theme.rawLabel)).toEqual(['湖', '灯塔']);
    expect(new Set(themes.map((theme) => theme.slug)).size).toBe(2);
  });

  it('the same theme twice on one page is filed once or twice, and published', async () => {
    await givenPublished(server, { headline: `Doublon ${count}`, themes: ['Environnement', 'environnement'] });
  });

  it('a region that is named like a theme is another term', async () => {
    await givenPublished(server, { headline: `Homonymes ${count}`, themes: ['Atlantide'], regions: ['Atlantide'] });
  });

  const LONG: [string, (name: string) => PageFacts][] = [
    ['source', (name: string) => ({ source: name })],
    ['author', (name: string) => ({ authors: [name], copyright: 'Copyright © A, B, 2016' })],
    ['theme', (name: string) => ({ themes: [name] })],
  ];
  it.each(LONG)('a very long %s is imported or refused, without a crash', async (_what, facts) => {
    const name = Array.from({ length: 1100 }, (_, i) => ((i * 7919 + count) % 99991).toString(36)).join(' ');
    const [seeded] = await seedTexts(server, [page({ headline: `Long ${count}`, ...facts(name) })]);
    expect(['added', 'refused']).toContain(seeded?.outcome);
  });

  it('a very long headline is imported, without a crash', async () => {
    await givenPublished(server, { headline: `Long ${count} ${'pont '.repeat(1000)}` });
  });

  it('a text of very many words is imported, or refused, without a crash', async () => {
    const words = Array.from({ length: 60_000 }, (_, i) => `mot${i.toString(36)}`).join(' ');
    const [seeded] = await seedTexts(server, [
      page({ headline: `Beaucoup ${count}`, body: ['Un texte en français qui commence ainsi.', words] }),
    ]);
    expect(['added', 'refused']).toContain(seeded?.outcome);
  }, 60_000);

  it('different documents at once that name the same new things', async () => {
    const texts = Array.from({ length: 6 }, (_, i) =>
      page({
        headline: `Ensemble ${count} ${i}`,
        source: `Source nouvelle ${count}`,
        authors: [`Autrice nouvelle ${count}`],
        themes: [`Thème nouveau ${count}`],
        regions: [`Région nouvelle ${count}`],
      }),
    );
    const seeded = await Promise.all(texts.map((text) => seedTexts(server, [text])));
    expect(seeded.flat().map((document) => document.outcome)).toEqual(Array(6).fill('added'));
    const [terms] = await server.database.sql<{ count: string }>('select count(*) from desk.term where slug = $1', [
      `theme-nouveau-${count}`,
    ]);
    expect(terms?.count).toBe('1');
  }, 60_000);

  it('all again after all others changes nothing', async () => {
    const texts = [
      page({ headline: `Premier ${count}`, clauses: ['responsibility', 'media-contact'] }),
      page({ headline: `Second ${count}` }),
      page({ headline: `Troisième ${count}`, themes: [`Œuvres ${count}`] }),
      page({ headline: `Quatrième ${count}`, themes: [`Oeuvres ${count}`] }),
    ];
    await seedTexts(server, texts);
    const again = await seedTexts(server, texts);
    expect(again.map((document) => ('publication' in document ? document.publication.outcome : document))).toEqual(
      Array(4).fill('unchanged'),
    );
  });
});
