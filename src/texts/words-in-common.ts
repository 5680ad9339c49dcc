/** How often each word is in a text. */
export type Words = ReadonlyMap<string, number>;

/** Finds words also where no spaces part them. */
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a text, whatever its language, without regard to capitals. */
export function wordsOf(text: string): Words {
  const words = new Map<string, number>();
  for (const { segment, isWordLike } of SEGMENTER.segment(text)) {
    if (isWordLike !== true) continue;
    const word = segment.toLowerCase();
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

/** How many of the words of two texts are the same: 0 for none, 1 for all. Source: Dice's coefficient. */
export function similarityOfWords(one: Words, other: Words): number {
  let [common, all] = [0, 0];
  for (const count of one.values()) all += count;
  for (const [word, count] of other) {
    all += count;
    common += Math.min(count, one.get(word) ?? 0);
  }
  return all === 0 ? 0 : (2 * common) / all;
}
