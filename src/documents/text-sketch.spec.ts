import { describe, expect, it } from '@jest/globals';
import { similarityOf, sketchText } from './text-sketch.js';

function wordsFrom(start: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `mot${start + i}`);
}

function similarity(one: string, other: string): number {
  return similarityOf(sketchText(one)?.hashes ?? [], sketchText(other)?.hashes ?? []);
}

function sharesBand(one: string, other: string): boolean {
  const bands = new Set(sketchText(one)?.bands ?? []);
  return (sketchText(other)?.bands ?? []).some((band) => bands.has(band));
}

const TEXT = wordsFrom(0, 400).join(' ');

describe('sketches', () => {
  it('are the same for texts that differ in case, accents and spaces alone', () => {
    expect(similarity('Été à la plage '.repeat(20), 'ETE  a la PLAGE '.repeat(20))).toBe(1);
  });

  it.each([
    [1, 400],
    [0.8, 355],
    [0.5, 266],
    [0.2, 133],
  ])('tell about how much is the same: %d', (share, common) => {
    const other = [...wordsFrom(0, common), ...wordsFrom(5000, 400 - common)].join(' ');
    expect(Math.abs(similarity(TEXT, other) - share)).toBeLessThan(0.17);
  });

  it('of texts that are mostly the same share a band, and of different texts none', () => {
    expect(sharesBand(TEXT, [...wordsFrom(0, 370), ...wordsFrom(5000, 30)].join(' '))).toBe(true);
    expect(sharesBand(TEXT, wordsFrom(5000, 400).join(' '))).toBe(false);
  });

  it('are not made of short texts, and of any long one', () => {
    expect(sketchText(wordsFrom(0, 39).join(' '))).toBeNull();
    expect(sketchText('')).toBeNull();
    expect(sketchText('mot '.repeat(500_000))?.hashes).toHaveLength(64);
  });
});
