import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { encodeCursor } from '../../src/common/cursor.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { inTransaction } from '../../src/database/transaction.js';
import { EVENT_LIST } from '../../src/editions/edition-event.type.js';
import { EditionsService } from '../../src/editions/editions.service.js';
import { DataSource } from 'typeorm';
import { follow, type Follower } from '../fixtures/following.js';
import {
  articleIdOf,
  givenArticle,
  givenPublished,
  givenReferences,
  givenRevision,
  publish,
} from '../fixtures/given.js';
import { everyQuestion, everySubscription, merged, type Question, type TextsFor } from '../support/every-question.js';
import { askAs, givenAccount, givenSession } from '../fixtures/accounts.js';
import { givenApproved, givenEditor } from '../fixtures/editors.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** Words that stand in unpublished values only, one for each value. */
const SECRETS = {
  draftHeadline: 'Zirkonia',
  draftBody: 'Quetzalcode',
  draftDek: 'Xylophonos',
  draftSource: 'Wolframite',
  draftSourceUrl: 'kryptonite',
  draftAuthor: 'Yggdrasilda',
  draftTheme: 'Vermillonne',
  draftRegion: 'Ultramarinix',
  draftReport: 'Obsidianne',
  newerRevision: 'Jabberwocky',
  newerBody: 'Brillig',
  unpublishedTranslation: 'Hornblendish',
  unpublishedTranslationBody: 'Feldspathic',
  withdrawnHeadline: 'Malachitique',
  withdrawnBody: 'Lapislazulien',
  withdrawnAuthor: 'Rhodochrosite',
  withdrawnSource: 'Tourmalinia',
  withdrawnTheme: 'Alexandritique',
  withdrawnRegion: 'Celestinien',
  scheduledHeadline: 'Psilomelane',
  scheduledBody: 'Chalcopyrite',
  unpublishedHeadline: 'Kimberlitic',
  unpublishedBody: 'Serpentinite',
  unpublishedCorrection: 'Anorthosite',
  correctionOfTheWithdrawn: 'Wollastonite',
  headlineOfTheWithdrawn: 'Spodumene',
  bodyOfTheWithdrawn: 'Bytownitique',
  authorOfTheWithdrawn: 'Chrysoberylla',
  reasonAtTheDesk: 'Pegmatitique',
  noteAtTheDesk: 'Labradorescent',
  colleague: 'Sphalerita',
} as const;
const WORDS = Object.values(SECRETS);
const MARKS = WORDS.map((word) => word.toLowerCase());

/** A word that stands nowhere at all: what is secret has to be answered just like it. */
const NOTHING = 'Nixnuxnax';

let server: TestServer;
let secretIds: string[];
let publicIds: string[];
/** Of an article whose tombstone everybody may read. */
let withdrawnId: string;
beforeAll(async () => {
  server = await startTestServer({
    config: {
      costMax: 10_000_000,
      depthMax: 50,
      pageSizeMax: 5,
      tokensMax: 20_000,
      aliasesMax: 1000,
      rootFieldsMax: 1000,
    },
  });
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare', source: 'Phare Nord', authors: ['Ada Nord'] });
  await givenArticle(server, {
    headline: SECRETS.draftHeadline,
    body: [`Le mot ${SECRETS.draftBody} ne se trouve que dans ce texte, qui attend encore que quelqu’un le relise.`],
    dek: `*${SECRETS.draftDek} en résumé.*`,
    source: SECRETS.draftSource,
    sourceUrl: `https://${SECRETS.draftSourceUrl}.example/`,
    authors: [SECRETS.draftAuthor],
    themes: [SECRETS.draftTheme],
    regions: [SECRETS.draftRegion],
    reports: [SECRETS.draftReport],
    copyright: null,
  });
  const phare = await articleIdOf(server, 'Le phare');
  await givenRevision(server, phare, 'fr', { headline: SECRETS.newerRevision, body: SECRETS.newerBody });
  await givenRevision(server, phare, 'en', {
    headline: SECRETS.unpublishedTranslation,
    body: SECRETS.unpublishedTranslationBody,
  });
  await givenPublished(server, {
    headline: SECRETS.withdrawnHeadline,
    body: [`Le mot ${SECRETS.withdrawnBody} se trouvait dans ce texte, que plus personne ne doit lire à présent.`],
    authors: [SECRETS.withdrawnAuthor],
    source: SECRETS.withdrawnSource,
    themes: [SECRETS.withdrawnTheme],
    regions: [SECRETS.withdrawnRegion],
  });
  const withdrawn = await articleIdOf(server, SECRETS.withdrawnHeadline);
  // Asked while it is published, so that answers with it were kept.
  await server.query(`{ article(slug: "${SECRETS.withdrawnHeadline.toLowerCase()}") { text { headline } } }`);
  await server.query('{ articles { edges { node { text { headline } } } } }');
  await inTransaction(server.app.get(DataSource), (manager) =>
    server.app.get(EditionsService).takeFromReaders(manager, [withdrawn]),
  );
  await givenDecisions(phare);
  const idsOf = (type: string, sql: string) =>
    server.database.sql<{ id: string }>(sql).then((rows) => rows.map(({ id }) => toGlobalId(type, id)));
  publicIds = [toGlobalId('Article', phare), withdrawnId];
  secretIds = [
    ...(await idsOf(
      'Article',
      `select id from desk.article where id <> '${phare}' and id not in (select article_id from edition.tombstone)`,
    )),
    ...(await idsOf('Source', `select id from desk.source where name in ('${WORDS.join("','")}')`)),
    ...(await idsOf('Term', `select id from desk.term t where slug in ('${MARKS.join("','")}')`)),
  ];
}, 90_000);
afterAll(async () => {
  await server.close();
});

