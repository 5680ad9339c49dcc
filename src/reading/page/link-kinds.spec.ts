import { describe, expect, it } from '@jest/globals';
import { knowledge } from '../../../test/fixtures/fixtures.js';
import { DataFileError } from '../../common/data-file.js';
import { closingLinks, closingStart, LinkKinds, parseLinkKindFile } from './link-kinds.js';
import { markdownBlocks } from './markdown-blocks.js';

const KINDS = new LinkKinds(knowledge.linkKinds);
const TEXT = 'Le kiosque de la place a vendu hier son dernier journal.';

/** How many blocks at the end are furniture. */
function closingLength(...blocks: string[]): number {
  const parsed = markdownBlocks([TEXT, ...blocks].join('\n\n'));
  return parsed.length - closingStart(parsed, KINDS);
}

function kindsOf(...blocks: string[]): [string, string][] {
  return closingLinks(markdownBlocks(blocks.join('\n\n')), KINDS).map(({ kind, url }) => [kind, url]);
}

describe('the kind of a link', () => {
  it.each([
    ['https://www.patreon.com/kiosque', 'DONATION'],
    ['https://facebook.com/kiosque', 'SOCIAL'],
    ['https://notfacebook.com/kiosque', null],
    ['https://facebook.com.evil.example/', null],
    ['https://kiosque.example/', null],
    ['nonsense', null],
  ])('%s by its host is %s', (url, kind) => {
    expect(KINDS.ofUrl(url)).toBe(kind);
  });

  it('is told by the block’s own words, else by the label above, else by the host', () => {
    expect(
      kindsOf(
        'Faites un don : <https://kiosque.example/don>',
        'Suivez-nous :',
        '<https://kiosque.example/social>',
        '<https://www.patreon.com/kiosque>',
        'Nos partenaires :',
        '<https://facebook.com/ami>',
      ),
    ).toEqual([
      ['DONATION', 'https://kiosque.example/don'],
      ['SOCIAL', 'https://kiosque.example/social'],
      ['SOCIAL', 'https://www.patreon.com/kiosque'],
      ['PARTNER', 'https://facebook.com/ami'],
    ]);
    expect(kindsOf('<https://www.patreon.com/kiosque> <https://kiosque.example/>')).toEqual([
      ['DONATION', 'https://www.patreon.com/kiosque'],
      ['OTHER', 'https://kiosque.example/'],
    ]);
  });
});

describe('the closing block', () => {
  it.each([
    ['nothing', [], 0],
    ['a call', ['Faites un don : <https://don.example/>'], 1],
    ['a label and its links', ['Suivez-nous :', '<https://a.example/>', '<https://b.example/>'], 3],
    ['bare links without a call', ['<https://a.example/>', '<https://b.example/>'], 0],
    ['a call without a link', ['Faites un don.'], 0],
    ['a call inside the text', ['Faites un don : <https://don.example/>', TEXT], 0],
    ['a long text that names donations', [`${'Un don est un don. '.repeat(40)}<https://a.example/>`], 0],
    ['a heading', ['Faites un don : <https://don.example/>', '### Notes'], 0],
  ])('%s', (_what, blocks, length) => {
    expect(closingLength(...blocks)).toBe(length);
  });
});

it.each([
  ['kinds', 'kind: []'],
  ['kinds.0.kind', 'kinds: [{ kind: FRIEND }]'],
  ['kinds.0.hosts', 'kinds: [{ kind: SOCIAL, hosts: x }]'],
  ['kinds.0.colour', 'kinds: [{ kind: SOCIAL, colour: red }]'],
])('a mistake in the data file is told with file, path and reason: %s', (path, text) => {
  expect(() => parseLinkKindFile(text, 'links.yaml')).toThrow(DataFileError);
  expect(() => parseLinkKindFile(text, 'links.yaml')).toThrow(`links.yaml: ${path}`);
});
