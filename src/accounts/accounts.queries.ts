import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { PageRequest } from '../common/connection.js';
import { isName, isUuid, type PagedList } from '../common/cursor.js';
import { AccountEntity, RoleEntity } from './account.entity.js';
import { foldEmail } from './account-fields.js';
import type { AccountWithRoles } from './accounts.service.js';
import { ApiTokenEntity, SessionEntity } from './sign-in/credential.entity.js';

/** The accounts, by their e-mail addresses. */
export const ACCOUNTS_BY_EMAIL: PagedList = { name: 'accounts:EMAIL_ASC', key: [isName, isUuid] };

/** Reads of accounts. */
@Injectable()
export class AccountsQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The account with this e-mail address, however its letters are written; null where none has it. */
  async findByEmail(email: string): Promise<AccountEntity | null> {
    return this.dataSource.manager.findOneBy(AccountEntity, { email: foldEmail(email) });
  }

  /** A page of accounts with one more than asked for, in order. */
  async list({ size, fromEnd, after, before }: PageRequest): Promise<AccountWithRoles[]> {
    const query = this.dataSource.manager.createQueryBuilder(AccountEntity, 'a').limit(size + 1);
    // One collation for all databases: cursors are compared as the list is sorted.
    const [direction, key] = [fromEnd ? 'DESC' : 'ASC', '(a.email collate "C", a.id)'] as const;
    query.orderBy('a.email collate "C"', direction).addOrderBy('a.id', direction);
    if (after !== null)
      query.andWhere(`${key} > (:afterEmail, :afterId::uuid)`, { afterEmail: after[0], afterId: after[1] });
    if (before !== null)
      query.andWhere(`${key} < (:beforeEmail, :beforeId::uuid)`, { beforeEmail: before[0], beforeId: before[1] });
    const accounts = await query.getMany();
    return this.#withRoles(fromEnd ? accounts.reverse() : accounts);
  }

  /** Every account, by e-mail address. */
  async listAll(): Promise<AccountWithRoles[]> {
    return this.#withRoles(await this.dataSource.manager.find(AccountEntity, { order: { email: 'asc' } }));
  }

  /** The sessions of an account that are not over, the one last used first. */
  async listSessions(accountId: string, idleMinutes: number): Promise<SessionEntity[]> {
    return this.dataSource.manager
      .createQueryBuilder(SessionEntity, 's')
      .where('s.accountId = :accountId and s.endedAt is null and s.expiresAt > now()', { accountId })
      .andWhere(`s.lastUsedAt > now() - :idleMinutes * interval '1 minute'`, { idleMinutes })
      .orderBy({ 's.lastUsedAt': 'DESC', 's.id': 'ASC' })
      .getMany();
  }

  /** The tokens of an account that may be used, the newest first. */
  async listApiTokens(accountId: string): Promise<ApiTokenEntity[]> {
    return this.dataSource.manager
      .createQueryBuilder(ApiTokenEntity, 't')
      .where('t.accountId = :accountId and t.revokedAt is null and t.expiresAt > now()', { accountId })
      .orderBy({ 't.createdAt': 'DESC', 't.id': 'ASC' })
      .getMany();
  }

  async #withRoles(accounts: readonly AccountEntity[]): Promise<AccountWithRoles[]> {
    if (accounts.length === 0) return [];
    const where = { accountId: In(accounts.map(({ id }) => id)) };
    const roles = await this.dataSource.manager.find(RoleEntity, { where, order: { role: 'asc' } });
    return accounts.map((account) => ({
      account,
      roles: roles
        .filter(({ accountId }) => accountId === account.id)
        .map(({ role, languages }) => ({ role, languages })),
    }));
  }
}