/** What people have decided: a text that waits for its day, one that was taken back, and an article that was withdrawn. */
async function givenDecisions(phare: string): Promise<void> {
  const editor = await givenEditor(server);
  const articleId = toGlobalId('Article', phare);
  const reason = `Le mot ${SECRETS.reasonAtTheDesk} est du bureau.`;
  await givenApproved(server, phare, 'de', { headline: SECRETS.unpublishedHeadline, body: SECRETS.unpublishedBody });
  await editor.do('publishTranslation', { articleId, language: 'de', expectedRevision: 1, reason });
  // The French text stays what it is: what waits is not approved.
  await givenApproved(server, phare, 'de', {
    headline: SECRETS.unpublishedHeadline,
    body: `${SECRETS.unpublishedBody} !`,
  });
  await editor.do('correctArticle', {
    articleId,
    language: 'de',
    expectedRevision: 2,
    expectedEdition: 2,
    notes: [
      { language: 'fr', note: 'Le phare est plus haut.' },
      { language: 'de', note: `Das Wort ${SECRETS.unpublishedCorrection}.` },
    ],
    reason,
  });
  await editor.do('unpublishTranslation', { articleId, language: 'de', expectedEdition: 3, reason });
  await givenApproved(server, phare, 'es', { headline: SECRETS.scheduledHeadline, body: SECRETS.scheduledBody });
  const at = { at: '2044-07-14T08:00', timeZone: 'Europe/Paris' };
  await editor.do('schedulePublication', { articleId, language: 'es', expectedRevision: 1, ...at });

  const colleague = await givenAccount(server, {
    name: SECRETS.colleague,
    roles: [{ role: 'TRANSLATOR', languages: ['en'] }],
  });
  const secret = await givenSession(server, colleague);
  const body = `Qui est ${SECRETS.noteAtTheDesk} ?`;
  for (const mutation of [
    `addNote(input: { articleId: "${articleId}", language: "fr", body: "${body}" }) { ... on NoteAdded { note { body } } }`,
    `claimTranslation(input: { articleId: "${articleId}", language: "en" }) { ... on TranslationClaimed { assignment { language } } }`,
  ]) {
    const done = JSON.stringify((await askAs(server, secret, `mutation { ${mutation} }`)).data);
    expect(done).toMatch(/Labradorescent|"language":"en"/);
  }

  await givenPublished(server, { headline: 'Le brouillard', authors: [SECRETS.authorOfTheWithdrawn] });
  const fog = await articleIdOf(server, 'Le brouillard');
  const withdrawn = { articleId: toGlobalId('Article', fog), language: 'fr' };
  await givenApproved(server, fog, 'fr', {
    headline: SECRETS.headlineOfTheWithdrawn,
    body: SECRETS.bodyOfTheWithdrawn,
  });
  const notes = [{ language: 'fr', note: `Le mot ${SECRETS.correctionOfTheWithdrawn}.` }];
  const corrected = { ...withdrawn, expectedRevision: 2, expectedEdition: 1, notes, reason };
  expect(await editor.do('correctArticle', corrected)).toMatchObject({ edition: 2 });
  const told = { ...withdrawn, expectedEdition: 2, reason: 'À la demande du titulaire.' };
  expect(await editor.do('withdrawArticle', told)).toMatchObject({ __typename: 'ArticleTakenBack' });
  withdrawnId = withdrawn.articleId;
}

