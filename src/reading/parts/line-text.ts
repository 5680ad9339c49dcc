import { dateForms } from '../../common/written-date.js';
import { writeLanguage } from '../../common/written-language.js';
import type { LayoutEdit, LinePiece, LineToken, TextPieces } from './part-layout.js';
import type { ReadArticle, ReadWrapper } from '../reading.js';

/** What the pieces of a line are written from. */
export interface LineContext {
  readonly article: ReadArticle;
  readonly wrapper: ReadWrapper;
}

/** The words of a pattern between its slots, in order. */
export function literalsOf(pattern: string): string[] {
  return pattern.split(/\{\w+\}/);
}

const INDEXED = /^(credits|regions|themes|reports|contactPoints|links)\[(\d+)\]/;
const CLAUSE = /^rights\.reuseTerms\[(\d+)\]/;

/** The value of the article's field that a path names, as text; null where the article has none. */
export function valueAt(path: string, { article, wrapper: { publisher } }: LineContext): string | null {
  const indexed = INDEXED.exec(path);
  const index = Number(indexed?.[2] ?? CLAUSE.exec(path)?.[1] ?? 0);
  const termAt = (scheme: string): string | null =>
    article.terms.filter((term) => term.scheme === scheme)[index]?.rawLabel ?? null;
  switch (indexed?.[1] ?? path.replace(CLAUSE, 'reuseTerms')) {
    case 'credits':
      return article.credits[index]?.name ?? null;
    case 'regions':
      return termAt('REGION');
    case 'themes':
      return termAt('THEME');
    case 'reports':
      return termAt('REPORT');
    case 'contactPoints':
      return article.contacts[index]?.email ?? null;
    case 'links':
      return article.links[index]?.url ?? null;
    case 'reuseTerms.audienceLabel':
      return article.clauses.filter((clause) => clause.definition.reuse !== undefined)[index]?.audienceLabel ?? null;
    case 'text.headline':
      return article.headline;
    case 'publishedOn':
      return article.publishedOn;
    case 'origin.publishedOn':
      return article.origin.publishedOn;
    case 'origin.source.name':
      return article.origin.sourceName;
    case 'origin.url':
      return article.origin.url;
    case 'origin.title':
      return article.origin.title;
    case 'origin.language':
      return article.origin.language;
    case 'rights.copyright.author':
      return article.copyright?.author ?? null;
    case 'rights.copyright.source':
      return article.copyright?.source ?? null;
    case 'rights.copyright.year':
      return article.copyright?.year?.toString() ?? null;
    case 'publisher.name':
      return publisher.name;
    case 'publisher.legalName':
      return publisher.legalName;
    case 'publisher.abbreviation':
      return publisher.abbreviation;
    default:
      return null;
  }
}

const DATES: ReadonlySet<string> = new Set(['publishedOn', 'origin.publishedOn']);

/** The texts that a piece may have, by form; the usual one is first and its form is empty. */
export function expectedTexts(piece: LinePiece, pattern: string, context: LineContext): [form: string, text: string][] {
  switch (piece.type) {
    case 'LITERAL':
      return [['', literalsOf(pattern)[piece.index] ?? '']];
    case 'SEPARATOR':
      return [['', piece.text === 'COMMA' ? ', ' : ` ${context.wrapper.conjunction} `]];
    case 'VALUE': {
      const value = valueAt(piece.path, context) ?? '';
      if (value === '') return [['', '']];
      if (DATES.has(piece.path)) return dateForms(value, context.wrapper.language);
      return [['', piece.path === 'origin.language' ? writeLanguage(value, context.wrapper.language) : value]];
    }
  }
}

/** Writes a text that has values of the article in it. */
export function writePieces(pieces: TextPieces, context: LineContext): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : (valueAt(piece.path, context) ?? ''))).join('');
}

/** Changes the expected text of a piece into the one that stands on the page. */
function applyEdits(expected: string, { length, edits }: LineToken, context: LineContext): string {
  const holds = ([at, removed]: LayoutEdit): boolean => expected.startsWith(removed, at);
  const isAsRead = expected.length === length && edits.every(holds);
  let text = '';
  let at = 0;
  for (const [editAt, removed, added] of edits) {
    // Where the value is another now, only what stands around it still holds: a link, emphasis.
    const isAround = removed === '' && (editAt === 0 || editAt === length);
    if (!isAsRead && !isAround) continue;
    const place = !isAsRead && editAt === length ? expected.length : editAt;
    text += expected.slice(at, place) + writePieces(typeof added === 'string' ? [added] : added, context);
    at = place + removed.length;
  }
  return text + expected.slice(at);
}

/** A line as it stands on its page, written from its pattern and the article's fields. */
export function writeLine(pattern: string, tokens: readonly LineToken[], context: LineContext): string {
  return tokens
    .map((token) => {
      const texts = expectedTexts(token.piece, pattern, context);
      const [, expected = ''] = texts.find(([form]) => form === (token.form ?? '')) ?? texts[0] ?? [];
      return applyEdits(expected, token, context);
    })
    .join('');
}
