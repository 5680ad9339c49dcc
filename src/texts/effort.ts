import { diffArrays } from 'diff';

/** Steps of comparing that one call may take: edits times edits of a difference, or words times blocks. */
const MOST_STEPS = 2_000_000;

/** Two lists with less in common than this many edits are not taken apart. */
const MOST_EDITS = 1000;

/** A stretch of two lists: in both, in the first alone, or in the second alone. */
export interface Stretch {
  readonly change: 'SAME' | 'ADDED' | 'REMOVED';
  readonly count: number;
}

/**
 * What comparing texts may cost within one call, whatever they are: all other requests wait meanwhile. Counted in steps,
 * so that the same texts come to the same on whatever machine. Who has no more left takes what remains as wholes.
 */
export class Effort {
  #left = MOST_STEPS;

  /** Whether there is as much left; then it is spent. */
  spend(steps: number): boolean {
    if (steps > this.#left) return false;
    this.#left -= steps;
    return true;
  }

  /** What two lists have in common, in order; null where finding out would take too long. */
  compare<T extends string | number>(before: readonly T[], after: readonly T[]): Stretch[] | null {
    const most = Math.min(MOST_EDITS, Math.floor(Math.sqrt(this.#left)));
    if (Math.abs(before.length - after.length) > most) return null;
    const found = diffArrays([...before], [...after], { maxEditLength: most });
    const stretches = found?.map(({ added, removed, count }): Stretch => ({
      change: added ? 'ADDED' : removed ? 'REMOVED' : 'SAME',
      count,
    }));
    const edits = stretches?.reduce((sum, { change, count }) => (change === 'SAME' ? sum : sum + count), 0) ?? most;
    this.#left -= edits ** 2;
    return stretches ?? null;
  }
}
