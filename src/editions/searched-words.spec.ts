import { expect, it } from '@jest/globals';
import { searchedText, snippetHtml, soughtText, withoutCuts } from './searched-words.js';

/** Cuts are shown as strokes. */
const shown = (text: string): string => text.replaceAll('\u0001', '|');

it.each([
  ['Les élections', 'Le|s élections'],
  ['AVIONS, Avionsky', 'AVION|S, Avionsky'],
  ['qu’elles quelles', 'qu’elle|s que|l|le|s'],
  ['Moyen-Orient', 'Moyen|-|Orient'],
  ['COVID-19 F-16 a-t-il', 'COVID|-|19 F-16 a-t-il'],
  ['Gaza/Israël, et/ou', 'Gaza|/|Israël, et|/|ou'],
  ['https://les-avions.example/les-uns www.a-bc-de.example les@les-uns.example', null],
  ['- / -- l’été', null],
  ['', null],
])('%j is searched as %j', (text, expected) => {
  expect(shown(searchedText(text))).toBe(expected ?? text);
  expect(withoutCuts(searchedText(text))).toBe(text);
});

it('no text brings marks or cuts of its own', () => {
  expect(searchedText('a\uE000b\uE001c\u0001d')).toBe('a b c d');
});

it.each([
  ['«\u00a0vieux pont\u202f»', '" vieux pont "'],
  ["aujourd'hui", 'aujourd’hui'],
  ['“vieux pont” -neuf', '"vieux pont" -neuf'],
  ['les -avions', 'le|s -avion|s'],
])('%j seeks %j', (text, expected) => {
  expect(shown(soughtText(text))).toBe(expected);
});

it('what is sought ends somewhere, never within a character', () => {
  const sought = soughtText(`${'x'.repeat(999)}🗼`);
  expect(sought.length).toBeLessThanOrEqual(1000);
  expect(sought.isWellFormed()).toBe(true);
});

it('a text of one long word is cut in no time that grows with its square', () => {
  expect(searchedText('é'.repeat(200_000))).toHaveLength(200_000);
  expect(searchedText('a-'.repeat(100_000))).toHaveLength(200_000);
});

it('a snippet marks words whole, and escapes everything else', () => {
  const snippet = '\uE000avion\uE001\u0001s du \uE000Moyen\uE001\u0001-\u0001\uE000Orient\uE001 & <b>';
  expect(snippetHtml(snippet)).toBe('<mark>avions</mark> du <mark>Moyen</mark>-<mark>Orient</mark> &amp; &lt;b&gt;');
});
