import { Injectable } from '@nestjs/common';
import type { Asker } from '../common/asker.js';
import { SHARE } from '../database/asked-statement.js';
import { ReadPool } from '../database/read-pool.js';
import type { TombstoneFacts } from './tombstone.type.js';

/** Reads of what was withdrawn: readers are told that, and why, and nothing else of it. */
@Injectable()
export class TombstonesQueries {
  constructor(private readonly pool: ReadPool) {}

  /** The tombstone to which a slug leads; null where what it leads to was not withdrawn. */
  async findBySlug(slug: string, asker?: Asker): Promise<TombstoneFacts | null> {
    const text = `${TOMBSTONES} where t.article_id = (select article_id from article_slug where slug = $1)`;
    const [found] = await this.pool.query<TombstoneFacts>({ text, values: [slug], share: SHARE.brief }, asker);
    return found ?? null;
  }

  /** The tombstones of articles with these ids, in no particular order. */
  async listByArticleIds(ids: readonly string[], asker?: Asker): Promise<TombstoneFacts[]> {
    const text = `${TOMBSTONES} where t.article_id = any ($1)`;
    return this.pool.query<TombstoneFacts>({ text, values: [ids] }, asker);
  }
}

const TOMBSTONES =
  'select t.article_id as "articleId", t.reason, t.language, t.withdrawn_at as "withdrawnAt" from tombstone t';
