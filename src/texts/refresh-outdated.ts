import type { EntityManager } from 'typeorm';
import { passagesByRevision, readRevisions } from './read-revisions.js';
import { passagesOf } from './revision-text.js';
import { type Basis, changesSince, revisionsOf } from './source-changes.js';

interface Dependant extends Basis {
  readonly translationId: string;
  readonly articleId: string;
  readonly language: string;
  /** The newest revision of its source. */
  readonly newestId: string;
}

/**
 * Works out anew which texts are out of date, within the transaction that has changed these texts: they themselves, and
 * those that were made from them. A text whose source reads again as it did is not out of date, whatever was between.
 */
export async function refreshOutdated(manager: EntityManager, translationIds: readonly string[]): Promise<void> {
  if (translationIds.length === 0) return;
  const dependants = await manager.query<Dependant[]>(DEPENDANTS, [translationIds]);
  const isBehind = dependants.filter(
    ({ sourceRevisionId, settled, newestId }) => sourceRevisionId !== newestId || Object.keys(settled).length > 0,
  );
  const known = await readRevisions(
    manager,
    isBehind.flatMap((one) => [...revisionsOf(one), one.newestId]),
  );
  const passages = passagesByRevision(known);
  const outdated: { translationId: string; articleId: string; language: string; passages: number }[] = [];
  const upToDate: { translationId: string; newestId: string }[] = [];
  for (const { translationId, articleId, language, newestId, ...basis } of isBehind) {
    const newest = known.get(newestId);
    const count = newest === undefined ? 0 : changesSince(basis, passages, passagesOf(newest)).length;
    if (count > 0) outdated.push({ translationId, articleId, language, passages: count });
    else upToDate.push({ translationId, newestId });
  }
  await manager.query('delete from desk.outdated_text where translation_id = any ($1)', [
    [...translationIds, ...dependants.map(({ translationId }) => translationId)],
  ]);
  if (outdated.length > 0) await manager.query(STORE, [JSON.stringify(outdated)]);
  // All of it is known by now: what comes later is compared with this revision.
  if (upToDate.length > 0) await manager.query(ADVANCE, [JSON.stringify(upToDate)]);
}

/** These texts, where they were made from others, and all that were made from them. */
const DEPENDANTS = `
select t.id as "translationId", t.article_id as "articleId", t.language,
  t.source_revision_id as "sourceRevisionId", t.settled,
  (select n.id from desk.revision n where n.translation_id = s.translation_id order by n.number desc limit 1) as "newestId"
from desk.translation t join desk.revision s on s.id = t.source_revision_id
where t.id = any ($1)
  or t.article_id in (select o.article_id from desk.translation o where o.id = any ($1)) and s.translation_id = any ($1)`;

const STORE = `
insert into desk.outdated_text (translation_id, article_id, language, passages)
select o."translationId", o."articleId", o.language, o.passages
from jsonb_to_recordset($1::jsonb) as o("translationId" uuid, "articleId" uuid, language text, passages integer)`;

const ADVANCE = `
update desk.translation t set source_revision_id = u."newestId", settled = '{}'
from jsonb_to_recordset($1::jsonb) as u("translationId" uuid, "newestId" uuid) where t.id = u."translationId"`;
