import { describe, expect, it } from '@jest/globals';
import { TRANSLATION_STATES } from '../common/vocabulary.js';
import { permissionFor, TRANSLATION_STEPS, TRANSLATION_TRANSITIONS, transitionFor } from './translation-states.js';

const NOWHERE = '·';

/** Where each step leads from each state: DRAFT, TRANSLATED, REVIEWED, APPROVED, PUBLISHED. */
const TABLE = {
  TRANSLATION: {
    edit: ['DRAFT', 'DRAFT', 'DRAFT', 'DRAFT', 'DRAFT'],
    complete: ['TRANSLATED', '·', '·', '·', '·'],
    review: ['·', 'REVIEWED', '·', '·', '·'],
    approve: ['·', '·', 'APPROVED', '·', '·'],
    sendBack: ['·', 'DRAFT', 'DRAFT', 'DRAFT', '·'],
    publish: ['·', '·', '·', 'PUBLISHED', 'PUBLISHED'],
    unpublish: ['·', '·', '·', '·', 'APPROVED'],
  },
  ORIGINAL: {
    edit: ['DRAFT', 'DRAFT', 'DRAFT', 'DRAFT', 'DRAFT'],
    complete: ['·', '·', '·', '·', '·'],
    review: ['REVIEWED', '·', '·', '·', '·'],
    approve: ['·', '·', 'APPROVED', '·', '·'],
    sendBack: ['·', 'DRAFT', 'DRAFT', 'DRAFT', '·'],
    publish: ['·', '·', '·', 'PUBLISHED', 'PUBLISHED'],
    unpublish: ['·', '·', '·', '·', 'APPROVED'],
  },
} as const;

describe.each(['TRANSLATION', 'ORIGINAL'] as const)('a text that is a %s', (of) => {
  it.each(TRANSLATION_STEPS)('goes by “%s” where the table says', (step) => {
    const leads = TRANSLATION_STATES.map((from) => transitionFor(step, from, of === 'ORIGINAL')?.to ?? NOWHERE);
    // No step leads out of what was given up.
    expect(leads).toEqual([...TABLE[of][step], NOWHERE]);
  });

  it('comes to readers by an approval alone, and every state is reached', () => {
    const before = TRANSLATION_TRANSITIONS.filter(({ to }) => to === 'PUBLISHED').flatMap(({ from }) => [...from]);
    expect(new Set(before)).toEqual(new Set(['APPROVED', 'PUBLISHED']));
    const reached = new Set(TRANSLATION_TRANSITIONS.map(({ to }) => to));
    expect(TRANSLATION_STATES.filter((state) => !reached.has(state))).toEqual(['ABANDONED']);
  });

  it('takes the same permission for a step, from whatever state', () => {
    const isOriginal = of === 'ORIGINAL';
    for (const step of TRANSLATION_STEPS) {
      const lines = TRANSLATION_STATES.flatMap((from) => transitionFor(step, from, isOriginal) ?? []);
      expect(lines.filter(({ permission }) => permission !== permissionFor(step, isOriginal))).toEqual([]);
    }
  });
});
