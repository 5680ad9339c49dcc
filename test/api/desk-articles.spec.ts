import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { inTransaction } from '../../src/database/transaction.js';
import { EditionsService } from '../../src/editions/editions.service.js';
import { DataSource } from 'typeorm';
import { givenApproved, givenEditor, givenOriginal, givenTranslated, setState } from '../fixtures/editors.js';
import { givenArticle, givenReferences, givenRevision } from '../fixtures/given.js';
import { type DeskReader, givenReader, nodesOf, type Row } from '../fixtures/readers-of-the-desk.js';
import { statementsOf } from '../fixtures/statements.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let editor: DeskReader;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  editor = await givenReader(server, 'EDITOR');
}, 60_000);
afterAll(async () => {
  await server.close();
});

describe('an article at the desk', () => {
  it('has all that belongs to it, and every language as it stands', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le quai');
    await givenTranslated(server, id, 'en', 'The quay');
    await givenApproved(server, id, 'fr', { headline: 'Le quai neuf', body: 'Un *autre* texte.' });
    const { article } = await editor.desk(
      `article(id: $id) { id version kind publishedOn originalLanguage pageLanguage createdAt updatedAt
        publisher { name } origin { relation source { name } publishedOnLabel } credits { role agent { name } }
        regions { label } themes { label rawLabel } reports { label }
        rights { status holder copyright { raw } reuseTerms { effect statedBy { name } } notices { kind } }
        contactPoints { email } links { kind url } evidence { path exact } documents { number fileName sha256 }
        slugs edition { number languages issuedAt } lastEdition withdrawal { reason } findings { code severity waiver { reason } }
        translation(language: "en") { headline }
        translations { id version language isOriginal state headline dek body(format: HTML) slug wantedSlug isUnsaved changedBy changedAt
          method tool translator { name } isOutdated outdatedPassages isPublished publishedRevision schedule { dueAt } steps
          revision { number headline body madeBy reason createdAt source { number translation { language } } }
          revisions(first: 1) { edges { cursor node { number } } pageInfo { hasNextPage } }
          source { number headline translation { language article { id } } } article { id } } }`,
      { id: articleId },
      '($id: ID!)',
    );
    expect(article).toMatchObject({
      id: toGlobalId('Article', id),
      version: 1,
      publisher: { name: 'Mondialisation.ca' },
      origin: { relation: 'VERBATIM', source: { name: 'Le Courrier du Lac' } },
      credits: [{ role: 'AUTHOR', agent: { name: 'Anne Morel' } }],
      rights: { status: 'IN_COPYRIGHT', reuseTerms: [{ effect: 'PERMIT' }, { effect: 'ASK_FIRST' }] },
      contactPoints: [{ email: 'media@example.org' }],
      documents: [{ number: 1, fileName: '0.txt' }],
      slugs: ['le-quai', 'le-quai-en'],
      edition: { number: 2, languages: ['fr', 'en'] },
      lastEdition: 2,
      withdrawal: null,
      findings: [{ code: 'TRANSLATOR_MISSING', waiver: null }],
      translation: { headline: 'The quay' },
      translations: [
        {
          ...{ language: 'fr', isOriginal: true, state: 'APPROVED', headline: 'Le quai neuf', isPublished: true },
          ...{ body: '<p>Un <em>autre</em> texte.</p>', publishedRevision: 1, source: null, schedule: null },
          steps: ['EDIT', 'SEND_BACK', 'PUBLISH', 'UNPUBLISH'],
          revision: { number: 2, headline: 'Le quai neuf', source: null },
          revisions: { edges: [{ node: { number: 2 } }], pageInfo: { hasNextPage: true } },
        },
        {
          ...{ language: 'en', isOriginal: false, state: 'PUBLISHED', isOutdated: true, outdatedPassages: 3 },
          steps: ['EDIT', 'PUBLISH', 'UNPUBLISH'],
          revision: { source: { number: 1, translation: { language: 'fr' } } },
          source: { number: 1, translation: { language: 'fr', article: { id: articleId } } },
          article: { id: articleId },
        },
      ],
    });
    expect(article.evidence.length).toBeGreaterThan(10);
  });
});

/** The headlines of the originals in a list of articles. */
async function listed(args: string): Promise<string[]> {
  const { articles } = await editor.desk(`articles(${args}) { edges { node { translations { headline } } } }`);
  return (articles.edges as { node: { translations: { headline: string }[] } }[]).map(
    ({ node }) => node.translations[0]?.headline ?? '',
  );
}

