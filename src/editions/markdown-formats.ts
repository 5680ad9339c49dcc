import type { Root } from 'mdast';
import { defaultSchema, sanitize, type Schema } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { toHast } from 'mdast-util-to-hast';
import type { LanguageTag } from '../common/language-tag.js';
import { parseMarkdown } from '../reading/page/markdown-blocks.js';
import { writePlain } from './plain-text.js';

/** A text in every format that readers can ask for, written once, when it is published. */
export interface FormattedText {
  readonly markdown: string;
  readonly html: string;
  readonly plain: string;
}

/** Where a text will stand: several may share a page, and their footnotes must not lead into each other. */
export interface TextPlace {
  /** Begins the ids of the text's footnotes, like `a1-fr-`; unlike any other text's. */
  readonly idPrefix: string;
  readonly language: LanguageTag;
}

type HtmlNode = ReturnType<typeof sanitize>;

/** Ids are the footnotes' alone, and have their prefix already: markup, which could bring others, is no part of the tree. */
const SCHEMA: Schema = { ...defaultSchema, clobber: [] };

const LINK = /^(?:https?:\/\/|mailto:)/i;
const PICTURE = /^https?:\/\//i;

/** What leads back from a note, for those who hear the page. */
const BACK_LABELS: Readonly<Record<string, string>> = { fr: 'Retour au texte, note', en: 'Back to the text, note' };

/** Markdown in every format that readers can ask for; `tree` is its own where somebody has parsed it already. */
export function formatMarkdown(markdown: string, place: TextPlace, tree = parseMarkdown(markdown)): FormattedText {
  return { markdown, html: writeSafeHtml(tree, place), plain: writePlain(tree) };
}

/**
 * HTML that is safe to put into a page: markup in the text is left out. A link keeps its address only if that is an
 * absolute http, https or mailto one, or leads to a footnote of the same text; a picture, if it is an absolute http
 * or https one.
 */
function writeSafeHtml(tree: Root, { idPrefix, language }: TextPlace): string {
  const backLabel = BACK_LABELS[language.split('-')[0] ?? ''] ?? BACK_LABELS.en ?? '';
  const html = sanitize(
    toHast(tree, {
      clobberPrefix: idPrefix,
      footnoteLabel: 'Notes',
      footnoteBackLabel: (i) => `${backLabel} ${i + 1}`,
    }),
    SCHEMA,
  );
  prefixNotesLabel(html, idPrefix);
  keepSafeAddresses(html, idsOf(html));
  return toHtml(html);
}

/** The heading above the notes has the same id in every text. */
function prefixNotesLabel(node: HtmlNode, prefix: string): void {
  if (node.type === 'element') {
    const { properties } = node;
    if (properties.id === 'footnote-label') properties.id = `${prefix}notes`;
    if (properties.ariaDescribedBy !== undefined) properties.ariaDescribedBy = [`${prefix}notes`];
  }
  if ('children' in node) for (const child of node.children) prefixNotesLabel(child, prefix);
}

function idsOf(node: HtmlNode, ids = new Set<string>()): ReadonlySet<string> {
  if (node.type === 'element' && typeof node.properties.id === 'string') ids.add(node.properties.id);
  if ('children' in node) for (const child of node.children) idsOf(child, ids);
  return ids;
}

function keepSafeAddresses(node: HtmlNode, ids: ReadonlySet<string>): void {
  if (node.type === 'element') {
    const { href, src } = node.properties;
    const isNote = typeof href === 'string' && href.startsWith('#') && ids.has(href.slice(1));
    if (!isNote && !isAddress(href, LINK)) delete node.properties.href;
    if (!isAddress(src, PICTURE)) delete node.properties.src;
  }
  if ('children' in node) for (const child of node.children) keepSafeAddresses(child, ids);
}

function isAddress(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value) && URL.canParse(value);
}
