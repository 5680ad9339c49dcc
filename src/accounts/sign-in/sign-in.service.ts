import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { InvalidValue } from '../../common/problem.type.js';
import { inTransaction, inTransactionUnlessProblem } from '../../database/transaction.js';
import { AccountEntity } from '../account.entity.js';
import { foldEmail, readPassword } from '../account-fields.js';
import { SecretRefused, SignInRefused, TooManyAttempts } from '../accounts.problems.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { hashSecret } from '../secrets.js';
import { type AskedFrom, Viewer } from '../viewer.js';
import { ApiTokensService } from './api-tokens.service.js';
import { Passwords } from './passwords.js';
import { type OpenSession, SessionsService } from './sessions.service.js';
import { type Attempt, type Attempted, SignInLimiter } from './sign-in-limiter.js';

interface AccountToCheck {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly isDisabled: boolean;
}

/** Signing in by e-mail address and password, and changing passwords. */
@Injectable()
export class SignInService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    private readonly limiter: SignInLimiter,
    private readonly sessions: SessionsService,
    private readonly tokens: ApiTokensService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Opens a session for whoever knows the password. The same statements and one check of a password are done for every
   * refusal, whether there is such an account or not. Problems: SignInRefused, TooManyAttempts.
   */
  async signIn(
    email: string,
    password: string,
    from: AskedFrom,
  ): Promise<OpenSession | SignInRefused | TooManyAttempts> {
    const folded = foldEmail(email);
    const attempted = { account: folded, address: from.address };
    const attempt = await this.limiter.attempt(attempted);
    if (attempt.secondsLeft !== null) {
      if (attempt.barred !== null) {
        const account = await this.#find('a.email = $1', folded);
        await this.#noteRefusal(attempt.barred === 'ACCOUNT' ? account : 'ANY', attempted, attempt, from);
      }
      return new TooManyAttempts(attempt.secondsLeft);
    }
    const account = await this.#find('a.email = $1', folded);
    const isRight = await this.passwords.verify(account?.passwordHash ?? null, password);
    if (account === null || account.isDisabled || !isRight) {
      if (attempt.ofAccount === 1) await this.#noteRefusal(account, attempted, attempt, from);
      return new SignInRefused();
    }
    const { passwordHash } = account;
    const newer =
      passwordHash !== null && this.passwords.isOutdated(passwordHash) ? await this.passwords.hash(password) : null;
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      // What was checked has to hold still: a reset or a disabling may have come in between.
      if (!(await this.#isStill(manager, account))) return new SignInRefused();
      if (newer !== null) await manager.update(AccountEntity, { id: account.id }, { passwordHash: newer });
      await this.limiter.succeed(manager, attempted);
      return this.sessions.open(manager, account, from, 'password');
    });
  }

  /**
   * Changes the password of who asks, and ends their other sessions; their tokens only if they say so.
   * Problems: SignInRefused for a wrong password, TooManyAttempts, InvalidValue.
   */
  async changePassword(
    { account: { id, email }, credential, actor, from }: Viewer,
    change: { readonly currentPassword: string; readonly newPassword: string; readonly revokeApiTokens: boolean },
  ): Promise<number | SignInRefused | TooManyAttempts | InvalidValue> {
    const secondsLeft = await this.limiter.count({ account: email, address: from.address });
    if (secondsLeft !== null) return new TooManyAttempts(secondsLeft);
    const account = await this.#find('a.id = $1', id);
    const isRight = await this.passwords.verify(account?.passwordHash ?? null, change.currentPassword);
    if (account === null || !isRight) return new SignInRefused('currentPassword');
    const password = readPassword(change.newPassword, 'newPassword', email);
    if (password instanceof InvalidValue) return password;
    const passwordHash = await this.passwords.hash(password);
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      if (!(await this.#isStill(manager, account))) return new SignInRefused('currentPassword');
      await manager.update(AccountEntity, { id }, { passwordHash });
      await this.limiter.succeed(manager, { account: email, address: from.address });
      const ended = await this.sessions.endAll(manager, actor, id, 'PASSWORD_CHANGED', credential.id);
      if (change.revokeApiTokens) await this.tokens.revokeAll(manager, actor, id);
      await this.trail.record(manager, actor, {
        operation: 'account.changePassword',
        objectType: 'Account',
        objectId: id,
      });
      return ended;
    });
  }

  /**
   * Sets the password of an account by the secret that an admin has made, which is good once.
   * Problems: SecretRefused, TooManyAttempts, InvalidValue; the last leaves the secret good.
   */
  async setPassword(
    secret: string,
    newPassword: string,
    from: AskedFrom,
  ): Promise<AccountEntity | SecretRefused | TooManyAttempts | InvalidValue> {
    const secondsLeft = await this.limiter.count({ account: null, address: from.address });
    if (secondsLeft !== null) return new TooManyAttempts(secondsLeft);
    const hash = hashSecret(secret);
    const lock = async (manager: EntityManager): Promise<AccountEntity | null> => {
      const [found] = await manager.query<{ id: string }[]>(
        `select a.id from account.password_secret p join account.account a on a.id = p.account_id
         where p.hash = $1 and p.expires_at > now() and a.disabled_at is null for update of a, p`,
        [hash],
      );
      return found === undefined ? null : manager.findOneByOrFail(AccountEntity, { id: found.id });
    };
    const known = await inTransaction(this.dataSource, lock);
    if (known === null) return new SecretRefused('secret');
    const password = readPassword(newPassword, 'newPassword', known.email);
    if (password instanceof InvalidValue) return password;
    const passwordHash = await this.passwords.hash(password);
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const account = await lock(manager);
      if (account === null) return new SecretRefused('secret');
      const { id, email, name } = account;
      await manager.query('delete from account.password_secret where account_id = $1', [id]);
      await manager.update(AccountEntity, { id }, { passwordHash });
      await this.limiter.succeed(manager, { account: email, address: from.address });
      const { requestId, address } = from;
      const actor = { kind: 'ACCOUNT', accountId: id, name, email, requestId, address } as const;
      await this.sessions.endAll(manager, actor, id, 'PASSWORD_CHANGED');
      await this.trail.record(manager, actor, {
        operation: 'account.setPassword',
        objectType: 'Account',
        objectId: id,
      });
      return account;
    });
  }

  /**
   * Has the trail remember that somebody was not let in: once when it begins and once when it is stopped, for each account
   * and each address in a quarter of an hour, however many attempts there are. Of an account that there is not, nothing
   * is kept, and it takes as long.
   */
  async #noteRefusal(
    account: AccountToCheck | 'ANY' | null,
    attempted: Attempted,
    { ofAccount, barred }: Attempt,
    { address, requestId }: AskedFrom,
  ): Promise<void> {
    const refused = {
      operation: 'session.refuse',
      objectType: 'Account',
      objectId: account === 'ANY' ? null : (account?.id ?? null),
      after: account === 'ANY' ? { barred } : { barred, attempts: ofAccount },
    };
    const stranger = { kind: 'STRANGER', accountId: null, name: 'somebody', requestId, address } as const;
    await inTransaction(this.dataSource, async (manager) => {
      await this.limiter.countAgain(manager, attempted);
      await this.trail.recordUnseen(manager, stranger, account === null ? [] : [refused]);
    });
  }

  async #find(condition: 'a.email = $1' | 'a.id = $1', value: string): Promise<AccountToCheck | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const [found] = await manager.query<AccountToCheck[]>(
        `select a.id, a.email, a.name, a.password_hash as "passwordHash", a.disabled_at is not null as "isDisabled"
         from account.account a where ${condition}`,
        [value],
      );
      return found ?? null;
    });
  }

  async #isStill(manager: EntityManager, { id, passwordHash }: AccountToCheck): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      'select 1 from account.account where id = $1 and password_hash = $2 and disabled_at is null for update',
      [id, passwordHash],
    );
    return rows.length > 0;
  }
}
