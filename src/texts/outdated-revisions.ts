import type { EntityManager } from 'typeorm';
import { passagesByRevision, readRevisions, type RevisionText } from './read-revisions.js';
import { passagesOf } from './revision-text.js';
import { type Basis, changesSince, revisionsOf } from './source-changes.js';

/** A text that an edition shows. */
export interface ShownText {
  readonly revisionId: string;
  readonly isOriginal: boolean;
}

interface ChainLink {
  readonly revisionId: string;
  readonly depth: number;
  readonly sourceRevisionId: string;
  readonly settled: Readonly<Record<string, string>>;
  /** The translation that the source is a revision of. */
  readonly sourceTranslationId: string;
}

/**
 * Of the texts that editions show, the revisions whose original reads otherwise in the same edition than they know it:
 * it was published anew since. A translation of a translation knows the original as that one did. What is newer than
 * the original that readers have is not out of date for them.
 */
export async function listOutdatedRevisions(
  manager: EntityManager,
  editions: readonly (readonly ShownText[])[],
): Promise<ReadonlySet<string>> {
  const pairs = editions.flatMap((texts) => {
    const original = texts.find(({ isOriginal }) => isOriginal);
    return original === undefined ? [] : texts.filter((text) => text !== original).map((text) => ({ text, original }));
  });
  if (pairs.length === 0) return new Set();
  const chains = await manager.query<ChainLink[]>(CHAINS, [pairs.map(({ text }) => text.revisionId)]);
  const bases = new Map<string, readonly ChainLink[]>();
  for (const link of chains) bases.set(link.revisionId, [...(bases.get(link.revisionId) ?? []), link]);
  const originals = await readRevisions(
    manager,
    pairs.map(({ original }) => original.revisionId),
  );
  const known = await readRevisions(manager, chains.flatMap(revisionsOf));
  const outdated = pairs.filter(({ text, original }) => {
    const now = originals.get(original.revisionId);
    const basis = bases.get(text.revisionId)?.find((link) => link.sourceTranslationId === now?.translationId);
    return now !== undefined && basis !== undefined && isOutdated(basis, known, now);
  });
  return new Set(outdated.map(({ text }) => text.revisionId));
}

function isOutdated(basis: Basis, known: ReadonlyMap<string, RevisionText>, now: RevisionText): boolean {
  const numberOf = (id: string | undefined): number => (id === undefined ? 0 : (known.get(id)?.number ?? 0));
  if (numberOf(basis.sourceRevisionId) >= now.number) return false;
  return changesSince(basis, passagesByRevision(known), passagesOf(now)).some(
    ({ passageId }) => numberOf(basis.settled[passageId]) < now.number,
  );
}

/** What each revision was made from, and what that was made from, up to the original. */
const CHAINS = `
with recursive chain as (
  select r.id as revision_id, 0 as depth, r.source_revision_id, r.settled from desk.revision r where r.id = any ($1)
  union all
  select c.revision_id, c.depth + 1, r.source_revision_id, r.settled
  from chain c join desk.revision r on r.id = c.source_revision_id where c.depth < 20)
select c.revision_id as "revisionId", c.depth, c.source_revision_id as "sourceRevisionId", c.settled,
  s.translation_id as "sourceTranslationId"
from chain c join desk.revision s on s.id = c.source_revision_id order by c.revision_id, c.depth`;
