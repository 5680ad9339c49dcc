import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { EmailAddressScalar } from '../../common/scalars.js';
import type { Duty, Medium, NoticeKind, ReuseAction, ReuseEffect } from '../../common/vocabulary.js';
import { REUSE_EFFECTS } from '../../common/vocabulary.js';
import { DutyType, enumType, MediumType, NoticeKindType, ReuseActionType } from '../../common/vocabulary.type.js';
import { ARTICLE_ID, ARTICLE_VERSION, CopyrightNoticeInput, REASON } from './article-writing.inputs.js';

const CLAUSE_KEY =
  'Which of the publisher’s clauses it is, like `fair-use`: in other words, it is a new version of that one. Left out, it ' +
  'is the one that has these words on the article already, or a new one.';
const CLAUSE_TEXT = 'The clause in its own words, in the language of the page, of at most 5,000 characters.';

export const StatedEffectType = enumType('StatedEffect', 'What a rule says of a use.', REUSE_EFFECTS, {
  PERMIT: 'It is allowed to those for whom the rule holds, under the duties named.',
  ASK_FIRST: 'Ask before.',
  FORBID: 'It is not allowed.',
});

@InputType({ description: 'One rule of a licence, as the publisher states it.' })
export class ReuseTermInput {
  @Field(() => String, { nullable: true, description: CLAUSE_KEY })
  readonly clauseKey?: string | null;

  @Field(() => String, { description: CLAUSE_TEXT })
  readonly text!: string;

  @Field(() => StatedEffectType, { description: 'What the rule says of the use.' })
  readonly effect!: ReuseEffect;

  @Field(() => [ReuseActionType], { description: 'What may be done, or not.' })
  readonly actions!: readonly ReuseAction[];

  @Field(() => [MediumType], { description: 'Where.' })
  readonly media!: readonly Medium[];

  @Field(() => [DutyType], { defaultValue: [], description: 'What whoever does it has to do.' })
  readonly duties!: readonly Duty[];

  @Field(() => String, { nullable: true, description: 'For whom the rule holds; null for everybody.' })
  readonly audienceLabel?: string | null;

  @Field(() => EmailAddressScalar, { nullable: true, description: 'Whom to ask; null where the rule names nobody.' })
  readonly email?: string | null;
}

@InputType({ description: 'A legal text, as the publisher states it.' })
export class NoticeInput {
  @Field(() => String, { nullable: true, description: CLAUSE_KEY })
  readonly clauseKey?: string | null;

  @Field(() => NoticeKindType, { description: 'What it is.' })
  readonly kind!: NoticeKind;

  @Field(() => String, { description: CLAUSE_TEXT })
  readonly text!: string;
}

@InputType({ description: 'What is to be otherwise with the rights of an article.' })
export class EditRightsInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => Int, { description: ARTICLE_VERSION })
  readonly expectedVersion!: number;

  @Field(() => CopyrightNoticeInput, {
    nullable: true,
    description: 'Its copyright notice; null takes it away. Left out, it stays.',
  })
  readonly copyright?: CopyrightNoticeInput | null;

  @Field(() => [ReuseTermInput], {
    nullable: true,
    description: 'All rules of reuse, in the order of the page: others are gone. Left out, they stay.',
  })
  readonly reuseTerms?: readonly ReuseTermInput[] | null;

  @Field(() => [NoticeInput], {
    nullable: true,
    description: 'All legal texts, in the order of the page: others are gone. Left out, they stay.',
  })
  readonly notices?: readonly NoticeInput[] | null;

  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}
