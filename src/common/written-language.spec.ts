import { expect, it } from '@jest/globals';
import { readWrittenLanguage, writeLanguage } from './written-language.js';

it.each([
  ['fr', 'anglais', 'en'],
  ['fr', 'Anglais', 'en'],
  ['fr', 'hébreu', 'he'],
  ['fr', 'hebreu', 'he'],
  ['en', 'English', 'en'],
  ['en', 'Arabic', 'ar'],
  ['en', 'anglais', null],
  ['fr', 'la rédaction', null],
  ['fr', '', null],
])('in %s, “%s” is %s', (language, text, tag) => {
  expect(readWrittenLanguage(text, language)).toBe(tag);
});

it.each([
  ['en', 'fr', 'anglais'],
  ['en', 'en', 'English'],
  ['pt-BR', 'fr', 'portugais brésilien'],
  ['xx', 'fr', 'xx'],
])('%s in %s is “%s”', (tag, language, text) => {
  expect(writeLanguage(tag, language)).toBe(text);
});
