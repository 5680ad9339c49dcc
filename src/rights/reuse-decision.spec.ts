import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MEDIA, REUSE_ACTIONS, REUSE_EFFECTS } from '../common/vocabulary.js';
import { decideReuse, type DecidingTerm } from './reuse-decision.js';

const PERMIT: DecidingTerm = {
  effect: 'PERMIT',
  actions: ['REPRODUCE', 'EXTRACT'],
  media: ['WEB'],
  duties: ['NAME_SOURCE'],
};
const ASK: DecidingTerm = {
  effect: 'ASK_FIRST',
  actions: ['REPRODUCE'],
  media: ['PRINT', 'COMMERCIAL_WEB'],
  duties: [],
};
const FORBID_WHOLE: DecidingTerm = { effect: 'FORBID', actions: ['REPRODUCE'], media: ['WEB'], duties: [] };
const FORBID: DecidingTerm = { effect: 'FORBID', actions: ['EXTRACT'], media: ['WEB'], duties: [] };

describe('decideReuse', () => {
  it.each([
    [[PERMIT, ASK], 'REPRODUCE', 'WEB', 'PERMIT'],
    [[PERMIT, ASK], 'REPRODUCE', 'PRINT', 'ASK_FIRST'],
    [[PERMIT, ASK], 'EXTRACT', 'PRINT', 'ASK_FIRST'],
    [[PERMIT, ASK], 'TRANSLATE', 'WEB', 'UNSPECIFIED'],
    [[PERMIT, ASK], 'MINE', 'WEB', 'UNSPECIFIED'],
    [[PERMIT, ASK], 'REPRODUCE', 'OTHER', 'UNSPECIFIED'],
    [[PERMIT, FORBID], 'EXTRACT', 'WEB', 'FORBID'],
    [[PERMIT, FORBID], 'REPRODUCE', 'WEB', 'PERMIT'],
    [[FORBID_WHOLE], 'REPRODUCE', 'WEB', 'FORBID'],
    [[FORBID_WHOLE], 'EXTRACT', 'WEB', 'UNSPECIFIED'],
    [[FORBID_WHOLE, PERMIT], 'EXTRACT', 'WEB', 'PERMIT'],
    [[], 'REPRODUCE', 'WEB', 'UNSPECIFIED'],
  ] as const)('case %#: %j %s %s: %s', (terms, action, medium, effect) => {
    expect(decideReuse(terms, { action, medium }).effect).toBe(effect);
  });

  it('names the duties of the deciding term, and none where nothing is said', () => {
    expect(decideReuse([ASK, PERMIT], { action: 'REPRODUCE', medium: 'WEB' }).duties).toEqual(['NAME_SOURCE']);
    expect(decideReuse([PERMIT], { action: 'MINE', medium: 'WEB' })).toEqual({
      effect: 'UNSPECIFIED',
      terms: [],
      duties: [],
    });
  });

  it('puts the term that decides first', () => {
    expect(decideReuse([PERMIT, FORBID], { action: 'EXTRACT', medium: 'WEB' }).terms).toEqual([FORBID, PERMIT]);
  });

  const anyTerm = fc.record({
    effect: fc.constantFrom(...REUSE_EFFECTS),
    actions: fc.subarray([...REUSE_ACTIONS], { minLength: 1 }),
    media: fc.subarray([...MEDIA], { minLength: 1 }),
    duties: fc.constant([]),
  });
  const anyUse = fc.record({ action: fc.constantFrom(...REUSE_ACTIONS), medium: fc.constantFrom(...MEDIA) });

  it('never permits by silence, nor against a stricter term', () => {
    fc.assert(
      fc.property(fc.array(anyTerm), anyUse, (terms, use) => {
        const { effect, terms: speaking } = decideReuse(terms, use);
        const effects = speaking.map((term) => term.effect);
        if (effect === 'PERMIT') expect(effects.every((e) => e === 'PERMIT')).toBe(true);
        if (effect === 'UNSPECIFIED') expect(speaking).toEqual([]);
      }),
    );
  });

  it('decides the same whatever the order of the terms', () => {
    fc.assert(
      fc.property(fc.array(anyTerm), anyUse, (terms, use) => {
        expect(decideReuse([...terms].reverse(), use).effect).toBe(decideReuse(terms, use).effect);
      }),
    );
  });
});
