import { randomBytes } from 'node:crypto';
import { Effort } from './effort.js';
import { groupBy } from '../common/group-by.js';
import { splitBlocks } from './split-blocks.js';
import { type BodyBlock, contentOf, type TextBlock } from './text-blocks.js';
import { similarityOfWords, wordsOf } from './words-in-common.js';

/** Blocks between two that stayed, which have this much in common, are the same one. */
const ALIKE = 0.4;

/** A block that was moved and worked over at once has more in common with what it was. */
const ALIKE_ELSEWHERE = 0.6;

/** More pairs than these are not compared word by word: nobody has worked over so many blocks at once. */
const MOST_PAIRS = 20_000;

/** Characters of a word, about, with what parts it from the next. */
const WORD_LENGTH = 6;

/**
 * The blocks of a text's next state, with the ids that they had before: what is the same has the same, wherever it
 * stands now; what was worked over where it stood keeps its own; of a block that was cut in two the part that has more
 * of it keeps the id, and of two that became one, the one that more is left of. The others get new ids.
 */
export function alignBlocks(before: readonly TextBlock[], body: string, newId: () => string = newBlockId): TextBlock[] {
  const after = splitBlocks(body);
  const alignment = new Alignment(before, after);
  alignment.matchSameInOrder();
  alignment.matchSameElsewhere();
  alignment.matchAlikeInOrder();
  alignment.matchAlikeElsewhere();
  const taken = new Set(before.map(({ id }) => id));
  return after.map((block, i) => {
    const known = before[alignment.beforeOf(i)];
    if (known !== undefined) return { ...block, id: known.id };
    let id = newId();
    while (taken.has(id)) id = newId();
    taken.add(id);
    return { ...block, id };
  });
}

/** Eight characters of 256: a text's blocks, now and formerly, have no two alike. */
function newBlockId(): string {
  return `k${BigInt(`0x${randomBytes(8).toString('hex')}`).toString(36)}`;
}

interface Gap {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

class Alignment {
  readonly #before: readonly string[];
  readonly #after: readonly string[];
  /** By the block after: the block before, or -1. */
  readonly #matched: number[];
  readonly #isTaken: boolean[];
  /** Those of the pairs that are in the same order before and after. */
  readonly #anchors: [before: number, after: number][] = [];
  readonly #effort = new Effort();
  readonly #words = new Map<string, ReturnType<typeof wordsOf>>();

  constructor(before: readonly BodyBlock[], after: readonly BodyBlock[]) {
    this.#before = before.map(contentOf);
    this.#after = after.map(contentOf);
    this.#matched = after.map(() => -1);
    this.#isTaken = before.map(() => false);
  }

  beforeOf(after: number): number {
    return this.#matched[after] ?? -1;
  }

  matchSameInOrder(): void {
    const [before, after] = [this.#before, this.#after];
    const shorter = Math.min(before.length, after.length);
    let first = 0;
    while (first < shorter && before[first] === after[first]) this.#anchor(first, first++);
    let last = 0;
    while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last++;
    // Numbers are compared sooner than texts. Where all is otherwise, the order tells nothing any longer.
    const numbers = new Map<string, number>();
    const numberOf = (content: string): number => {
      const number = numbers.get(content) ?? numbers.size;
      numbers.set(content, number);
      return number;
    };
    const middle = this.#effort.compare(
      before.slice(first, before.length - last).map(numberOf),
      after.slice(first, after.length - last).map(numberOf),
    );
    let [i, j] = [first, first];
    for (const { change, count } of middle ?? []) {
      if (change === 'SAME') for (let k = 0; k < count; k++) this.#anchor(i + k, j + k);
      if (change !== 'ADDED') i += count;
      if (change !== 'REMOVED') j += count;
    }
    for (let k = last; k > 0; k--) this.#anchor(before.length - k, after.length - k);
  }

