import { diffChars } from 'diff';
import type { LayoutEdit } from './part-layout.js';

/** Texts that differ by more are not compared: it takes time that grows with the square of what differs. */
const MOST_CHANGES = 2000;

/**
 * What turns the expected text into the one that stands there. `inside` is where the text itself stands in that: what is
 * around it is markup, and no letter of it is taken for one of the text.
 */
export function editsBetween(
  expected: string,
  actual: string,
  [start, end]: readonly [start: number, end: number],
): LayoutEdit[] {
  const edits: LayoutEdit[] = [
    [0, '', actual.slice(0, start)],
    ...changesBetween(expected, actual.slice(start, end)),
    [expected.length, '', actual.slice(end)],
  ];
  return edits.filter(([, removed, added]) => removed !== '' || added !== '');
}

function changesBetween(expected: string, actual: string): LayoutEdit[] {
  if (expected === actual) return [];
  const changes = diffChars(expected, actual, { maxEditLength: MOST_CHANGES });
  if (changes === undefined) return [[0, expected, actual]];
  const edits: LayoutEdit[] = [];
  let at = 0;
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '' || added !== '') edits.push([at - removed.length, removed, added]);
    removed = '';
    added = '';
  };
  for (const change of changes) {
    if (change.added) {
      added += change.value;
      continue;
    }
    if (change.removed) removed += change.value;
    else flush();
    at += change.value.length;
  }
  flush();
  return edits;
}
