import { foldLabel } from '../common/fold-label.js';

/** By what a label is found again: folded, or as it is where nothing would be left of it (`+++`). */
export function writtenForm(label: string): string {
  const folded = foldLabel(label);
  return folded === '' ? label.trim() : folded;
}
