import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { clientOf } from '../../common/client-address.js';
import { Config } from '../../config.js';
import { inTransaction } from '../../database/transaction.js';

const WINDOW_MINUTES = 15;

/** An address may be a whole office's. */
const ADDRESS_FACTOR = 5;

/** What attempts are counted for. */
export interface Attempted {
  /** Whose account is tried, as its folded e-mail address or its id; null where no one account is. */
  readonly account: string | null;
  /** From where. */
  readonly address: string;
}

/** What the count says of an attempt. */
export interface Attempt {
  /** Until there may be another; null where this one may be made. */
  readonly secondsLeft: number | null;
  /** The attempts on the account in this quarter of an hour, with this one; null where no one account is tried. */
  readonly ofAccount: number | null;
  /** By what this is the first attempt that is refused unseen. */
  readonly barred: 'ACCOUNT' | 'ADDRESS' | null;
}

/** Counts attempts to sign in, for all processes on one database, whether or not there is such an account. */
@Injectable()
export class SignInLimiter {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /**
   * Counts an attempt before it is made, so that none of many at once goes uncounted.
   * Null when it may be made, else the seconds until there may be another.
   */
  async count(attempted: Attempted): Promise<number | null> {
    return (await this.attempt(attempted)).secondsLeft;
  }

  /** The same, with what else the count says. */
  async attempt(attempted: Attempted): Promise<Attempt> {
    const limits = this.#limitsOf(attempted);
    if (limits.size === 0) return { secondsLeft: null, ofAccount: null, barred: null };
    const rows = await inTransaction(
      this.dataSource,
      async (manager) =>
        await manager.query<{ subject: string; attempts: number; secondsLeft: number }[]>(
          `insert into account.sign_in_attempt as t (subject, attempts)
           select subject, 1 from unnest($1::text[]) subject order by subject
           on conflict (subject) do update set
             attempts = case when t.since < now() - $2 * interval '1 minute' then 1 else t.attempts + 1 end,
             since = case when t.since < now() - $2 * interval '1 minute' then now() else t.since end
           returning subject, attempts,
             ceil(extract(epoch from since + $2 * interval '1 minute' - now()))::integer as "secondsLeft"`,
          [[...limits.keys()], WINDOW_MINUTES],
        ),
    );
    const exceeded = rows.filter(({ subject, attempts }) => attempts > (limits.get(subject) ?? 0));
    const first = exceeded.find(({ subject, attempts }) => attempts === (limits.get(subject) ?? 0) + 1);
    const account = accountSubject(attempted);
    return {
      secondsLeft: exceeded.length === 0 ? null : Math.max(1, ...exceeded.map(({ secondsLeft }) => secondsLeft)),
      ofAccount: rows.find(({ subject }) => subject === account)?.attempts ?? null,
      barred: first === undefined ? null : first.subject === account ? 'ACCOUNT' : 'ADDRESS',
    };
  }

  /** Writes what was counted once more, so that a transaction without an entry for the trail writes, too, and takes as long. */
  async countAgain(manager: EntityManager, attempted: Attempted): Promise<void> {
    await manager.query('update account.sign_in_attempt set attempts = attempts where subject = $1', [
      accountSubject(attempted),
    ]);
  }

  /** Forgets what was tried on an account when its owner has come; of the address, the steps that this took. */
  async succeed(manager: EntityManager, attempted: Attempted, steps = 1): Promise<void> {
    const [account, address] = [accountSubject(attempted), addressSubject(attempted)];
    // In one order everywhere, so that nobody waits in a circle.
    await manager.query(`select 1 from account.sign_in_attempt where subject = any ($1) order by subject for update`, [
      [account, address],
    ]);
    await manager.query('delete from account.sign_in_attempt where subject = $1', [account]);
    await manager.query('update account.sign_in_attempt set attempts = greatest(attempts - $2, 0) where subject = $1', [
      address,
      steps,
    ]);
    await manager.query(
      `delete from account.sign_in_attempt where subject in (
         select subject from account.sign_in_attempt where since < now() - interval '1 day' limit 100 for update skip locked)`,
    );
  }

  #limitsOf(attempted: Attempted): ReadonlyMap<string, number> {
    const [account, address] = [accountSubject(attempted), addressSubject(attempted)];
    const { signInAttempts } = this.config;
    return new Map([
      ...(account === null ? [] : [[account, signInAttempts] as const]),
      ...(address === null ? [] : [[address, signInAttempts * ADDRESS_FACTOR] as const]),
    ]);
  }
}

/** Addresses of strangers are not kept: who has mistyped theirs need not stand in a database. */
function accountSubject({ account }: Attempted): string | null {
  return account === null ? null : `account:${createHash('sha256').update(account).digest('base64url')}`;
}

/** This machine itself is not counted: a proxy there asks for everybody. */
function addressSubject({ address }: Attempted): string | null {
  const client = clientOf(address);
  return client === null ? null : `address:${client}`;
}
