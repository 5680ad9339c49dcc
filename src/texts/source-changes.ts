import type { Passage } from './revision-text.js';
import { orderOfBoth, stayedInOrder } from './stayed-in-order.js';

/** What a translation was made from. */
export interface Basis {
  /** The revision that it was made from, or was last brought up to date with as a whole. */
  readonly sourceRevisionId: string;
  /** The passages that were brought up to date by themselves since, and the revisions with which. */
  readonly settled: Readonly<Record<string, string>>;
}

/** So many translations of translations are followed back to their original. */
export const LONGEST_CHAIN = 20;

/** A passage of the source that is otherwise than the translation knows it. */
export interface SourceChange {
  readonly passageId: string;
  readonly kind: string;
  readonly change: 'CHANGED' | 'ADDED' | 'REMOVED' | 'MOVED';
  /** What the translation was made from; null for what is new. */
  readonly before: string | null;
  /** What the source says now; null for what is gone. */
  readonly after: string | null;
}

/** The passages of revisions of the source, by the revision's id: of all that a basis names. */
export type KnownPassages = ReadonlyMap<string, readonly Passage[]>;

/** Which passages of the source are otherwise than a translation knows them, in the order of the source. Pure. */
export function changesSince(
  { sourceRevisionId, settled }: Basis,
  known: KnownPassages,
  now: readonly Passage[],
): SourceChange[] {
  const passages = new Map([...known].map(([id, list]) => [id, new Map(list.map((passage) => [passage.id, passage]))]));
  const current = new Map(now.map((passage) => [passage.id, passage]));
  const basisOf = (id: string): string => settled[id] ?? sourceRevisionId;
  const before = new Set((known.get(sourceRevisionId) ?? []).map(({ id }) => id));
  for (const id of Object.keys(settled)) if (passages.get(basisOf(id))?.has(id) === true) before.add(id);
  const nowIds = now.map(({ id }) => id);
  const stayed = new Map(
    [...known].map(([revisionId, list]) => [
      revisionId,
      stayedInOrder(
        list.map(({ id }) => id),
        nowIds,
      ),
    ]),
  );
  return orderOfBoth([...before], nowIds).flatMap((passageId): SourceChange[] => {
    const was = passages.get(basisOf(passageId))?.get(passageId);
    const is = current.get(passageId);
    const told = { passageId, kind: (is ?? was)?.kind ?? '', before: was?.text ?? null, after: is?.text ?? null };
    if (was === undefined) return is === undefined ? [] : [{ ...told, change: 'ADDED' }];
    if (is === undefined) return [{ ...told, change: 'REMOVED' }];
    if (was.text !== is.text) return [{ ...told, change: 'CHANGED' }];
    return stayed.get(basisOf(passageId))?.has(passageId) === true ? [] : [{ ...told, change: 'MOVED' }];
  });
}

/** The basis of a translation when some passages have been brought up to date with a revision of the source. */
export function settle(basis: Basis, passageIds: readonly string[], revisionId: string): Basis {
  return {
    ...basis,
    settled: { ...basis.settled, ...Object.fromEntries(passageIds.map((id) => [id, revisionId])) },
  };
}

/** The revisions of the source that a basis names. */
export function revisionsOf({ sourceRevisionId, settled }: Basis): string[] {
  return [...new Set([sourceRevisionId, ...Object.values(settled)])];
}
