import { foldLabel } from '../common/fold-label.js';

/** By what a label is found again: folded, or as it is where nothing would be left of it (`+++`). */
export function writtenForm(label: string): string {
  const folded = foldLabel(label);
  return folded === '' ? label.trim() : folded;
}

/** What of a term pages may write: its labels and its aliases. */
interface Written {
  readonly labels: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
}

/** Every way in which pages may write a term of a data file. */
export function writtenForms(term: Written): string[] {
  return [...new Set(writtenPlaces(term).map(([, label]) => writtenForm(label)))];
}

/** Where a data file has each of them. */
export function writtenPlaces({ labels, aliases }: Written): [path: string, label: string][] {
  return [
    ...Object.entries(labels).map(([language, label]): [string, string] => [`labels.${language}`, label]),
    ...aliases.map((alias, i): [string, string] => [`aliases[${i}]`, alias]),
  ];
}
