import type { Duty, Medium, ReuseAction, ReuseEffect } from '../common/vocabulary.js';

/** A use that somebody has in mind. */
export interface IntendedUse {
  readonly action: ReuseAction;
  readonly medium: Medium;
}

/** What a rule needs to say of a use. */
export interface DecidingTerm {
  readonly effect: ReuseEffect;
  readonly actions: readonly ReuseAction[];
  readonly media: readonly Medium[];
  readonly duties: readonly Duty[];
}

/** What the terms say of a use; no terms where they are silent. */
export interface DecidedReuse<Term extends DecidingTerm> {
  readonly effect: ReuseEffect | 'UNSPECIFIED';
  /** The terms that speak of the use, the one that decides first. */
  readonly terms: readonly Term[];
  readonly duties: readonly Duty[];
}

/** The stricter rule decides. */
const STRICTEST_FIRST: readonly ReuseEffect[] = ['FORBID', 'ASK_FIRST', 'PERMIT'];

/**
 * Whoever may reproduce the whole may reproduce a part of it, and who has to ask for the whole has to ask for a part.
 * Who may not reproduce the whole may still quote. Source: ODRL 2.2, `extract` is included in `reproduce`.
 */
function speaksOf({ effect, actions, media }: DecidingTerm, { action, medium }: IntendedUse): boolean {
  const isIncluded = action === 'EXTRACT' && effect !== 'FORBID' && actions.includes('REPRODUCE');
  return (actions.includes(action) || isIncluded) && media.includes(medium);
}

/** What the terms say of a use. Silence is UNSPECIFIED, never permission. */
export function decideReuse<Term extends DecidingTerm>(terms: readonly Term[], use: IntendedUse): DecidedReuse<Term> {
  const speaking = terms
    .filter((term) => speaksOf(term, use))
    .sort((a, b) => STRICTEST_FIRST.indexOf(a.effect) - STRICTEST_FIRST.indexOf(b.effect));
  const [deciding] = speaking;
  return { effect: deciding?.effect ?? 'UNSPECIFIED', terms: speaking, duties: deciding?.duties ?? [] };
}
