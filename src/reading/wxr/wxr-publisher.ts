import type { LanguageTag } from '../../common/language-tag.js';
import { toSlug } from '../../common/slug.js';
import { type CompiledWrapper, compileWrapper } from '../../publishers/compiled-wrapper.js';
import type { WrapperDefinition } from '../../publishers/wrapper-definition.js';
import { type ClassifiedPage, classifyBlocks, fitOf } from '../page/classify-blocks.js';
import type { ItemArchive } from '../door/incoming-document.js';
import type { LinkKinds } from '../page/link-kinds.js';
import type { Block } from '../page/markdown-blocks.js';
import type { KnownPublisher, ReadingKnowledge } from '../page/read-page.js';

/** The publisher of an archive, and whether a data file has it; else it goes by the name of its site. */
export interface ArchivePublisher {
  readonly publisher: KnownPublisher;
  readonly isKnown: boolean;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : null;
}

/** The publisher whose site an archive is of. */
export function publisherOf({ urls, title, language }: ItemArchive, knowledge: ReadingKnowledge): ArchivePublisher {
  const hosts = urls.map(hostOf).filter((host) => host !== null && host !== '');
  const known = knowledge.publishers.find(({ url }) => url !== null && hosts.includes(hostOf(url)));
  if (known !== undefined) return { publisher: known, isKnown: true };
  const [name = 'unknown site'] = [title, ...hosts].filter((one) => one !== null && one.trim() !== '');
  const facts = { name: name ?? 'unknown site', legalName: null, abbreviation: null, url: null };
  return { publisher: { ...facts, slug: toSlug(facts.name), language: language ?? 'und' }, isKnown: false };
}

/** A wrapper without lines and clauses: a post stands alone. */
const BARE: WrapperDefinition = {
  conjunction: 'and',
  lines: {
    BYLINE: [],
    DATELINE: [],
    ORIGIN_LINE: [],
    REGION_LINE: [],
    THEME_LINE: [],
    SOURCE_STATEMENT: [],
    COPYRIGHT_LINE: [],
    CREDITS_LINE: [],
  },
  kinds: [],
  clauses: [],
  translationSigns: [],
  isReadable: false,
};

/** What a post's blocks are under the publisher's wrapper that knows the most of them, else the one of its language. */
export function classifyItem(
  blocks: readonly Block[],
  { publisher }: ArchivePublisher,
  language: LanguageTag,
  knowledge: ReadingKnowledge,
  linkKinds: LinkKinds,
): ClassifiedPage | null {
  const own = knowledge.wrappers.filter(({ publisherSlug }) => publisherSlug === publisher.slug);
  const wanted = [language, publisher.language].map((tag) => own.find((wrapper) => wrapper.language === tag));
  const bare = (): CompiledWrapper => compileWrapper(publisher.slug, publisher, publisher.language, BARE);
  const usual = wanted.find((wrapper) => wrapper !== undefined) ?? own[0] ?? bare();
  const pages = [usual, ...own.filter((wrapper) => wrapper !== usual)]
    .map((wrapper) => classifyBlocks(blocks, wrapper, linkKinds))
    .filter((page) => page !== null);
  return pages.sort((a, b) => fitOf(b) - fitOf(a))[0] ?? null;
}
