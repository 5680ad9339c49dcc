import type { LanguageTag } from '../common/language-tag.js';

/** Postgres' text search configurations, each with its languages; the last is for all others, and only parts words. */
export const SEARCH_CONFIGURATIONS = ['colophon_fr', 'colophon_en', 'colophon_simple'] as const;
export type SearchConfiguration = (typeof SEARCH_CONFIGURATIONS)[number];

/** The configuration with which texts of a language are searched: `fr-CA` with that of French. */
export function configurationOf(language: LanguageTag): SearchConfiguration {
  const name = `colophon_${language.toLowerCase().split('-', 1)[0]}`;
  return SEARCH_CONFIGURATIONS.find((configuration) => configuration === name) ?? 'colophon_simple';
}