describe('the list of articles', () => {
  it('finds by every filter, and by all of them together', async () => {
    const { id } = await givenOriginal(server, 'Brume du matin');
    await givenTranslated(server, id, 'en', 'Morning mist');
    await givenRevision(server, id, 'fr', { headline: 'Brume du soir' });
    await givenArticle(server, { headline: 'Brume sans droits', copyright: null });
    const { articleId: goneId } = await givenOriginal(server, 'Brume retirée');
    const people = await givenEditor(server);
    const why = { reason: 'Retirée.', language: 'fr' };
    await people.do('withdrawArticle', { articleId: goneId, expectedEdition: 1, ...why });
    const { id: later, articleId: laterId } = await givenOriginal(server, 'Brume à venir');
    await givenApproved(server, later, 'de', { headline: 'Nebel' });
    const at = { at: '2044-07-14T08:00', timeZone: 'Europe/Paris' };
    await people.do('schedulePublication', { articleId: laterId, language: 'de', expectedRevision: 1, ...at });

    const mist = (more: string) => listed(`filter: { headline: "brume", ${more} }, orderBy: CREATED_ASC`);
    expect(await mist('')).toEqual(['Brume du soir', 'Brume sans droits', 'Brume retirée', 'Brume à venir']);
    expect(await listed('filter: { headline: "du matin" }')).toEqual([]);
    expect(await listed('filter: { headline: "%%%" }')).toEqual([]);
    expect(await listed('filter: { headline: "morning" }')).toEqual(['Brume du soir']);
    expect(await mist('standing: PUBLISHED')).toEqual(['Brume du soir', 'Brume à venir']);
    expect(await mist('standing: NOT_PUBLISHED')).toEqual(['Brume sans droits']);
    expect(await mist('standing: WITHDRAWN')).toEqual(['Brume retirée']);
    expect(await mist('standing: SCHEDULED')).toEqual(['Brume à venir']);
    expect(await mist('text: { language: "en" }')).toEqual(['Brume du soir']);
    expect(await mist('lacking: "en"')).toEqual(['Brume sans droits', 'Brume retirée', 'Brume à venir']);
    expect(await mist('text: { language: "de", states: [APPROVED] }')).toEqual(['Brume à venir']);
    expect(await mist('text: { language: "de", states: [DRAFT, PUBLISHED] }')).toEqual([]);
    expect(await mist('text: { isOutdated: true }')).toEqual(['Brume du soir']);
    expect(await mist('text: { language: "fr", isOutdated: true }')).toEqual([]);
    expect(await mist('text: { language: "en", isOutdated: false }')).toEqual([]);
    expect(await mist('isBlocked: true, publisher: "mondialisation-ca"')).toEqual(['Brume sans droits']);
    expect(await mist('isBlocked: false')).toEqual(['Brume du soir', 'Brume retirée', 'Brume à venir']);
    expect(await mist('publisher: "nobody"')).toEqual([]);
    expect(await mist('source: "le-courrier-du-lac", lacking: "de"')).toHaveLength(3);
    expect(await mist('source: "nobody"')).toEqual([]);
    expect(await mist('kinds: [GALLERY]')).toEqual([]);
    expect(await mist('changedSince: "2044-01-01T00:00:00Z"')).toEqual([]);
    expect(await mist('changedSince: "2020-01-01T00:00:00Z"')).toHaveLength(4);
  });

  it('refuses what can not be looked for', async () => {
    for (const args of [
      'filter: { headline: "ab" }',
      `filter: { headline: "${'a'.repeat(201)}" }`,
      'filter: { changedSince: "gestern" }',
      'first: 1, after: "WzJd.pVRdic"',
      'first: -1',
    ]) {
      expect([args, await editor.refusal(`articles(${args}) { edges { cursor } }`)]).toEqual([args, 'BAD_USER_INPUT']);
    }
  });

  it('is three statements, with who asks, however many articles there are: what is out of date, too', async () => {
    const asked = `articles(first: 50) { edges { cursor node { id version kind updatedAt publisher { name } origin { url }
      edition { number languages } withdrawal { reason }
      translations { language state headline isUnsaved isOutdated outdatedPassages isPublished steps } } } pageInfo { endCursor } }`;
    const { result, statements } = await statementsOf(server, () => editor.desk(asked));
    expect(result.articles.edges.length).toBeGreaterThan(4);
    expect(statements).toHaveLength(3);
  });

  it('reads what belongs to its articles by a statement for each kind of it, never for each row', async () => {
    const asked = `articles(first: 50) { edges { node { credits { role } themes { label } rights { holder } slugs evidence { path }
      documents { sha256 } findings { code waiver { reason } }
      translations { body publishedRevision schedule { dueAt } revision { number body source { number } }
        revisions(first: 2) { edges { node { number } } } source { translation { language } } article { id } } } } }`;
    const { result, statements } = await statementsOf(server, () => editor.desk(asked));
    expect(result.articles.edges.length).toBeGreaterThan(4);
    expect(statements.length).toBeLessThan(20);
  });

  it('is walked from end to end while articles are saved: by when they came, each is met once', async () => {
    const ids: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { articles } = await editor.desk(
        'articles(first: 2, after: $after, orderBy: CREATED_ASC) { edges { node { id } } pageInfo { hasNextPage endCursor } }',
        { after },
        '($after: String)',
      );
      ids.push(...(articles.edges as { node: { id: string } }[]).map(({ node }) => node.id));
      await server.database.sql(
        'update desk.article set updated_at = clock_timestamp() where id in (select id from desk.article order by random() limit 2)',
      );
      if (articles.pageInfo.hasNextPage !== true) break;
      after = articles.pageInfo.endCursor as string;
    }
    const rows = await server.database.sql<{ id: string }>('select id from desk.article order by created_at, id');
    expect(ids).toEqual(rows.map(({ id }) => toGlobalId('Article', id)));
  });

  it.each(['CHANGED', 'CREATED', 'PUBLISHED_ON', 'HEADLINE'])(
    'has the same pages from both ends, by %s',
    async (by) => {
      const page = async (args: string): Promise<Row> => {
        const asked = 'edges { cursor node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';
        return (await editor.desk(`articles(orderBy: ${by}_DESC, ${args}) { ${asked} }`)).articles as Row;
      };
      const whole = await page('first: 100');
      const ids = (whole.edges as { node: { id: string } }[]).map(({ node }) => node.id);
      const back = await page('last: 2');
      expect(nodesOf(back).map(({ id }) => id as string)).toEqual(ids.slice(-2));
      expect(back.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      const between = await page(
        `first: 9, after: "${String(whole.pageInfo.startCursor)}", before: "${String(whole.pageInfo.endCursor)}"`,
      );
      expect(nodesOf(between).map(({ id }) => id as string)).toEqual(ids.slice(1, -1));
      const upwards = await editor.desk(`articles(orderBy: ${by}_ASC, first: 100) { edges { node { id } } }`);
      expect(nodesOf(upwards.articles).map(({ id }) => id as string)).toEqual([...ids].reverse());
      // A cursor is of one list: in another order, or with another filter, it is none.
      for (const other of [`orderBy: ${by}_ASC`, `orderBy: ${by}_DESC, filter: { kinds: [ARTICLE] }`]) {
        const asked = `articles(${other}, after: "${String(whole.pageInfo.startCursor)}") { edges { cursor } }`;
        expect(await editor.refusal(asked)).toBe('BAD_USER_INPUT');
      }
    },
  );
});

