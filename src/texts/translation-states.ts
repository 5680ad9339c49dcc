import type { Permission } from '../accounts/permissions.js';
import { TRANSLATION_STATES, type TranslationState } from '../common/vocabulary.js';

/** What a text is taken through its states by. */
export const TRANSLATION_STEPS = ['edit', 'complete', 'review', 'approve', 'sendBack', 'publish', 'unpublish'] as const;
export type TranslationStep = (typeof TRANSLATION_STEPS)[number];

/** What somebody needs leave for, to take a step. */
export type StepPermission = Extract<
  Permission,
  | 'article.edit'
  | 'article.publish'
  | 'translation.approve'
  | 'translation.edit'
  | 'translation.review'
  | 'translation.translate'
>;

/** One line of the table. */
export interface TranslationTransition {
  readonly step: TranslationStep;
  readonly from: readonly TranslationState[];
  readonly to: TranslationState;
  readonly permission: StepPermission;
  /** Whether it is for translations alone, for originals alone, or for both. */
  readonly of: 'TRANSLATION' | 'ORIGINAL' | 'BOTH';
}

/** What somebody works on, or has: whatever was not given up. */
const LIVING = TRANSLATION_STATES.filter((state) => state !== 'ABANDONED');

/** The same of a text `t`, as SQL. A translation that was given up is no text of its article, wherever such are looked for. */
export const IS_LIVING = `t.state <> 'ABANDONED'`;

/** Every way from one state to another. Whoever is not in it, goes nowhere. */
export const TRANSLATION_TRANSITIONS: readonly TranslationTransition[] = [
  { step: 'edit', from: LIVING, to: 'DRAFT', permission: 'translation.edit', of: 'TRANSLATION' },
  // Whoever writes articles writes their originals, too, in whatever language.
  { step: 'edit', from: LIVING, to: 'DRAFT', permission: 'article.edit', of: 'ORIGINAL' },
  { step: 'complete', from: ['DRAFT'], to: 'TRANSLATED', permission: 'translation.translate', of: 'TRANSLATION' },
  { step: 'review', from: ['TRANSLATED'], to: 'REVIEWED', permission: 'translation.review', of: 'TRANSLATION' },
  // Nobody has translated an original: who has written it hands it on by asking for a review.
  { step: 'review', from: ['DRAFT'], to: 'REVIEWED', permission: 'translation.review', of: 'ORIGINAL' },
  { step: 'approve', from: ['REVIEWED'], to: 'APPROVED', permission: 'translation.approve', of: 'BOTH' },
  {
    step: 'sendBack',
    from: ['TRANSLATED', 'REVIEWED', 'APPROVED'],
    to: 'DRAFT',
    permission: 'translation.review',
    of: 'BOTH',
  },
  { step: 'publish', from: ['APPROVED', 'PUBLISHED'], to: 'PUBLISHED', permission: 'article.publish', of: 'BOTH' },
  { step: 'unpublish', from: ['PUBLISHED'], to: 'APPROVED', permission: 'article.publish', of: 'BOTH' },
];

/** The line of the table for a step from a state; null where there is none. */
export function transitionFor(
  step: TranslationStep,
  from: TranslationState,
  isOriginal: boolean,
): TranslationTransition | null {
  const of = isOriginal ? 'ORIGINAL' : 'TRANSLATION';
  const found = TRANSLATION_TRANSITIONS.find(
    (one) => one.step === step && one.from.includes(from) && (one.of === 'BOTH' || one.of === of),
  );
  return found ?? null;
}

/** Whether a step is for who has looked at the text as it stands: what is in hand has to be saved before, or thrown away. */
export function needsSaved(step: TranslationStep): boolean {
  return step === 'complete' || step === 'review' || step === 'approve';
}

/** What somebody needs leave for, to take a step with a text, whatever its state. */
export function permissionFor(step: TranslationStep, isOriginal: boolean): StepPermission {
  const ofStep = TRANSLATION_TRANSITIONS.filter((one) => one.step === step);
  const own = ofStep.find(({ of }) => of === 'BOTH' || of === (isOriginal ? 'ORIGINAL' : 'TRANSLATION'));
  const found = own ?? ofStep[0];
  if (found === undefined) throw new TypeError(`the table has no step “${step}”`);
  return found.permission;
}
