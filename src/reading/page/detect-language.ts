import { franc } from 'franc-min';
import { canonicalLanguageTag, type LanguageTag } from '../../common/language-tag.js';

/** Shorter texts are guessed wrongly more often than not. */
const SHORTEST_TEXT = 60;

/** As much of the beginning, and of the middle: more tells nothing new and takes time. */
const SAMPLE = 400;

/** The language that a text is written in, or null where it is too short or nothing fits. */
export function detectLanguage(text: string): LanguageTag | null {
  const middle = text.slice(SAMPLE).slice(-text.length / 2);
  const found = franc(`${text.slice(0, SAMPLE)}${middle.slice(0, SAMPLE)}`, { minLength: SHORTEST_TEXT });
  return found === 'und' ? null : canonicalLanguageTag(found);
}
