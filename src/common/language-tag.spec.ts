import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalLanguageTag, lookupLanguage, lookupOrder } from './language-tag.js';

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

describe('lookupOrder', () => {
  it.each([
    [
      ['fr-CA', 'en'],
      ['fr-ca', 'fr', 'en'],
    ],
    [
      ['fr', 'fr-CA', 'fr-FR'],
      ['fr', 'fr-ca', 'fr-fr'],
    ],
    [['zh-Hant-x-a'], ['zh-hant-x-a', 'zh-hant', 'zh']],
    [['*', 'EN'], ['en']],
    [[], []],
  ])('of %j is %j', (asked, order) => {
    expect(lookupOrder(asked)).toEqual(order);
  });

  const anyTag = fc
    .tuple(
      fc.constantFrom('fr', 'en', 'zh'),
      fc.array(fc.constantFrom('Hant', 'CA', 'x', 'a', 'u', 'private1'), { maxLength: 4 }),
    )
    .map(([language, rest]) => [language, ...rest].join('-'));

  /** Lookup as RFC 4647 describes it, range by range. */
  function described(asked: readonly string[], available: readonly string[]): string | null {
    for (const range of asked) {
      let subtags = range.toLowerCase().split('-');
      while (subtags.length > 0) {
        const cut = subtags.join('-');
        const found = available.find((tag) => tag.toLowerCase() === cut);
        if (found !== undefined) return found;
        subtags = subtags.slice(0, subtags.at(-2)?.length === 1 ? -2 : -1);
      }
    }
    return null;
  }

  it('finds what lookup finds', () => {
    fc.assert(
      fc.property(fc.array(anyTag, { maxLength: 4 }), fc.array(anyTag, { maxLength: 6 }), (asked, available) => {
        const served = described(asked, available);
        expect(lookupLanguage(asked, available)).toBe(served);
        const lower = available.map((tag) => tag.toLowerCase());
        expect(lookupOrder(asked).find((tag) => lower.includes(tag)) ?? null).toBe(served?.toLowerCase() ?? null);
      }),
    );
  });
});
