import { toSlug } from '../common/slug.js';
import type { ReadDocument } from './store-documents.js';

/**
 * Groups documents, in their order, so that no two of a group may be states of one article: what the first one brings
 * has to be there when the second one is compared.
 */
export function groupApart(documents: readonly ReadDocument[]): ReadDocument[][] {
  const groups: ReadDocument[][] = [];
  let keys = new Set<string>();
  for (const document of documents) {
    const own = keysOf(document);
    if (groups.length === 0 || own.some((key) => keys.has(key))) {
      groups.push([]);
      keys = new Set();
    }
    groups.at(-1)?.push(document);
    for (const key of own) keys.add(key);
  }
  return groups;
}

function keysOf({ reading: { sha256, article }, sketch }: ReadDocument): string[] {
  const { publisherSlug, headline, origin } = article;
  return [
    sha256,
    `${publisherSlug}/${toSlug(headline)}`,
    ...(origin.url === null ? [] : [`${publisherSlug} ${origin.url}`]),
    ...(sketch?.bands ?? []).map((band) => `${publisherSlug} ${band}`),
  ];
}
