import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PageRequest } from '../../common/connection.js';
import type { PagedList } from '../../common/cursor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { AuditEntryEntity } from './audit-entry.entity.js';

/** The audit trail, the newest entry first. */
export const AUDIT_TRAIL: PagedList = {
  name: 'auditTrail:ID_DESC',
  key: [(value) => typeof value === 'string' && /^\d{1,18}$/.test(value)],
};

/** Which entries are asked for: all that is given has to hold. */
export interface AuditWish {
  readonly operation?: string | null;
  readonly objectType?: string | null;
  readonly objectId?: string | null;
  readonly accountId?: string | null;
  readonly language?: LanguageTag | null;
  readonly from?: Date | null;
  readonly until?: Date | null;
}

/** Reads of the audit trail. */
@Injectable()
export class AuditQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A page of entries with one more than asked for, the newest first. */
  async list({ size, fromEnd, after, before }: PageRequest, wish: AuditWish): Promise<AuditEntryEntity[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(AuditEntryEntity, 'e')
      .orderBy('e.id', fromEnd ? 'ASC' : 'DESC')
      .limit(size + 1);
    const conditions = [
      ['e.id < :after', { after: after?.[0] }],
      ['e.id > :before', { before: before?.[0] }],
      ['e.operation = :operation', { operation: wish.operation }],
      ['e.objectType = :objectType', { objectType: wish.objectType }],
      ['e.objectId = :objectId', { objectId: wish.objectId }],
      ['e.accountId = :accountId', { accountId: wish.accountId }],
      ['e.language = :language', { language: wish.language }],
      ['e.at >= :from', { from: wish.from }],
      ['e.at < :until', { until: wish.until }],
    ] as const;
    for (const [condition, values] of conditions) {
      if (Object.values(values).every((value) => value != null)) query.andWhere(condition, values);
    }
    const entries = await query.getMany();
    return fromEnd ? entries.reverse() : entries;
  }
}