/** This word and id in every place where a text goes. */
function textsWith(word: string, id: string): TextsFor {
  return ({ name, type }) => {
    if (type === 'LanguageTag') return ['fr', 'en'];
    if (type === 'PartialDate') return ['2016'];
    if (type === 'DateTime') return ['2016-03-30T08:00:00Z'];
    if (type === 'Url' || type === 'EmailAddress') return [`https://${word}.example/`];
    if (name === 'id' || name === 'ids' || type === 'ID') return [...publicIds, id];
    if (name === 'after' || name === 'before') return [];
    if (name === 'slug') return ['le-phare', 'le-brouillard', word.toLowerCase()];
    return name === 'text' ? ['phare', word] : [word];
  };
}

const schema = () => server.app.get(GraphQLSchemaHost, { strict: false }).schema;

/** Every question with all that can be selected. */
function questions(word: string, id: string, depthMax: number): Question[] {
  return [...everyQuestion(schema(), textsWith(word, id), depthMax)];
}

/**
 * What those are told who follow all that ever happened, until one who asks last, and for everything, has been told it
 * and nothing comes for a while.
 */
async function toldTo(documents: readonly string[], everything: string): Promise<string[]> {
  const told: string[] = [];
  const followers = [...documents, everything].map((document) => follow(server.url, document));
  const listen = async (follower: Follower): Promise<void> => {
    for (let one = await follower.next(); one !== undefined; one = await follower.next())
      told.push(JSON.stringify(one));
  };
  const last = followers.at(-1);
  const first = JSON.stringify(await last?.next());
  const listening = followers.map(listen);
  for (let heard = -1; heard < told.length;) {
    heard = told.length;
    await sleep(QUIET_MS);
  }
  await Promise.all(followers.map((follower) => follower.stop()));
  await Promise.all(listening);
  return [first, ...told];
}

const QUIET_MS = 500;

async function answerTo({ document }: Pick<Question, 'document'>): Promise<string> {
  const answer = await server.query(document);
  // Where in the document a field stands depends on the length of the word before it.
  const errors = answer.errors?.map((error) => ({ ...error, locations: undefined }));
  return JSON.stringify([answer.data, errors, [...answer.headers].filter(([name]) => !VARYING.has(name))]);
}

/** A document that is refused before it is carried out asks nothing. */
const NOT_ASKED = /operation_too_complex|graphql_(?:validation|parse)_failed/i;

const VARYING = new Set(['date', 'x-request-id', 'content-length', 'etag']);

