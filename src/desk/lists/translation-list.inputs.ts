import { ArgsType, Field, ID } from '@nestjs/graphql';
import { PageArgs } from '../../accounts/accounts.inputs.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import type { TranslationState } from '../../common/vocabulary.js';
import { enumType, TranslationStateType } from '../../common/vocabulary.type.js';

export const ASSIGNEES = ['ME', 'NOBODY', 'SOMEBODY'] as const;
export type Assignee = (typeof ASSIGNEES)[number];

export const AssigneeEnum = enumType('Assignee', 'Whose task a text is.', ASSIGNEES, {
  ME: 'Yours.',
  NOBODY: 'Nobody’s yet.',
  SOMEBODY: 'Somebody’s.',
});

@ArgsType()
export class TranslationsArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only those that are out of date, or that are not.' })
  readonly outdated?: boolean | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'Only those in this language.' })
  readonly language?: LanguageTag | null;

  @Field(() => [TranslationStateType], {
    nullable: true,
    description: 'Only those in one of these states. Without it, those that were given up are left out.',
  })
  readonly state?: readonly TranslationState[] | null;

  @Field(() => AssigneeEnum, { nullable: true, description: 'Only those whose task is so.' })
  readonly assignee?: Assignee | null;

  @Field(() => ID, { nullable: true, description: 'Only those that are the task of this account.' })
  readonly assigneeId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only originals, or only what was translated.' })
  readonly isOriginal?: boolean | null;
}
