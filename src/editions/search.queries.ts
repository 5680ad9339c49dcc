import { Injectable } from '@nestjs/common';
import type { CursorKey } from '../common/cursor.js';
import type { LanguagePreference } from '../common/language-tag.js';
import { ReadPool } from '../database/read-pool.js';
import { addFilter, Conditions, servedLanguage } from './article-conditions.js';
import type { ArticleFilter } from './article.inputs.js';
import { articleColumns, type PublishedArticle, readArticles, type Wanted } from './article-row.js';
import { MARK_END, MARK_START } from './index-for-search.js';
import type { SearchMatch } from './search.type.js';

/** What is searched for, and where. */
export interface SearchRequest {
  readonly text: string;
  readonly filter: ArticleFilter | null | undefined;
  /** The languages that the reader wants; none: every text is searched. */
  readonly preference: LanguagePreference;
}

/** An article that a search found, with the values that it is sorted by. */
export interface FoundArticle extends PublishedArticle {
  readonly score: number;
  readonly publishedOn: string;
  readonly matches: readonly SearchMatch[];
}

const HEADLINE_OPTIONS =
  `StartSel=${MARK_START}, StopSel=${MARK_END}, MaxFragments=1, MaxWords=30, MinWords=12, ` +
  'ShortWord=2, FragmentDelimiter=" … "';

/**
 * One row per text in which the words are found. Each text is searched with its own language's configuration;
 * with languages asked for, an article is searched in the one text that its reader would be served.
 */
function hitsSql(conditions: Conditions, { text, filter, preference }: SearchRequest): string {
  const words = conditions.value(text);
  if (preference.asked.length > 0) {
    conditions.add(`s.language = coalesce(${servedLanguage(conditions, preference)}, c.original_language)`);
  }
  addFilter(conditions, filter);
  const configurations = ['colophon_fr', 'colophon_en', 'colophon_simple'].map(
    (name) => `('public.${name}'::regconfig, websearch_to_tsquery('public.${name}', ${words}))`,
  );
  return `
    select s.article_id, s.language, s.configuration, a.query, s.document,
      round(ts_rank_cd('{0.1, 0.4, 0.4, 1.0}', s.document, a.query, 1)::numeric, 6)::double precision as score
    from (values ${configurations.join(', ')}) as a (configuration, query)
    join article_search s on s.configuration = a.configuration and s.document @@ a.query
    join current_article c on c.article_id = s.article_id
    where ${conditions.toSql()}`;
}

/** The parts of the text that hold the words by themselves; words found in several parts together count as the body's. */
const MATCHES_SQL = `
  select json_agg(json_build_object('language', h.language, 'field', f.field, 'snippet',
    ts_headline(h.configuration, f.text, h.query, '${HEADLINE_OPTIONS}')) order by h.score desc, h.language, f.place)
  from hits h
  join article_search s on s.article_id = h.article_id and s.language = h.language
  cross join lateral (
    select * from (values (1, 'HEADLINE', s.headline, 'a'), (2, 'DEK', s.dek, 'b'), (3, 'NAMES', s.names, 'c'),
      (4, 'BODY', s.body, 'd')) as part (place, field, text, weight)
    where ts_filter(h.document, array[part.weight::"char"]) @@ h.query
      or (part.place = 4 and not exists (
        select 1 from unnest(array['a', 'b', 'c', 'd']) w where ts_filter(h.document, array[w::"char"]) @@ h.query))
  ) f
  where h.article_id = page.article_id`;

/** Searches what is published. */
@Injectable()
export class SearchQueries {
  constructor(private readonly pool: ReadPool) {}

  /** A page of what is found, the best first, with one row more than asked for. */
  async search(
    request: SearchRequest,
    size: number,
    after: CursorKey | null,
    wanted: Wanted & { readonly matches: boolean },
    shown: LanguagePreference,
  ): Promise<FoundArticle[]> {
    const conditions = new Conditions();
    const hits = hitsSql(conditions, request);
    const place = after?.map((value) => conditions.value(value));
    // Descending in all three, so that one comparison of rows finds the place to go on from.
    const keyset = place ? `where (f.score, f.published_on, f.article_id) < (${place.join(', ')})` : '';
    const rows = await this.pool.query<Omit<FoundArticle, 'matches'> & { matches: SearchMatch[] | null }>({
      text: `
        with hits as materialized (${hits}),
        found as (
          select h.article_id, max(h.score) as score, c.published_on from hits h
          join current_article c on c.article_id = h.article_id group by h.article_id, c.published_on
        ),
        page as (
          select f.* from found f ${keyset}
          order by f.score desc, f.published_on desc, f.article_id desc limit ${conditions.value(size + 1)}
        )
        select ${articleColumns(conditions, wanted, shown)}, page.score, page.published_on::text as "publishedOn",
          ${wanted.matches ? `(${MATCHES_SQL})` : 'null'} as matches
        from page join current_article c on c.article_id = page.article_id
        order by page.score desc, page.published_on desc, page.article_id desc`,
      values: conditions.values,
    });
    return readArticles<(typeof rows)[number]>(rows, wanted).map((row) => ({
      ...row,
      matches: (row.matches ?? []).map((match) => ({ ...match, snippet: markedHtml(match.snippet) })),
    }));
  }

  /** How many articles are found in all. */
  async count(request: SearchRequest): Promise<number> {
    const conditions = new Conditions();
    const [row] = await this.pool.query<{ count: number }>({
      text: `with hits as (${hitsSql(conditions, request)})
        select count(distinct article_id)::integer as count from hits`,
      values: conditions.values,
    });
    return row?.count ?? 0;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a snippet, and puts the words found into `<mark>`. */
function markedHtml(snippet: string): string {
  return snippet
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replaceAll(MARK_START, '<mark>')
    .replaceAll(MARK_END, '</mark>');
}
