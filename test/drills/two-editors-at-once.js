/** Two editors save at once, and a hundred change one text: `node test/drills/two-editors-at-once.js`. */
import { closeDesk, openDesk } from './desk-server.js';
import { givenArticle, givenEditors, givenTranslation, TEXT } from './desk-people.js';
import { runDrill } from './drill.js';

const ROUNDS = 100;
const CROWD = 100;
const DATABASE = 'edited';
const LANGUAGES = ['fr', 'en', 'de'];

const SAVED = `... on RevisionSaved { revision { number } ${TEXT} }
  ... on EditConflict { version theirs { version headline body revision { number } } base { headline } yours { headline } }`;
const KEPT = `... on TextSaved { ${TEXT} } ... on EditConflict { version theirs { version body } }`;
const EDITED = `... on ArticleEdited { article { version publishedOn } }
  ... on ArticleConflict { version article { version publishedOn } }`;

/** How every text stands, with the numbers of its revisions. */
const STANDS = `
select t.language, t.text_version as version, w.body,
  (select array_agg(r.number order by r.number) from desk.revision r where r.translation_id = t.id) as numbers
from desk.translation t left join desk.working_text w on w.translation_id = t.id
where exists (select from desk.translation o where o.article_id = t.article_id and o.language = 'de')`;

