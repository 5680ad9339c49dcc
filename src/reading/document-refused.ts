import { ColophonError } from '../common/colophon-error.js';
import type { Refusal } from './reading.js';

/** A document is not taken; the others still are. */
export class DocumentRefused extends ColophonError {
  override readonly name = 'DocumentRefused';

  constructor(readonly refusal: Refusal) {
    const where = refusal.line === null ? '' : `line ${refusal.line}: `;
    super(`${where}expected ${refusal.expected}, found ${refusal.found}`);
  }
}

/** What stood there, quoted and cut to a length that fits a line. */
export function quoteFound(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > 80 ? `${line.slice(0, 79)}…` : line}”`;
}
