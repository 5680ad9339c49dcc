import { beforeEach, describe, expect, it } from '@jest/globals';
import { AnswerCache, type KeptAnswer } from './answer-cache.js';

const page = (...articleIds: string[]): KeptAnswer => ({
  sizeBytes: 100,
  isList: false,
  articleIds: new Set(articleIds),
});
const list = (...articleIds: string[]): KeptAnswer => ({ ...page(...articleIds), isList: true });

let cache: AnswerCache<KeptAnswer>;
beforeEach(() => {
  cache = new AnswerCache(100_000);
  cache.watch();
  cache.keep('a', page('1'), cache.changes);
  cache.keep('b', page('2'), cache.changes);
  cache.keep('both', page('1', '2'), cache.changes);
  cache.keep('front page', list('2'), cache.changes);
});
const kept = (): string[] => ['a', 'b', 'both', 'front page'].filter((key) => cache.get(key) !== undefined);

describe('an answer is kept', () => {
  it('until an article that it shows changes; lists until anything does', () => {
    expect(kept()).toEqual(['a', 'b', 'both', 'front page']);
    cache.dropArticles(['1']);
    expect(kept()).toEqual(['b']);
    cache.dropArticles(['3']);
    expect(kept()).toEqual(['b']);
  });

  it('not when something changed while it was made', () => {
    const { changes } = cache;
    cache.dropArticles(['3']);
    cache.keep('late', page('1'), changes);
    expect(cache.get('late')).toBeUndefined();
  });

  it('not while changes are not told, and nothing older afterwards', () => {
    cache.unwatch();
    expect(kept()).toEqual([]);
    cache.keep('a', page('1'), cache.changes);
    expect(kept()).toEqual([]);
    cache.watch();
    cache.keep('a', page('1'), cache.changes);
    expect(kept()).toEqual(['a']);
  });

  it('while there is room, the one asked last the longest', () => {
    for (let i = 0; i < 1_000; i++) {
      cache.get('a');
      cache.keep(`other ${i}`, page('9'), cache.changes);
    }
    expect(kept()).toEqual(['a']);
    cache.dropArticles(['9']);
    expect(kept()).toEqual(['a']);
  });

  it('never when it is as large as many, or when there is no room at all', () => {
    cache.keep('huge', { ...page('1'), sizeBytes: 50_000 }, cache.changes);
    expect(cache.get('huge')).toBeUndefined();
    const none = new AnswerCache(0);
    none.watch();
    none.keep('a', page('1'), none.changes);
    expect(none.get('a')).toBeUndefined();
  });
});
