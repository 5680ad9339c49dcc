import { defaultTreeAdapter, type DefaultTreeAdapterTypes, html, parse, parseFragment } from 'parse5';
import { DocumentRefused } from '../document-refused.js';
import { refuseManyAttributes } from './refuse-many-attributes.js';

export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlParent = DefaultTreeAdapterTypes.ParentNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlText = DefaultTreeAdapterTypes.TextNode;
type HtmlChild = DefaultTreeAdapterTypes.ChildNode;

/** Elements in elements: no page has more, and what parses more takes more than linear time. */
const DEEPEST_ELEMENT = 200;

/** A book has fewer. */
const MOST_ELEMENTS = 60_000;

function refuse(line: number | null, expected: string, found: string): never {
  throw new DocumentRefused({ code: 'DOCUMENT_TOO_INTRICATE', line, expected, found });
}

/** A tree that refuses to grow beyond what pages are. */
function boundedTree(): typeof defaultTreeAdapter {
  const depths = new WeakMap<object, number>();
  let elements = 0;
  let line: number | null = null;
  const place = (parent: HtmlParent, node: HtmlNode): void => {
    line = node.sourceCodeLocation?.startLine ?? line;
    const depth = (depths.get(parent) ?? 0) + 1;
    depths.set(node, depth);
    if (depth > DEEPEST_ELEMENT) refuse(line, `elements at most ${DEEPEST_ELEMENT} deep`, 'more levels');
  };
  // What is put before a table stands near the end of its parent.
  const indexIn = (parent: HtmlParent, node: HtmlNode): number => parent.childNodes.lastIndexOf(node as HtmlChild);
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespaceURI, attrs) {
      if (++elements > MOST_ELEMENTS) refuse(line, `a page of at most ${MOST_ELEMENTS} elements`, 'more of them');
      return defaultTreeAdapter.createElement(tagName, namespaceURI, attrs);
    },
    appendChild(parent, node) {
      place(parent, node);
      defaultTreeAdapter.appendChild(parent, node);
    },
    insertBefore(parent, node, reference) {
      place(parent, node);
      parent.childNodes.splice(indexIn(parent, reference), 0, node);
      node.parentNode = parent;
    },
    insertTextBefore(parent, text, reference) {
      const at = indexIn(parent, reference);
      const before = parent.childNodes[at - 1];
      if (before !== undefined && isText(before)) {
        before.value += text;
        return;
      }
      const node = defaultTreeAdapter.createTextNode(text);
      node.parentNode = parent;
      parent.childNodes.splice(at, 0, node);
    },
  };
}

/** Puts the source's places on a tree and keeps it within bounds. */
function options(): { sourceCodeLocationInfo: true; treeAdapter: typeof defaultTreeAdapter } {
  return { sourceCodeLocationInfo: true, treeAdapter: boundedTree() };
}

/** Parses a whole page. Throws DocumentRefused, naming the line, for one beyond all measure. */
export function parsePage(text: string): DefaultTreeAdapterTypes.Document {
  refuseManyAttributes(text);
  return parse(text, options());
}

/** Parses a piece of a page's text. Throws DocumentRefused, naming the piece's line, for one beyond all measure. */
export function parsePiece(text: string): DefaultTreeAdapterTypes.DocumentFragment {
  refuseManyAttributes(text);
  return parseFragment(text, options());
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is HtmlText {
  return node.nodeName === '#text';
}

export function isComment(node: HtmlNode): boolean {
  return node.nodeName === '#comment';
}

/** An element of HTML itself, not of a picture or a formula in it, by name. */
export function nameOf(node: HtmlNode): string | null {
  return isElement(node) && node.namespaceURI === html.NS.HTML ? node.tagName : null;
}

/** The value of an attribute, or null. */
export function attributeOf(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

/** The elements below a node, in the order of the page. */
export function* elementsOf(root: HtmlParent): Generator<HtmlElement> {
  const stack: HtmlNode[] = [...root.childNodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (const child of [...node.childNodes].reverse()) stack.push(child);
  }
}

/** The elements around a node, from the innermost. */
export function* ancestorsOf(node: HtmlNode): Generator<HtmlElement> {
  let parent: HtmlParent | null = 'parentNode' in node ? node.parentNode : null;
  while (parent !== null) {
    if (isElement(parent)) yield parent;
    parent = 'parentNode' in parent ? parent.parentNode : null;
  }
}
