import { Effort } from './effort.js';
import { mergeLists } from './merge-lists.js';
import type { TextContent } from './revision-text.js';
import { splitBlocks } from './split-blocks.js';

/** A part of a text that two people have changed, each otherwise. */
export interface MergeConflict {
  readonly part: 'headline' | 'dek' | 'body';
  /** What both began with, and what each made of it. Of a body, the stretch that is meant. */
  readonly base: string | null;
  readonly yours: string | null;
  readonly theirs: string | null;
}

/** What two states of a text come to. */
export interface MergedText {
  /** The text with what both have done; null where that is for a person to say. */
  readonly text: TextContent | null;
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Merges what two people have made of one text. Bodies are merged by blocks, and blocks by words; what would take long is
 * a conflict as a whole. Pure.
 */
export function mergeTexts(base: TextContent, yours: TextContent, theirs: TextContent): MergedText {
  const conflicts: MergeConflict[] = [];
  /** One of two values, where one of them is what it was. */
  const pick = (part: 'headline' | 'dek'): string | null => {
    const [was, own, other] = [base[part], yours[part], theirs[part]];
    if (own === other || other === was) return own;
    if (own !== was) conflicts.push({ part, base: was, yours: own, theirs: other });
    return other;
  };
  const headline = pick('headline') ?? '';
  const dek = pick('dek');
  const body = mergeBodies(base.body, yours.body, theirs.body, conflicts);
  return { text: conflicts.length === 0 ? { headline, dek, body } : null, conflicts };
}

function mergeBodies(base: string, yours: string, theirs: string, conflicts: MergeConflict[]): string {
  if (yours === theirs || theirs === base) return yours;
  if (yours === base) return theirs;
  const effort = new Effort();
  return mergeLists(blockTokens(yours), blockTokens(base), blockTokens(theirs), effort, (own, was, other) => {
    let contrary = 0;
    const merged = mergeLists(wordTokens(own), wordTokens(was), wordTokens(other), effort, (_own, _was, word) => {
      contrary++;
      return word;
    });
    // A passage is asked of once, however many of its words are contrary.
    if (contrary > 0) conflicts.push({ part: 'body', base: was, yours: own, theirs: other });
    return merged;
  });
}

/** Blocks and, apart from them, what parts them: a block at the end has nothing behind it, and is the same all the same. */
function blockTokens(body: string): string[] {
  return splitBlocks(body).flatMap(({ text }) => {
    const content = text.trimEnd();
    return content.length === text.length ? [text] : [content, text.slice(content.length)];
  });
}

function wordTokens(text: string): string[] {
  return text.match(/\S+|\s+/gu) ?? [];
}
