import { contentOf, type TextBlock } from './text-blocks.js';

/** What one state of a text says. */
export interface TextContent {
  /** Empty while nobody has written one. */
  readonly headline: string;
  readonly dek: string | null;
  /** Markdown. */
  readonly body: string;
}

/** A state of a text whose blocks have their ids. */
export interface BlockedText extends TextContent {
  readonly blocks: readonly TextBlock[];
}

/** A piece of a text that is translated as a whole: its headline, its dek, or a block of its body. */
export interface Passage {
  /** A block's id, or `headline`, or `dek`. */
  readonly id: string;
  /** A block's kind, or `headline`, or `dek`. */
  readonly kind: string;
  readonly text: string;
}

/** What became of a passage from one state of a text to another. */
export const PASSAGE_CHANGES = ['SAME', 'CHANGED', 'ADDED', 'REMOVED', 'MOVED'] as const;
export type PassageChange = (typeof PASSAGE_CHANGES)[number];

/** A text's passages in the order of its page. */
export function passagesOf({ headline, dek, blocks }: BlockedText): Passage[] {
  return [
    { id: 'headline', kind: 'headline', text: headline },
    ...(dek === null ? [] : [{ id: 'dek', kind: 'dek', text: dek }]),
    ...blocks.map((block) => ({ id: block.id, kind: block.kind, text: contentOf(block) })),
  ];
}
