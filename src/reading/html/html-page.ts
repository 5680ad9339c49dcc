import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import { classifyBlocks, type ClassifiedPage, fitOf } from '../page/classify-blocks.js';
import type { HtmlBlock } from './html-blocks.js';
import { ARTICLES } from './html-furniture.js';
import { ancestorsOf, type HtmlElement, type HtmlParent, isElement } from './html-tree.js';
import type { LinkKinds } from '../page/link-kinds.js';
import type { ReadingKnowledge } from '../page/read-page.js';

/** Headings that are tried as the headline; what stands between them and their date line is short. */
const MOST_HEADLINES = 8;
const MOST_BLOCKS_TO_DATELINE = 16;

/** A part of a page that may be the article: its headline, and the blocks below it that belong to it. */
interface Candidate {
  readonly blocks: readonly HtmlBlock[];
  /** The element that says itself that it is the page's content. */
  readonly scope: HtmlElement | null;
}

/**
 * The blocks of a page that are its article. A saved page has menus, teasers and sidebars around it, with headings of
 * their own: the headline is the heading below which a wrapper knows the most. The article ends with the element that says so,
 * `article` or `main`; else with the innermost element that holds the headline and all that the wrapper knows.
 */
export function articleBlocks(
  blocks: readonly HtmlBlock[],
  { wrappers }: ReadingKnowledge,
  linkKinds: LinkKinds,
): readonly HtmlBlock[] {
  const patterns = wrappers.flatMap((wrapper) => [wrapper, wrapper.ofAnyPublisher()]);
  const tried = candidateHeadlines(blocks, patterns).map((at) => candidateAt(at, blocks));
  const fitting = tried
    .flatMap((candidate) =>
      patterns.map((wrapper) => ({ candidate, page: classifyBlocks(candidate.blocks, wrapper, linkKinds) })),
    )
    .flatMap(({ candidate, page }) => (page === null ? [] : [{ candidate, page, fit: fitOf(page) }]))
    .sort((a, b) => b.fit - a.fit);
  const [best] = fitting;
  if (best === undefined) return withoutAny(blocks);
  return best.candidate.scope === null ? withinKnown(best.candidate.blocks, best.page) : best.candidate.blocks;
}

/** Headings that stand shortly above a line that reads like a date line. */
function candidateHeadlines(blocks: readonly HtmlBlock[], wrappers: readonly CompiledWrapper[]): number[] {
  const found = new Set<number>();
  for (const [i, block] of blocks.entries()) {
    if (found.size >= MOST_HEADLINES || block.type !== 'paragraph' || block.plain.length > 200) continue;
    const text = block.plain.trim();
    if (!wrappers.some(({ lines }) => lines.get('DATELINE')?.some((pattern) => pattern.match(text) !== null))) continue;
    const first = Math.max(0, i - MOST_BLOCKS_TO_DATELINE);
    const headings = blocks.slice(first, i).flatMap((one, j) => (isHeading(one) ? [first + j] : []));
    for (const at of headings.slice(-2)) found.add(at);
  }
  return [...found];
}

function isHeading(block: HtmlBlock): boolean {
  return block.type === 'heading' && block.plain.trim() !== '';
}

function candidateAt(at: number, blocks: readonly HtmlBlock[]): Candidate {
  const headline = blocks[at];
  const scope = headline === undefined ? null : scopeOf(headline);
  const below = blocks.slice(at);
  return { scope, blocks: scope === null ? below : below.filter((block) => isWithin(block.parent, scope)) };
}

/** The element around a block that says itself that it is the page's content. */
function scopeOf(block: HtmlBlock): HtmlElement | null {
  return elementsAround(block.parent).find((element) => ARTICLES.has(element.tagName)) ?? null;
}

function elementsAround(parent: HtmlParent): HtmlElement[] {
  return [...(isElement(parent) ? [parent] : []), ...ancestorsOf(parent)];
}

function isWithin(parent: HtmlParent, element: HtmlElement): boolean {
  return elementsAround(parent).includes(element);
}

/** Only as much of a page as stands in the innermost element around its headline and what a wrapper knows below the text. */
function withinKnown(blocks: readonly HtmlBlock[], page: ClassifiedPage): readonly HtmlBlock[] {
  const known = [...page.lines.values(), ...page.clauses].map(({ block }) => blocks.findIndex((one) => one === block));
  const last = blocks[Math.max(...known)];
  const lastText = blocks.findLastIndex((block) => page.body.includes(block));
  const [headline] = blocks;
  if (headline === undefined || last === undefined || Math.max(...known) < lastText) return blocks;
  const around = elementsAround(headline.parent);
  const common = elementsAround(last.parent).find((element) => around.includes(element));
  return common === undefined ? blocks : blocks.filter((block) => isWithin(block.parent, common));
}

/** Of a page without any known line, what a person would take for the article: it is refused with the line below its headline. */
function withoutAny(blocks: readonly HtmlBlock[]): readonly HtmlBlock[] {
  const headings = blocks.filter(isHeading);
  const headline = headings.find((heading) => scopeOf(heading) !== null) ?? headings[0];
  return headline === undefined ? blocks : candidateAt(blocks.indexOf(headline), blocks).blocks;
}
