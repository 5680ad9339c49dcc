import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../../config.js';
import { databaseError } from '../../database/database-errors.js';
import type { RoleGrant, Scope } from '../permissions.js';
import { hashSecret, secretKindOf } from '../secrets.js';
import {
  type AskedFrom,
  askedFrom,
  type Credential,
  type DeskRequest,
  unauthenticated,
  Viewer,
  type ViewerSource,
} from '../viewer.js';
import { REPLACED_GOOD_SECONDS, SessionsService } from './sessions.service.js';

const ROLES_OF_ACCOUNT = `(
  select coalesce(json_agg(json_build_object('role', r.role, 'languages', r.languages) order by r.role), '[]')
  from account.role r where r.account_id = a.id) as grants`;

interface Found {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly grants: readonly RoleGrant[];
  readonly isGood: boolean;
  /** Whether its last use was long enough ago to be noted. */
  readonly isToNote: boolean;
}

/** Finds out who asks, by what stands in the `Authorization` header and nothing else. */
@Injectable()
export class Authenticator implements ViewerSource {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /** Null without credentials. Throws UNAUTHENTICATED, the same for all that do not hold. */
  async viewerOf(request: Omit<DeskRequest, 'viewer'>): Promise<Viewer | null> {
    const { authorization } = request.headers;
    if (authorization === undefined) return null;
    const [, secret = ''] = /^Bearer +([\w-]{1,200})$/i.exec(authorization) ?? [];
    const kind = secretKindOf(secret);
    const from = askedFrom(request);
    try {
      const viewer =
        kind === 'session'
          ? await this.#bySession(hashSecret(secret), from)
          : kind === 'apiToken'
            ? await this.#byToken(hashSecret(secret), from)
            : null;
      if (viewer !== null) return viewer;
    } catch (error) {
      throw databaseError(error);
    }
    throw unauthenticated();
  }

  async #bySession(hash: Buffer, from: AskedFrom): Promise<Viewer | null> {
    const [found] = await this.#find<Found & { readonly isReplayed: boolean }>(
      `select s.id, a.id as "accountId", a.email, a.name, ${ROLES_OF_ACCOUNT},
         s.ended_at is null and a.disabled_at is null and s.expires_at > now()
           and s.last_used_at > now() - $2 * interval '1 minute' as "isGood",
         coalesce(x.replaced_at < now() - $3 * interval '1 second', false) as "isReplayed",
         s.last_used_at < now() - interval '1 minute' as "isToNote"
       from account.session_secret x join account.session s on s.id = x.session_id
       join account.account a on a.id = s.account_id where x.hash = $1`,
      [hash, this.config.sessionIdleMinutes, REPLACED_GOOD_SECONDS],
    );
    if (!found?.isGood) return null;
    const viewer = viewerOf(found, { kind: 'SESSION', id: found.id }, from);
    if (found.isReplayed) {
      await this.sessions.endReplayed(viewer.actor, found.id);
      return null;
    }
    if (found.isToNote) await this.#find('update account.session set last_used_at = now() where id = $1', [found.id]);
    return viewer;
  }

  async #byToken(hash: Buffer, from: AskedFrom): Promise<Viewer | null> {
    const [found] = await this.#find<Found & { readonly scopes: readonly Scope[] }>(
      `select t.id, a.id as "accountId", a.email, a.name, t.scopes, ${ROLES_OF_ACCOUNT},
         t.revoked_at is null and a.disabled_at is null and t.expires_at > now() as "isGood",
         coalesce(t.last_used_at < now() - interval '1 minute', true) as "isToNote"
       from account.api_token t join account.account a on a.id = t.account_id where t.hash = $1`,
      [hash],
    );
    if (!found?.isGood) return null;
    if (found.isToNote) await this.#find('update account.api_token set last_used_at = now() where id = $1', [found.id]);
    return viewerOf(found, { kind: 'TOKEN', id: found.id, scopes: found.scopes }, from);
  }

  async #find<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    return await this.dataSource.query<Row[]>(sql, [...values]);
  }
}

function viewerOf({ accountId, email, name, grants }: Found, credential: Credential, from: AskedFrom): Viewer {
  return new Viewer({ id: accountId, email, name }, grants, credential, from);
}
