import { foldLabel } from '../common/fold-label.js';

/**
 * A small picture of a text by which texts with many words in common are found: the least hashes of its runs of
 * three words. Source: Broder, On the resemblance and containment of documents (1997).
 */
export interface TextSketch {
  readonly hashes: readonly number[];
  /** Hashes of a few hashes each: texts that are alike share at least one of them. */
  readonly bands: readonly number[];
}

const HASHES = 64;
const BAND = 4;
const RUN = 3;

/** Shorter texts are alike by chance: a caption, a call to watch a video. */
const LEAST_WORDS = 40;

/** The beginning tells enough. */
const MOST_WORDS = 20_000;

/** Odd numbers that spread a hash's bits, one for each of the hashes; the same in every run. */
const MULTIPLIERS = Array.from({ length: HASHES }, (_, i) => mix(i + 1) | 1);
const OFFSETS = Array.from({ length: HASHES }, (_, i) => mix(i + 1001));

/** The sketch of a text, or null where it is too short to tell one from another. */
export function sketchText(text: string): TextSketch | null {
  const words = foldLabel(text).split(' ', MOST_WORDS);
  if (words.length < LEAST_WORDS) return null;
  const hashes = new Int32Array(HASHES).fill(0x7fffffff);
  const codes = words.map(hashWord);
  for (let i = 0; i + RUN <= codes.length; i++) {
    let run = 0;
    for (let j = i; j < i + RUN; j++) run = mix(Math.imul(run, 31) + (codes[j] ?? 0));
    for (let k = 0; k < HASHES; k++) {
      const hash = (Math.imul(run, MULTIPLIERS[k] ?? 1) + (OFFSETS[k] ?? 0)) | 0;
      if (hash < (hashes[k] ?? 0)) hashes[k] = hash;
    }
  }
  const bands = Array.from({ length: HASHES / BAND }, (_, band) =>
    hashes.slice(band * BAND, (band + 1) * BAND).reduce((all, hash) => mix(Math.imul(all, 31) + hash), band),
  );
  return { hashes: [...hashes], bands };
}

/** How much of two texts is the same, about: 0 for nothing, 1 for all of it. */
export function similarityOf(one: readonly number[], other: readonly number[]): number {
  return one.filter((hash, i) => hash === other[i]).length / HASHES;
}

/** FNV-1a over UTF-16 units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** The finishing step of MurmurHash3: near numbers come far apart. */
function mix(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
