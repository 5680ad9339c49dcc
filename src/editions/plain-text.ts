import type { Nodes } from 'mdast';

/** What separates the parts of a block from each other; the parts of anything else run on. */
const SEPARATORS: Partial<Record<Nodes['type'], string>> = {
  root: '\n\n',
  blockquote: '\n',
  list: '\n',
  listItem: '\n',
  table: '\n',
  footnoteDefinition: '\n',
};

/**
 * A Markdown tree as plain text in which no words of different blocks touch: an empty line between the blocks of the
 * text, a new line between items, rows, and the paragraphs of a quote, a tab between cells.
 * A footnote's mark and the note itself both begin with its label, `[1]`; markup in the text is left out.
 */
export function writePlain(node: Nodes): string {
  switch (node.type) {
    case 'break':
      return '\n';
    case 'html':
    case 'definition':
      return '';
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'footnoteReference':
      return `[${node.label ?? node.identifier}]`;
    case 'footnoteDefinition':
      return `[${node.label ?? node.identifier}] ${writeParts(node)}`;
    case 'tableRow':
      // A cell without text keeps its column.
      return node.children.map(writePlain).join('\t');
    default:
      return 'value' in node ? node.value : writeParts(node);
  }
}

function writeParts(node: Nodes): string {
  if (!('children' in node)) return '';
  const separator = SEPARATORS[node.type];
  const parts = node.children.map(writePlain);
  return separator === undefined ? parts.join('') : parts.filter((part) => part !== '').join(separator);
}