describe('the list of articles by headline', () => {
  const PAGE = 'edges { node { translations { language isOriginal headline } } } pageInfo { hasNextPage endCursor }';
  const headlineOf = ({ translations }: Row, language: string): string =>
    (translations as { language: string; headline: string }[]).find((one) => one.language === language)?.headline ?? '';
  /** All of them, page by page. */
  const walk = async (order: string, filter: string, language = 'fr') => {
    const met: string[] = [];
    for (let after: string | null = null; ;) {
      const { articles } = await editor.desk(
        `articles(first: 2, after: $after, orderBy: HEADLINE_${order}, filter: { ${filter} }) { ${PAGE} }`,
        { after },
        '($after: String)',
      );
      met.push(...nodesOf(articles).map((node) => headlineOf(node, language)));
      if (articles.pageInfo.hasNextPage !== true) return met;
      after = articles.pageInfo.endCursor as string;
    }
  };

  it('is in the order of its letters, not of their codes, without gaps where several have one headline', async () => {
    const sorted = ['Zone a', 'Zone à', 'zone b', 'Zone B', 'Zone e', 'Zone É', 'zone f', 'Zone œ', 'Zone z'];
    // The last one twice.
    sorted.push('Zone z');
    for (const [i, headline] of [...sorted].reverse().entries()) {
      const { id } = await givenOriginal(server, `Secteur ${i}`);
      await givenRevision(server, id, 'fr', { headline });
    }
    expect(await walk('ASC', 'headline: "zone"')).toEqual(sorted);
    expect(await walk('DESC', 'headline: "zone"')).toEqual([...sorted].reverse());
  });

  it('is by what each text says now: typed, saved, or thrown away again; in the language that is asked for', async () => {
    const { id } = await givenOriginal(server, 'Cap rouge');
    const { id: other } = await givenOriginal(server, 'Cap vert');
    await givenTranslated(server, id, 'en', 'Red cape');
    await givenTranslated(server, other, 'en', 'Green cape');
    expect(await walk('ASC', 'headline: "cap "')).toEqual(['Cap rouge', 'Cap vert']);
    const inEnglish = 'headline: "cape", text: { language: "en" }';
    expect(await walk('ASC', inEnglish, 'en')).toEqual(['Green cape', 'Red cape']);
    const { article } = await editor.desk(
      `article(id: "${toGlobalId('Article', id)}") { translation(language: "fr") { id version } }`,
    );
    const { id: translationId, version } = article.translation as { id: string; version: number };
    const people = await givenEditor(server);
    await people.do('saveWorkingText', { translationId, expectedVersion: version, headline: 'Cap zinc', body: 'x' });
    expect(await walk('ASC', 'headline: "cap "')).toEqual(['Cap vert', 'Cap zinc']);
    await people.do('discardWorkingText', { translationId, expectedVersion: version + 1 });
    expect(await walk('ASC', 'headline: "cap "')).toEqual(['Cap rouge', 'Cap vert']);
    const now = await editor.desk(`translation(id: "${translationId}") { version }`);
    const saved = { translationId, expectedVersion: (now.translation as { version: number }).version, reason: 'x' };
    await people.do('saveRevision', { ...saved, headline: 'Cap zinc' });
    expect(await walk('ASC', 'headline: "cap "')).toEqual(['Cap vert', 'Cap zinc']);
    // An import may find that a text is in another language than was thought.
    await server.database.sql(`update desk.translation set language = 'pt' where article_id = $1 and language = 'en'`, [
      other,
    ]);
    expect(await walk('ASC', inEnglish, 'en')).toEqual(['Red cape']);
    await server.database.sql(`update desk.translation set language = 'en' where article_id = $1 and language = 'pt'`, [
      other,
    ]);
    expect(await walk('DESC', inEnglish, 'en')).toEqual(['Red cape', 'Green cape']);
    // Whoever writes texts: what is kept is what each of them says.
    const others = await server.database.sql(
      `select t.id from desk.translation t left join desk.working_text w on w.translation_id = t.id
       left join desk.text_headline h on h.article_id = t.article_id and h.language = t.language
       where left(coalesce(w.headline, (select r.headline from desk.revision r where r.translation_id = t.id
         order by r.number desc limit 1)), 150) is distinct from h.headline`,
    );
    expect(others).toEqual([]);
  });
});

