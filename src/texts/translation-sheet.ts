import type { EntityManager } from 'typeorm';
import { groupBy } from '../common/group-by.js';
import { type BlockPairs, pairBlocks } from './align-translation.js';
import type { DiffRun } from './diff-texts.js';
import { blocksOfAll, passagesByRevision, readRevisions, type RevisionText } from './read-revisions.js';
import { type Passage, passagesOf } from './revision-text.js';
import { changesSince, revisionsOf, type SourceChange } from './source-changes.js';
import { orderOfBoth } from './stayed-in-order.js';
import { findText, type TextState } from './text-state.js';
import { loadTextWork } from './text-work.js';

/** One passage of the source with what became of it, and the translation's own beside it. */
export interface SheetRow {
  /** The passage's id in the source. */
  readonly passageId: string;
  readonly kind: string;
  /** What the source says now; null where it has the passage no longer. */
  readonly source: string | null;
  /** What is otherwise than the translation knows it; null where nothing is. */
  readonly change: (Pick<SourceChange, 'change' | 'before' | 'after'> & { readonly runs: readonly DiffRun[] }) | null;
  /** The passages of the translation that stand for it: none, one, or several. */
  readonly translation: readonly Passage[];
}

/** A translation beside its source: everything that somebody needs who works on it. */
export interface TranslationSheet {
  readonly text: TextState;
  /** The newest revision of the source: what `bringUpToDate` is told. */
  readonly source: RevisionText;
  readonly rows: readonly SheetRow[];
  /** The blocks of the translation that stand for none of the source. */
  readonly unpaired: readonly Passage[];
  /** How many passages are out of date. */
  readonly outdated: number;
}

/** A translation beside its source as it is now; null for an original, and where there is no such text. */
export async function readSheet(manager: EntityManager, translationId: string): Promise<TranslationSheet | null> {
  const text = await findText(manager, translationId);
  if (text?.basis == null) return null;
  const { basis } = text;
  const [newest] = await manager.query<{ id: string }[]>(NEWEST, [basis.sourceRevisionId]);
  const known = await readRevisions(manager, [...revisionsOf(basis), newest?.id ?? basis.sourceRevisionId]);
  const source = known.get(newest?.id ?? '');
  const made = known.get(basis.sourceRevisionId);
  if (source === undefined || made === undefined) throw new TypeError('a translation is made from no revision');
  const changes = changesSince(basis, passagesByRevision(known), passagesOf(source));
  const changeOf = new Map(changes.map((change) => [change.passageId, change]));
  const sources = new Map(passagesOf(source).map((passage) => [passage.id, passage]));
  const own = passagesOf(text);
  const pairs: BlockPairs = {
    ...pairBlocks(blocksOfAll(known.values()), text.blocks, text.blockPairs),
    headline: 'headline',
    dek: 'dek',
  };
  const byPartner = groupBy(own, ({ id }) => pairs[id] ?? '');
  const ids = orderOfBoth([...made.blocks.map(({ id }) => id)], [...sources.keys()]).filter(
    (id) => sources.has(id) || changeOf.has(id) || byPartner.has(id),
  );
  const { diffWords, Effort } = await loadTextWork();
  const effort = new Effort();
  const rows = ids.map((passageId): SheetRow => {
    const change = changeOf.get(passageId);
    return {
      passageId,
      kind: sources.get(passageId)?.kind ?? change?.kind ?? 'paragraph',
      source: sources.get(passageId)?.text ?? null,
      change:
        change === undefined
          ? null
          : {
              change: change.change,
              before: change.before,
              after: change.after,
              runs: diffWords(change.before ?? '', change.after ?? '', effort),
            },
      translation: byPartner.get(passageId) ?? [],
    };
  });
  const shown = new Set(rows.flatMap(({ translation }) => translation.map(({ id }) => id)));
  return { text, source, rows, unpaired: own.filter(({ id }) => !shown.has(id)), outdated: changes.length };
}

const NEWEST = `
select n.id from desk.revision n
where n.translation_id = (select s.translation_id from desk.revision s where s.id = $1)
order by n.number desc limit 1`;
