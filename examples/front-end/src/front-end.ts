import { showArticle } from './article-page';
import { createClient } from './client';
import { element } from './element';
import { showFound, showFrontPage } from './list-pages';
import { addressOf, placeOf } from './place';
import { LANGUAGES, WORDS } from './words';

const place = placeOf(location.href);
const client = createClient(document.documentElement.dataset.api ?? '/graphql');
const main = document.querySelector('main') ?? document.body;

document.documentElement.lang = place.language;

const languages = LANGUAGES.filter((language) => language !== place.language).map((language) =>
  element('a', { href: addressOf({ ...place, language }), hreflang: language, lang: language }, language),
);
document.querySelector('nav')?.replaceChildren(...languages);

const form = document.querySelector('form');
form?.append(element('input', { type: 'hidden', name: 'language', value: place.language }));
form?.querySelector('input')?.setAttribute('aria-label', WORDS[place.language].search);

if (place.article !== null) await showArticle(client, place, place.article, main);
else if (place.search !== null) showFound(client, place, place.search, main);
else showFrontPage(client, place, main);
