import type { EntityManager } from 'typeorm';
import { type BlockedText, type Passage, passagesOf } from './revision-text.js';
import { orderOfBoth } from './stayed-in-order.js';
import type { KeptBlocks, TextBlock } from './text-blocks.js';
import { loadTextWork } from './text-work.js';

/** A revision with the ids of its blocks. */
export interface RevisionText extends BlockedText {
  readonly id: string;
  readonly translationId: string;
  readonly number: number;
  readonly sourceRevisionId: string | null;
  readonly settled: Readonly<Record<string, string>>;
}

type RevisionRow = Omit<RevisionText, 'blocks'> & { readonly blocks: KeptBlocks | null };

/** Revisions by their ids. */
export async function readRevisions(manager: EntityManager, ids: Iterable<string>): Promise<Map<string, RevisionText>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await manager.query<RevisionRow[]>(REVISIONS, [wanted]);
  const { blocksOf } = await loadTextWork();
  return new Map(rows.map((row) => [row.id, { ...row, blocks: blocksOf(row.body, row.blocks) }]));
}

const REVISIONS = `
select id, translation_id as "translationId", number, headline, dek, body, blocks,
  source_revision_id as "sourceRevisionId", settled
from desk.revision where id = any ($1)`;

/** The passages of each revision. */
export function passagesByRevision(revisions: ReadonlyMap<string, RevisionText>): Map<string, Passage[]> {
  return new Map([...revisions].map(([id, revision]) => [id, passagesOf(revision)]));
}

/** The blocks that any of the revisions has, in the order of the newest; what is gone stands where it stood. */
export function blocksOfAll(revisions: Iterable<RevisionText>): TextBlock[] {
  const inOrder = [...revisions].sort((a, b) => a.number - b.number);
  const blocks = new Map(inOrder.flatMap((revision) => revision.blocks.map((block) => [block.id, block] as const)));
  const ids = inOrder.reduce<string[]>(
    (all, revision) =>
      orderOfBoth(
        all,
        revision.blocks.map(({ id }) => id),
      ),
    [],
  );
  return ids.flatMap((id) => blocks.get(id) ?? []);
}