await runDrill('two-editors-at-once', { minutes: 6 }, async (drill) => {
  const { postgres, tally, random } = drill;
  const { servers, admin } = await openDesk(drill, DATABASE, [{}, {}]);
  const [one, other] = await givenEditors(admin, 2);
  // They are at two servers.
  other.server = servers[1];

  const article = await givenArticle(drill, DATABASE, one);
  const [original] = article.translations;
  const texts = new Map([['fr', { ...original, headline: 'Le port a rouvert' }]]);
  for (const language of LANGUAGES.slice(1)) {
    texts.set(language, await givenTranslation(one, original.revision.id, language, `A port in ${language}`));
  }
  const before = new Map([...texts].map(([language, { version, revision }]) => [language, { version, revision }]));
  const acked = new Map(LANGUAGES.map((language) => [language, []]));
  let articleVersion = article.version;
  let articleAcks = 0;

  /** Exactly one of two has it; the other one is shown what that one has made. */
  const judge = (what, results, won, problem, showsTheWinner) => {
    const winners = results.filter(({ __typename: type }) => type === won);
    const losers = results.filter(({ code }) => code === problem);
    if (winners.length !== 1 || losers.length !== 1) {
      tally.answeredWrong(`${what}: ${JSON.stringify(results).slice(0, 400)}`);
    } else if (!showsTheWinner(winners[0], losers[0])) {
      tally.answeredWrong(`${what} shows another state: ${JSON.stringify(results).slice(0, 600)}`);
    }
    return winners[0];
  };

  for (let round = 0; round < ROUNDS; round++) {
    const language = LANGUAGES[round % LANGUAGES.length];
    const text = texts.get(language);
    const save = (person, words) =>
      person.do(
        'saveRevision',
        { translationId: text.id, expectedVersion: text.version, reason: 'A drill', ...words },
        SAVED,
      );
    const results = await Promise.all([
      save(one, { headline: `${text.headline.split(' ~')[0]} ~1-${round}` }),
      // Now and then another part of the text: a merge would be clean, and is proposed, not written.
      save(
        other,
        random.chance(0.5) ? { headline: `Something else ~2-${round}` } : { body: `Another text ~2-${round}` },
      ),
    ]);
    const winner = judge(
      `round ${round}, ${language}`,
      results,
      'RevisionSaved',
      'EDIT_CONFLICT',
      ({ translation, revision }, { version, theirs, base }) =>
        version === translation.version &&
        theirs.version === version &&
        theirs.headline === translation.headline &&
        theirs.body === translation.body &&
        theirs.revision.number === revision.number &&
        base.headline === text.headline,
    );
    if (winner === undefined) break;
    texts.set(language, winner.translation);
    acked.get(language).push(winner.revision.number);

    const edit = (person, day) =>
      person.do(
        'editArticle',
        { articleId: article.id, expectedVersion: articleVersion, publishedOn: `2026-10-${day}` },
        EDITED,
      );
    const edited = judge(
      `round ${round}, the article`,
      await Promise.all([edit(one, 10 + (round % 9)), edit(other, 20 + (round % 9))]),
      'ArticleEdited',
      'ARTICLE_CONFLICT',
      (won, lost) => lost.version === won.article.version && lost.article.publishedOn === won.article.publishedOn,
    );
    if (edited === undefined) break;
    articleVersion = edited.article.version;
    articleAcks++;

    // Each in a language of their own: neither is in the other's way.
    const own = LANGUAGES.filter((each) => each !== language);
    const both = await Promise.all(
      [one, other].map((person, place) => {
        const { id, version } = texts.get(own[place]);
        const words = { headline: `${own[place]} ~${place}-${round}`, reason: 'A drill' };
        return person.do('saveRevision', { translationId: id, expectedVersion: version, ...words }, SAVED);
      }),
    );
    for (const [place, result] of both.entries()) {
      if (result.translation === undefined)
        tally.answeredWrong(`round ${round}, ${own[place]}: ${JSON.stringify(result)}`);
      else {
        texts.set(own[place], result.translation);
        acked.get(own[place]).push(result.revision.number);
      }
    }
    tally.rounds++;
  }

  // A hundred count one text up, each until it was counted; a conflict says where it stands.
  const counter = texts.get('de');
  let version = counter.version;
  const started = await one.do(
    'saveWorkingText',
    { translationId: counter.id, expectedVersion: version, body: '0' },
    KEPT,
  );
  version = started.translation.version;
  let autosaves = 1;
  await Promise.all(
    Array.from({ length: CROWD }, async (_, place) => {
      const person = place % 2 === 0 ? one : other;
      let seen = { version, body: '0' };
      for (;;) {
        const result = await person.do(
          'saveWorkingText',
          { translationId: counter.id, expectedVersion: seen.version, body: String(Number(seen.body) + 1) },
          KEPT,
        );
        if (result.translation !== undefined) {
          autosaves++;
          return;
        }
        if (result.code !== 'EDIT_CONFLICT') {
          tally.answeredWrong(`the count of a hundred: ${JSON.stringify(result)}`);
          return;
        }
        seen = result.theirs;
      }
    }),
  );

  tally.rounds++;
  tally.acked = [...acked.values()].flat().length + articleAcks + autosaves;
  const rows = await postgres.query(DATABASE, STANDS);
  for (const { language, version: stands, body, numbers } of rows) {
    const start = before.get(language);
    const numbered = acked.get(language);
    const expected = start.version + numbered.length + (language === 'de' ? autosaves : 0);
    if (stands !== expected) {
      tally.lost += Math.abs(stands - expected);
      tally.complain(`${language} stands at ${stands}, and ${expected} were acknowledged`);
    }
    const wanted = Array.from({ length: start.revision.number + numbered.length }, (_, place) => place + 1);
    if (numbers.join() !== wanted.join()) {
      tally.lost++;
      tally.complain(`${language} has the revisions ${numbers.join()}`);
    }
    if (new Set(numbered).size !== numbered.length) tally.duplicate++;
    if (language === 'de' && body !== String(CROWD)) {
      tally.lost += CROWD - Number(body);
      tally.complain(`${CROWD} have counted to ${body}`);
    }
  }
  const [{ version: stands }] = await postgres.query(DATABASE, 'select version from desk.article where id = $1', [
    Buffer.from(article.id, 'base64url').toString().split(':')[1],
  ]);
  if (stands !== article.version + articleAcks) {
    tally.lost++;
    tally.complain(`the article stands at ${stands}, after ${articleAcks} changes of ${article.version}`);
  }
  await closeDesk(drill, servers);
});