describe('the list of texts', () => {
  it('finds by language, state, what is out of date, and whose task it is', async () => {
    const { id } = await givenOriginal(server, 'Le canal');
    await givenTranslated(server, id, 'it', 'Il canale');
    await givenRevision(server, id, 'fr', { headline: 'Le canal neuf' });
    const reader = await givenReader(server, 'READER');
    const found = async (args: string) =>
      nodesOf((await editor.desk(`translations(${args}) { edges { node { headline language } } }`)).translations).map(
        ({ headline }) => headline as string,
      );
    expect(await found('language: "it"')).toEqual(['Il canale']);
    expect(await found('language: "it", outdated: true, state: [PUBLISHED, DRAFT]')).toEqual(['Il canale']);
    expect(await found('language: "it", outdated: false')).toEqual([]);
    expect(await found('language: "it", state: [DRAFT]')).toEqual([]);
    expect(await found('language: "it", isOriginal: true')).toEqual([]);
    expect(await found('language: "it", assignee: NOBODY')).toEqual(['Il canale']);
    await server.database.sql(
      `insert into desk.translation_assignment (article_id, language, assignee_id, assigned_by_id) values ($1, 'it', $2, $3)`,
      [id, editor.person.id, reader.person.id],
    );
    expect(await found('language: "it", assignee: NOBODY')).toEqual([]);
    expect(await found('assignee: ME')).toEqual(['Il canale']);
    expect(await found('assignee: SOMEBODY')).toEqual(['Il canale']);
    expect(await found(`assigneeId: "${toGlobalId('Account', editor.person.id)}"`)).toEqual(['Il canale']);
    expect(await found(`assigneeId: "${toGlobalId('Account', reader.person.id)}"`)).toEqual([]);
    expect(await editor.refusal('translations(assigneeId: "nobody") { edges { cursor } }')).toBe('BAD_USER_INPUT');
  });

  it('is two statements, with who asks', async () => {
    const asked = 'translations(outdated: true, first: 50) { edges { node { headline outdatedPassages steps } } }';
    expect((await statementsOf(server, () => editor.desk(asked))).statements).toHaveLength(2);
  });
});

