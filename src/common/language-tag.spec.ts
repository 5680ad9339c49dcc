import { describe, expect, it } from '@jest/globals';
import { canonicalLanguageTag, lookupLanguage } from './language-tag.js';

describe('canonicalLanguageTag', () => {
  it.each([
    ['FR-ca', 'fr-CA'],
    ['fr', 'fr'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['und', 'und'],
  ])('%s is %s', (text, tag) => {
    expect(canonicalLanguageTag(text)).toBe(tag);
  });

  it.each(['fr_CA', 'xx-!!', '', '*', 'f', 'fr-', 'français', `fr-${'x'.repeat(100)}`])('“%s” is no tag', (text) => {
    expect(canonicalLanguageTag(text)).toBeNull();
  });
});

describe('lookupLanguage, as RFC 4647 has it', () => {
  it.each([
    [['fr-CA'], ['en', 'fr'], 'fr'],
    [['fr-CA'], ['fr', 'fr-CA'], 'fr-CA'],
    [['fr'], ['fr-CA', 'en'], null],
    [['de', 'en-GB', 'fr'], ['fr', 'en'], 'en'],
    [['zh-Hant-CN-x-private1-private2'], ['zh-Hant'], 'zh-Hant'],
    [['zh-Hant-CN-x-private1-private2'], ['zh-Hant-CN-x-private1', 'zh'], 'zh-Hant-CN-x-private1'],
    [['EN-gb'], ['en-GB'], 'en-GB'],
    [['*'], ['en'], null],
    [['*', 'en'], ['en'], 'en'],
    [[], ['en'], null],
    [['en'], [], null],
  ])('%j in %j is served by %s', (asked, available, served) => {
    expect(lookupLanguage(asked, available)).toBe(served);
  });
});
