/** One block of a body: a heading, a paragraph, a list, with the white space that follows it. */
export interface BodyBlock {
  /** The kind of node that it is: `paragraph`, `heading`, `list`. */
  readonly kind: string;
  /** As it stands in the body, to where the next block begins. */
  readonly text: string;
}

/** A block that is known again in every later state of its text. */
export interface TextBlock extends BodyBlock {
  /** Unlike any other block's of the same text, now or formerly: `b3`, `k7f0w2n9`. */
  readonly id: string;
}

/** What is stored of a text's blocks beside its body: their ids, and how many UTF-16 units each has, in order. */
export type KeptBlocks = readonly { readonly id: string; readonly length: number }[];

/** What a block says, without the white space around it: where that alone differs, nothing was changed. */
export function contentOf({ text }: BodyBlock): string {
  return text.replace(/^(?:[ \t]*(?:\r\n|\r|\n))+/, '').trimEnd();
}

/** What is stored of blocks. */
export function keptBlocks(blocks: readonly TextBlock[]): KeptBlocks {
  return blocks.map(({ id, text }) => ({ id, length: text.length }));
}
