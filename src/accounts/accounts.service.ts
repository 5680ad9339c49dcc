import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../common/actor.js';
import { InvalidValue, NotFound, Problem } from '../common/problem.type.js';
import { insertRows } from '../database/insert-rows.js';
import { inTransactionUnlessProblem } from '../database/transaction.js';
import { AccountEntity, RoleEntity } from './account.entity.js';
import { readEmail, readName, readPassword, readRoles } from './account-fields.js';
import { EmailTaken, LastAdmin } from './accounts.problems.js';
import { AuditTrail } from './audit/audit-trail.js';
import { GrantChanges } from './grant-changes.js';
import type { RoleGrant } from './permissions.js';
import { newSecret } from './secrets.js';
import { ApiTokensService } from './sign-in/api-tokens.service.js';
import { Passwords } from './sign-in/passwords.js';
import { SessionsService } from './sign-in/sessions.service.js';

/** How long somebody has to choose a password. */
const SECRET_GOOD_HOURS = 48;

/** An account with what it may do. */
export interface AccountWithRoles {
  readonly account: AccountEntity;
  readonly roles: readonly RoleGrant[];
}

/** An account whose owner has yet to choose a password, by a secret that is to be shown once. */
export interface AccountWithSecret extends AccountWithRoles {
  readonly secret: string;
}

/** What a new account is to be. */
export interface AccountWish {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly RoleGrant[];
  /** Without one, its owner chooses it by a secret. */
  readonly password?: string;
}

