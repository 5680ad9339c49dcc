/** How often each word is in a text. */
export type Words = ReadonlyMap<string, number>;

/** Where no spaces part the words, each character is taken for one. */
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[\p{L}\p{N}\p{M}_]+/gu;

/** The words of a text, whatever its language, without regard to capitals. */
export function wordsOf(text: string): Words {
  const words = new Map<string, number>();
  for (const word of text.toLowerCase().match(WORD) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
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
