import type { LanguageTag } from './language-tag.js';

/** What one answer shows, gathered while it is made: caches and proxies are told by it. */
export class Shown {
  /** The languages of the texts served. */
  readonly languages = new Set<LanguageTag>();
  readonly articleIds = new Set<string>();
  /** Whether it shows what there is: a list, or that something is not there. Whatever is published may change it. */
  isList = false;
  /** Whether an article is shown of which nothing was fetched but how it was written before. */
  hasWritten = false;
  /** Whether another Accept-Language would have another answer. */
  dependsOnAcceptLanguage = false;
}
