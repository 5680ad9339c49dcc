import { describe, expect, it } from '@jest/globals';
import { LanguagePreference } from '../common/language-tag.js';
import { SHARE } from '../database/asked-statement.js';
import type { ArticleFilter, ArticleOrder } from './article.inputs.js';
import { articleListQuery, type ListRequest } from './article-list.js';
import { HEADLINES_ONLY } from './article-row.js';

function requestOf(filter: ArticleFilter, orderBy: ArticleOrder = 'PUBLISHED_ON_DESC'): ListRequest {
  return {
    selection: { filter, preference: new LanguagePreference(['fr']), fallback: 'ORIGINAL' },
    orderBy,
    page: { size: 20, fromEnd: false, after: null, before: null },
    wanted: HEADLINES_ONLY,
    countMax: null,
    sortedMax: 5000,
  };
}

function textOf(filter: ArticleFilter, orderBy?: ArticleOrder): string {
  const { text } = articleListQuery(requestOf(filter, orderBy));
  return /\((select .*)\) p join current_article c/.exec(text)?.[1] ?? text;
}

describe('the places of a page are found', () => {
  it.each<[string, ArticleFilter, string]>([
    ['along all', {}, 'select c.place from current_article c order by c.place desc limit 21'],
    [
      'along one fact',
      { theme: 'terrorism' },
      'select f.place from article_fact f where f.fact = $1::bigint order by f.place desc limit 21',
    ],
    [
      'along two at once',
      { theme: 'terrorism', region: 'europe' },
      'select f.place from article_fact f join article_fact j0 on j0.place = f.place ' +
        'where f.fact = $2::bigint and j0.fact = $1::bigint order by f.place desc limit 21',
    ],
    [
      'along the few of an author, whose rows are looked at',
      { theme: 'terrorism', credit: { name: 'Anne Morel', role: 'AUTHOR' } },
      'select f.place from article_fact f join current_article c on c.place = f.place ' +
        'where f.fact = $2::bigint and $1::bigint = any (c.facts) order by f.place desc limit 21',
    ],
    [
      'along each of several',
      { kinds: ['VIDEO', 'AUDIO'] },
      'select distinct u.place from ((select w.place from unnest($1::bigint[]) as own (fact) cross join lateral ' +
        '(select f.place from article_fact f where f.fact = own.fact order by f.place desc limit 21) w)) u ' +
        'order by u.place desc limit 21',
    ],
    [
      'along each of what may be',
      { or: [{ theme: 'terrorism' }, { source: 'south-front' }] },
      'select distinct u.place from ((select f.place from article_fact f where f.fact = $1::bigint ' +
        'order by f.place desc limit 21) union all (select f.place from article_fact f where f.fact = $2::bigint ' +
        'order by f.place desc limit 21)) u order by u.place desc limit 21',
    ],
    [
      'row by row where nothing leads to them',
      { not: { theme: 'terrorism' } },
      'select c.place from current_article c where not ($1::bigint = any (c.facts)) order by c.place desc limit 21',
    ],
  ])('%s', (_how, filter, sql) => {
    expect(textOf(filter)).toBe(sql);
  });
});

it('few are sorted by another order, and many are walked along it', () => {
  expect(textOf({ theme: 'terrorism' }, 'HEADLINE_ASC')).toContain('from few');
  expect(textOf({}, 'HEADLINE_ASC')).not.toContain('few');
  expect(textOf({ originPublishedFrom: '2016' }, 'ORIGIN_PUBLISHED_ON_DESC')).not.toContain('few');
});

it('a thicket of alternatives has a statement of some length, not of any', () => {
  const either = { or: [{ theme: 'a' }, { theme: 'b' }, { not: { source: 'c' } }] };
  expect(textOf({ and: Array<ArticleFilter>(6).fill(either) }).length).toBeLessThan(5_000);
  const led = { or: [{ theme: 'a' }, { theme: 'b' }, { source: 'c' }, { region: 'd' }] };
  expect(textOf({ and: Array<ArticleFilter>(4).fill(led) }).length).toBeLessThan(20_000);
});

describe('a page is brief', () => {
  it.each<[boolean, string, ListRequest]>([
    [true, 'of all', requestOf({})],
    [true, 'of one fact', requestOf({ theme: 'terrorism' })],
    [true, 'of one fact, published in a time', requestOf({ theme: 'terrorism', publishedFrom: '2016' })],
    [false, 'of two facts, which may seldom meet', requestOf({ theme: 'terrorism', region: 'europe' })],
    [false, 'passing over articles', requestOf({ not: { theme: 'terrorism' } })],
    [false, 'with words', requestOf({ text: 'palmyre' })],
    [false, 'of several ways', requestOf({ or: [{ theme: 'terrorism' }, { source: 'south-front' }] })],
    [false, 'that is served in a language alone', fallingBack(requestOf({}), 'NONE')],
    [false, 'in another order', requestOf({}, 'HEADLINE_ASC')],
    [false, 'with a count', { ...requestOf({}), countMax: 10_000 }],
    [false, 'with whole texts', { ...requestOf({}), wanted: { ...HEADLINES_ONLY, bodies: ['HTML'] } }],
    [false, 'of very many', { ...requestOf({}), page: { size: 100, fromEnd: false, after: null, before: null } }],
  ])('%s: %s', (isBrief, _which, request) => {
    expect(articleListQuery(request).share).toBe(isBrief ? SHARE.brief : SHARE.whole);
  });
});

function fallingBack(request: ListRequest, fallback: 'NONE' | 'ORIGINAL'): ListRequest {
  return { ...request, selection: { ...request.selection, fallback } };
}