describe('the counts', () => {
  it('tell how each language stands, by one statement beside who asks', async () => {
    const { result, statements } = await statementsOf(server, () =>
      editor.desk(`counts { articles published withdrawn schedules failedSchedules blocked
        languages { language texts byState { state texts } outdated unassigned lacking } }`),
    );
    expect(statements).toHaveLength(2);
    const { counts } = result;
    const [{ n } = { n: 0 }] = await server.database.sql<{ n: number }>('select count(*)::int as n from desk.article');
    expect(counts).toMatchObject({ articles: n, withdrawn: 1, schedules: 1, failedSchedules: 0, blocked: 1 });
    expect((counts.languages as Row[]).map(({ language }) => language as string)).toEqual(['de', 'en', 'fr', 'it']);
    expect(counts.languages[3]).toEqual({
      language: 'it',
      texts: 1,
      byState: [
        { state: 'DRAFT', texts: 0 },
        { state: 'TRANSLATED', texts: 0 },
        { state: 'REVIEWED', texts: 0 },
        { state: 'APPROVED', texts: 0 },
        { state: 'PUBLISHED', texts: 1 },
        { state: 'ABANDONED', texts: 0 },
      ],
      outdated: 1,
      unassigned: 0,
      lacking: n - 1,
    });
  });
});

describe('one language', () => {
  it('that is published, or blocked, leaves the others as the desk shows them', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le pont');
    await givenApproved(server, id, 'en', { headline: 'The bridge' });
    await givenRevision(server, id, 'de', { headline: 'Die Brücke' });
    const asked = `article(id: "${articleId}") { translations { language state version headline publishedRevision isPublished } }`;
    const before = (await editor.desk(asked)).article.translations;
    await inTransaction(server.app.get(DataSource), (manager) =>
      server.app.get(EditionsService).publish(manager, id, 'en', 'A test'),
    );
    const after = (await editor.desk(asked)).article.translations;
    expect(
      (after as Row[]).map(({ language, state, isPublished }) => [language, state, isPublished] as unknown[]),
    ).toEqual([
      ['fr', 'PUBLISHED', true],
      ['de', 'DRAFT', false],
      ['en', 'PUBLISHED', true],
    ]);
    expect([after[0], after[1]]).toEqual([before[0], before[1]]);
    await setState(server, id, 'de', 'APPROVED');
    await server.database.sql(
      `insert into desk.finding (article_id, position, code, severity, language, path, message)
       values ($1, 90, 'TEXT_MISSING', 'ERROR', 'de', 'text.body', 'No words.')`,
      [id],
    );
    const people = await givenEditor(server);
    expect(await people.do('publishTranslation', { articleId, language: 'de', expectedRevision: 1 })).toMatchObject({
      code: 'BLOCKED_BY_FINDINGS',
    });
    const blocked = (await editor.desk(asked)).article.translations;
    expect([blocked[0], blocked[2]]).toEqual([after[0], after[2]]);
  });
});

