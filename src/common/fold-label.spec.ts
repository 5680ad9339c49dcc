import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldLabel } from './fold-label.js';

it.each([
  ['Middle East & North Africa', 'middle east and north africa'],
  ['ÉCONOMIE  mondiale', 'economie mondiale'],
  ['Économie mondiale'.normalize('NFD'), 'economie mondiale'],
  ['États-Unis', 'etats unis'],
  ['Crimes contre l’humanité', "Crimes contre l'humanité"],
  ['Œuvres', 'oeuvres'],
  ['\u00a0Europe\u202f', 'europe'],
])('“%s” is the same as “%s”', (one, other) => {
  expect(foldLabel(one)).toBe(foldLabel(other));
});

it('keeps labels of other scripts apart', () => {
  expect(foldLabel('Азия')).not.toBe(foldLabel('Европа'));
  expect(foldLabel('欧洲')).not.toBe('');
});

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (label) => {
      expect(foldLabel(foldLabel(label))).toBe(foldLabel(label));
    }),
  );
});
