import { defaultTreeAdapter, html } from 'parse5';
import {
  ancestorsOf,
  attributeOf,
  elementsOf,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  nameOf,
} from './html-tree.js';

/** Elements that stand for footnotes until they are Markdown; no page has such. */
export const FOOTNOTE_REFERENCE = 'footnote-reference';
export const FOOTNOTE = 'footnote-definition';

const NOTES: ReadonlySet<string> = new Set(['li', 'p', 'div', 'dd']);

/** A longer text of a link is no number of a note. */
const LONGEST_NUMBER = 20;

/** A note is referred to a few times, and leads back to each. */
const MOST_REFERENCES = 20;

/**
 * Makes footnotes of what pages have for such: a link to a note further on, from which a link leads back. The notes are
 * moved to the end of the tree.
 */
export function makeFootnotes(tree: HtmlParent): void {
  const elements = [...elementsOf(tree)];
  const byId = new Map<string, HtmlElement>();
  for (const element of elements) {
    const id = attributeOf(element, 'id') ?? (element.tagName === 'a' ? attributeOf(element, 'name') : null);
    if (id !== null && !byId.has(id)) byId.set(id, element);
  }
  const labels = new Map<HtmlElement, string>();
  const taken = new Set<string>();
  const leading = new Map<HtmlElement, readonly HtmlElement[]>();
  for (const link of elements) {
    const note = targetOf(link, byId);
    if (note === null || isWithin(link, note) || !NOTES.has(note.tagName)) continue;
    const known = labels.get(note);
    const out = leading.get(note) ?? linksOutOf(note, byId);
    leading.set(note, out);
    const back = known === undefined ? out.filter((one) => isAt(link, targetOf(one, byId))) : [];
    if (known === undefined && back.length === 0) continue;
    const label = known ?? labelOf(link, labels.size + 1, taken);
    labels.set(note, label);
    taken.add(label);
    for (const one of back) defaultTreeAdapter.detachNode(one);
    replace(link, label);
  }
  for (const [note, label] of labels) {
    const list = note.parentNode;
    const definition = make(FOOTNOTE, label);
    for (const child of [...note.childNodes]) {
      defaultTreeAdapter.detachNode(child);
      defaultTreeAdapter.appendChild(definition, child);
    }
    defaultTreeAdapter.detachNode(note);
    if (list !== null && isElement(list) && !list.childNodes.some(isElement)) defaultTreeAdapter.detachNode(list);
    defaultTreeAdapter.appendChild(tree, definition);
  }
}

function targetOf(link: HtmlElement, byId: ReadonlyMap<string, HtmlElement>): HtmlElement | null {
  const href = nameOf(link) === 'a' ? attributeOf(link, 'href') : null;
  return href?.startsWith('#') === true ? (byId.get(href.slice(1)) ?? null) : null;
}

function isWithin(node: HtmlNode, element: HtmlElement): boolean {
  return [...ancestorsOf(node)].includes(element);
}

/** The first links of a note that lead to some place outside it. */
function linksOutOf(note: HtmlElement, byId: ReadonlyMap<string, HtmlElement>): HtmlElement[] {
  const out = [...elementsOf(note)].filter((element) => {
    const target = targetOf(element, byId);
    return target !== null && !isWithin(target, note);
  });
  return out.slice(0, MOST_REFERENCES);
}

/** Whether a place is that of a link: itself, or the raised number around it. */
function isAt(link: HtmlElement, target: HtmlElement | null): boolean {
  return target !== null && (target === link || isWithin(target, link) || isWithin(link, target));
}

function labelOf(link: HtmlElement, number: number, taken: ReadonlySet<string>): string {
  const shown = textOf(link).replace(/[[\]()\s]/g, '');
  const isLabel = shown.length <= LONGEST_NUMBER && /^[\p{L}\p{N}-]+$/u.test(shown) && !taken.has(shown);
  return isLabel ? shown : `note-${number}`;
}

function textOf(element: HtmlElement): string {
  return element.childNodes
    .map((child) => (isText(child) ? child.value : isElement(child) ? textOf(child) : ''))
    .join('');
}

/** Puts the reference in the place of the link, and of the raised number that it is alone in. */
function replace(link: HtmlElement, label: string): void {
  const { parentNode: parent } = link;
  const isAlone = parent !== null && nameOf(parent) === 'sup' && textOf(parent as HtmlElement) === textOf(link);
  const replaced = isAlone && isElement(parent) ? parent : link;
  if (replaced.parentNode === null) return;
  const reference = make(FOOTNOTE_REFERENCE, label);
  defaultTreeAdapter.insertText(reference, label);
  defaultTreeAdapter.insertBefore(replaced.parentNode, reference, replaced);
  defaultTreeAdapter.detachNode(replaced);
}

function make(name: string, label: string): HtmlElement {
  return defaultTreeAdapter.createElement(name, html.NS.HTML, [{ name: 'title', value: label }]);
}
