import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../articles/finding.js';
import { attributionFindings, type AttributionFields, findingsAfter } from './attribution-findings.js';

const whole: AttributionFields = {
  credits: [{ role: 'AUTHOR', name: 'Anne' }],
  links: [],
  'origin.publishedOn': '2016-03-28',
  'origin.relation': 'VERBATIM',
  'origin.source': 'South Front',
  'origin.url': 'https://southfront.example/a',
  publishedOn: '2016-03-30',
  'rights.copyright': { raw: '© South Front', author: null, source: 'South Front', year: null },
  'text.body': 'Texte.',
  'text.language': 'fr',
};

const finding = (code: Finding['code'], path: string, line: number | null = null): Finding => ({
  ...{ code, path, line, severity: 'ERROR', language: null, message: 'So it is.' },
});

describe('what is remarked of an article', () => {
  it.each<[string, Partial<AttributionFields>, string[]]>([
    ['has all', {}, []],
    ['names no source', { 'origin.source': null }, ['ORIGIN_SOURCE_MISSING']],
    ['is its publisher’s own', { 'origin.source': null, 'origin.relation': 'OWN', 'origin.url': null }, []],
    ['has no address of its source', { 'origin.url': null }, ['ORIGIN_URL_MISSING']],
    ['does not say when', { 'origin.publishedOn': null }, ['ORIGIN_DATE_MISSING']],
    ['was there later than here', { 'origin.publishedOn': '2016-04' }, ['ORIGIN_AFTER_PUBLICATION']],
    ['was there in the same month', { 'origin.publishedOn': '2016-03' }, []],
    ['has a translator alone', { credits: [{ role: 'TRANSLATOR', name: 'Jean' }] }, ['CREDIT_MISSING']],
    ['has no notice', { 'rights.copyright': null }, ['COPYRIGHT_NOTICE_MISSING']],
    ['has a link that is cut', { links: [{ kind: 'OTHER', url: 'https://a.example/b...' }] }, ['LINK_TRUNCATED']],
    ['has no text', { 'text.body': ' \n' }, ['TEXT_MISSING']],
  ])('that %s', (_what, fields, codes) => {
    expect(attributionFindings({ ...whole, ...fields }).map(({ code }) => code)).toEqual(codes);
  });

  it('keeps its line while it holds, is gone when it is mended, and what a person can not have settled stays', () => {
    const before = [
      finding('ORIGIN_URL_MISSING', 'origin.url', 4),
      finding('CREDIT_MISSING', 'credits', 2),
      finding('CLAUSE_NOT_UNDERSTOOD', 'parts[3]', 9),
      finding('DATES_DISAGREE', 'publishedOn', 3),
      finding('TERM_UNKNOWN', 'themes[0]'),
    ];
    const noUrl = { ...whole, 'origin.url': null };
    expect(findingsAfter(before, { before: noUrl, after: noUrl }, ['credits', 'themes'])).toEqual([
      before[2],
      before[3],
      before[0],
    ]);
    expect(findingsAfter(before, { before: whole, after: whole }, ['publishedOn'])).toEqual([before[2], before[4]]);
  });

  it.each<[string, Partial<AttributionFields>, Partial<AttributionFields>, Finding['code'], string]>([
    [
      'another source without a copyright notice',
      { 'rights.copyright': null },
      { 'rights.copyright': null, 'origin.source': 'Beta News' },
      ...(['COPYRIGHT_NOTICE_MISSING', 'rights.copyright'] as const),
    ],
    [
      'another source without an author',
      { credits: [] },
      { credits: [], 'origin.source': 'Beta News' },
      ...(['CREDIT_MISSING', 'credits'] as const),
    ],
    [
      'another source without an address',
      { 'origin.url': null },
      { 'origin.url': null, 'origin.source': 'Beta News' },
      ...(['ORIGIN_URL_MISSING', 'origin.url'] as const),
    ],
    [
      'another date there',
      { 'origin.publishedOn': '2021-05-05' },
      { 'origin.publishedOn': '2029-05-05' },
      ...(['ORIGIN_AFTER_PUBLICATION', 'origin.publishedOn'] as const),
    ],
    [
      'another link at its place',
      { links: [{ kind: 'OTHER', url: 'https://a.example/b...' }] },
      { links: [{ kind: 'OTHER', url: 'https://a.example/c...' }] },
      ...(['LINK_TRUNCATED', 'links[0].url'] as const),
    ],
    [
      'another way in which it is without a source',
      { 'origin.source': null },
      { 'origin.source': null, 'origin.relation': 'ADAPTED' },
      ...(['ORIGIN_SOURCE_MISSING', 'origin.source'] as const),
    ],
  ])('is another one with %s', (_what, before, after, code, path) => {
    const read = finding(code, path, 4);
    const change = { before: { ...whole, ...before }, after: { ...whole, ...after } };
    const [found] = findingsAfter([read], change, []);
    expect(found).toMatchObject({ code, path, line: null });
    const first = attributionFindings(change.before)[0];
    expect(found?.message).not.toBe(first?.message);
    expect(findingsAfter([read], { before: change.before, after: change.before }, [])).toEqual([read]);
  });

  it('is as it was where it is about another language, until that has words', () => {
    const change = { before: whole, after: whole };
    const missing = { ...finding('TEXT_MISSING', 'text.body'), language: 'en' };
    expect(findingsAfter([missing], change, ['themes'])).toEqual([missing]);
    expect(findingsAfter([missing], change, [], [{ language: 'en', body: ' ' }])).toEqual([missing]);
    expect(findingsAfter([missing], change, [], [{ language: 'en', body: 'Words.' }])).toEqual([]);
    expect(findingsAfter([], change, [], [{ language: 'de', body: '' }])).toMatchObject([
      { code: 'TEXT_MISSING', language: 'de', severity: 'ERROR' },
    ]);
  });
});
