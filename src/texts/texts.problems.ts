import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { Problem } from '../common/problem.type.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { TranslationState } from '../common/vocabulary.js';
import { TranslationStateType } from '../common/vocabulary.type.js';
import type { MergeConflict } from './merge-texts.js';
import type { TextContent } from './revision-text.js';
import type { TextState } from './text-state.js';
import type { TranslationStep } from './translation-states.js';

@ObjectType({
  implements: () => Problem,
  description:
    'Another article has the slug, or had it: whoever follows an old address finds that one. Or this article has it in another language.',
})
export class SlugTaken extends Problem {
  @Field(() => String, { description: 'The slug that is taken.' })
  readonly slug: string;

  constructor(slug: string) {
    super(
      'SLUG_TAKEN',
      `Another article has the slug “${slug}”, or had it, or another language of this one has it. Take another one.`,
      ['input', 'slug'],
    );
    this.slug = slug;
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'Readers have the text, or had it once: it is not given up, and can be taken from them.',
})
export class PublishedOnce extends Problem {
  constructor() {
    super('PUBLISHED_ONCE', 'Readers have this text, or had it once. Take it from them, where they have it.', [
      'input',
      'translationId',
    ]);
  }
}

@ObjectType({ implements: () => Problem, description: 'The article has a text in the language already.' })
export class LanguageTaken extends Problem {
  @Field(() => LanguageTagScalar, { description: 'In which there is one.' })
  readonly language: LanguageTag;

  constructor(language: LanguageTag) {
    super('LANGUAGE_TAKEN', `The article has a text in ${language} already: open that one.`, ['input', 'language']);
    this.language = language;
  }
}

@ObjectType({ implements: () => Problem, description: 'There is nothing that would be another afterwards.' })
export class NothingToSave extends Problem {
  constructor() {
    super('NOTHING_TO_SAVE', 'Nothing was changed since the newest revision.');
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'What is in hand is no revision yet, and a step vouches for a revision.',
})
export class NotSaved extends Problem {
  constructor() {
    super('NOT_SAVED', 'What is in hand is no revision yet. Save it first.');
  }
}

@ObjectType({ implements: () => Problem, description: 'The text has not come so far, or has gone further.' })
export class StepRefused extends Problem {
  @Field(() => TranslationStateType, { description: 'How far it has come.' })
  readonly state: TranslationState;

  constructor(step: TranslationStep, state: TranslationState) {
    super('STEP_REFUSED', `A text that is ${state} can not go by the step “${step}”.`);
    this.state = state;
  }
}

@ObjectType('TextContent', { description: 'What one state of a text says.' })
export class TextContentType implements TextContent {
  @Field(() => String, { description: 'The headline, plain; empty while nobody has written one.' })
  readonly headline!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What stands below the headline, in Markdown; null for nothing.',
  })
  readonly dek!: string | null;

  @Field(() => String, { description: 'The text, in Markdown.' })
  readonly body!: string;
}

@ObjectType('MergeConflict', { description: 'A part of a text that two people have changed, each otherwise.' })
export class MergeConflictType implements MergeConflict {
  @Field(() => String, { description: 'Where: `headline`, `dek` or `body`.' })
  readonly part!: MergeConflict['part'];

  @Field(() => String, { nullable: true, description: 'What both began with; of a body, the stretch that is meant.' })
  readonly base!: string | null;

  @Field(() => String, { nullable: true, description: 'What you have made of it.' })
  readonly yours!: string | null;

  @Field(() => String, { nullable: true, description: 'What is there now.' })
  readonly theirs!: string | null;
}

@ObjectType({
  implements: () => Problem,
  description:
    'Somebody else has changed the text since you have read it. Nothing of yours was written; here is what came of both.',
})
export class EditConflict extends Problem {
  @Field(() => Int, { description: 'The version of the text now: what you send next expects it.' })
  readonly version: number;

  @Field(() => TextContentType, {
    nullable: true,
    description: 'What you began with; null where it is too long ago, and where you have sent no text.',
  })
  readonly base: TextContent | null;

  @Field(() => TextContentType, {
    nullable: true,
    description: 'What you have sent, whole; null where you have sent no text.',
  })
  readonly yours: TextContent | null;

  @Field(() => TextContentType, {
    nullable: true,
    description:
      'What is there now with what you have sent; null where the two contradict each other, or there is no base.',
  })
  readonly merged: TextContent | null;

  @Field(() => [MergeConflictType], { description: 'Where the two contradict each other.' })
  readonly conflicts: readonly MergeConflict[];

  constructor(
    /** What is there now. */
    readonly theirs: TextState,
    /** Null where nothing was to be written into the text. */
    sent: Pick<EditConflict, 'base' | 'yours' | 'merged' | 'conflicts'> | null,
  ) {
    super('EDIT_CONFLICT', 'Somebody else has changed the text since you have read it. Nothing of yours was written.', [
      'input',
      'expectedVersion',
    ]);
    this.version = theirs.version;
    this.base = sent?.base ?? null;
    this.yours = sent?.yours ?? null;
    this.merged = sent?.merged ?? null;
    this.conflicts = sent?.conflicts ?? [];
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'Somebody else has changed the article since you have read it. Nothing of yours was written.',
})
export class ArticleConflict extends Problem {
  @Field(() => Int, { description: 'The version of the article now: what you send next expects it.' })
  readonly version: number;

  constructor(
    readonly articleId: string,
    version: number,
  ) {
    super('ARTICLE_CONFLICT', 'Somebody else has changed the article since you have read it. Read it again.', [
      'input',
      'expectedVersion',
    ]);
    this.version = version;
  }
}
