import type { Effort } from './effort.js';

/** A stretch of what both began with, and where it stands in what one has made of it. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** What two have made of one stretch, each otherwise. */
export type Settle = (yours: string, base: string, theirs: string) => string;

/**
 * Puts together what two have made of one list, and asks for what is not clean. What touches is one stretch: nobody knows
 * what stands first. Source: Khanna, Kunal and Pierce, “A Formal Investigation of Diff3”.
 */
export function mergeLists(
  yours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
  effort: Effort,
  settle: Settle,
): string {
  const own = hunksOf(base, yours, effort);
  const others = own && hunksOf(base, theirs, effort);
  if (own === null || others === null) return settle(yours.join(''), base.join(''), theirs.join(''));
  const merged: string[] = [];
  let [at, i, j] = [0, 0, 0];
  for (let first = earlier(own[i], others[j]); first !== undefined; first = earlier(own[i], others[j])) {
    const { from } = first;
    let to = from;
    const [firstOwn, firstOther] = [i, j];
    for (;;) {
      const [mine, other] = [own[i], others[j]];
      if (mine !== undefined && mine.from <= to) [to, i] = [Math.max(to, mine.to), i + 1];
      else if (other !== undefined && other.from <= to) [to, j] = [Math.max(to, other.to), j + 1];
      else break;
    }
    const was = base.slice(from, to).join('');
    const [mine, other] = [
      textOf(yours, own.slice(firstOwn, i), from, to, was),
      textOf(theirs, others.slice(firstOther, j), from, to, was),
    ];
    merged.push(base.slice(at, from).join(''));
    if (i === firstOwn || mine === other) merged.push(other);
    else merged.push(j === firstOther ? mine : settle(mine, was, other));
    at = to;
  }
  return [...merged, base.slice(at).join('')].join('');
}

function earlier(one: Hunk | undefined, other: Hunk | undefined): Hunk | undefined {
  return one === undefined || (other !== undefined && other.from < one.from) ? other : one;
}

/** What stands in a list for a stretch of what it was made from, of which these parts are otherwise. */
function textOf(list: readonly string[], hunks: readonly Hunk[], from: number, to: number, was: string): string {
  const [first, last] = [hunks.at(0), hunks.at(-1)];
  if (first === undefined || last === undefined) return was;
  return list.slice(first.start - (first.from - from), last.end + (to - last.to)).join('');
}

function hunksOf(base: readonly string[], list: readonly string[], effort: Effort): Hunk[] | null {
  const stretches = effort.compare(base, list);
  if (stretches === null) return null;
  const hunks: Hunk[] = [];
  let [from, start] = [0, 0];
  for (const { change, count } of stretches) {
    const to = change === 'ADDED' ? from : from + count;
    const end = change === 'REMOVED' ? start : start + count;
    if (change !== 'SAME') {
      const last = hunks.at(-1);
      if (last?.to === from && last.end === start) hunks[hunks.length - 1] = { ...last, to, end };
      else hunks.push({ from, to, start, end });
    }
    [from, start] = [to, end];
  }
  return hunks;
}