/** Asks some at a time: Postgres works on one while another is read. */
async function eachAnswer(
  questions: readonly Question[],
  look: (question: Question, answer: string) => void,
): Promise<void> {
  const waiting = questions.values();
  const ask = async (): Promise<void> => {
    for (const question of waiting) {
      const answer = await answerTo(question);
      look(question, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, () => ask()));
}

const AT_A_TIME = 4;

const NO_ID = toGlobalId('Article', '00000000-0000-4000-8000-000000000000');

/** Letters and case as a reader could make them out. */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

describe('an anonymous reader', () => {
  it('is shown no secret, whatever is asked of what is published', async () => {
    const asked = questions(NOTHING, secretIds[0] ?? '', 7);
    expect(asked.length).toBeGreaterThan(200);
    const told = new Set<string>();
    const refused: string[] = [];
    let answered = 0;
    await eachAnswer(asked, (question, given) => {
      const answer = fold(given);
      if (NOT_ASKED.test(answer)) refused.push(question.about);
      if (answer.includes('phare')) answered += 1;
      for (const mark of MARKS) if (answer.includes(mark)) told.add(`${mark} by ${question.about}`);
    });
    expect([...told]).toEqual([]);
    // The walk asked questions that are answered, and the desk is asked too.
    expect(refused).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  }, 120_000);

  it('asks for any secret as for a word that stands nowhere', async () => {
    const withWord = questions(NOTHING, NO_ID, 3).filter(({ document }) => fold(document).includes(fold(NOTHING)));
    expect(withWord.length).toBeGreaterThan(50);
    const asked = [...merged(withWord)];
    const answersWith = async (word: string): Promise<string[]> => {
      const answers = new Map<string, string>();
      const inPlace = asked.map(({ about, document }) => ({
        about,
        document: document.replaceAll(NOTHING, word).replaceAll(NOTHING.toLowerCase(), word.toLowerCase()),
      }));
      await eachAnswer(inPlace, ({ about }, answer) => {
        answers.set(about, fold(answer).replaceAll(fold(word), '·'));
      });
      return asked.map(({ about }) => `${about}: ${answers.get(about) ?? 'no answer'}`);
    };
    const expected = await answersWith(NOTHING);
    expect(expected.filter((answer) => !answer.includes('phare')).length).toBeLessThan(expected.length);
    // Where one of several fields were refused, nothing would be told of the others.
    expect(expected.filter((answer) => answer.includes(': [null,'))).toEqual([]);
    for (const word of WORDS) expect([word, ...(await answersWith(word))]).toEqual([word, ...expected]);
  }, 120_000);

  it('is told no secret, whatever is followed', async () => {
    // What was published first, once more: nobody can come back to before the first event.
    await server.database.sql(
      `insert into edition.edition_event (article_id, edition_number, is_withdrawal)
       select article_id, number, false from edition.current_article`,
    );
    const first = encodeCursor(EVENT_LIST, [1]);
    const withWords = [SECRETS.draftHeadline, SECRETS.withdrawnSource].flatMap((word) => [
      ...everySubscription(schema(), textsWith(word, secretIds[0] ?? ''), 3, first),
    ]);
    // What is asked of below an article is walked above: here it is what is followed that counts.
    const followed = withWords.filter(({ about }) => !about.includes('.'));
    expect(followed.length).toBeGreaterThan(50);
    let answered = 0;
    const everything = `subscription { articlePublished(after: ${JSON.stringify(first)}) { article { slug } } }`;
    for (let i = 0; i < followed.length; i += 50) {
      const documents = followed.slice(i, i + 50).map(({ document }) => document);
      for (const answer of (await toldTo(documents, everything)).map(fold)) {
        if (answer.includes('body')) answered += 1;
        expect(MARKS.filter((mark) => answer.includes(mark))).toEqual([]);
      }
    }
    // Some of them are told what is published, beside those who ask for everything.
    expect(answered).toBeGreaterThan(3);
  }, 120_000);

  it('gets nothing for a secret’s id', async () => {
    expect(secretIds.length).toBeGreaterThan(5);
    for (const id of secretIds) {
      const { data } = await server.query(`{ node(id: "${id}") { __typename id } nodes(ids: ["${id}"]) { id } }`);
      expect(data).toEqual({ node: null, nodes: [null] });
    }
  });

  it('is told of a withdrawn article that it was, when and why, and nothing else', async () => {
    const { data } = await server.query(
      `{ node(id: "${withdrawnId}") { __typename id ... on Tombstone { reason language withdrawnAt } }
         article(slug: "le-brouillard") { id } withdrawn(slug: "le-brouillard") { reason } }`,
    );
    expect(data).toMatchObject({
      node: { __typename: 'Tombstone', id: withdrawnId, reason: 'À la demande du titulaire.', language: 'fr' },
      article: null,
      withdrawn: { reason: 'À la demande du titulaire.' },
    });
  });

  it('gets no answer that was kept from before', async () => {
    const slug = SECRETS.withdrawnHeadline.toLowerCase();
    expect((await server.query(`{ article(slug: "${slug}") { text { headline } } }`)).data).toEqual({ article: null });
    const { data } = await server.query('{ articles { edges { node { text { headline } } } } }');
    expect(data.articles.edges).toHaveLength(1);
  });

  it('is answered when a secret is published: the walk would have seen it', async () => {
    const draft = await articleIdOf(server, 'Le phare');
    await publish(server, draft, 'en');
    const { data } = await server.query(`{ article(slug: "le-phare", languages: ["en"]) { text { headline } } }`);
    expect(data.article.text.headline).toBe(SECRETS.unpublishedTranslation);
  });
});
