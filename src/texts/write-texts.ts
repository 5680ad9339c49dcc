import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../common/actor.js';
import { pairBlocks } from './align-translation.js';
import { holdText } from './hold-text.js';
import { slugOfHeadline, keepSlug } from './keep-slugs.js';
import { blocksOfAll, readRevisions } from './read-revisions.js';
import { refreshOutdated } from './refresh-outdated.js';
import type { BlockedText } from './revision-text.js';
import { type Basis, revisionsOf } from './source-changes.js';
import { keptBlocks } from './text-blocks.js';
import type { TextState } from './text-state.js';
import { loadTextWork } from './text-work.js';

/** How many states of a text are kept for those who still have them before their eyes. */
export const KEPT_STATES = 30;

/** What a person has in hand from now on. */
export interface NextText extends BlockedText {
  /** The slug that the next revision is to have; null where nothing was said of it. */
  readonly slug: string | null;
  readonly basis: Basis | null;
}

/**
 * Writes what a person has in hand, who holds the text by that unless another one does. What was in hand before is kept for
 * a while, for who was reading it.
 */
export async function writeWorkingText(
  manager: EntityManager,
  actor: Actor,
  now: TextState,
  { headline, dek, body, blocks, slug, basis }: NextText,
): Promise<void> {
  const { translationId, version } = now;
  await keepEarlier(manager, now);
  await manager.query(WRITE, [
    translationId,
    headline,
    dek,
    body,
    slug,
    JSON.stringify(keptBlocks(blocks)),
    actor.accountId,
    actor.name,
  ]);
  await manager.query(COUNT, [translationId, basis?.sourceRevisionId ?? null, JSON.stringify(basis?.settled ?? {})]);
  await manager.query('delete from desk.earlier_text where translation_id = $1 and version < $2', [
    translationId,
    version - KEPT_STATES,
  ]);
  await holdText(manager, actor, translationId);
}

/** Counts another state of a text whose words stay as they are, and so does what vouches for them. */
export async function countState(manager: EntityManager, now: TextState): Promise<void> {
  await keepEarlier(manager, now);
  await manager.query('update desk.translation set text_version = text_version + 1, updated_at = now() where id = $1', [
    now.translationId,
  ]);
}

/** Throws away what is in hand: the text is its newest revision again, made from what that was made from. */
export async function dropWorkingText(manager: EntityManager, now: TextState & Revised): Promise<void> {
  await keepEarlier(manager, now);
  await manager.query('delete from desk.working_text where translation_id = $1', [now.translationId]);
  await manager.query(BACK_TO_REVISION, [now.translationId, now.revision.id]);
  await refreshOutdated(manager, [now.translationId]);
}

/** What there is a revision of. */
interface Revised {
  readonly revision: NonNullable<TextState['revision']>;
}

export function isRevised(text: TextState): text is TextState & Revised {
  return text.revision !== null;
}

/** Whether what somebody writes is word for word the newest revision, made from what that was made from. */
export async function isNewestRevision(
  manager: EntityManager,
  { translationId, revision }: TextState,
  { headline, dek, body, slug, basis }: Omit<NextText, 'blocks'>,
): Promise<boolean> {
  if (revision === null) return false;
  const { sourceRevisionId = null, settled = {} } = basis ?? {};
  const values = [revision.id, translationId, headline, dek, body, slug, sourceRevisionId, JSON.stringify(settled)];
  return (await manager.query<unknown[]>(IS_SAME, values)).length > 0;
}

const IS_SAME = `
select 1 from desk.revision r join desk.translation t on t.id = r.translation_id
where r.id = $1 and t.id = $2 and r.headline = $3 and r.dek is not distinct from $4 and r.body = $5
  and ($6::text is null or $6 = t.slug) and r.source_revision_id is not distinct from $7 and r.settled = $8::jsonb`;

const BACK_TO_REVISION = `
update desk.translation t set text_version = t.text_version + 1, source_revision_id = r.source_revision_id,
  settled = r.settled, updated_at = now()
from desk.revision r where t.id = $1 and r.id = $2`;

/** Keeps what is in hand for who has it before their eyes, before the states of a text are counted on. */
export async function keepEarlier(manager: EntityManager, { translationId, version }: TextState): Promise<void> {
  await manager.query(KEEP_EARLIER, [translationId, version]);
}

