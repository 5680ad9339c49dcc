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
  /** What its newest revision was made from, where something else is in hand. */
  readonly saved: Basis | null;
  /** Whether it is one of those that are worked out anew, and not only what such a one was made from. */
  readonly isTouched: boolean;
}

/**
 * Works out anew which texts are out of date, within the transaction that has changed these texts: they themselves, and
 * all that were made from them, or from those. A text whose source reads again as it did is not out of date, whatever
 * was between; but where the source is out of date itself, what was made from it is, too, in as many passages. What
 * somebody has in hand of a text counts for that one alone: it was made from revisions, and so was what was made from it.
 */
export async function refreshOutdated(manager: EntityManager, translationIds: readonly string[]): Promise<void> {
  if (translationIds.length === 0) return;
  const dependants = await manager.query<Dependant[]>(DEPENDANTS, [translationIds]);
  const bases = dependants.flatMap((one) => (one.saved === null ? [one] : [one, { ...one, ...one.saved }]));
  const known = await readRevisions(
    manager,
    bases.filter(isBehind).flatMap((one) => [...revisionsOf(one), one.newestId]),
  );
  const ownOf = (one: Basis & { readonly newestId: string }): number => {
    const newest = known.get(one.newestId);
    if (!isBehind(one) || newest === undefined) return 0;
    return changesSince(one, passagesByRevision(pickRevisions(known, revisionsOf(one))), passagesOf(newest)).length;
  };
  const own = new Map(dependants.map((one) => [one.translationId, ownOf(one)]));
  const savedOf = (one: Dependant): number =>
    one.saved === null ? (own.get(one.translationId) ?? 0) : ownOf({ ...one, ...one.saved });
  const byId = new Map(dependants.map((one) => [one.translationId, one]));
  const passagesOfSource = (one: Dependant, depth = 0): number => {
    const source = depth < LONGEST_CHAIN ? byId.get(one.sourceId) : undefined;
    return source === undefined ? 0 : savedOf(source) + passagesOfSource(source, depth + 1);
  };
  const touched = dependants.filter(({ isTouched }) => isTouched);
  const outdated = touched
    .map((one) => ({ ...one, passages: (own.get(one.translationId) ?? 0) + passagesOfSource(one) }))
    .filter(({ passages }) => passages > 0);
  await manager.query('delete from desk.outdated_text where translation_id = any ($1)', [
    [...translationIds, ...touched.map(({ translationId }) => translationId)],
  ]);
  if (outdated.length > 0) await manager.query(STORE, [JSON.stringify(outdated)]);
  // All of it is known by now: what comes later is compared with this revision.
  const upToDate = touched.filter((one) => isBehind(one) && own.get(one.translationId) === 0);
  if (upToDate.length > 0) await manager.query(ADVANCE, [JSON.stringify(upToDate)]);
}

function isBehind({ sourceRevisionId, settled, newestId }: Basis & { readonly newestId: string }): boolean {
  return sourceRevisionId !== newestId || Object.keys(settled).length > 0;
}

/** These texts and all that were made from them, where they were made from others; and what those were made from. */
const DEPENDANTS = `
with recursive touched as (
  select t.id, t.article_id from desk.translation t where t.id = any ($1)
  union
  select t.id, t.article_id from touched c
  join desk.translation t on t.article_id = c.article_id
  join desk.revision s on s.id = t.source_revision_id and s.translation_id = c.id),
family as (
  select c.id from touched c
  union
  select s.translation_id from family f join desk.translation t on t.id = f.id
  join desk.revision s on s.id = t.source_revision_id)
select t.id as "translationId", t.article_id as "articleId", t.language,
  t.source_revision_id as "sourceRevisionId", t.settled, s.translation_id as "sourceId",
  (select n.id from desk.revision n where n.translation_id = s.translation_id order by n.number desc limit 1) as "newestId",
  (select case when w.translation_id is not null and n.source_revision_id is not null
      then json_build_object('sourceRevisionId', n.source_revision_id, 'settled', n.settled) end
    from desk.revision n left join desk.working_text w on w.translation_id = n.translation_id
    where n.translation_id = t.id order by n.number desc limit 1) as saved,
  t.id in (select c.id from touched c) and ${IS_LIVING} as "isTouched"
from family f join desk.translation t on t.id = f.id join desk.revision s on s.id = t.source_revision_id`;

const STORE = `
insert into desk.outdated_text (translation_id, article_id, language, passages)
select o."translationId", o."articleId", o.language, o.passages
from jsonb_to_recordset($1::jsonb) as o("translationId" uuid, "articleId" uuid, language text, passages integer)`;

const ADVANCE = `
update desk.translation t set source_revision_id = u."newestId", settled = '{}'
from jsonb_to_recordset($1::jsonb) as u("translationId" uuid, "newestId" uuid) where t.id = u."translationId"`;