/** Makes accounts, and says what they may do. Who may call this, is asked before. */
@Injectable()
export class AccountsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly tokens: ApiTokensService,
    private readonly trail: AuditTrail,
    private readonly grantChanges: GrantChanges,
  ) {}

  /** Makes an account; with a secret to choose a password by, unless one is given. Problems: InvalidValue, EmailTaken. */
  async create(
    actor: Actor,
    wish: AccountWish,
  ): Promise<(AccountWithRoles & { readonly secret: string | null }) | InvalidValue | EmailTaken> {
    const email = readEmail(wish.email);
    if (email instanceof InvalidValue) return email;
    const password = wish.password === undefined ? null : readPassword(wish.password, 'password', email);
    if (password instanceof InvalidValue) return password;
    const passwordHash = password === null ? null : await this.passwords.hash(password);
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const created = await this.createIn(manager, actor, { ...wish, email }, passwordHash);
      if (created instanceof Problem) return created;
      const secret = password === null ? await this.#makeSecret(manager, created.account.id) : null;
      return { ...created, secret };
    });
  }

  /** Makes an account in a transaction, with a password that is hashed already or with none. */
  async createIn(
    manager: EntityManager,
    actor: Actor,
    wish: AccountWish,
    passwordHash: string | null,
  ): Promise<AccountWithRoles | InvalidValue | EmailTaken> {
    const [email, name, roles] = [readEmail(wish.email), readName(wish.name), readRoles(wish.roles)];
    if (email instanceof InvalidValue) return email;
    if (name instanceof InvalidValue) return name;
    if (roles instanceof InvalidValue) return roles;
    const [made] = await manager.query<{ id: string }[]>(
      `insert into account.account (email, name, password_hash) values ($1, $2, $3)
       on conflict (email) do nothing returning id`,
      [email, name, passwordHash],
    );
    if (made === undefined) return new EmailTaken();
    await writeRoles(manager, made.id, roles);
    const after = { email, name, roles };
    await this.trail.record(manager, actor, {
      operation: 'account.create',
      objectType: 'Account',
      objectId: made.id,
      after,
    });
    return { account: await manager.findOneByOrFail(AccountEntity, { id: made.id }), roles };
  }

  /** Gives an account these roles and no others, from its next request on. Problems: InvalidValue, NotFound, LastAdmin. */
  async setRoles(
    actor: Actor,
    accountId: string,
    roles: readonly RoleGrant[],
  ): Promise<AccountWithRoles | InvalidValue | NotFound | LastAdmin> {
    const wanted = readRoles(roles);
    if (wanted instanceof InvalidValue) return wanted;
    return this.#change(accountId, async (manager, { account, roles: before }) => {
      await manager.delete(RoleEntity, { accountId });
      await writeRoles(manager, accountId, wanted);
      if (!(await hasAdmin(manager)) && before.some(({ role }) => role === 'ADMIN')) return new LastAdmin();
      await this.#record(manager, actor, 'account.setRoles', accountId, { roles: before }, { roles: wanted });
      await this.grantChanges.tell(manager, actor, { accountId, grants: wanted, reason: 'The roles were changed' });
      return { account, roles: wanted };
    });
  }

  /** Shuts somebody out at once, whatever they are signed in with. Problems: NotFound, LastAdmin. */
  async disable(actor: Actor, accountId: string): Promise<AccountWithRoles | NotFound | LastAdmin> {
    return this.#change(accountId, async (manager, { account, roles }) => {
      if (account.disabledAt !== null) return { account, roles };
      await manager.update(AccountEntity, { id: accountId }, { disabledAt: () => 'now()' });
      if (!(await hasAdmin(manager)) && roles.some(({ role }) => role === 'ADMIN')) return new LastAdmin();
      await this.sessions.endAll(manager, actor, accountId, 'DISABLED');
      await this.#record(manager, actor, 'account.disable', accountId, { isDisabled: false }, { isDisabled: true });
      await this.grantChanges.tell(manager, actor, { accountId, grants: [], reason: 'The account was disabled' });
      return { account: await manager.findOneByOrFail(AccountEntity, { id: accountId }), roles };
    });
  }

  /** Lets somebody in again, with the password and the tokens that they had. Problem: NotFound. */
  async enable(actor: Actor, accountId: string): Promise<AccountWithRoles | NotFound> {
    return this.#change(accountId, async (manager, { account, roles }) => {
      if (account.disabledAt === null) return { account, roles };
      await manager.update(AccountEntity, { id: accountId }, { disabledAt: null });
      await this.#record(manager, actor, 'account.enable', accountId, { isDisabled: true }, { isDisabled: false });
      return { account: await manager.findOneByOrFail(AccountEntity, { id: accountId }), roles };
    });
  }

  /**
   * Takes the password of an account, ends its sessions and revokes its tokens. Its owner chooses another password by a
   * secret, which is good once and for 48 hours. Problem: NotFound.
   */
  async resetPassword(actor: Actor, accountId: string): Promise<AccountWithSecret | NotFound> {
    return this.#change(accountId, async (manager, { account, roles }) => {
      await manager.update(AccountEntity, { id: accountId }, { passwordHash: null });
      await this.sessions.endAll(manager, actor, accountId, 'PASSWORD_RESET');
      await this.tokens.revokeAll(manager, actor, accountId);
      const secret = await this.#makeSecret(manager, accountId);
      await this.#record(manager, actor, 'account.resetPassword', accountId, null, null);
      return { account, roles, secret };
    });
  }

  /** Changes one account at a time, so that two admins can not demote each other. */
  async #change<T>(
    accountId: string,
    work: (manager: EntityManager, found: AccountWithRoles) => Promise<T>,
  ): Promise<T | NotFound> {
    return inTransactionUnlessProblem<T | NotFound>(this.dataSource, async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('colophon accounts'))`);
      const account = await manager.findOne(AccountEntity, {
        where: { id: accountId },
        lock: { mode: 'pessimistic_write' },
      });
      if (account === null) return new NotFound('accountId');
      const rows = await manager.find(RoleEntity, { where: { accountId }, order: { role: 'asc' } });
      return work(manager, { account, roles: rows.map(({ role, languages }) => ({ role, languages })) });
    });
  }

  async #makeSecret(manager: EntityManager, accountId: string): Promise<string> {
    const { text, hash } = newSecret('password');
    await manager.query(
      `insert into account.password_secret (account_id, hash, expires_at) values ($1, $2, now() + $3 * interval '1 hour')
       on conflict (account_id) do update set hash = excluded.hash, expires_at = excluded.expires_at`,
      [accountId, hash, SECRET_GOOD_HOURS],
    );
    return text;
  }

  async #record(
    manager: EntityManager,
    actor: Actor,
    operation: string,
    objectId: string,
    before: Readonly<Record<string, unknown>> | null,
    after: Readonly<Record<string, unknown>> | null,
  ): Promise<void> {
    await this.trail.record(manager, actor, { operation, objectType: 'Account', objectId, before, after });
  }
}

async function writeRoles(manager: EntityManager, accountId: string, roles: readonly RoleGrant[]): Promise<void> {
  await insertRows(
    manager,
    RoleEntity,
    roles.map(({ role, languages }) => ({ accountId, role, languages: [...languages] })),
  );
}

/** Whether anybody is left who can administer accounts. */
async function hasAdmin(manager: EntityManager): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `select 1 from account.role r join account.account a on a.id = r.account_id
     where r.role = 'ADMIN' and a.disabled_at is null limit 1`,
  );
  return rows.length > 0;
}
