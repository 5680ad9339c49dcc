import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Worker } from '../accounts/viewer.js';
import { TranslationEntity } from '../articles/translation.entity.js';
import { type InvalidValue, NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem } from '../database/transaction.js';
import { notTranslated, openTextAt, type OpeningProblem, recordText, rereadText, type TextAt } from './open-text.js';
import { readRevisions, type RevisionText } from './read-revisions.js';
import { refreshOutdated } from './refresh-outdated.js';
import { revisionsOf, settle } from './source-changes.js';
import type { TextState } from './text-state.js';
import { countState, writeWorkingText } from './write-texts.js';

/** What translations know of their sources: how far they are up to date, and which block is which. */
@Injectable()
export class SourceTiesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Says that passages of the text are up to date with a revision of its source, whether they were written anew or hold
   * as they are. It is work in hand, and reaches readers as every other does: saved, approved, published.
   */
  async bringUpToDate(
    worker: Worker,
    at: TextAt,
    { passageIds, sourceRevisionId }: { readonly passageIds: readonly string[]; readonly sourceRevisionId: string },
  ): Promise<TextState | InvalidValue | OpeningProblem> {
    return inTransactionUnlessProblem<TextState | InvalidValue | NotFound, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const before = await openTextAt(manager, worker, at, 'edit');
        const { basis } = before;
        if (basis === null) return notTranslated();
        const revisions = await readRevisions(manager, [sourceRevisionId, basis.sourceRevisionId]);
        const [now, known] = [revisions.get(sourceRevisionId), revisions.get(basis.sourceRevisionId)];
        if (now === undefined || now.translationId !== known?.translationId || now.number < known.number) {
          return new NotFound('sourceRevisionId');
        }
        const isKnown = await knownPassages(manager, [now, known], Object.values(basis.settled));
        if (!passageIds.every((id) => isKnown.has(id))) return new NotFound('passageIds');
        if (passageIds.length === 0) return before;
        const { headline, dek, body, blocks, wantedSlug: slug } = before;
        const settled = settle(basis, passageIds, sourceRevisionId);
        await writeWorkingText(manager, worker.actor, before, { headline, dek, body, blocks, slug, basis: settled });
        await refreshOutdated(manager, [before.translationId]);
        const after = await rereadText(manager, before);
        const settledIds = [...new Set(passageIds)];
        const further = { passages: settledIds.length, passageIds: settledIds, with: now.number };
        await recordText(this.trail, manager, worker, {
          operation: 'translation.bringUpToDate',
          before,
          after,
          further,
        });
        return after;
      },
    );
  }

  /** Notes which blocks of the source some blocks of the text are; null parts them from all, until somebody pairs them. */
  async pairBlocks(
    worker: Worker,
    at: TextAt,
    pairs: Readonly<Record<string, string | null>>,
  ): Promise<TextState | InvalidValue | OpeningProblem> {
    return inTransactionUnlessProblem<TextState | InvalidValue | NotFound, OpeningProblem>(
      this.dataSource,
      async (manager) => {
        const before = await openTextAt(manager, worker, at, 'edit');
        if (before.basis === null) return notTranslated();
        const sources = await readRevisions(manager, revisionsOf(before.basis));
        const own = new Set(before.blocks.map(({ id }) => id));
        const theirs = new Set([...sources.values()].flatMap(({ blocks }) => blocks.map(({ id }) => id)));
        const isThere = ([id, partner]: [string, string | null]): boolean =>
          own.has(id) && (partner === null || theirs.has(partner));
        if (!Object.entries(pairs).every(isThere)) return new NotFound('pairs');
        const blockPairs = { ...before.blockPairs, ...pairs };
        await manager.update(TranslationEntity, { id: before.translationId }, { blockPairs });
        await countState(manager, before);
        const after = await rereadText(manager, before);
        const further = { pairs };
        await recordText(this.trail, manager, worker, { operation: 'translation.pairBlocks', before, after, further });
        return after;
      },
    );
  }
}

async function knownPassages(
  manager: EntityManager,
  revisions: readonly RevisionText[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const all = [...revisions, ...(await readRevisions(manager, ids)).values()];
  return new Set(['headline', 'dek', ...all.flatMap(({ blocks }) => blocks.map(({ id }) => id))]);
}
