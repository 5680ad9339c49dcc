import { ancestorsOf, attributeOf, type HtmlNode, isElement, nameOf } from './html-tree.js';

/** Elements that are no part of what a page says: what machines read, and what people press. */
const MACHINERY: ReadonlySet<string> = new Set(
  'head script style template noscript noembed noframes link meta base title nav form button select input textarea datalist dialog'.split(
    ' ',
  ),
);

/** Elements that belong to a site around its articles; inside an article they belong to it. */
const SITE_PARTS: ReadonlySet<string> = new Set(['header', 'footer', 'aside']);
const SITE_ROLES: ReadonlySet<string> = new Set(['navigation', 'banner', 'complementary', 'contentinfo', 'search']);

/** Elements that say themselves that they are the page's content. */
export const ARTICLES: ReadonlySet<string> = new Set(['article', 'main']);

/** Elements that stand on lines of their own. */
export const BLOCK_NAMES: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

/** Elements whose inline content is text that paragraphs may be made of. */
export const PARAGRAPH_HOLDERS: ReadonlySet<string> = new Set(['div', 'section', 'article', 'blockquote', 'center']);

/**
 * Whether an element is no part of what the page says. Inside an article, and in a piece of a page, only machinery is none.
 */
export function isFurniture(node: HtmlNode): boolean {
  const name = nameOf(node);
  if (name === null || !isElement(node)) return false;
  if (MACHINERY.has(name) || attributeOf(node, 'hidden') !== null) return true;
  if (!SITE_PARTS.has(name) && !SITE_ROLES.has(attributeOf(node, 'role') ?? '')) return false;
  const around = Array.from(ancestorsOf(node), ({ tagName }) => tagName);
  return around.includes('html') && !around.some((tagName) => ARTICLES.has(tagName));
}
