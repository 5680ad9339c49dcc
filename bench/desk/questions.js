const ARTICLE = `edges { cursor node { id version kind publishedOn updatedAt publisher { name }
  origin { relation source { name } } edition { number languages } withdrawal { reason }
  translations { id language isOriginal state version headline isUnsaved isOutdated outdatedPassages isPublished } } }
  pageInfo { endCursor hasNextPage }`;

const TEXT = 'edges { node { id language state headline outdatedPassages isPublished steps } } pageInfo { endCursor }';

const list = (key, name, args, hasAim = false) => ({
  key,
  name,
  hasAim,
  query: `{ desk { articles(first: 50${args === '' ? '' : `, ${args}`}) { ${ARTICLE} } } }`,
});
const filtered = (key, name, filter) => list(key, `list: ${name}`, `filter: { ${filter} }`);

/** What is measured; the first is what all others are compared with. */
export const QUESTIONS = [
  {
    key: 'front',
    name: 'public front page, 20 articles',
    isPublic: true,
    query: `{ articles(first: 20) { edges { cursor node { id slug kind publishedOn publisher { name } origin { source { name } }
      text { language headline dek isOutdated } credits { role agent { name } } regions { label } themes { label } } }
      pageInfo { endCursor hasNextPage } } }`,
  },
  list('desk', 'desk list of 50, with what is out of date', '', true),
  list('created', 'list: by when they came', 'orderBy: CREATED_ASC'),
  list('published', 'list: by the day of publication', 'orderBy: PUBLISHED_ON_DESC'),
  list('headline', 'list: by headline', 'orderBy: HEADLINE_ASC'),
  list('headline-in', 'list: by English headline', 'orderBy: HEADLINE_ASC, filter: { text: { language: "en" } }'),
  filtered('outdated', 'something out of date', 'text: { isOutdated: true }'),
  filtered('outdatedFr', 'French out of date', 'text: { language: "fr", isOutdated: true }'),
  filtered('state', 'English published', 'text: { language: "en", states: [PUBLISHED] }'),
  filtered('stateNone', 'a state that none has', 'text: { language: "en", states: [REVIEWED] }'),
  filtered('lacking', 'no French', 'lacking: "fr"'),
  filtered('lackingNone', 'no English, of which there is none', 'lacking: "en"'),
  filtered('unpublished', 'not published', 'standing: NOT_PUBLISHED'),
  filtered('withdrawn', 'withdrawn', 'standing: WITHDRAWN'),
  filtered('scheduled', 'scheduled', 'standing: SCHEDULED'),
  filtered('blocked', 'blocked', 'isBlocked: true'),
  filtered('unblocked', 'not blocked', 'isBlocked: false'),
  filtered('kind', 'a kind that few have', 'kinds: [GALLERY]'),
  filtered('headline', 'a word in the headline', 'headline: "study"'),
  filtered('headlineNone', 'a word that no headline has', 'headline: "zzyzx"'),
  filtered('source', 'a source that few have', 'source: "source-3"'),
  {
    key: 'translations',
    name: 'texts out of date, 50',
    query: `{ desk { translations(outdated: true, first: 50) { ${TEXT} } } }`,
  },
  {
    key: 'queue',
    name: 'English drafts that are nobody’s task, 50',
    query: `{ desk { translations(language: "en", state: [DRAFT], assignee: NOBODY, first: 50) { ${TEXT} } } }`,
  },
  {
    key: 'counts',
    name: 'counts',
    query:
      '{ desk { counts { articles published schedules languages { language texts outdated unassigned lacking byState { state texts } } } } }',
  },
  { key: 'countBlocked', name: 'counts, what is blocked too', query: '{ desk { counts { articles blocked } } }' },
  {
    key: 'findings',
    name: 'findings, the first 50',
    query: '{ desk { findings(first: 50) { edges { node { code severity language path message } } } } }',
  },
  {
    key: 'errors',
    name: 'findings that block, the first 50',
    query:
      '{ desk { findings(first: 50, filter: { severity: ERROR, isWaived: false }) { edges { node { code language } } } } }',
  },
];
