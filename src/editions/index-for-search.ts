import { foldLabel } from '../common/fold-label.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { OneStatement } from '../database/one-statement.js';
import type { EditionContent } from './edition-content.js';
import { configurationOf } from './search-configurations.js';
import { searchedText } from './searched-words.js';
import type { ServedEdition } from './serve-editions.js';

/**
 * As much as is searched of each part, in bytes of UTF-8. A text search vector holds at most 1 MiB of different words,
 * and compounds (`va-et-vient`) are held whole and in their parts. Source: PostgreSQL, Limitations of text search.
 */
const SEARCHED_BYTES = { headline: 2000, dek: 10_000, names: 10_000, body: 200_000 } as const;

/** A text is about a word that it repeats so often; of very many such words, about those that it repeats most. */
const REPEATED_MIN = 3;
const REPEATED_WORDS_MAX = 24;

/**
 * Lets readers find editions by the words of their texts; those of the editions before are gone already. `current` is the
 * name of their rows of current_article in the statement.
 */
export function indexForSearch(shown: OneStatement, editions: readonly ServedEdition[], current: string): void {
  const rows = editions.flatMap(({ articleId, content, bodies }) =>
    content.texts.map(({ language, headline, dek }) => {
      const names = searchNames(content, language);
      return {
        article_id: articleId,
        language,
        configuration: configurationOf(language),
        headline: searched('headline', headline),
        dek: searched('dek', dek?.plain ?? ''),
        names: searched('names', names),
        body: searched('body', bodies.get(language)?.plain ?? ''),
        folded: foldLabel(beginningOf(`${headline} ${names}`, SEARCHED_BYTES.names)),
      };
    }),
  );
  shown
    .add(readRows(shown.value(JSON.stringify(rows))), 'searched')
    .add(WRITE_TEXTS)
    .add(TAKE_WORDS, 'words')
    .add(writeWords(current));
}

const readRows = (rows: string): string => `
select r.*, ('public.' || r.configuration)::regconfig as parser
from jsonb_to_recordset(${rows}::jsonb) as r(article_id uuid, language text, configuration text,
  headline text, dek text, names text, body text, folded text)`;

const WRITE_TEXTS = `
insert into edition.article_search_text (article_id, language, headline, dek, names, body, folded)
select article_id, language, headline, dek, names, body, folded from searched`;

/** Each text search configuration takes words apart as its language does. */
const TAKE_WORDS = `
select r.article_id, r.language, r.parser,
  setweight(to_tsvector(r.parser, r.headline), 'A') as of_headline,
  setweight(to_tsvector(r.parser, r.dek), 'B') || setweight(to_tsvector(r.parser, r.names), 'C') as of_names,
  to_tsvector(r.parser, r.body) as of_body
from searched r offset 0`;

/** What filters ask for is taken over from current_article: a search looks at no other table. */
const writeWords = (current: string): string => `
insert into edition.article_search
  (article_id, language, configuration, place, published_on, origin_on, languages, facts, headline, head, document)
select w.article_id, w.language, w.parser, c.place, c.published_on, c.origin_on, c.languages, c.facts,
  w.of_headline || edition.era_of(c.published_on) || edition.dated_words(w.of_headline, c.published_on),
  w.of_headline || w.of_names || edition.era_of(c.published_on) || array_to_tsvector(array(
    select lexeme from unnest(w.of_body) where cardinality(positions) >= ${REPEATED_MIN}
    order by cardinality(positions) desc, lexeme limit ${REPEATED_WORDS_MAX})),
  w.of_headline || w.of_names || w.of_body || edition.era_of(c.published_on)
from words w join ${current} c on c.article_id = w.article_id`;

function searched(part: keyof typeof SEARCHED_BYTES, text: string): string {
  return searchedText(beginningOf(text, SEARCHED_BYTES[part]));
}

/** The names by which readers search: who wrote it, where it stood first, what it is filed under. */
function searchNames(content: EditionContent, language: LanguageTag): string {
  const names = [
    ...content.credits.map((credit) => credit.agent.name),
    content.origin.source?.name,
    ...[...content.regions, ...content.themes, ...content.reports].flatMap((term) => [
      term.labels[language],
      term.rawLabel,
    ]),
  ];
  return [...new Set(names.filter((name) => name !== undefined))].join(' ; ');
}

/** The beginning of a text, cut between words; within one only where there is no other place. */
export function beginningOf(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  // A byte 10xxxxxx goes on with the character that began before it.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  const beginning = bytes.toString('utf8', 0, end);
  let cut = beginning.length;
  while (cut > 0 && !/\s/.test(beginning.charAt(cut - 1))) cut -= 1;
  return cut > 0 ? beginning.slice(0, cut).trimEnd() : beginning;
}
