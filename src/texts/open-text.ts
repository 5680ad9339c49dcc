import type { EntityManager } from 'typeorm';
import type { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { AuditedState } from '../accounts/audit/audit-entry.entity.js';
import type { Worker } from '../accounts/viewer.js';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import { Refusal } from '../database/transaction.js';
import { findText, findTextForUpdate, type TextState } from './text-state.js';
import { EditConflict } from './texts.problems.js';
import { permissionFor, type TranslationStep } from './translation-states.js';

/** Which text is meant, and which of its states was read. */
export interface TextAt {
  readonly translationId: string;
  readonly expectedVersion: number;
}

/** What any work on a text that was read before may come to. */
export type OpeningProblem = NotFound | EditConflict;

/**
 * A text that somebody means to take a step with, kept from others until the transaction ends. There is no other way to
 * a text that is to be changed, so that nobody forgets to ask whether they may, in the language of this very text.
 * Throws FORBIDDEN, and a Refusal with NotFound, also for what was given up.
 */
export async function openText(
  manager: EntityManager,
  worker: Worker,
  translationId: string,
  step: TranslationStep,
): Promise<TextState> {
  const text = await findTextForUpdate(manager, translationId);
  if (text === null) throw new Refusal(new NotFound('translationId'));
  worker.demand(permissionFor(step, text.isOriginal), text.language);
  if (text.state === 'ABANDONED') throw new Refusal(new NotFound('translationId'));
  return text;
}

/** The text that somebody means to take a step with, in the state that they have read. */
export async function openTextAt(
  manager: EntityManager,
  worker: Worker,
  { translationId, expectedVersion }: TextAt,
  step: TranslationStep,
): Promise<TextState> {
  const text = await openText(manager, worker, translationId, step);
  if (text.version !== expectedVersion) throw new Refusal(new EditConflict(text, null));
  return text;
}

/** The same text after it was changed. */
export async function rereadText(
  manager: EntityManager,
  { translationId }: Pick<TextState, 'translationId'>,
): Promise<TextState> {
  const text = await findText(manager, translationId);
  if (text === null) throw new TypeError('a text vanished while it was locked');
  return text;
}

/** What was done with a text, as the trail remembers it. */
export interface TextDeed {
  /** `text.save`, `translation.approve`. */
  readonly operation: string;
  readonly before?: TextState | null;
  readonly after: TextState;
  /** What else of it is so after. */
  readonly further?: AuditedState;
  /** What else of it was so before. */
  readonly formerly?: AuditedState;
  readonly reason?: string | null | undefined;
}

/** Has the trail remember what was done with a text: numbers and states, and which parts were written, never the words. */
export async function recordText(
  trail: AuditTrail,
  manager: EntityManager,
  { actor }: Worker,
  { operation, before = null, after, further = {}, formerly = {}, reason = null }: TextDeed,
): Promise<void> {
  const isSlugNew = before !== null && before.slug !== after.slug;
  await trail.record(manager, actor, {
    operation,
    objectType: 'Article',
    objectId: after.articleId,
    language: after.language,
    before: before === null ? null : { ...stateOf(before), ...(isSlugNew ? { slug: before.slug } : {}), ...formerly },
    after: { ...stateOf(after), ...(isSlugNew ? { slug: after.slug } : {}), ...further },
    reason,
  });
}

function stateOf({ version, state, revision }: TextState): AuditedState {
  return { version, state, revision: revision?.number ?? null };
}

/** What a text that nobody has translated is told that is taken for a translation. */
export function notTranslated(): InvalidValue {
  return new InvalidValue('translationId', 'must be a translation: this is the original');
}
