/**
 * A label without case, accents, ligatures, punctuation and doubled spaces: labels that differ in these alone are the same.
 * `Middle East & North Africa` → `middle east and north africa`.
 */
export function foldLabel(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
