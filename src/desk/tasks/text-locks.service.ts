import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../../accounts/audit/audit-trail.js';
import type { Actor } from '../../common/actor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { NotFound } from '../../common/problem.type.js';
import { inTransactionUnlessProblem } from '../../database/transaction.js';
import { IS_LIVING } from '../../texts/translation-states.js';
import { HOLD_TEXT } from '../../texts/hold-text.js';
import { SELECT_LOCKS, type TextLockFacts } from './task-facts.js';
import { TextHeld } from './tasks.problems.js';

/** A text by what decides who may write it. */
export interface LockableText {
  readonly translationId: string;
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly isOriginal: boolean;
}

/** Tells who has a text before their eyes to write it, for some minutes. It keeps nobody from saving. */
@Injectable()
export class TextLocksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /** What has to be known of a text before somebody may lock it; null where there is none. */
  async findText(translationId: string): Promise<LockableText | null> {
    const [text] = await this.dataSource.query<LockableText[]>(TEXT, [translationId]);
    return text ?? null;
  }

  /**
   * Tells that somebody writes a text now, or still does. What another one has is theirs until it ends, unless it is taken
   * over: that is remembered. Problems: NotFound, TextHeld.
   */
  async lock(
    actor: Actor,
    { translationId, articleId, language }: LockableText,
    { accountId, isTakingOver }: { readonly accountId: string; readonly isTakingOver: boolean },
  ): Promise<TextLockFacts | NotFound | TextHeld> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const [text] = await manager.query<unknown[]>(
        `select 1 from desk.translation t where t.id = $1 and ${IS_LIVING} for key share`,
        [translationId],
      );
      if (text === undefined) return new NotFound('translationId');
      const before = isTakingOver
        ? await manager.query<TextLockFacts[]>(`${LOCK} for update of l`, [translationId])
        : [];
      await manager.query(HOLD_TEXT, [translationId, accountId, isTakingOver]);
      const [lock] = await manager.query<TextLockFacts[]>(LOCK, [translationId]);
      if (lock === undefined) throw new TypeError('a lock vanished while it was written');
      if (lock.holder.id !== accountId) return new TextHeld(lock);
      const [taken] = before;
      if (taken !== undefined && taken.holder.id !== accountId) {
        await this.trail.record(manager, actor, {
          operation: 'translation.takeOver',
          objectType: 'Article',
          objectId: articleId,
          language,
          before: { holderId: taken.holder.id, holder: taken.holder.name },
          after: { holderId: lock.holder.id, holder: lock.holder.name },
        });
      }
      return lock;
    });
  }

  /** Tells that somebody no longer writes a text; whoever else may have it keeps it. */
  async unlock(translationId: string, accountId: string): Promise<void> {
    await this.dataSource.query('delete from desk.text_lock where translation_id = $1 and holder_id = $2', [
      translationId,
      accountId,
    ]);
  }
}

const TEXT = `
select t.id as "translationId", t.article_id as "articleId", t.language, t.is_original as "isOriginal"
from desk.translation t where t.id = $1 and ${IS_LIVING}`;

const LOCK = `${SELECT_LOCKS} where l.translation_id = $1 and l.ends_at > clock_timestamp()`;
