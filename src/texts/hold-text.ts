import type { EntityManager } from 'typeorm';
import type { Actor } from '../common/actor.js';

/** For so long whoever writes a text is believed to go on with it. */
export const LOCK_MINUTES = 5;

/**
 * Has somebody hold a text, anew or still; where another one does, nothing happens, unless it is taken over. The clock is
 * Postgres' as it goes: a transaction may have waited for its turn.
 */
export const HOLD_TEXT = `
insert into desk.text_lock as l (translation_id, holder_id, ends_at)
select $1, a.id, clock_timestamp() + interval '${LOCK_MINUTES} minutes'
from account.account a where a.id = $2 and a.disabled_at is null
on conflict (translation_id) do update set holder_id = excluded.holder_id, ends_at = excluded.ends_at
where l.holder_id = excluded.holder_id or l.ends_at <= clock_timestamp() or $3::boolean`;

/** Tells the others that somebody writes a text, since they have just saved it. Commands and imports hold nothing. */
export async function holdText(manager: EntityManager, actor: Actor, translationId: string): Promise<void> {
  if (actor.accountId === null) return;
  await manager.query(HOLD_TEXT, [translationId, actor.accountId, false]);
}
