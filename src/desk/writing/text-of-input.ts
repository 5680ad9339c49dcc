import type { DeskContext } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import type { TextAt } from '../../texts/open-text.js';
import type { DeskReads } from '../desk-reads.js';
import type { Translation } from '../translation.type.js';
import type { TextInput } from './text-writing.inputs.js';

/** Which text a caller means, and which of its states they have read; null where the id names none. */
export function readTextAt({ translationId, expectedVersion }: TextInput): TextAt | null {
  const id = idOf('Translation', translationId);
  return id === null ? null : { translationId: id, expectedVersion };
}

/** A text that was just written, as it is now. */
export async function textAsNow(
  reads: DeskReads,
  context: DeskContext,
  { translationId }: Pick<TextAt, 'translationId'>,
): Promise<Translation> {
  reads.forget(context);
  return reads.getTranslation(context, translationId);
}
