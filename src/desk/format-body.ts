import { type BodyFormat, FORMAT_KEYS } from '../editions/text.type.js';
import type { TextFacts } from './text-facts.js';

/** A body at the desk in another format than its own. What writes HTML is loaded with the first that is asked for. */
export async function formatBodyAs(
  format: Exclude<BodyFormat, 'MARKDOWN'>,
  facts: Pick<TextFacts, 'articleId' | 'language'>,
  body: string,
): Promise<string> {
  const { formatBody } = await import('../editions/edition-text.js');
  return formatBody(facts, body)[FORMAT_KEYS[format]];
}
