import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import type { ClassifiedPage } from '../page/classify-blocks.js';
import type { EvidenceCollector } from '../page/evidence-collector.js';
import { keptWhole, layoutHeadline, layoutLine, layoutText } from './layout-parts.js';
import type { LineContext } from './line-text.js';
import type { Block } from '../page/markdown-blocks.js';
import type { PartContent, PartLayout } from './part-layout.js';
import type { Part, PartRole, ReadArticle, ReadWrapper } from '../reading.js';

/** What a page's parts are made of. */
export interface PageReading {
  readonly blocks: readonly Block[];
  readonly page: ClassifiedPage;
  readonly article: ReadArticle;
  readonly evidence: EvidenceCollector;
  /** The text that is read. */
  readonly text: string;
  /** Parts that are known by other means than their block, in their order; no block stands in one. */
  readonly placed?: readonly PlacedPart[];
}

/** A part whose place and layout are known. Offsets are UTF-16 units of the text that is read. */
export interface PlacedPart extends Pick<Part, 'role' | 'language' | 'layout'> {
  readonly start: number;
  readonly end: number;
}

/** As much of the wrapper as the page's lines are written with. */
export function readWrapper({ publisher, language, definition }: CompiledWrapper): ReadWrapper {
  const { name, legalName, abbreviation } = publisher;
  return { publisher: { name, legalName, abbreviation }, language, conjunction: definition.conjunction };
}

/** Roles whose parts are in the article's language; the others are in the page's. */
const TEXT_ROLES: ReadonlySet<PartRole> = new Set<PartRole>(['HEADLINE', 'DEK', 'BODY', 'CLOSING']);

/** Roles whose blocks belong together as one part. */
const JOINED_ROLES: ReadonlySet<PartRole> = new Set<PartRole>(['BODY', 'CLOSING']);

interface Run {
  readonly role: PartRole;
  readonly first: Block;
  last: Block;
}

function runsOf(blocks: readonly Block[], page: ClassifiedPage): Run[] {
  const runs: Run[] = [];
  for (const [i, block] of blocks.entries()) {
    const role = page.roles[i] ?? 'UNCLAIMED';
    const last = runs.at(-1);
    if (last?.role === role && JOINED_ROLES.has(role)) last.last = block;
    else runs.push({ role, first: block, last: block });
  }
  return runs;
}

/**
 * Cuts the whole text into parts, each with how it is written from the fields: white space belongs to the part
 * before it, at the beginning to the first. Anything else between two blocks is MARKUP.
 */
export function toParts(reading: PageReading): Part[] {
  const { blocks, page, text } = reading;
  const runs = runsOf(blocks, page);
  const parts: Part[] = [];
  let at = 0;
  for (const [i, run] of runs.entries()) {
    const next = runs[i + 1]?.first.start ?? text.length;
    if (text.slice(at, run.first.start).trim() !== '') {
      parts.push(...partsBetween(at, run.first.start, reading));
      at = run.first.start;
    }
    const behind = text.slice(run.last.end, next);
    const end = run.last.end + behind.length - behind.trimStart().length;
    parts.push(partOf(run, at, end, reading));
    at = end;
  }
  if (at < text.length) parts.push(...partsBetween(at, text.length, reading));
  return parts;
}

/** What stands between two blocks: the parts that have their places there, and markup. */
function partsBetween(start: number, end: number, reading: PageReading): Part[] {
  const { text, evidence, placed = [] } = reading;
  const { positions } = evidence;
  const parts: Part[] = [];
  let at = start;
  for (let i = firstFrom(start, placed); i < placed.length; i++) {
    const part = placed[i];
    if (part === undefined || part.end > end) break;
    if (part.start > at) parts.push(markupPart(at, part.start, reading));
    // White space belongs to the part before it.
    const rest = text.slice(part.end, end);
    const space = rest.length - rest.trimStart().length;
    at = part.end + space;
    parts.push({
      role: part.role,
      language: part.language,
      start: positions.codePointOf(part.start),
      end: positions.codePointOf(at),
      firstLine: positions.lineOf(part.start),
      lastLine: positions.lineOf(Math.max(part.end, 1) - 1),
      layout: { ...part.layout, after: part.layout.after + rest.slice(0, space) },
    });
  }
  if (at < end) parts.push(markupPart(at, end, reading));
  return parts;
}

function partOf(run: Run, start: number, end: number, reading: PageReading): Part {
  const { page, article, evidence, text } = reading;
  const { positions } = evidence;
  const { wrapper } = page;
  const context: LineContext = { article, wrapper: readWrapper(wrapper) };
  const content = contentOf(run, reading, context);
  const inside = content.type === 'FIELD' && content.path === 'dek' ? (run.first.emphasis ?? run.first) : run.first;
  const insideEnd = inside === run.first ? run.last.end : inside.end;
  const layout: PartLayout = {
    before: text.slice(start, inside.start),
    after: text.slice(insideEnd, end),
    ...keptWhole(content, text.slice(inside.start, insideEnd), context),
  };
  return {
    role: run.role,
    language: run.role === 'RULE' ? null : TEXT_ROLES.has(run.role) ? article.language : wrapper.language,
    start: positions.codePointOf(start),
    end: positions.codePointOf(end),
    firstLine: positions.lineOf(run.first.start),
    lastLine: positions.lineOf(Math.max(run.last.end, 1) - 1),
    layout,
  };
}

/** The first of the parts that begins at an offset or behind it. */
function firstFrom(offset: number, parts: readonly PlacedPart[]): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a page's markup has around its content: nothing that anybody reads, and kept as it stands. */
function markupPart(start: number, end: number, { evidence, text }: Pick<PageReading, 'evidence' | 'text'>): Part {
  const { positions } = evidence;
  const piece = text.slice(start, end);
  return {
    role: 'MARKUP',
    language: null,
    start: positions.codePointOf(start),
    end: positions.codePointOf(end),
    firstLine: positions.lineOf(start + (piece.length - piece.trimStart().length)),
    lastLine: positions.lineOf(Math.max(end - (piece.length - piece.trimEnd().length), start + 1) - 1),
    layout: { type: 'TEXT', before: '', after: '', pieces: [piece] },
  };
}

function contentOf(
  { role, first, last }: Run,
  { page, evidence, text }: PageReading,
  context: LineContext,
): PartContent {
  const line = [...page.lines.values(), ...page.clauses].find((found) => found.block === first);
  if (line !== undefined) return layoutLine(line, line.pattern, evidence, context, text);
  if (role === 'HEADLINE') return layoutHeadline(first, context, text);
  if (role === 'DEK') return { type: 'FIELD', path: 'dek' };
  if (role === 'BODY') return { type: 'FIELD', path: 'body' };
  return layoutText(first.start, last.end, evidence.links, text);
}
