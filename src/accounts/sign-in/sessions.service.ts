import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Actor } from '../../common/actor.js';
import { NotFound } from '../../common/problem.type.js';
import { Config } from '../../config.js';
import { inTransaction, inTransactionUnlessProblem } from '../../database/transaction.js';
import { SecretReplaced, SessionEnded } from '../accounts.problems.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { hashSecret, newSecret } from '../secrets.js';
import { type AccountFacts, type AskedFrom, Viewer } from '../viewer.js';
import { type EndReason, SessionEntity, SessionSecretEntity } from './credential.entity.js';

/** How long a secret is good after it was replaced: for requests that were under way. Later, it is a replay. */
export const REPLACED_GOOD_SECONDS = 30;

/** How long a session is remembered after its end. */
const KEPT_DAYS = 30;

/** A session with the secret by which it is known, to be shown once. */
export interface OpenSession {
  readonly secret: string;
  readonly session: SessionEntity;
}

interface RefreshedSession extends AccountFacts {
  readonly sessionId: string;
  readonly isGood: boolean;
  readonly isReplaced: boolean;
  readonly isReplayed: boolean;
}

/** Opens, refreshes and ends sessions. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
    private readonly config: Config,
  ) {}

  /** Opens a session for somebody who has shown who they are. */
  async open(manager: EntityManager, account: AccountFacts, from: AskedFrom, how: string): Promise<OpenSession> {
    await manager.query(
      `delete from account.session where id in (
         select id from account.session where expires_at < now() - $1 * interval '1 day' limit 100 for update skip locked)`,
      [KEPT_DAYS],
    );
    const [opened] = await manager.query<{ id: string }[]>(
      `insert into account.session (account_id, address, user_agent, expires_at)
       values ($1, $2, $3, now() + $4 * interval '1 day') returning id`,
      [account.id, from.address, from.userAgent, this.config.sessionDays],
    );
    const id = opened?.id ?? '';
    const secret = await addSecret(manager, id);
    await this.trail.record(manager, actorOf(account, id, from), {
      operation: 'session.open',
      objectType: 'Session',
      objectId: id,
      after: { how },
    });
    return { secret, session: await manager.findOneByOrFail(SessionEntity, { id }) };
  }

  /**
   * Gives a session a new secret. The old one is good for requests under way, for 30 s. Shown again later, it was stolen
   * from somebody: then the session ends, whoever has which of its secrets. Problems: SessionEnded, SecretReplaced.
   */
  async refresh(secret: string, from: AskedFrom): Promise<OpenSession | SessionEnded | SecretReplaced> {
    const hash = hashSecret(secret);
    return inTransaction(this.dataSource, async (manager) => {
      const [found] = await manager.query<RefreshedSession[]>(
        `select s.id as "sessionId", a.id, a.email, a.name, x.replaced_at is not null as "isReplaced",
           coalesce(x.replaced_at < now() - $3 * interval '1 second', false) as "isReplayed",
           s.ended_at is null and a.disabled_at is null and s.expires_at > now()
             and s.last_used_at > now() - $2 * interval '1 minute' as "isGood"
         from account.session_secret x join account.session s on s.id = x.session_id
         join account.account a on a.id = s.account_id where x.hash = $1 for update of s, x`,
        [hash, this.config.sessionIdleMinutes, REPLACED_GOOD_SECONDS],
      );
      if (!found?.isGood) return new SessionEnded();
      const { sessionId: id } = found;
      const actor = actorOf(found, id, from);
      if (found.isReplayed) {
        // What is told is a problem, but this stays: the secret is in two hands.
        await this.#end(manager, actor, [id], 'REPLAYED');
        return new SessionEnded();
      }
      if (found.isReplaced) return new SecretReplaced();
      await manager.update(SessionSecretEntity, { hash }, { replacedAt: () => 'now()' });
      await manager.update(SessionEntity, { id }, { lastUsedAt: () => 'now()' });
      const newer = await addSecret(manager, id);
      await this.trail.record(manager, actor, { operation: 'session.refresh', objectType: 'Session', objectId: id });
      return { secret: newer, session: await manager.findOneByOrFail(SessionEntity, { id }) };
    });
  }

  /** Ends a session of which a secret was shown again after it had been replaced. */
  async endReplayed(actor: Actor, sessionId: string): Promise<void> {
    await inTransaction(this.dataSource, (manager) => this.#end(manager, actor, [sessionId], 'REPLAYED'));
  }

  /** Ends the session of who asks. */
  async signOut({ account, credential, actor }: Viewer): Promise<SessionEntity | NotFound> {
    return this.revoke(account.id, credential.id, actor, 'SIGNED_OUT');
  }

  /** Ends one session of an account. Problem: NotFound, for those of others too. */
  async revoke(
    accountId: string,
    sessionId: string,
    actor: Actor,
    reason: EndReason = 'REVOKED',
  ): Promise<SessionEntity | NotFound> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const session = await manager.findOneBy(SessionEntity, { id: sessionId, accountId });
      if (session === null) return new NotFound('sessionId');
      if (session.endedAt === null) await this.#end(manager, actor, [sessionId], reason);
      return manager.findOneByOrFail(SessionEntity, { id: sessionId });
    });
  }

  /** Ends all sessions of an account but one, if that is to stay; gives how many. */
  async revokeAll(actor: Actor, accountId: string, keptId: string | null): Promise<number> {
    return inTransaction(this.dataSource, (manager) => this.endAll(manager, actor, accountId, 'REVOKED', keptId));
  }

  /** Ends all sessions of an account in a transaction, but one if that is to stay; gives how many. */
  async endAll(
    manager: EntityManager,
    actor: Actor,
    accountId: string,
    reason: EndReason,
    keptId: string | null = null,
  ): Promise<number> {
    const open = await manager.findBy(SessionEntity, { accountId, endedAt: IsNull() });
    const ids = open.map(({ id }) => id).filter((id) => id !== keptId);
    await this.#end(manager, actor, ids, reason);
    return ids.length;
  }

  async #end(manager: EntityManager, actor: Actor, ids: readonly string[], reason: EndReason): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `update account.session set ended_at = now(), end_reason = $2 where id = any ($1) and ended_at is null`,
      [ids, reason],
    );
    for (const id of ids) {
      const after = { endReason: reason };
      await this.trail.record(manager, actor, { operation: 'session.end', objectType: 'Session', objectId: id, after });
    }
  }
}

async function addSecret(manager: EntityManager, sessionId: string): Promise<string> {
  const { text, hash } = newSecret('session');
  await manager.insert(SessionSecretEntity, { hash, sessionId, replacedAt: null });
  return text;
}

function actorOf({ id, email, name }: AccountFacts, sessionId: string, from: AskedFrom): Actor {
  return new Viewer({ id, email, name }, [], { kind: 'SESSION', id: sessionId }, from).actor;
}
