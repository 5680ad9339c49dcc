import type { Nodes } from 'mdast';
import { parseMarkdown } from '../../reading/page/markdown-blocks.js';

/** The addresses of the web that a text in Markdown links to, each once. */
export function linksOfMarkdown(markdown: string): string[] {
  const urls = new Set<string>();
  const stack: Nodes[] = [parseMarkdown(markdown)];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ((node.type === 'link' || node.type === 'definition') && /^https?:\/\//i.test(node.url)) urls.add(node.url);
    if ('children' in node) stack.push(...node.children);
  }
  return [...urls];
}
