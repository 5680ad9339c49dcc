import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Block, markdownBlocks } from './markdown-blocks.js';

function only(text: string): Block {
  const [block] = markdownBlocks(text);
  if (block === undefined) throw new Error('no block');
  return block;
}

/** What stands in the document where the words stand in the plain text. */
function quoted(text: string, words: string): string {
  const block = only(text);
  const at = block.plain.indexOf(words);
  expect(at).not.toBe(-1);
  const { start, end } = block.sourceRange(at, at + words.length);
  return text.slice(start, end);
}

describe('the source of a stretch of plain text', () => {
  it.each([
    ['Par Anne et Jean', 'Anne', 'Anne'],
    ['Par [Anne](#) et [Jean](#)', 'Jean', 'Jean'],
    ['Par Jean\\_Luc et Anne', 'Anne', 'Anne'],
    ['Par Jean\\_Luc et Anne', 'Jean_Luc', 'Jean\\_Luc'],
    ['A &amp; B, C', 'C', 'C'],
    ['A &amp; B, C', 'A & B', 'A &amp; B'],
    ['&#233;t&eacute; et Anne', 'Anne', 'Anne'],
    ['&#x1F600; puis Anne', 'Anne', 'Anne'],
    ['&#128512;&#128512; puis Anne', 'Anne', 'Anne'],
    ['&NotEqualTilde; puis Anne', 'Anne', 'Anne'],
    ['&Inconnu; puis Anne \\_', 'Anne', 'Anne'],
    ['😀 \\_ 😀 Anne', 'Anne', 'Anne'],
    ['Par Jean\net Anne', 'Anne', 'Anne'],
    ['Par Jean  \n   et Anne', 'Anne', 'Anne'],
    ['Par Jean \n   et &amp; Anne', 'Anne', 'Anne'],
    ['Par Jean\r\net &amp; Anne', 'Anne', 'Anne'],
    ['**Avis :** le texte', 'le texte', 'le texte'],
    ['Le `code` et Anne', 'code', '`code`'],
    ['Écrire à a.b@example.org et Anne', 'Anne', 'Anne'],
    ['Voir (www.example.org) et Anne', 'Anne', 'Anne'],
  ])('%j: “%s”', (text, words, source) => {
    expect(quoted(text, words)).toBe(source);
  });

  it('is found behind any mixture of escapes, references and emoji', () => {
    const piece = fc.constantFrom(
      'a',
      'é',
      '😀',
      '\\_',
      '\\\\',
      '&amp;',
      '&eacute;',
      '&#233;',
      '&#x1F600;',
      ' ',
      '&x',
      '\\x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(quoted(`d${pieces.join('')} Anne-Marie fin`, 'Anne-Marie')).toBe('Anne-Marie');
      }),
    );
  });
});

describe('markdownBlocks', () => {
  it('gives the blocks in order, with their places', () => {
    const text = '\n## Titre\n\nUn.\n\n---\n\n- a\n- b\n\n| x |\n| - |\n';
    const blocks = markdownBlocks(text);
    expect(blocks.map((block) => block.type)).toEqual(['heading', 'paragraph', 'thematicBreak', 'list', 'table']);
    expect(blocks.map((block) => text.slice(block.start, block.end))[1]).toBe('Un.');
  });

  it('gives links with their addresses and texts', () => {
    const block = only('Voir [ici](https://a.example/ "titre"), <https://b.example/> et https://c.example');
    expect(block.links.map((link) => link.url)).toEqual([
      'https://a.example/',
      'https://b.example/',
      'https://c.example',
    ]);
    expect(block.links.map((link) => block.plain.slice(link.plainStart, link.plainEnd))[0]).toBe('ici');
  });

  it.each([
    ['*Tout.*', 'Tout.'],
    ['_Tout **fort**._', 'Tout **fort**.'],
    ['*Un* peu.', null],
    ['**Fort.**', null],
    ['Rien.', null],
  ])('tells whether the whole block is emphasised: %s', (text, inside) => {
    const { emphasis } = only(text);
    expect(emphasis && text.slice(emphasis.start, emphasis.end)).toBe(inside);
  });

  it('leaves markup out of the plain text', () => {
    expect(only('Un <b>mot</b> *fort* ~~faux~~ ![image](x.jpg)').plain).toBe('Un mot fort faux ');
  });
});
