import type { ApolloClient } from '@apollo/client';
import { element } from './element';
import { ArticlePageDocument, type ArticlePageQuery } from './gql/graphql';
import { WORDS } from './words';
import type { Place } from './place';

type Article = NonNullable<ArticlePageQuery['article']>;

/** Shows an article with who wrote it, where it stood first, and who allows what. */
export async function showArticle(client: ApolloClient, place: Place, slug: string, main: HTMLElement): Promise<void> {
  const variables = { slug, languages: [place.language] };
  const { data } = await client.query({ query: ArticlePageDocument, variables });
  if (data?.article == null) {
    main.replaceChildren(element('p', { class: 'none' }, WORDS[place.language].none));
    return;
  }
  const { article } = data;
  const { text, publisher, publishedOn } = article;
  document.title = text.headline;
  // The server lets no markup through but that of texts: what comes as HTML is safe to show.
  const body = element('div', { class: 'body', lang: text.language });
  body.innerHTML = text.body;
  main.replaceChildren(
    element('h1', { lang: text.language }, text.headline),
    text.isFallback ? element('p', { class: 'fallback' }, WORDS[place.language].onlyIn) : '',
    creditsOf(article, place),
    element('p', {}, `${publisher.name}, ${publishedOn}`),
    body,
    originOf(article, place),
    rightsOf(article, place),
  );
}

function creditsOf({ credits }: Article, { language }: Place): HTMLElement {
  const names = credits.map(({ agent }) => agent.name).join(', ');
  return element('p', { class: 'credits' }, `${WORDS[language].by} ${names}`);
}

function originOf({ origin }: Article, { language }: Place): HTMLElement | string {
  const { source, url, publishedOn } = origin;
  if (source == null) return '';
  const name = url == null ? source.name : element('a', { href: url }, source.name);
  return element(
    'p',
    { class: 'origin' },
    `${WORDS[language].origin} `,
    name,
    publishedOn == null ? '' : `, ${publishedOn}`,
  );
}

function rightsOf({ rights }: Article, { language }: Place): HTMLElement {
  const { rights: heading, statedBy, unconfirmed } = WORDS[language];
  const terms = rights.reuseTerms.map((term) =>
    element(
      'li',
      {},
      element('p', { lang: term.text.language }, term.text.value),
      element('small', {}, `${statedBy} ${term.statedBy.name}. ${term.holderConfirmed ? '' : unconfirmed}`),
    ),
  );
  return element(
    'section',
    { class: 'rights' },
    element('h2', {}, heading),
    element('p', {}, rights.copyright?.raw ?? rights.holder ?? ''),
    element('ul', {}, ...terms),
  );
}
