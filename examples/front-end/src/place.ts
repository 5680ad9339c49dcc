import { type Language, LANGUAGES } from './words';

/** What the address shows: an article, what was found, or else the front page. */
export interface Place {
  readonly language: Language;
  readonly article: string | null;
  readonly search: string | null;
}

/** Reads the page's address. */
export function placeOf(address: string): Place {
  const parameters = new URL(address).searchParams;
  const language = LANGUAGES.find((one) => one === parameters.get('language')) ?? 'fr';
  return { language, article: parameters.get('article'), search: parameters.get('search') };
}

/** Writes an address. */
export function addressOf({ language, article, search }: Place): string {
  const parameters = new URLSearchParams({ language });
  if (article !== null) parameters.set('article', article);
  if (search !== null) parameters.set('search', search);
  return `?${parameters.toString()}`;
}
