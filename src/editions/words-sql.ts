/** Whether words are found in a text of `c`, a row of current_article, each text with its own language's configuration. */
export function wordsAreIn(words: string): string {
  return (
    'exists (select 1 from article_search s where s.article_id = c.article_id ' +
    `and s.document @@ websearch_to_tsquery(s.configuration, ${words}))`
  );
}

/** The rows `s` of article_search in which words are found, to be joined: the index finds them. */
export function textsWith(words: string): string {
  const queries = ['colophon_fr', 'colophon_en', 'colophon_simple'].map(
    (name) => `('public.${name}'::regconfig, websearch_to_tsquery('public.${name}', ${words}))`,
  );
  return (
    `(values ${queries.join(', ')}) as asked (configuration, query) ` +
    'join article_search s on s.configuration = asked.configuration and s.document @@ asked.query'
  );
}
