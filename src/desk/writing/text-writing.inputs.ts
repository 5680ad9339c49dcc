import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import type { TranslationMethod } from '../../common/vocabulary.js';
import { TranslationMethodType } from '../../common/vocabulary.type.js';
import { REASON } from './article-writing.inputs.js';

const SOURCE_REVISION = 'The id of a revision of the text that it is made from';
const METHOD = 'How it is made. A machine’s names its `tool`, and a person’s none.';
const TOOL = 'The machine that has translated it; null where none has.';
const TRANSLATOR = 'The name of who is credited with it, of at most 300 characters; null for nobody.';

/** Which text is meant, and which of its states was read. */
@InputType({ isAbstract: true })
export abstract class TextInput {
  @Field(() => ID, { description: 'The id of the text: of a translation, or of the original.' })
  readonly translationId!: string;

  @Field(() => Int, { description: 'The text’s `version` that you saw: of another, you get an `EditConflict`.' })
  readonly expectedVersion!: number;
}

/** What is written into a text. */
@InputType({ isAbstract: true })
abstract class TextEditInput extends TextInput {
  @Field(() => String, {
    nullable: true,
    description: 'The headline, plain, of at most 1,000 characters. Left out, it stays.',
  })
  readonly headline?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What stands below the headline, in Markdown; null takes it away. Left out, it stays.',
  })
  readonly dek?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The text, in Markdown, of at most 300,000 characters, 4,000 lines and 20,000 marks such as * and [. Left out, it stays.',
  })
  readonly body?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name in addresses that the next revision is to have, words of a-z and 0-9 parted by hyphens. Left out, it stays.',
  })
  readonly slug?: string | null;
}

@InputType({ description: 'What somebody is writing.' })
export class SaveWorkingTextInput extends TextEditInput {}

@InputType({ description: 'What somebody has written, and why.' })
export class SaveRevisionInput extends TextEditInput {
  @Field(() => String, { description: 'Why, for who looks at the revisions, of 1 to 1,000 characters.' })
  readonly reason!: string;

  @Field(() => ID, {
    nullable: true,
    description: `${SOURCE_REVISION}, newer than before: all of the text is up to date with it. Left out, that stays.`,
  })
  readonly sourceRevisionId?: string | null;
}

@InputType({ description: 'Of which text nothing is to be in hand.' })
export class DiscardWorkingTextInput extends TextInput {}

@InputType({ description: 'Which revision is to be in hand again.' })
export class RestoreRevisionInput extends TextInput {
  @Field(() => ID, { description: 'The id of an earlier revision of the same text.' })
  readonly revisionId!: string;
}

@InputType({ description: 'A translation to begin.' })
export class StartTranslationInput {
  @Field(() => ID, {
    description: 'The id of the revision of the original, or of a translation, that it is made from.',
  })
  readonly sourceRevisionId!: string;

  @Field(() => LanguageTagScalar, { description: 'The language into which.' })
  readonly language!: LanguageTag;

  @Field(() => TranslationMethodType, { defaultValue: 'HUMAN', description: METHOD })
  readonly method!: TranslationMethod;

  @Field(() => String, { nullable: true, description: TOOL })
  readonly tool?: string | null;

  @Field(() => String, { nullable: true, description: TRANSLATOR })
  readonly translator?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The headline, where the text is there already: it is the first revision then. Left out, it begins empty.',
  })
  readonly headline?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What stands below the headline, in Markdown; null for nothing.',
  })
  readonly dek?: string | null;

  @Field(() => String, { nullable: true, description: 'The text, in Markdown, where it is there already.' })
  readonly body?: string | null;
}

@InputType({ description: 'How a translation is made, and who is credited.' })
export class CreditTranslationInput extends TextInput {
  @Field(() => TranslationMethodType, { description: METHOD })
  readonly method!: TranslationMethod;

  @Field(() => String, { nullable: true, description: TOOL })
  readonly tool?: string | null;

  @Field(() => String, { nullable: true, description: TRANSLATOR })
  readonly translator?: string | null;
}

/** A step with a text. */
@InputType({ isAbstract: true })
abstract class StepInput extends TextInput {
  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}

@InputType({ description: 'Which translation is all there.' })
export class CompleteTranslationInput extends StepInput {}

@InputType({ description: 'Which text somebody has read.' })
export class ReviewTranslationInput extends StepInput {}

@InputType({ description: 'Which text may be published.' })
export class ApproveTranslationInput extends StepInput {}

@InputType({ description: 'Which text is to be worked on again.' })
export class SendBackTranslationInput extends StepInput {}

@InputType({ description: 'Which passages of a translation are up to date.' })
export class BringUpToDateInput extends TextInput {
  @Field(() => ID, { description: `${SOURCE_REVISION}: with it the passages are up to date.` })
  readonly sourceRevisionId!: string;

  @Field(() => [String], { description: 'The ids of the passages in the source, as the translation’s sheet has them.' })
  readonly passageIds!: readonly string[];
}

@InputType({ description: 'Which block of the source a block of a translation is.' })
export class BlockPairInput {
  @Field(() => String, { description: 'The id of the translation’s block.' })
  readonly blockId!: string;

  @Field(() => String, { nullable: true, description: 'The id of the source’s block; null for none.' })
  readonly sourceBlockId?: string | null;
}

@InputType({ description: 'Which blocks of a translation are which of its source.' })
export class PairBlocksInput extends TextInput {
  @Field(() => [BlockPairInput], { description: 'The pairs that are to be otherwise; others stay.' })
  readonly pairs!: readonly BlockPairInput[];
}