describe('revisions', () => {
  it('see translations, and what each was made from, through the whole chain (directus#22881)', async () => {
    const { id, articleId } = await givenOriginal(server, 'La source');
    await givenRevision(server, id, 'en', { headline: 'The source' });
    await givenRevision(server, id, 'fr', { headline: 'La source, corrigée' });
    await givenRevision(server, id, 'en', { headline: 'The source, corrected' });
    const { article } =
      await editor.desk(`article(id: "${articleId}") { translation(language: "en") { revisions(first: 9) {
      edges { node { id number headline reason madeBy createdAt translation { language article { id } }
        source { number headline translation { language revisions(last: 1) { edges { node { number } } } } } } } } } }`);
    const revisions = nodesOf(article.translation.revisions);
    expect(revisions).toMatchObject([
      { number: 2, headline: 'The source, corrected', source: { number: 2, headline: 'La source, corrigée' } },
      { number: 1, headline: 'The source', source: { number: 1, headline: 'La source' } },
    ]);
    expect(revisions[0]).toMatchObject({
      translation: { language: 'en', article: { id: articleId } },
      source: { translation: { language: 'fr', revisions: { edges: [{ node: { number: 1 } }] } } },
    });
    const [later, earlier] = revisions;
    const { revisionDiff, revision } = await editor.desk(
      `revisionDiff(fromId: "${String(earlier?.id)}", toId: "${String(later?.id)}") { html passages { id kind change runs { change text } } }
       revision(id: "${String(later?.id)}") { number body(format: HTML) }`,
    );
    expect(revision).toEqual({ number: 2, body: '<p>Texte.</p>' });
    expect(revisionDiff.passages).toEqual([
      {
        ...{ id: 'headline', kind: 'headline', change: 'CHANGED' },
        runs: [
          { change: 'SAME', text: 'The source' },
          { change: 'ADDED', text: ', corrected' },
        ],
      },
      { id: 'b1', kind: 'paragraph', change: 'SAME', runs: [{ change: 'SAME', text: 'Texte.' }] },
    ]);
    expect(revisionDiff.html).toContain('<ins>, corrected</ins>');
  });
});

describe('a translation beside its source', () => {
  it('is there in one query, by few statements', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le phare');
    await givenRevision(server, id, 'en', { headline: 'The lighthouse', body: 'One.' });
    await givenRevision(server, id, 'fr', { headline: 'Le grand phare' });
    const { article } = await editor.desk(`article(id: "${articleId}") { translations { id language } }`);
    const english = (article.translations as Row[]).find(({ language }) => language === 'en');
    const asked = `translationSheet(translationId: "${String(english?.id)}") {
      rows { passageId kind source change { change before after runs { change text } } translation { id kind text } }
      unpaired { id text } source { id number translation { language } }
      translation { version state steps outdatedPassages article { id rights { holder } } } }`;
    const { result, statements } = await statementsOf(server, () => editor.desk(asked));
    expect(result.translationSheet).toMatchObject({
      source: { number: 2, translation: { language: 'fr' } },
      translation: { state: 'DRAFT', article: { id: articleId } },
    });
    expect(result.translationSheet.rows[0]).toEqual({
      ...{ passageId: 'headline', kind: 'headline', source: 'Le grand phare' },
      change: {
        ...{ change: 'CHANGED', before: 'Le phare', after: 'Le grand phare' },
        runs: expect.arrayContaining([{ change: 'ADDED', text: 'grand ' }]),
      },
      translation: [{ id: 'headline', kind: 'headline', text: 'The lighthouse' }],
    });
    expect(statements.length).toBeLessThan(10);
    const original = (article.translations as Row[]).find(({ language }) => language === 'fr');
    expect(
      (await editor.desk(`translationSheet(translationId: "${String(original?.id)}") { unpaired { id } }`))
        .translationSheet,
    ).toBeNull();
  });
});

describe('who may only read', () => {
  it('sees all of the desk, and nothing that they could do', async () => {
    const reader = await givenReader(server, 'READER');
    const { articles, counts } = await reader.desk(
      'articles(first: 3) { edges { node { translations { headline steps } } } } counts { articles }',
    );
    expect(counts.articles).toBeGreaterThan(4);
    const steps = nodesOf(articles).flatMap(({ translations }) =>
      (translations as Row[]).flatMap((text) => text.steps as string[]),
    );
    expect(steps).toEqual([]);
  });

  it('and a translator may do in their language what its state allows', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le barrage');
    await givenRevision(server, id, 'en', { headline: 'The dam' });
    const translator = await givenReader(server, 'TRANSLATOR', ['en']);
    const { article } = await translator.desk(`article(id: "${articleId}") { translations { language steps } }`);
    expect(article.translations).toEqual([
      { language: 'fr', steps: [] },
      { language: 'en', steps: ['EDIT', 'COMPLETE'] },
    ]);
  });

  it('and nobody else sees any of it', async () => {
    const { data } = await server.query('{ desk { articles { edges { cursor } } counts { articles } } }');
    expect(data).toEqual({ desk: null });
  });
});
