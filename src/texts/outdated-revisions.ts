import type { EntityManager } from 'typeorm';
import { passagesByRevision, pickRevisions, readRevisions, type RevisionText } from './read-revisions.js';
import { passagesOf } from './revision-text.js';
import { type Basis, changesSince, LONGEST_CHAIN, revisionsOf } from './source-changes.js';

/** A text that an edition shows. */
export interface ShownText {
  readonly revisionId: string;
  readonly isOriginal: boolean;
}

/**
 * Of the texts that editions show, the revisions that are out of date there: what they were made from reads otherwise in
 * the same edition than they know it, or is itself out of date, since a translation of a translation knows the original
 * as that one does. The desk has the same rule for the newest texts (`refreshOutdated`). What is newer than what readers
 * have is not out of date for them. `unsaved` are such as are shown before they are stored.
 */
export async function listOutdatedRevisions(
  manager: EntityManager,
  editions: readonly (readonly ShownText[])[],
  unsaved: readonly RevisionText[] = [],
): Promise<ReadonlySet<string>> {
  const translated = editions.filter((texts) => texts.length > 1 && texts.some(({ isOriginal }) => isOriginal));
  const known = await readLineage(
    manager,
    translated.flatMap((texts) => texts.map(({ revisionId }) => revisionId)),
    unsaved,
  );
  const outdated = new Set<string>();
  for (const texts of translated) {
    const revisions = texts.flatMap(({ revisionId }) => known.get(revisionId) ?? []);
    const shown = new Map(revisions.map((revision) => [revision.translationId, revision]));
    for (const { revisionId, isOriginal } of texts) {
      if (!isOriginal && isOutdated(known.get(revisionId), known, shown)) outdated.add(revisionId);
    }
  }
  return outdated;
}

/** These revisions, and all that they were made from. */
async function readLineage(
  manager: EntityManager,
  ids: readonly string[],
  unsaved: readonly RevisionText[],
): Promise<Map<string, RevisionText>> {
  const known = new Map(unsaved.map((revision) => [revision.id, revision]));
  const sourcesOf = (revision: RevisionText): string[] => {
    const basis = basisOf(revision);
    return basis === null ? [] : revisionsOf(basis);
  };
  let wanted = [...ids, ...unsaved.flatMap(sourcesOf)].filter((id) => !known.has(id));
  while (wanted.length > 0) {
    const read = await readRevisions(manager, wanted);
    for (const [id, revision] of read) known.set(id, revision);
    wanted = [...read.values()].flatMap(sourcesOf).filter((id) => !known.has(id));
  }
  return known;
}

/** A text without a source is an original, and never out of date; where its source is not shown, what that knew counts. */
function isOutdated(
  revision: RevisionText | undefined,
  known: ReadonlyMap<string, RevisionText>,
  shown: ReadonlyMap<string, RevisionText>,
  depth = 0,
): boolean {
  const basis = revision === undefined || depth > LONGEST_CHAIN ? null : basisOf(revision);
  const source = basis === null ? undefined : known.get(basis.sourceRevisionId);
  if (basis === null || source === undefined) return false;
  const now = shown.get(source.translationId);
  if (now === undefined || now.number < source.number) return isOutdated(source, known, shown, depth + 1);
  return isBehind(basis, known, now) || isOutdated(now, known, shown, depth + 1);
}

function isBehind(basis: Basis, known: ReadonlyMap<string, RevisionText>, now: RevisionText): boolean {
  const numberOf = (id: string | undefined): number => (id === undefined ? 0 : (known.get(id)?.number ?? 0));
  if (numberOf(basis.sourceRevisionId) >= now.number) return false;
  const sources = passagesByRevision(pickRevisions(known, revisionsOf(basis)));
  return changesSince(basis, sources, passagesOf(now)).some(
    ({ passageId }) => numberOf(basis.settled[passageId]) < now.number,
  );
}

function basisOf({ sourceRevisionId, settled }: RevisionText): Basis | null {
  return sourceRevisionId === null ? null : { sourceRevisionId, settled };
}
