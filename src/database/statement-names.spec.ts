import { expect, it } from '@jest/globals';
import { StatementNames } from './statement-names.js';

it('names a statement when it is asked again, and always the same', () => {
  const names = new StatementNames();
  expect(names.nameOf('select 1')).toBeNull();
  const name = names.nameOf('select 1');
  expect(name).toMatch(/^colophon_\d+$/);
  expect(names.nameOf('select 1')).toBe(name);
  names.nameOf('select 2');
  expect(names.nameOf('select 2')).not.toBe(name);
});

it('keeps the names of what is asked, however many others are', () => {
  let now = 0;
  const names = new StatementNames(() => now);
  const ask = (text: string): string | null => {
    names.nameOf(text);
    return names.nameOf(text);
  };
  for (let i = 0; i < 64; i++) expect(ask(`select ${i}`)).not.toBeNull();
  expect(ask('one too many')).toBeNull();
  now = 50_000;
  const kept = names.nameOf('select 7');
  now = 70_000;
  expect(ask('another')).not.toBeNull();
  expect(names.nameOf('select 7')).toBe(kept);
  expect(names.nameOf('select 0')).toBeNull();
});
