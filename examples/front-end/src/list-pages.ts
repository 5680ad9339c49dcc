import type { ApolloClient } from '@apollo/client';
import { element } from './element';
import { FoundDocument, FrontPageDocument, type ListedArticleFragment } from './gql/graphql';
import { addressOf, type Place } from './place';
import { WORDS } from './words';

const PAGE_SIZE = 5;

/** Shows the newest articles, and more of them when asked. */
export function showFrontPage(client: ApolloClient, place: Place, main: HTMLElement): void {
  const variables = { languages: [place.language], first: PAGE_SIZE };
  const list = client.watchQuery({ query: FrontPageDocument, variables });
  list.subscribe(({ data, dataState }) => {
    if (dataState !== 'complete') return;
    const { edges, pageInfo } = data.articles;
    const items = edges.map(({ node }) => listItem(node, place, null));
    const more = () => list.fetchMore({ variables: { after: pageInfo.endCursor } });
    main.replaceChildren(...listOf(items, place, pageInfo.hasNextPage ? more : null));
  });
}

/** Shows the articles in which words are found, the best first, with the words around them. */
export function showFound(client: ApolloClient, place: Place, text: string, main: HTMLElement): void {
  const variables = { text, languages: [place.language], first: PAGE_SIZE };
  const list = client.watchQuery({ query: FoundDocument, variables });
  list.subscribe(({ data, dataState }) => {
    if (dataState !== 'complete') return;
    const { edges, pageInfo } = data.search;
    const items = edges.map(({ node, matches }) => listItem(node, place, matches[0]?.snippet ?? null));
    const more = () => list.fetchMore({ variables: { after: pageInfo.endCursor } });
    main.replaceChildren(...listOf(items, place, pageInfo.hasNextPage ? more : null));
  });
}

function listOf(
  items: readonly HTMLElement[],
  { language }: Place,
  more: (() => Promise<unknown>) | null,
): HTMLElement[] {
  if (items.length === 0) return [element('p', { class: 'none' }, WORDS[language].none)];
  const list = element('ol', {}, ...items);
  if (more === null) return [list];
  const button = element('button', { type: 'button' }, WORDS[language].more);
  button.addEventListener('click', () => void more(), { once: true });
  return [list, button];
}

function listItem(
  { slug, text, origin, publishedOn }: ListedArticleFragment,
  place: Place,
  snippet: string | null,
): HTMLElement {
  const { language, headline, dek, isFallback } = text;
  const link = element('a', { href: addressOf({ ...place, article: slug, search: null }) }, headline);
  // A snippet is HTML that is safe as it comes: words found are marked, everything else is escaped.
  const found = element('p', { class: 'snippet' });
  found.innerHTML = snippet ?? '';
  return element(
    'li',
    {},
    // What is shown in another language than the page's says so: to browsers, readers and machines.
    element('h2', { lang: language }, link),
    isFallback ? element('p', { class: 'fallback' }, WORDS[place.language].onlyIn) : null,
    dek == null ? null : element('p', { lang: language }, dek),
    snippet === null ? null : found,
    element('small', {}, [origin.source?.name, publishedOn].filter(Boolean).join(', ')),
  );
}
