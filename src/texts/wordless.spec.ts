import { describe, expect, it } from '@jest/globals';
import { isWordless } from './wordless.js';

describe('isWordless', () => {
  it.each([
    '',
    ' \n',
    '***',
    '# ',
    '> ',
    '- ',
    '&nbsp;',
    '\u200b',
    '| |\n|-|\n| |',
    '<p>Words</p>',
    '<div>\nWords\n</div>',
    '<!-- Words -->',
    '<b></b><i></i>',
    '[a]: https://a.example/b',
    '[^1]: A note.',
  ])('is so of %j', (body) => {
    expect(isWordless(body)).toBe(true);
  });

  it.each([
    'Words.',
    'Words, <b>bold</b>.',
    '<b>Words</b>, bold.',
    '<p>Left out.</p>\n\nWords.',
    '[a]: https://a.example/b\n\n[a]',
    '<https://a.example/b>',
    '![](https://a.example/b.png)',
    '- 1',
    '😀',
    '言葉',
  ])('is not so of %j', (body) => {
    expect(isWordless(body)).toBe(false);
  });
});
