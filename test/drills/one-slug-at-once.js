/** Many want one slug at the same moment: `node test/drills/one-slug-at-once.js`. */
import { closeDesk, openDesk } from './desk-server.js';
import { articleInput, CREATED, givenArticle, givenEditors } from './desk-people.js';
import { runDrill } from './drill.js';

const ROUNDS = 50;
const AT_ONCE = 8;
const DATABASE = 'slugs';

/** What a caller must never read: names of tables, constraints, indexes. */
const OF_THE_DATABASE = /desk\.|_pkey|_key\b|_idx|_fkey|constraint|duplicate|unique|relation/i;

const SLUG_TAKEN = '... on SlugTaken { slug }';

/** A slug as others would write it: these are no slugs, so that none is the same after folding. */
const oddly = (slug) => [
  slug.toUpperCase(),
  slug.replace('e', 'é').normalize('NFC'),
  slug.replace('e', 'é').normalize('NFD'),
];

/** Headlines that are one slug after folding. */
const headlines = (round) => {
  const plain = `L’été à Évreux ${round}`;
  return [plain.normalize('NFC'), plain.normalize('NFD'), plain.toUpperCase(), `L'ete a Evreux ${round}`];
};

/** Articles by half: without a text, and texts whose slug is not their article’s. */
const STRAYS = `
select (select count(*)::int from desk.article a where not exists (
    select from desk.translation t join desk.revision r on r.translation_id = t.id where t.article_id = a.id))
  + (select count(*)::int from desk.translation t where t.slug is not null and not exists (
    select from desk.slug s where s.slug = t.slug and s.article_id = t.article_id)) as strays`;

await runDrill('one-slug-at-once', { minutes: 6 }, async (drill) => {
  const { postgres, tally, random } = drill;
  const { servers, admin } = await openDesk(drill, DATABASE, [{}, {}]);
  const editors = await givenEditors(admin, 2);
  const input = await articleInput(drill, DATABASE);
  const turn = (place) => [editors[place % editors.length], servers[place % servers.length]];

  /** Names of people in any order: articles at once bring the same new ones. */
  const crew = (round) => {
    const names = ['Anne', 'Boris', 'Chloé', 'Denis'].map((name) => `${name} ${round}`);
    return names.sort(() => random.next() - 0.5).map((name) => ({ role: 'AUTHOR', name }));
  };
  const create = (place, rest) => {
    const [editor, server] = turn(place);
    return editor.do('createArticle', { ...input, ...rest }, `${CREATED} ${SLUG_TAKEN}`, server);
  };
  const rename = (place, { id, version }, slug) => {
    const [editor, server] = turn(place);
    const change = { articleId: id, expectedVersion: version, language: 'fr', slug };
    return editor.do('changeSlug', change, `... on SlugChanged { article { id slugs } } ${SLUG_TAKEN}`, server);
  };
  const save = (place, { translations: [text] }, slug) => {
    const [editor, server] = turn(place);
    const change = { translationId: text.id, expectedVersion: text.version, slug, reason: 'A drill' };
    const won = '... on RevisionSaved { translation { article { id slugs } } }';
    return editor.do('saveRevision', change, `${won} ${SLUG_TAKEN}`, server);
  };
  const isIn = ({ __typename: type }) => ['ArticleCreated', 'SlugChanged', 'RevisionSaved'].includes(type);

  /** Of all who wanted the slug, so many have it; the others are told, in the desk’s own words. */
  const judge = async (what, slug, results, wins) => {
    const winners = results.filter(isIn);
    const losers = results.filter((one) => !isIn(one));
    if (winners.length !== wins)
      tally.answeredWrong(`${what}: ${winners.length} have ${slug}: ${JSON.stringify(results)}`);
    for (const loser of losers) {
      const isClean = loser.code === 'SLUG_TAKEN' && loser.slug === slug && loser.path.join('.') === 'input.slug';
      if (!isClean || OF_THE_DATABASE.test(loser.message)) tally.answeredWrong(`${what}: ${JSON.stringify(loser)}`);
    }
    const rows = await postgres.query(DATABASE, 'select article_id as id from desk.slug where slug = $1', [slug]);
    if (rows.length > 1) tally.duplicate++;
    if (rows.length === 0) tally.lost++;
    for (const { article, translation } of winners) {
      const { id, slugs } = article ?? translation.article;
      const owner = Buffer.from(id, 'base64url').toString().split(':')[1];
      if (rows[0]?.id !== owner || !slugs.includes(slug)) tally.lost++;
    }
    tally.acked += winners.length;
    tally.rounds++;
  };

  for (let round = 0; round < ROUNDS; round++) {
    const slug = `le-phare-${round}`;
    const many = (make) => Promise.all(Array.from({ length: AT_ONCE }, (_, place) => make(place)));
    const kind = round % 5;
    if (kind === 0) {
      // Beside those who write it right, three who write it otherwise: an address has one way to be written.
      const all = Promise.all(oddly(slug).map((odd, place) => create(place, { slug: odd })));
      await judge('creates', slug, await many((place) => create(place, { slug, credits: crew(round) })), 1);
      for (const refused of await all) {
        if (refused.code !== 'INVALID_VALUE' || refused.path.join('.') !== 'input.slug') {
          tally.answeredWrong(`no slug at all: ${JSON.stringify(refused)}`);
        }
      }
    } else if (kind === 1) {
      // An article had it, and has another one now.
      const former = await givenArticle(drill, DATABASE, editors[0], { slug });
      await rename(0, former, `${slug}-bis`);
      await judge('creates after', slug, await many((place) => create(place, { slug, credits: crew(round) })), 0);
      const [answer] = await postgres.query(
        DATABASE,
        'select article_id as id from desk.slug where slug = $1 or slug = $2 group by 1',
        [slug, `${slug}-bis`],
      );
      if (Buffer.from(former.id, 'base64url').toString() !== `Article:${answer.id}`) tally.lost++;
    } else if (kind === 2) {
      const others = await Promise.all([0, 1, 2, 3].map((place) => givenArticle(drill, DATABASE, turn(place)[0])));
      const wish = (place) =>
        place < 4 ? rename(place, others[place], slug) : create(place, { slug, credits: crew(round) });
      await judge('changes and creates', slug, await many(wish), 1);
    } else if (kind === 3) {
      const others = await many((place) => givenArticle(drill, DATABASE, turn(place)[0]));
      const wish = (place) => (place % 2 === 0 ? save : rename)(place, others[place], slug);
      await judge('saves and changes', slug, await many(wish), 1);
    } else {
      // Nobody names a slug: each article gets one of its own.
      const words = headlines(round);
      const results = await many((place) =>
        create(place, { headline: words[place % words.length], credits: crew(round) }),
      );
      const slugs = results.flatMap(({ article }) => article?.slugs ?? []);
      if (slugs.length !== AT_ONCE) tally.answeredWrong(`headlines: ${JSON.stringify(results)}`);
      if (new Set(slugs).size !== slugs.length) tally.duplicate++;
      if (!slugs.includes(`l-ete-a-evreux-${round}`)) tally.lost++;
      tally.acked += slugs.length;
      tally.rounds++;
    }
  }
  const [{ strays }] = await postgres.query(DATABASE, STRAYS);
  tally.torn += strays;
  await closeDesk(drill, servers);
});