  matchSameElsewhere(): void {
    // The last place first, so that the first is taken first.
    const places = groupBy(this.#openBefore().reverse(), (i) => this.#before[i] ?? '');
    for (const j of this.#openAfter()) {
      const i = places.get(this.#after[j] ?? '')?.pop();
      if (i !== undefined) this.#match(i, j);
    }
  }

  matchAlikeInOrder(): void {
    for (const { before, after } of this.#gaps()) {
      const [i, j] = [before[0], after[0]];
      if (i === undefined || j === undefined) continue;
      if (before.length === 1 && after.length === 1) this.#match(i, j);
      else if (this.#maySpend(before, after)) this.#matchBest({ before, after });
    }
  }

  matchAlikeElsewhere(): void {
    const [before, after] = [this.#openBefore(), this.#openAfter()];
    if (!this.#maySpend(before, after)) return;
    const pairs = before
      .flatMap((i) => after.map((j) => ({ i, j, alike: this.#similarity(i, j) })))
      .filter(({ alike }) => alike >= ALIKE_ELSEWHERE)
      .sort((a, b) => b.alike - a.alike || a.j - b.j || a.i - b.i);
    for (const { i, j } of pairs) if (this.#isTaken[i] === false && this.#matched[j] === -1) this.#match(i, j);
  }

  /** The pairs, in order, that have the most in common altogether. */
  #matchBest({ before, after }: Gap): void {
    const best = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
    const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
    const alike = before.map((b) => after.map((a) => this.#similarity(b, a)));
    const gain = (i: number, j: number): number => {
      const own = alike[i]?.[j] ?? 0;
      return own >= ALIKE ? own + at(i + 1, j + 1) : -1;
    };
    for (let i = before.length - 1; i >= 0; i--) {
      for (let j = after.length - 1; j >= 0; j--) {
        const row = best[i];
        if (row !== undefined) row[j] = Math.max(at(i + 1, j), at(i, j + 1), gain(i, j));
      }
    }
    for (let i = 0, j = 0; i < before.length && j < after.length;) {
      const [b, a] = [before[i], after[j]];
      if (b !== undefined && a !== undefined && gain(i, j) === at(i, j) && at(i, j) > 0) {
        this.#match(b, a);
        i++;
        j++;
      } else if (at(i + 1, j) >= at(i, j + 1)) i++;
      else j++;
    }
  }

  /** Whether so many blocks may be compared word by word. */
  #maySpend(before: readonly number[], after: readonly number[]): boolean {
    if (before.length * after.length > MOST_PAIRS) return false;
    const characters = after.reduce((sum, j) => sum + (this.#after[j]?.length ?? 0), 0);
    return this.#effort.spend(Math.ceil((before.length * characters) / WORD_LENGTH));
  }

  /** What is left open between blocks that stayed in their order. */
  #gaps(): Gap[] {
    const ends = [...this.#anchors, [this.#before.length, this.#after.length] as const];
    let [i, j] = [0, 0];
    return ends.map(([toBefore, toAfter]) => {
      const gap = {
        before: range(i, toBefore).filter((one) => this.#isTaken[one] === false),
        after: range(j, toAfter).filter((one) => this.#matched[one] === -1),
      };
      [i, j] = [toBefore + 1, toAfter + 1];
      return gap;
    });
  }

  #similarity(i: number, j: number): number {
    return similarityOfWords(this.#wordsOf(this.#before[i] ?? ''), this.#wordsOf(this.#after[j] ?? ''));
  }

  #wordsOf(content: string): ReturnType<typeof wordsOf> {
    const known = this.#words.get(content) ?? wordsOf(content);
    this.#words.set(content, known);
    return known;
  }

  #anchor(before: number, after: number): void {
    this.#match(before, after);
    this.#anchors.push([before, after]);
  }

  #match(before: number, after: number): void {
    this.#matched[after] = before;
    this.#isTaken[before] = true;
  }

  #openBefore(): number[] {
    return range(0, this.#before.length).filter((i) => this.#isTaken[i] === false);
  }

  #openAfter(): number[] {
    return range(0, this.#after.length).filter((j) => this.#matched[j] === -1);
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
