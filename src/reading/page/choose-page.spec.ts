import { describe, expect, it } from '@jest/globals';
import { readFixture, readText } from '../../../test/fixtures/fixtures.js';
import { page } from '../../../test/fixtures/page.js';
import { DocumentRefused } from '../document-refused.js';

describe('a page that is like a known publisher’s and names another', () => {
  it('is kept as the other’s, with a finding that blocks', () => {
    const { article, wrapper, findings, evidence } = readFixture('blocked-unknown-publisher');
    expect(article).toMatchObject({ publisherSlug: 'le-phare-libre', isPublisherKnown: false, pageLanguage: 'fr' });
    expect(wrapper.publisher).toEqual({
      name: 'Le Phare libre',
      legalName: 'Cercle des amis du phare',
      abbreviation: 'CAP',
    });
    expect(article.clauses).toHaveLength(5);
    expect(findings).toMatchObject([{ code: 'PUBLISHER_UNKNOWN', severity: 'ERROR', path: 'publisher', line: 7 }]);
    const quotes = evidence.filter(({ path }) => path.startsWith('publisher.')).map(({ path, exact }) => [path, exact]);
    expect(quotes).toEqual([
      ['publisher.name', 'Le Phare libre'],
      ['publisher.legalName', 'Cercle des amis du phare'],
      ['publisher.abbreviation', 'CAP'],
    ]);
  });

  it('is kept in English as well', () => {
    const text = page({ language: 'en' }).replaceAll('Global Research', 'The Free Lighthouse');
    const { article, findings } = readText(text);
    expect(article).toMatchObject({
      publisherSlug: 'the-free-lighthouse',
      isPublisherKnown: false,
      pageLanguage: 'en',
    });
    expect(findings[0]?.code).toBe('PUBLISHER_UNKNOWN');
  });

  it('writes articles of its own', () => {
    const statement = 'La source originale de cet article est Le Phare libre';
    const text = page({ originLine: null, statement }).replaceAll('Mondialisation.ca', 'Le Phare libre');
    expect(readText(text).article.origin).toMatchObject({ relation: 'OWN', sourceName: 'Le Phare libre' });
  });

  it.each([
    [
      'too few lines beside its dateline',
      '## Titre\n\nPar Anne\n\nLe Phare libre, 30 mars 2016\n\nRégion : Europe\n\nTexte.\n',
    ],
    ['no dateline', page().replace(/Mondialisation\.ca, .*\n/, '')],
  ])('is refused with %s', (_what, text) => {
    expect(() => readText(text)).toThrow(DocumentRefused);
  });
});
