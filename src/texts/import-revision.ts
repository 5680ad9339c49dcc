import type { EntityManager } from 'typeorm';
import type { RevisionEntity } from '../articles/translation.entity.js';
import { alignBlocks } from './align-blocks.js';
import { refreshOutdated } from './refresh-outdated.js';
import type { TextContent } from './revision-text.js';
import { blocksOf } from './split-blocks.js';
import { keptBlocks } from './text-blocks.js';

/** Adds the revision that an import makes of a text, or that taking one back makes; nobody has the text in hand. */
export async function addImportedRevision(
  manager: EntityManager,
  before: RevisionEntity,
  { headline, dek, body }: TextContent,
  reason: string,
): Promise<void> {
  const blocks =
    body === before.body ? before.blocks : keptBlocks(alignBlocks(blocksOf(before.body, before.blocks), body));
  await manager.query(ADD, [
    before.translationId,
    before.number + 1,
    headline,
    dek,
    body,
    blocks === null ? null : JSON.stringify(blocks),
    reason,
    before.id,
  ]);
  await refreshOutdated(manager, [before.translationId]);
}

/** It is made from what the revision before was made from, and nothing vouches for it yet. */
const ADD = `
with counted as (
  update desk.translation set text_version = text_version + 1, state = 'DRAFT', updated_at = now() where id = $1
  returning text_version)
insert into desk.revision (translation_id, number, headline, dek, body, blocks, source_revision_id, settled, text_version, reason)
select $1, $2, $3, $4, $5, $6::jsonb, b.source_revision_id, b.settled, c.text_version, $7
from desk.revision b, counted c where b.id = $8`;
