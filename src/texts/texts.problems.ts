import type { TextState } from './text-state.js';
import type { TextContent } from './revision-text.js';
import type { MergeConflict } from './merge-texts.js';

/** What keeps a person's work at the desk from being done, and is no fault: nothing was changed. */
export abstract class DeskProblem {
  abstract readonly code: string;

  constructor(
    /** One sentence for people that says what is so, and what mends it. */
    readonly message: string,
    /** The part of what was sent that it is about: `slug`, `body`; null where it is about all of it. */
    readonly path: string | null = null,
  ) {}
}

/** What was named is not at the desk. */
export class NotFound extends DeskProblem {
  readonly code = 'NOT_FOUND';
}

/** A text that can not be kept. */
export class TextRefused extends DeskProblem {
  readonly code = 'TEXT_REFUSED';
}

/** Another article has the slug, or had it: whoever follows an old address finds that one. */
export class SlugTaken extends DeskProblem {
  readonly code = 'SLUG_TAKEN';

  constructor(readonly slug: string) {
    super(`Another article has the slug “${slug}”, or had it. Take another one.`, 'slug');
  }
}

/** The article has a text in the language already. */
export class LanguageTaken extends DeskProblem {
  readonly code = 'LANGUAGE_TAKEN';
}

/** There is nothing that would be another afterwards. */
export class NothingToSave extends DeskProblem {
  readonly code = 'NOTHING_TO_SAVE';
}

/** What is in hand was not saved: a step vouches for a revision. */
export class NotSaved extends DeskProblem {
  readonly code = 'NOT_SAVED';
}

/** The text has not come so far, or has gone further. */
export class StepRefused extends DeskProblem {
  readonly code = 'STEP_REFUSED';
}

/** Somebody else has changed the text since it was read. Both states, and the two in one where that is clean. */
export class EditConflict extends DeskProblem {
  readonly code = 'EDIT_CONFLICT';

  constructor(
    /** What the caller began with; null where it is too long ago. */
    readonly base: TextContent | null,
    /** What the caller has sent. */
    readonly yours: TextContent,
    /** What is there now. */
    readonly theirs: TextState,
    /** The text with what both have done, to be sent with the version of `theirs`; null where they contradict. */
    readonly merged: TextContent | null,
    readonly conflicts: readonly MergeConflict[],
  ) {
    super('Somebody else has changed the text since you have read it. Nothing of yours was written yet.');
  }
}

/** Somebody else has changed the text since it was read, and nothing was to be written into it. */
export class TextConflict extends DeskProblem {
  readonly code = 'EDIT_CONFLICT';

  constructor(readonly theirs: TextState) {
    super('Somebody else has changed the text since you have read it. Read it again.');
  }
}

/** Somebody else has changed the article since it was read. */
export class ArticleConflict extends DeskProblem {
  readonly code = 'EDIT_CONFLICT';

  constructor(readonly version: number) {
    super('Somebody else has changed the article since you have read it. Read it again.');
  }
}

/** Carries a problem out of a transaction, which is taken back. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly problem: DeskProblem) {
    super(problem.message);
  }
}
