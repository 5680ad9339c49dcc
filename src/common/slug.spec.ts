import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toSlug } from './slug.js';

it.each([
  ['L’État d’urgence', 'l-etat-d-urgence'],
  ["L'État d'urgence", 'l-etat-d-urgence'],
  [
    'Video: The Liberation of Palmyra. Towards the Defeat of ISIS',
    'video-the-liberation-of-palmyra-towards-the-defeat-of-isis',
  ],
  ['U.S. Army in the U.K.', 'us-army-in-the-uk'],
  ['Œuvres complètes', 'oeuvres-completes'],
  ['BuzzFeed', 'buzzfeed'],
  ['Правда', 'pravda'],
])('“%s” is %s', (text, slug) => {
  expect(toSlug(text)).toBe(slug);
});

it('is never empty, never too long and always words parted by hyphens', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const slug = toSlug(text);
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(120);
    }),
  );
});

it('cuts a long text between words', () => {
  const slug = toSlug(`${'pont '.repeat(23)}rouvrira bientot`);
  expect(slug.split('-').every((word) => ['pont', 'rouvrira'].includes(word))).toBe(true);
});
