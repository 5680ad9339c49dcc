import type { LanguageTag } from '../common/language-tag.js';
import type { SearchField } from './search.type.js';
import { MARK_END, MARK_START, snippetHtml } from './searched-words.js';

/** Where words were found in an article, as it is fetched. */
export interface FetchedMatch {
  readonly language: LanguageTag;
  readonly field: SearchField;
  readonly snippet: string;
}

const HEADLINE_OPTIONS =
  `StartSel=${MARK_START}, StopSel=${MARK_END}, MaxFragments=1, MaxWords=30, MinWords=12, ` +
  'ShortWord=2, FragmentDelimiter=" … "';

/** Snippets are taken from so much of a body: to look through a book for each takes too long. */
const SNIPPET_LENGTH_MAX = 50_000;

/**
 * The parts of the texts of `c`, a row of current_article, that hold the words by themselves. Words found in several
 * parts together count as the body's.
 */
export const MATCHES_SQL = (isSearched: string): string => `
  select json_agg(json_build_object('language', s.language, 'field', f.field, 'snippet',
    ts_headline(s.configuration, f.text, a.query, '${HEADLINE_OPTIONS}'))
    order by s.head @@ a.query desc, ts_rank(s.head, a.any_word) desc, s.language, f.rank)
  from article_search s
  join asked a on a.configuration = s.configuration and s.document @@ a.query
  join article_search_text t on t.article_id = s.article_id and t.language = s.language
  cross join lateral (
    select * from (values (1, 'HEADLINE', t.headline, ts_filter(s.head, '{a}') @@ a.query),
      (2, 'DEK', t.dek, ts_filter(s.head, '{b}') @@ a.query), (3, 'NAMES', t.names, ts_filter(s.head, '{c}') @@ a.query))
      as part (rank, field, text, is_found)
    where is_found
    union all
    select 4, 'BODY', left(t.body, ${SNIPPET_LENGTH_MAX}), true
    where ts_filter(s.document, '{d}') @@ a.query or not (ts_filter(s.head, '{a}') @@ a.query
      or ts_filter(s.head, '{b}') @@ a.query or ts_filter(s.head, '{c}') @@ a.query)
  ) f
  where s.article_id = c.article_id and ${isSearched}`;

/** Matches as readers see them. */
export function readMatches(matches: readonly FetchedMatch[] | null): FetchedMatch[] {
  return (matches ?? []).map((match) => ({ ...match, snippet: snippetHtml(match.snippet) }));
}
