import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { TranslationMethod, TranslationState } from '../common/vocabulary.js';
import type { BlockPairs } from './align-translation.js';
import type { BlockedText } from './revision-text.js';
import type { Basis } from './source-changes.js';
import type { KeptBlocks } from './text-blocks.js';
import { loadTextWork } from './text-work.js';

/** An article's text in one language as the desk has it now: what somebody has in hand, or else the newest revision. */
export interface TextState extends BlockedText {
  readonly translationId: string;
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly isOriginal: boolean;
  /** The slug that the text has, or that its next revision is to have; null while nobody has written a headline. */
  readonly slug: string | null;
  /** The slug that the next revision is to have, where somebody has said so. */
  readonly wantedSlug: string | null;
  /** Counts the states: who writes says which one was read. */
  readonly version: number;
  readonly state: TranslationState;
  readonly method: TranslationMethod | null;
  readonly tool: string | null;
  /** What of its source it was made from; null for the original. */
  readonly basis: Basis | null;
  readonly blockPairs: BlockPairs;
  /** The newest revision; null while there is none. */
  readonly revision: { readonly id: string; readonly number: number } | null;
  /** Whether it is no revision yet; then who changed it last, and when. */
  readonly isUnsaved: boolean;
  readonly changedBy: string | null;
  readonly changedAt: Date;
}

interface Row extends Omit<TextState, 'blocks' | 'basis' | 'revision'> {
  readonly blocks: KeptBlocks | null;
  readonly sourceRevisionId: string | null;
  readonly settled: Basis['settled'];
  readonly revisionId: string | null;
  readonly revisionNumber: number | null;
}

/** A text as it is now; null where there is none. */
export async function findText(manager: EntityManager, translationId: string): Promise<TextState | null> {
  const [row] = await manager.query<Row[]>(TEXT, [translationId]);
  if (row === undefined) return null;
  const { sourceRevisionId, settled, revisionId, revisionNumber, blocks, ...state } = row;
  const { blocksOf } = await loadTextWork();
  return {
    ...state,
    basis: sourceRevisionId === null ? null : { sourceRevisionId, settled },
    revision: revisionId === null || revisionNumber === null ? null : { id: revisionId, number: revisionNumber },
    blocks: blocksOf(state.body, blocks),
  };
}

/** The same, kept from being changed by others until the transaction ends: all of an article is, so that they take turns. */
export async function findTextForUpdate(manager: EntityManager, translationId: string): Promise<TextState | null> {
  await manager.query(LOCK, [translationId]);
  return findText(manager, translationId);
}

const LOCK = `
select 1 from desk.article a where a.id = (select t.article_id from desk.translation t where t.id = $1)
for no key update`;

/** Only one of the two has a body: what is in hand, and else the newest revision. */
const TEXT = `
select t.id as "translationId", t.article_id as "articleId", t.language, t.is_original as "isOriginal",
  coalesce(w.slug, t.slug) as slug, w.slug as "wantedSlug", t.text_version as version, t.state, t.method, t.tool,
  t.source_revision_id as "sourceRevisionId", t.settled, t.block_pairs as "blockPairs",
  r.id as "revisionId", r.number as "revisionNumber", w.translation_id is not null as "isUnsaved",
  case when w.translation_id is null then coalesce(r.headline, '') else w.headline end as headline,
  case when w.translation_id is null then r.dek else w.dek end as dek,
  case when w.translation_id is null then coalesce(r.body, '') else w.body end as body,
  case when w.translation_id is null then r.blocks else w.blocks end as blocks,
  coalesce(w.changed_by, r.made_by) as "changedBy", coalesce(w.changed_at, r.created_at, t.updated_at) as "changedAt"
from desk.translation t
left join lateral (select * from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) r on true
left join desk.working_text w on w.translation_id = t.id
where t.id = $1`;
