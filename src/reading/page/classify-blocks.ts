import type { CompiledClause, CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import type { LinePattern, SlotMatch } from '../../publishers/line-pattern.js';
import { HEADER_ROLES, LINE_ROLES, type LineRole, ROVING_ROLES } from '../../publishers/line-roles.js';
import { findLine, findRovingLine, type FoundLine, matchTrimmed } from './find-line.js';
import { closingStart, type LinkKinds } from './link-kinds.js';
import type { Block } from './markdown-blocks.js';
import type { PartRole } from '../reading.js';

/** A clause of the wrapper that the page has. */
export interface FoundClause {
  readonly clause: CompiledClause;
  readonly pattern: LinePattern;
  readonly block: Block;
  readonly slots: readonly SlotMatch[];
}

/** What each block of a page is under one wrapper. */
export interface ClassifiedPage {
  readonly wrapper: CompiledWrapper;
  /** One role for each block. */
  readonly roles: readonly PartRole[];
  readonly headline: Block;
  readonly lines: ReadonlyMap<LineRole, FoundLine>;
  readonly clauses: readonly FoundClause[];
  readonly dek: Block | null;
  readonly body: readonly Block[];
  readonly closing: readonly Block[];
}

/** A page's lines between headline and text are few: what comes later is text. */
const MOST_HEADER_BLOCKS = 16;

/** A longer block is text. */
const LONGEST_HEADER_LINE = 200;

const FOOTER_ROLES = LINE_ROLES.filter((role) => !HEADER_ROLES.has(role) && !ROVING_ROLES.has(role));

function findClause(wrapper: CompiledWrapper, block: Block): FoundClause | null {
  if (block.type !== 'paragraph') return null;
  for (const clause of wrapper.clauses) {
    for (const wording of clause.wordings) {
      const slots = matchTrimmed(wording, block);
      if (slots !== null) return { clause, pattern: wording, block, slots };
    }
  }
  return null;
}

/** Whether the block may stand between headline and text: the lead, headings, lists and the like are text. */
function canBeHeader(block: Block): boolean {
  return block.type === 'thematicBreak' || block.type === 'html' || (block.type === 'paragraph' && !block.emphasis);
}

/** Where the part of the page below the text begins; the number of blocks when there is none. */
function footerStart(wrapper: CompiledWrapper, blocks: readonly Block[], from: number): number {
  for (const role of ['SOURCE_STATEMENT', 'COPYRIGHT_LINE', 'CREDITS_LINE'] as const) {
    const at = blocks.findLastIndex((block, i) => i >= from && findLine(wrapper, block, [role]) !== null);
    if (at !== -1) return at;
  }
  const clause = blocks.findIndex((block, i) => i >= from && findClause(wrapper, block) !== null);
  return clause === -1 ? blocks.length : clause;
}

function clauseRole({ clause: { definition } }: FoundClause): PartRole {
  return definition.notice !== undefined ? 'NOTICE' : definition.reuse !== undefined ? 'REUSE_TERM' : 'CONTACT';
}

/**
 * Tells what each block of a page is under the wrapper: headline, lines, text, closing block, clauses.
 * What no rule knows between lines or clauses is UNCLAIMED. Null when the page has no headline.
 */
export function classifyBlocks(
  blocks: readonly Block[],
  wrapper: CompiledWrapper,
  linkKinds: LinkKinds,
): ClassifiedPage | null {
  const headlineAt = blocks.findIndex((block) => block.type === 'heading' && block.plain.trim() !== '');
  const headline = blocks[headlineAt];
  if (headline === undefined) return null;

  const roles = blocks.map<PartRole>(() => 'UNCLAIMED');
  roles[headlineAt] = 'HEADLINE';
  const lines = new Map<LineRole, FoundLine>();
  const footer = footerStart(wrapper, blocks, headlineAt + 1);

  const take = (line: FoundLine, at: number): void => {
    lines.set(line.role, line);
    roles[at] = line.role;
  };
  const roving = (): LineRole[] => [...ROVING_ROLES].filter((role) => !lines.has(role));
  const findRoving = (block: Block): FoundLine | null => findRovingLine(wrapper, block, roving());

  let textStart = headlineAt + 1;
  let open = [...HEADER_ROLES];
  const headerEnd = Math.min(footer, headlineAt + 1 + MOST_HEADER_BLOCKS);
  const findHeaderLine = (block: Block): FoundLine | null =>
    (canBeHeader(block) ? findLine(wrapper, block, open) : null) ?? findRoving(block);
  for (let i = headlineAt + 1; i < headerEnd; i++) {
    const block = blocks[i];
    if (block === undefined) break;
    const line = findHeaderLine(block);
    if (line === null) {
      // One unknown line between two known ones is the wrapper's; anything else begins the text.
      const next = blocks[i + 1];
      const isBetween = i + 1 < headerEnd && next !== undefined && findHeaderLine(next) !== null;
      if (isBetween && canBeHeader(block) && block.plain.length <= LONGEST_HEADER_LINE) continue;
      break;
    }
    // The page has its lines in this order: text that reads like an earlier one is text.
    if (HEADER_ROLES.has(line.role)) open = open.slice(open.indexOf(line.role) + 1);
    take(line, i);
    textStart = i + 1;
  }

  /** Takes the lines that end a run of text, with the rules above them, and tells where the text ends now. */
  const takeLast = (start: number, end: number): number => {
    let at = end;
    for (; at > start; at--) {
      const block = blocks[at - 1];
      const line = block === undefined ? null : findRoving(block);
      if (line === null) break;
      take(line, at - 1);
    }
    for (; at < end && at > start && blocks[at - 1]?.type === 'thematicBreak'; at--) roles[at - 1] = 'RULE';
    return at;
  };
  const closingEnd = takeLast(textStart, footer);
  const closingAt = textStart + closingStart(blocks.slice(textStart, closingEnd), linkKinds);
  const textEnd = takeLast(textStart, closingAt);
  const text = blocks.slice(textStart, textEnd);
  const [first] = text;
  const dek = first?.emphasis != null ? first : null;
  for (let i = textStart; i < textEnd; i++) roles[i] = i === textStart && dek !== null ? 'DEK' : 'BODY';
  for (let i = closingAt; i < closingEnd; i++) roles[i] = 'CLOSING';

  const clauses: FoundClause[] = [];
  for (let i = footer; i < blocks.length; i++) {
    const block = blocks[i];
    if (block === undefined) continue;
    const line =
      findLine(
        wrapper,
        block,
        FOOTER_ROLES.filter((role) => !lines.has(role)),
      ) ?? findRoving(block);
    const clause = line === null ? findClause(wrapper, block) : null;
    if (line !== null) {
      take(line, i);
    } else if (clause !== null) {
      clauses.push(clause);
      roles[i] = clauseRole(clause);
    } else if (block.type === 'thematicBreak') {
      roles[i] = 'RULE';
    }
  }

  return {
    wrapper,
    roles,
    headline,
    lines,
    clauses,
    dek,
    body: text.slice(dek === null ? 0 : 1),
    closing: blocks.slice(closingAt, closingEnd),
  };
}

/** How well a wrapper fits: the lines and clauses that it knows on the page. */
export function fitOf(page: ClassifiedPage): number {
  return page.lines.size + page.clauses.length;
}
