import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../common/actor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { AuditedState } from './audit-entry.entity.js';

/** Something that is done, as the trail remembers it. */
export interface AuditedChange {
  /** In the words of the permission table where there is one, `article.publish`; else alike, `session.refresh`. */
  readonly operation: string;
  /** The type of what it is done to, as GraphQL names it: `Article`. */
  readonly objectType: string;
  readonly objectId: string | null;
  readonly language?: LanguageTag | null;
  /** What of it was so before, and is so after: plain values, no secrets, and no whole texts. */
  readonly before?: AuditedState | null;
  readonly after?: AuditedState | null;
  readonly reason?: string | null;
}

/** What no entry may hold, whatever it is nested in. */
const SECRET_KEY = /secret|password|hash$/i;

/** The memory of who did what. */
@Injectable()
export class AuditTrail {
  /**
   * Writes an entry in the transaction that does what it tells of: both are there, or neither.
   * Throws TypeError for states with a key that names a secret: what is written here is never taken out.
   */
  async record(manager: EntityManager, actor: Actor, change: AuditedChange): Promise<void> {
    await this.recordAll(manager, actor, [change]);
  }

  /** Writes an entry for each of many changes, by one statement. */
  async recordAll(manager: EntityManager, actor: Actor, changes: readonly AuditedChange[]): Promise<void> {
    if (changes.length > 0) await this.recordUnseen(manager, actor, changes);
  }

  /** The same, by a statement that is sent for no change, too: who waits for it does not learn whether there was one. */
  async recordUnseen(manager: EntityManager, actor: Actor, changes: readonly AuditedChange[]): Promise<void> {
    for (const { before, after } of changes) for (const state of [before, after]) refuseSecrets(state);
    await manager.query(RECORD, [
      actor.kind,
      nameOf(actor),
      actor.accountId,
      actor.sessionId ?? null,
      actor.tokenId ?? null,
      actor.requestId ?? null,
      actor.address ?? null,
      JSON.stringify(changes),
    ]);
  }
}

const RECORD = `
insert into audit.entry (actor_kind, actor_name, account_id, session_id, token_id, request_id, address,
  operation, object_type, object_id, language, before, after, reason)
select $1, $2, $3, $4, $5, $6, $7, c.operation, c."objectType", c."objectId", c.language, c.before, c.after, c.reason
from rows from (jsonb_to_recordset($8::jsonb) as (operation text, "objectType" text, "objectId" text, language text,
  before jsonb, after jsonb, reason text)) with ordinality as c order by c.ordinality`;

/** Whoever reads the trail may know by which address somebody signs in: two may have one name. */
function nameOf({ name, email }: Actor): string {
  return email == null ? name : `${name} <${email}>`;
}

function refuseSecrets(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (SECRET_KEY.test(key)) throw new TypeError(`An audit entry must not hold “${key}”.`);
    refuseSecrets(inner);
  }
}
