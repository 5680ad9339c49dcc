import type { Viewer } from '../accounts/viewer.js';
import { enumType } from '../common/vocabulary.type.js';
import { needsSaved, TRANSLATION_STEPS, transitionFor, type TranslationStep } from '../texts/translation-states.js';
import type { TextFacts } from './text-facts.js';

/** A step as GraphQL names it. */
export type StepName = 'EDIT' | 'COMPLETE' | 'REVIEW' | 'APPROVE' | 'SEND_BACK' | 'PUBLISH' | 'UNPUBLISH';

const STEP_NAMES: Readonly<Record<TranslationStep, StepName>> = {
  edit: 'EDIT',
  complete: 'COMPLETE',
  review: 'REVIEW',
  approve: 'APPROVE',
  sendBack: 'SEND_BACK',
  publish: 'PUBLISH',
  unpublish: 'UNPUBLISH',
};

export const TranslationStepEnum = enumType(
  'TranslationStep',
  'What is done next with a text.',
  Object.values(STEP_NAMES),
  {
    EDIT: 'It is written on: another revision is a draft.',
    COMPLETE: 'Its translator says that it is all there.',
    REVIEW: 'Somebody has read it, and it is good.',
    APPROVE: 'It may be published.',
    SEND_BACK: 'It is a draft again.',
    PUBLISH: 'Readers get it.',
    UNPUBLISH: 'Readers no longer get the language.',
  },
);

/** The steps that somebody may take with a text as it stands. A state vouches for the newest revision. */
export function stepsFor(viewer: Viewer, text: TextFacts): StepName[] {
  return TRANSLATION_STEPS.filter((step) => {
    if (step === 'unpublish') return text.isPublished && viewer.may('article.unpublish', text.language);
    if (step === 'publish' && text.isWithdrawn) return false;
    const transition = transitionFor(step, text.state, text.isOriginal);
    if (transition === null) return false;
    const isReady = text.revisionId !== null && !(text.isUnsaved && needsSaved(step));
    return (step === 'edit' || isReady) && viewer.may(transition.permission, text.language);
  }).map((step) => STEP_NAMES[step]);
}
