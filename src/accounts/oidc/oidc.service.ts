import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../../common/problem.type.js';
import { Config } from '../../config.js';
import { inTransaction, inTransactionUnlessProblem } from '../../database/transaction.js';
import { foldEmail } from '../account-fields.js';
import { SecretRefused, TooManyAttempts } from '../accounts.problems.js';
import { AccountsService } from '../accounts.service.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { hashSecret, newSecret } from '../secrets.js';
import { type OpenSession, SessionsService } from '../sign-in/sessions.service.js';
import { SignInLimiter } from '../sign-in/sign-in-limiter.js';
import type { AccountFacts, AskedFrom } from '../viewer.js';
import { type Flow, type Identity, Provider } from './provider.js';

/** Why nobody was signed in: what the page reads behind the `#`. */
export type OidcProblem =
  'TOO_MANY_ATTEMPTS' | 'PROVIDER_AWAY' | 'SIGN_IN_REFUSED' | 'EMAIL_NOT_VERIFIED' | 'NO_ACCOUNT';

/** How a step of signing in there ended. */
export type OidcStep<Value> = Value | { readonly problem: OidcProblem };

const FLOW_MINUTES = 10;
const CODE_SECONDS = 60;

/** Signing in with a provider of OpenID Connect. */
@Injectable()
export class OidcService {
  private readonly logger = new Logger('OpenID Connect');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly provider: Provider,
    private readonly limiter: SignInLimiter,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly trail: AuditTrail,
    private readonly config: Config,
  ) {}

  /** Whether the settings name a provider. */
  get isSet(): boolean {
    return this.provider.isSet;
  }

  /**
   * Sends somebody to the provider. `challenge` is the SHA-256, in base64url, of a text that only the page knows that began:
   * who can not show that text in the end is not signed in, whatever link they were made to follow.
   */
  async begin(challenge: string, from: AskedFrom): Promise<OidcStep<{ readonly url: string }>> {
    if ((await this.limiter.count({ account: null, address: from.address })) !== null) {
      return { problem: 'TOO_MANY_ATTEMPTS' };
    }
    const flow = await this.#ask(() => this.provider.begin());
    if (flow === null) return { problem: 'PROVIDER_AWAY' };
    const { state, nonce, verifier, url } = flow;
    await inTransaction(this.dataSource, async (manager) => {
      await manager.query('delete from account.oidc_flow where expires_at < now()');
      await manager.query(
        `insert into account.oidc_flow (state_hash, nonce, verifier, challenge, expires_at)
         values ($1, $2, $3, $4, now() + $5 * interval '1 minute')`,
        [hashSecret(state), nonce, verifier, challenge, FLOW_MINUTES],
      );
    });
    return { url };
  }

  /** Takes somebody back from the provider: once, by the state that they were sent with. */
  async finish(query: string, from: AskedFrom): Promise<OidcStep<{ readonly code: string }>> {
    const state = new URLSearchParams(query).get('state') ?? '';
    const flow = await this.#takeFlow(state);
    if (flow === null) return { problem: 'SIGN_IN_REFUSED' };
    const identity = await this.#ask(() => this.provider.finish(query, { ...flow, state }));
    if (identity === null) return { problem: 'SIGN_IN_REFUSED' };
    return inTransaction(this.dataSource, async (manager) => {
      const account = await this.#accountOf(manager, identity, from);
      if ('problem' in account) return account;
      const { text, hash } = newSecret('signInCode');
      await manager.query('delete from account.sign_in_code where expires_at < now()');
      await manager.query(
        `insert into account.sign_in_code (hash, account_id, challenge, expires_at)
         values ($1, $2, $3, now() + $4 * interval '1 second')`,
        [hash, account.id, flow.challenge, CODE_SECONDS],
      );
      return { code: text };
    });
  }

  /** Opens a session for the code, good once, and the text whose challenge it was begun with. Problems: SecretRefused, TooManyAttempts. */
  async exchange(
    code: string,
    verifier: string,
    from: AskedFrom,
  ): Promise<OpenSession | SecretRefused | TooManyAttempts> {
    const attempted = { account: null, address: from.address };
    const secondsLeft = await this.limiter.count(attempted);
    if (secondsLeft !== null) return new TooManyAttempts(secondsLeft);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const taken = await this.#takeCode(hashSecret(code));
    if (taken?.challenge !== challenge) return new SecretRefused('code');
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const [account] = await manager.query<AccountFacts[]>(
        'select id, email, name from account.account where id = $1 and disabled_at is null for update',
        [taken.accountId],
      );
      if (account === undefined) return new SecretRefused('code');
      // Begun and exchanged: two were counted.
      await this.limiter.succeed(manager, attempted, 2);
      return this.sessions.open(manager, account, from, 'OpenID Connect');
    });
  }

  /**
   * The account of an identity: the one that it was tied to before; else the one whose e-mail address the provider has
   * verified; else a new one, where the settings allow that.
   */
  async #accountOf(
    manager: EntityManager,
    identity: Identity,
    from: AskedFrom,
  ): Promise<AccountFacts | { readonly problem: OidcProblem }> {
    const { issuer, subject, email, isEmailVerified } = identity;
    // One after the other for each identity: of two at once, the second finds what the first has tied.
    await manager.query('select pg_advisory_xact_lock(hashtext($1))', [`colophon identity ${issuer} ${subject}`]);
    const [tied] = await manager.query<FoundAccount[]>(
      `select a.id, a.email, a.name, a.disabled_at is not null as "isDisabled" from account.oidc_identity i
       join account.account a on a.id = i.account_id where i.issuer = $1 and i.subject = $2`,
      [issuer, subject],
    );
    if (tied !== undefined) return tied.isDisabled ? { problem: 'SIGN_IN_REFUSED' } : tied;
    if (email === null || !isEmailVerified) return { problem: 'EMAIL_NOT_VERIFIED' };
    const [known] = await manager.query<FoundAccount[]>(
      `select a.id, a.email, a.name, a.disabled_at is not null as "isDisabled" from account.account a where a.email = $1`,
      [foldEmail(email)],
    );
    if (known?.isDisabled === true) return { problem: 'SIGN_IN_REFUSED' };
    const account = known ?? (await this.#create(manager, identity, email, from));
    if (account === null) return { problem: 'NO_ACCOUNT' };
    await manager.query('insert into account.oidc_identity (issuer, subject, account_id) values ($1, $2, $3)', [
      issuer,
      subject,
      account.id,
    ]);
    const { requestId, address } = from;
    const actor = {
      kind: 'ACCOUNT',
      accountId: account.id,
      name: account.name,
      email: account.email,
      requestId,
      address,
    } as const;
    await this.trail.record(manager, actor, {
      operation: 'account.tieIdentity',
      objectType: 'Account',
      objectId: account.id,
      after: { issuer, subject },
    });
    return account;
  }

  async #create(
    manager: EntityManager,
    { issuer, name }: Identity,
    email: string,
    { requestId, address }: AskedFrom,
  ): Promise<AccountFacts | null> {
    if (!this.config.oidcCreatesAccounts) return null;
    const actor = { kind: 'ACCOUNT', accountId: null, name: `${email}, by ${issuer}`, requestId, address } as const;
    const roles = [{ role: 'READER', languages: [] }] as const;
    for (const chosen of [name ?? email, email]) {
      const created = await this.accounts.createIn(manager, actor, { email, name: chosen, roles }, null);
      if (!(created instanceof Problem)) return created.account;
    }
    return null;
  }

  async #takeFlow(state: string): Promise<(Omit<Flow, 'url' | 'state'> & { readonly challenge: string }) | null> {
    const rows = await this.#take<Omit<Flow, 'url' | 'state'> & { readonly challenge: string }>(
      `with taken as (delete from account.oidc_flow where state_hash = $1 returning *)
       select nonce, verifier, challenge from taken where expires_at > now()`,
      hashSecret(state),
    );
    return rows[0] ?? null;
  }

  async #takeCode(hash: Buffer): Promise<{ readonly accountId: string; readonly challenge: string } | null> {
    const rows = await this.#take<{ accountId: string; challenge: string }>(
      `with taken as (delete from account.sign_in_code where hash = $1 returning *)
       select account_id as "accountId", challenge from taken where expires_at > now()`,
      hash,
    );
    return rows[0] ?? null;
  }

  async #take<Row>(sql: string, hash: Buffer): Promise<Row[]> {
    return inTransaction(this.dataSource, async (manager) => await manager.query<Row[]>(sql, [hash]));
  }

  /** Asks the provider; null when it does not answer as it should, which is logged without what was sent. */
  async #ask<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.logger.warn(`The provider’s answer is no use: ${code ?? name ?? 'no reason given'}.`);
      return null;
    }
  }
}

interface FoundAccount extends AccountFacts {
  readonly isDisabled: boolean;
}
