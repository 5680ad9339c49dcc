import { type ArticleFields, type FieldPath, isSameValue } from './article-fields.js';

/** A field that an import writes: what the desk has, and what it has from then on. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly before: unknown;
  readonly after: unknown;
}

/** A field that both the document and a person at the desk have changed since the last import, each otherwise. */
export interface FieldConflict {
  readonly path: FieldPath;
  /** What the last import brought. */
  readonly base: unknown;
  readonly document: unknown;
  /** What a person has made of it: it stays. */
  readonly desk: unknown;
}

export interface MergedFields {
  readonly changes: readonly FieldChange[];
  readonly conflicts: readonly FieldConflict[];
  /** Fields at the desk that are not what the document says now: what is read of them there does not hold. */
  readonly kept: ReadonlySet<FieldPath>;
}

/**
 * The three-way comparison of an import: the document then, the document now, the desk now. What the document has
 * changed is written; what a person has changed stays; where both have, it stays too and is told. What a person has in
 * hand counts as changed, also where it is not yet.
 */
export function mergeFields(
  base: ArticleFields,
  document: ArticleFields,
  desk: ArticleFields,
  inHand: readonly FieldPath[] = [],
): MergedFields {
  const changes: FieldChange[] = [];
  const conflicts: FieldConflict[] = [];
  const kept = new Set<FieldPath>();
  for (const path of Object.keys(document) as FieldPath[]) {
    if (isSameValue(document[path], desk[path])) continue;
    const isDocumentChanged = !isSameValue(base[path], document[path]);
    const isDeskChanged = inHand.includes(path) || !isSameValue(base[path], desk[path]);
    if (isDocumentChanged && !isDeskChanged) {
      changes.push({ path, before: desk[path], after: document[path] });
      continue;
    }
    kept.add(path);
    if (isDocumentChanged) conflicts.push({ path, base: base[path], document: document[path], desk: desk[path] });
  }
  return { changes, conflicts, kept };
}