/** Only what is in hand needs keeping: revisions stay by themselves. */
const KEEP_EARLIER = `
insert into desk.earlier_text (translation_id, version, headline, dek, body, slug)
select translation_id, $2, headline, dek, body, slug from desk.working_text where translation_id = $1
on conflict do nothing`;

const WRITE = `
insert into desk.working_text (translation_id, headline, dek, body, slug, blocks, changed_by_id, changed_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (translation_id) do update set headline = excluded.headline, dek = excluded.dek, body = excluded.body,
  slug = excluded.slug, blocks = excluded.blocks, changed_by_id = excluded.changed_by_id,
  changed_by = excluded.changed_by, changed_at = now()`;

/** A state vouches for the newest revision: what is in hand beside it takes nothing away from that. */
const COUNT = `
with touched as (
  update desk.article a set updated_at = now() from desk.translation t where t.id = $1 and a.id = t.article_id)
update desk.translation set text_version = text_version + 1, source_revision_id = $2, settled = $3,
  updated_at = now()
where id = $1`;

/** Makes a revision of a text as it stands, and keeps nothing in hand. Gives its id. Throws a Refusal with SlugTaken. */
export async function writeRevision(
  manager: EntityManager,
  actor: Actor,
  text: TextState,
  reason: string,
): Promise<string> {
  const { translationId, articleId, headline, basis } = text;
  const id = randomUUID();
  const slug = text.slug ?? (await slugOfHeadline(manager, text));
  if (text.wantedSlug !== null) await keepSlug(manager, text, slug);
  await manager.query(REVISION, [
    id,
    translationId,
    headline,
    text.dek,
    text.body,
    JSON.stringify(keptBlocks(text.blocks)),
    basis?.sourceRevisionId ?? null,
    JSON.stringify(basis?.settled ?? {}),
    text.version,
    actor.accountId,
    actor.name,
    reason,
  ]);
  const sources = await readRevisions(manager, basis === null ? [] : revisionsOf(basis));
  const pairs = pairBlocks(blocksOfAll(sources.values()), text.blocks, text.blockPairs);
  await manager.query(SAVED, [translationId, slug, JSON.stringify(pairs)]);
  await manager.query('delete from desk.working_text where translation_id = $1', [translationId]);
  const { isWordless } = await loadTextWork();
  await manager.query(SETTLE_EMPTY, [articleId, text.language, isWordless(text.body)]);
  if (text.isOriginal) await manager.query(DROP_EVIDENCE, [translationId, id]);
  await refreshOutdated(manager, [translationId]);
  return id;
}

const REVISION = `
insert into desk.revision (id, translation_id, number, headline, dek, body, blocks, source_revision_id, settled,
  text_version, made_by_id, made_by, reason)
select $1, $2, 1 + coalesce(max(r.number), 0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
from desk.revision r where r.translation_id = $2`;

/**
 * Another revision is a draft, whatever vouched for the one before. A machine's text that was worked over is no machine's
 * alone any longer.
 */
const SAVED = `
update desk.translation t set state = 'DRAFT', slug = $2, block_pairs = $3, updated_at = now(),
  method = case when t.method = 'MACHINE' and 1 < (
      select count(distinct (r.headline, coalesce(r.dek, ''), r.body)) from (
        select * from desk.revision r where r.translation_id = $1 order by r.number desc limit 2) r)
    then 'MACHINE_EDITED' else t.method end
where id = $1`;

/** A text without words is no text: it is not published. */
const SETTLE_EMPTY = `
with gone as (
  delete from desk.finding f where f.article_id = $1 and f.code = 'TEXT_MISSING' and f.language = $2 and not $3::boolean)
insert into desk.finding (article_id, position, code, severity, language, path, message)
select $1, 1 + coalesce(max(f.position), -1), 'TEXT_MISSING', 'ERROR', $2, 'text.body', 'The text shows readers no words. Write some; HTML is left out.'
from desk.finding f where f.article_id = $1
having $3::boolean and not coalesce(bool_or(f.code = 'TEXT_MISSING' and f.language = $2), false)`;

/** What characters of a document gave tells nothing of what a person has written in its place. */
const DROP_EVIDENCE = `
delete from desk.evidence e using desk.translation t, desk.revision n
join desk.revision b on b.translation_id = n.translation_id and b.number = n.number - 1
where t.id = $1 and e.article_id = t.article_id and n.id = $2 and (
  e.path = 'text.headline' and n.headline <> b.headline or e.path = 'text.dek' and n.dek is distinct from b.dek
  or e.path = 'text.body' and n.body <> b.body)`;
