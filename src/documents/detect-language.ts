import { franc } from 'franc-min';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';

/** Shorter texts are guessed wrongly more often than not. */
const SHORTEST_TEXT = 60;

/** More than this tells nothing new and takes time. */
const LONGEST_SAMPLE = 20_000;

/** The language that a text is written in, or null where it is too short or nothing fits. */
export function detectLanguage(text: string): LanguageTag | null {
  const found = franc(text.slice(0, LONGEST_SAMPLE), { minLength: SHORTEST_TEXT });
  return found === 'und' ? null : canonicalLanguageTag(found);
}
