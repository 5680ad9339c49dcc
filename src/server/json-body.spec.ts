import { describe, expect, it } from '@jest/globals';
import { isNestedTooDeeply } from './json-body.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('isNestedTooDeeply', () => {
  it.each([
    ['[[]]', false],
    ['[[[]]]', true],
    ['[{"a":[]}]', true],
    ['[[],[],[],[]]', false],
    ['["[[[[["]', false],
    [String.raw`["\"[[[[["]`, false],
    [String.raw`["\\",[[]]]`, true],
    ['"', false],
    ['', false],
  ])('tells of %s', (json, expected) => {
    expect(isNestedTooDeeply(bytes(json), 2)).toBe(expected);
  });
});
