import { describe, expect, it } from '@jest/globals';
import { findUnstorableText, hasUnstorableText } from './unstorable-text.js';

describe('hasUnstorableText', () => {
  it.each([
    ['', false],
    ['été 😀 汉字', false],
    ['a\0b', true],
    ['\ud83d', true],
    ['\ude00\ud83d', true],
  ])('tells of %j', (text, expected) => {
    expect(hasUnstorableText(text)).toBe(expected);
  });
});

describe('findUnstorableText', () => {
  it('finds nothing where all is well', () => {
    expect(findUnstorableText({ a: 'x', b: [1, null, true, { c: 'y' }] })).toBeNull();
  });

  it('names the place', () => {
    expect(findUnstorableText({ a: ['x', { b: '\0' }] })).toBe('a[1].b');
    expect(findUnstorableText({ a: { 'b\0': 1 } })).toBe('a');
  });
});
