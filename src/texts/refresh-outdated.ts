import type { EntityManager } from 'typeorm';
import { passagesByRevision, pickRevisions, readRevisions } from './read-revisions.js';
import { passagesOf } from './revision-text.js';
import { IS_LIVING } from './translation-states.js';
import { type Basis, changesSince, LONGEST_CHAIN, revisionsOf } from './source-changes.js';

interface Dependant extends Basis {
  readonly translationId: string;
  readonly articleId: string;
  readonly language: string;
  readonly sourceId: string;
  /** The newest revision of its source. */
  readonly newestId: string;
  /** In how many passages its source is noted to be out of date itself. */
  readonly sourcePassages: number;
}

/**
 * Works out anew which texts are out of date, within the transaction that has changed these texts: they themselves, and
 * all that were made from them, or from those. A text whose source reads again as it did is not out of date, whatever
 * was between; but where the source is out of date itself, what was made from it is, too, in as many passages.
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
  const own = new Map(
    isBehind.map((one) => {
      const sources = pickRevisions(known, revisionsOf(one));
      const newest = known.get(one.newestId);
      const changes = newest === undefined ? [] : changesSince(one, passagesByRevision(sources), passagesOf(newest));
      return [one.translationId, changes.length];
    }),
  );
  const byId = new Map(dependants.map((one) => [one.translationId, one]));
  const passagesOfAll = (one: Dependant, depth: number): number => {
    const source = depth < LONGEST_CHAIN ? byId.get(one.sourceId) : undefined;
    const passages = source === undefined ? one.sourcePassages : passagesOfAll(source, depth + 1);
    return (own.get(one.translationId) ?? 0) + passages;
  };
  const outdated = dependants
    .map((one) => ({ ...one, passages: passagesOfAll(one, 0) }))
    .filter(({ passages }) => passages > 0);
  await manager.query('delete from desk.outdated_text where translation_id = any ($1)', [
    [...translationIds, ...byId.keys()],
  ]);
  if (outdated.length > 0) await manager.query(STORE, [JSON.stringify(outdated)]);
  // All of it is known by now: what comes later is compared with this revision.
  const upToDate = isBehind.filter(({ translationId }) => own.get(translationId) === 0);
  if (upToDate.length > 0) await manager.query(ADVANCE, [JSON.stringify(upToDate)]);
}

/** These texts, where they were made from others, and all that were made from them. */
const DEPENDANTS = `
with recursive touched as (
  select t.id, t.article_id from desk.translation t where t.id = any ($1)
  union
  select t.id, t.article_id from touched c
  join desk.translation t on t.article_id = c.article_id
  join desk.revision s on s.id = t.source_revision_id and s.translation_id = c.id)
select t.id as "translationId", t.article_id as "articleId", t.language,
  t.source_revision_id as "sourceRevisionId", t.settled, s.translation_id as "sourceId",
  (select n.id from desk.revision n where n.translation_id = s.translation_id order by n.number desc limit 1) as "newestId",
  coalesce(o.passages, 0) as "sourcePassages"
from touched c join desk.translation t on t.id = c.id join desk.revision s on s.id = t.source_revision_id
left join desk.outdated_text o on o.translation_id = s.translation_id
where ${IS_LIVING}`;

const STORE = `
insert into desk.outdated_text (translation_id, article_id, language, passages)
select o."translationId", o."articleId", o.language, o.passages
from jsonb_to_recordset($1::jsonb) as o("translationId" uuid, "articleId" uuid, language text, passages integer)`;

const ADVANCE = `
update desk.translation t set source_revision_id = u."newestId", settled = '{}'
from jsonb_to_recordset($1::jsonb) as u("translationId" uuid, "newestId" uuid) where t.id = u."translationId"`;
