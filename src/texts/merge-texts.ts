import { diff3Merge } from 'node-diff3';
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

/** Longer lists are not compared: it would take longer than asking. */
const MOST_TOKENS = 2000;

/** Merges what two people have made of one text. Bodies are merged by blocks, and blocks by words. Pure. */
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
  return merge(blockTokens(yours), blockTokens(base), blockTokens(theirs), (own, was, other) =>
    merge(wordTokens(own), wordTokens(was), wordTokens(other), () => {
      conflicts.push({ part: 'body', base: was, yours: own, theirs: other });
      return other;
    }),
  );
}

/** Puts together what is clean, and asks for the rest. */
function merge(
  yours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
  settle: (yours: string, base: string, theirs: string) => string,
): string {
  if ([yours, base, theirs].some(({ length }) => length > MOST_TOKENS)) {
    return settle(yours.join(''), base.join(''), theirs.join(''));
  }
  return diff3Merge([...yours], [...base], [...theirs], { excludeFalseConflicts: true })
    .map(({ ok, conflict }) =>
      ok === undefined ? settle(joined(conflict?.a), joined(conflict?.o), joined(conflict?.b)) : ok.join(''),
    )
    .join('');
}

function joined(tokens: readonly string[] | undefined): string {
  return tokens?.join('') ?? '';
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
