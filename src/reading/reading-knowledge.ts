import { createHash } from 'node:crypto';
import { compileWrapper } from '../publishers/compiled-wrapper.js';
import type { PublisherFile } from '../publishers/publisher-file.js';
import type { LinkKindRule } from './page/link-kinds.js';
import type { ReadingKnowledge } from './page/read-page.js';

/** What readers' knowledge is made from: plain data, which goes to other threads. */
export interface KnowledgeSource {
  readonly publishers: readonly PublisherFile[];
  readonly linkKinds: readonly LinkKindRule[];
}

/** Raised whenever readers read documents otherwise than before: then known ones are read anew. */
const READER = 1;

/** A name for all that readings depend on: with another one, the same document may be read otherwise. */
export function knowledgeName({ publishers, linkKinds }: KnowledgeSource): string {
  return createHash('sha256')
    .update(JSON.stringify([READER, publishers, linkKinds]))
    .digest('hex');
}

/** Makes ready what readers need to understand documents: wrappers and link kinds. */
export function compileKnowledge({ publishers, linkKinds }: KnowledgeSource): ReadingKnowledge {
  return {
    linkKinds,
    publishers: publishers.map(({ slug, name, legalName, abbreviation, url, language }) => ({
      slug,
      name,
      legalName,
      abbreviation,
      url,
      language,
    })),
    wrappers: publishers.flatMap((publisher) =>
      Object.entries(publisher.wrappers)
        .filter(([, definition]) => definition.isReadable)
        .map(([language, definition]) => compileWrapper(publisher.slug, publisher, language, definition)),
    ),
  };
}
