import { Field, ID, InputType } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';

const ARTICLE_ID = { description: 'The article’s id.' } as const;
const LANGUAGE = { description: 'Which language. There need be no text in it yet.' } as const;
const NOTE_BODY = { description: 'What it says: plain text of 1 to 2,000 characters.' } as const;

@InputType({ description: 'Which text is to be whose task.' })
export class AssignTranslationInput {
  @Field(() => ID, ARTICLE_ID)
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, LANGUAGE)
  readonly language!: LanguageTag;

  @Field(() => ID, { description: 'The account of who is to have it.' })
  readonly assigneeId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose task it is as you saw it: they lose it. Null, or left out, where it is nobody’s.',
  })
  readonly expectedAssigneeId?: string | null;
}

@InputType({ description: 'Which text is to be nobody’s task.' })
export class UnassignTranslationInput {
  @Field(() => ID, ARTICLE_ID)
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, LANGUAGE)
  readonly language!: LanguageTag;

  @Field(() => ID, { description: 'Whose task it is as you saw it.' })
  readonly expectedAssigneeId!: string;
}

@InputType({ description: 'Which text is to be your task.' })
export class ClaimTranslationInput {
  @Field(() => ID, ARTICLE_ID)
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, LANGUAGE)
  readonly language!: LanguageTag;
}

@InputType({ description: 'Which task of yours you give back.' })
export class ReleaseTranslationInput {
  @Field(() => ID, ARTICLE_ID)
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, LANGUAGE)
  readonly language!: LanguageTag;
}

@InputType({ description: 'Which text you are writing.' })
export class LockTextInput {
  @Field(() => ID, { description: 'The text’s id.' })
  readonly translationId!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Have it though somebody else holds it: for who may assign texts, and remembered in the audit trail.',
  })
  readonly takeOver!: boolean;
}

@InputType({ description: 'Which text you no longer write.' })
export class UnlockTextInput {
  @Field(() => ID, { description: 'The text’s id.' })
  readonly translationId!: string;
}

@InputType({ description: 'A note to write.' })
export class AddNoteInput {
  @Field(() => ID, ARTICLE_ID)
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language that it is of; null, or left out, for the article as a whole.',
  })
  readonly language?: LanguageTag | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The passage of the text, as it is now, that it is of: a block’s id, or `headline`, or `dek`; null, or left out, for ' +
      'all of it. With a language.',
  })
  readonly blockId?: string | null;

  @Field(() => String, NOTE_BODY)
  readonly body!: string;
}

@InputType({ description: 'What a note of yours is to say.' })
export class EditNoteInput {
  @Field(() => ID, { description: 'The note’s id.' })
  readonly noteId!: string;

  @Field(() => String, NOTE_BODY)
  readonly body!: string;
}

@InputType({ description: 'Which note is settled.' })
export class ResolveNoteInput {
  @Field(() => ID, { description: 'The note’s id.' })
  readonly noteId!: string;
}

@InputType({ description: 'Which tasks to list. All that is given has to hold.' })
export class AssignmentFilter {
  @Field(() => ID, { nullable: true, description: 'Only tasks of this account: yours is `desk { me { id } }`.' })
  readonly assigneeId?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'Only in this language.' })
  readonly language?: LanguageTag | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only where there is a text already, or only where there is none.',
  })
  readonly isStarted?: boolean | null;
}

@InputType({ description: 'Which notes to list. All that is given has to hold.' })
export class NoteFilter {
  @Field(() => ID, { nullable: true, description: 'Only of this article.' })
  readonly articleId?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'Only of this language.' })
  readonly language?: LanguageTag | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what is resolved, or only what is not.' })
  readonly isResolved?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Only what this account has written.' })
  readonly writtenById?: string | null;
}
