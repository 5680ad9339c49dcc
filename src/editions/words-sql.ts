import { SEARCH_CONFIGURATIONS } from './search-configurations.js';

/** Whether words are found in a text of `c`, a row of current_article, each text with its own language's configuration. */
export function wordsAreIn(words: string): string {
  return (
    'exists (select 1 from article_search s where s.article_id = c.article_id ' +
    `and s.document @@ websearch_to_tsquery(s.configuration, ${words}))`
  );
}

/** The rows `s` of article_search in which words are found, to be joined: each configuration has its own index. */
export function textsWith(words: string): string {
  const found = SEARCH_CONFIGURATIONS.map(
    (name) =>
      `select t.article_id from websearch_to_tsquery('public.${name}', ${words}) as asked, article_search t ` +
      `where t.configuration = 'public.${name}'::regconfig and t.document @@ asked`,
  );
  return `(${found.join(' union all ')}) s`;
}
