import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { Duty, Medium, NoticeKind, ReuseAction, ReuseEffect } from '../common/vocabulary.js';
import {
  DutyType,
  enumType,
  MediumType,
  NoticeKindType,
  ReuseActionType,
  ReuseEffectType,
} from '../common/vocabulary.type.js';
import { ContactPoint } from '../contacts/contact-point.type.js';
import { Publisher } from '../publishers/publisher.type.js';

export const RIGHTS_STATUSES = ['IN_COPYRIGHT', 'NOT_EVALUATED'] as const;
export type RightsStatus = (typeof RIGHTS_STATUSES)[number];

export const RightsStatusType = enumType('RightsStatus', 'What is known of a text’s copyright.', RIGHTS_STATUSES, {
  IN_COPYRIGHT: 'A copyright notice names who holds the rights.',
  NOT_EVALUATED: 'Nobody has looked into it yet. Source: rightsstatements.org, CNE.',
});

@ObjectType('LocalizedText', { description: 'A text and the language that it is in.' })
export class LocalizedText {
  @Field(() => LanguageTagScalar, { description: 'The language of the text.' })
  readonly language!: LanguageTag;

  @Field(() => String, { description: 'The text itself, plain, as it was stated.' })
  readonly value!: string;
}

@ObjectType('CopyrightNotice', { description: 'The copyright notice as the page has it, and what it says.' })
export class CopyrightNotice {
  @Field(() => String, { description: 'The whole notice, like `Copyright © South Front, South Front, 2016`.' })
  readonly raw!: string;

  @Field(() => String, { nullable: true, description: 'The author that it names; null where it names none.' })
  readonly author!: string | null;

  @Field(() => String, { nullable: true, description: 'The source that it names; null where it names none.' })
  readonly source!: string | null;

  @Field(() => Int, { nullable: true, description: 'The year that it names, like `2016`; null where it names none.' })
  readonly year!: number | null;
}

@ObjectType('ReuseTerm', { description: 'One rule of a licence: who says what of which use.' })
export class ReuseTerm {
  @Field(() => ReuseEffectType, { description: 'What the rule says of the use, to those for whom it holds.' })
  readonly effect!: ReuseEffect;

  @Field(() => [ReuseActionType], { description: 'What may be done, or not.' })
  readonly actions!: readonly ReuseAction[];

  @Field(() => [MediumType], { description: 'Where.' })
  readonly media!: readonly Medium[];

  @Field(() => [DutyType], { description: 'What whoever does it has to do.' })
  readonly duties!: readonly Duty[];

  @Field(() => String, {
    nullable: true,
    description:
      'For whom the rule holds, in the publisher’s own words, like `sites de médias alternatifs`; null for everybody.',
  })
  readonly audienceLabel!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether the rights holder states this, or has confirmed it. A republisher’s word does not bind the holder.',
  })
  readonly holderConfirmed!: boolean;

  @Field(() => Publisher, { description: 'Who states the rule.' })
  readonly statedBy!: Publisher;

  @Field(() => ContactPoint, { nullable: true, description: 'Whom to ask; null where the rule names nobody.' })
  readonly contactPoint!: ContactPoint | null;

  @Field(() => LocalizedText, { description: 'The rule in its own words.' })
  readonly text!: LocalizedText;
}

@ObjectType('Notice', { description: 'A legal text on the page.' })
export class Notice {
  @Field(() => NoticeKindType, { description: 'What the text is.' })
  readonly kind!: NoticeKind;

  @Field(() => Publisher, { description: 'Who states it.' })
  readonly statedBy!: Publisher;

  @Field(() => LocalizedText, { description: 'The notice in its own words.' })
  readonly text!: LocalizedText;
}

@ObjectType('Rights', { description: 'Who holds the rights of an article, and who allows what.' })
export class Rights {
  @Field(() => RightsStatusType, { description: 'What is known of the copyright.' })
  readonly status!: RightsStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Who holds the rights, like `South Front`; null where nobody is named.',
  })
  readonly holder!: string | null;

  @Field(() => CopyrightNotice, { nullable: true, description: 'The copyright notice; null where the page has none.' })
  readonly copyright!: CopyrightNotice | null;

  @Field(() => [ReuseTerm], { description: 'The rules of reuse that stand on the page, in its order.' })
  readonly reuseTerms!: readonly ReuseTerm[];

  @Field(() => [Notice], { description: 'The legal texts that stand on the page, in its order.' })
  readonly notices!: readonly Notice[];
}

@InputType('ReuseUse', { description: 'A use that you have in mind.' })
export class ReuseUse {
  @Field(() => ReuseActionType, { description: 'What you want to do.' })
  readonly action!: ReuseAction;

  @Field(() => MediumType, { description: 'Where you want to do it.' })
  readonly medium!: Medium;
}

@ObjectType('ReuseDecision', {
  description: 'What the page’s rules say of a use. It repeats what is stated, and is no legal advice.',
})
export class ReuseDecision {
  @Field(() => ReuseEffectType, {
    description:
      'What the strictest rule that speaks of the use says. It may hold for some only: `audienceLabel` names them, ' +
      'and of everybody else the rule says nothing.',
  })
  readonly effect!: ReuseEffect | 'UNSPECIFIED';

  @Field(() => String, {
    nullable: true,
    description:
      'For whom the deciding rule holds, in the publisher’s own words, like `sites de médias alternatifs`; null for ' +
      'everybody, and where no rule speaks of the use.',
  })
  readonly audienceLabel!: string | null;

  @Field(() => [ReuseTerm], { description: 'The rules that speak of the use, the one that decides first.' })
  readonly terms!: readonly ReuseTerm[];

  @Field(() => [DutyType], { description: 'What you have to do, if you do it.' })
  readonly duties!: readonly Duty[];

  @Field(() => Boolean, { description: 'Whether the rights holder states or has confirmed the deciding rule.' })
  readonly holderConfirmed!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The rights holder, who is the one to ask where no rule speaks of the use; null where nobody is named.',
  })
  readonly holder!: string | null;

  @Field(() => ContactPoint, { nullable: true, description: 'Where to ask; null where no address is known.' })
  readonly contactPoint!: ContactPoint | null;
}
