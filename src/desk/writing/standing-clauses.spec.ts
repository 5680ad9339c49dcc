import { expect, it } from '@jest/globals';
import { compileWrapper } from '../../publishers/compiled-wrapper.js';
import type { ClauseDefinition, WrapperDefinition } from '../../publishers/wrapper-definition.js';
import { standingClauses } from './standing-clauses.js';

const reuse = { effect: 'ASK_FIRST', actions: ['REPRODUCE'], media: ['PRINT'], duties: [] } as const;
const clauses: ClauseDefinition[] = [
  { key: 'answers', wordings: ['{legalName} n’en répond pas.', 'Ancien.'], notice: 'LIABILITY_DISCLAIMER' },
  { key: 'print', wordings: ['Pour imprimer : {email}'], reuse, contact: ['REPRODUCTION_PERMISSION'] },
  { key: 'some', wordings: ['Permis aux {audienceLabel}.'], reuse: { ...reuse, effect: 'PERMIT' } },
  { key: 'press', wordings: ['Presse : {email}'], contact: ['MEDIA'] },
];
const publisher = { name: 'La Revue', legalName: 'Les Amis de la Revue', abbreviation: null };
const definition = { conjunction: 'et', lines: {}, clauses } as unknown as WrapperDefinition;
const wrapper = compileWrapper('la-revue', publisher, 'fr', definition);

it('are worded as they are now, and name whom this article has to be asked', () => {
  const given = standingClauses(wrapper, [
    { email: 'presse@revue.example', purposes: ['MEDIA'] },
    { email: 'droits@revue.example', purposes: ['REPRODUCTION_PERMISSION'] },
  ]);
  expect(given['rights.notices']).toEqual([
    { clauseKey: 'answers', kind: 'LIABILITY_DISCLAIMER', text: 'Les Amis de la Revue n’en répond pas.' },
  ]);
  expect(given['rights.reuseTerms']).toEqual([
    {
      ...{ clauseKey: 'print', ...reuse, audienceLabel: null },
      ...{ text: 'Pour imprimer : droits@revue.example', email: 'droits@revue.example' },
    },
  ]);
});

it('that speak of what nobody has said are left out', () => {
  expect(standingClauses(wrapper, [])['rights.reuseTerms']).toEqual([]);
  const nameless = compileWrapper('la-revue', { ...publisher, legalName: null }, 'fr', definition);
  expect(standingClauses(nameless, [])['rights.notices']).toEqual([]);
});
