import { Field, ID, InputType } from '@nestjs/graphql';
import type { CreditRole, Medium, ReuseAction, ReuseEffect } from '../common/vocabulary.js';
import { CreditRoleType, MediumType, ReuseActionType, ReuseEffectType } from '../common/vocabulary.type.js';

@InputType('TermChoice', { isOneOf: true, description: 'A term: by its slug in one of the lists, or by its id.' })
export class TermChoice {
  @Field(() => String, { nullable: true, description: 'A region’s slug, like `europe`.' })
  readonly region?: string;

  @Field(() => String, { nullable: true, description: 'A theme’s slug, like `terrorism`.' })
  readonly theme?: string;

  @Field(() => String, { nullable: true, description: 'An in-depth report’s slug, like `syria`.' })
  readonly report?: string;

  @Field(() => ID, { nullable: true, description: 'A term’s `id`.' })
  readonly id?: string;
}

@InputType('TermsFilter', { description: 'Under which terms articles are filed. All that is given has to hold.' })
export class TermsFilter {
  @Field(() => [TermChoice], {
    nullable: true,
    description: 'Terms, of which any will do; an empty list fits nothing.',
  })
  readonly any?: readonly TermChoice[] | null;

  @Field(() => [TermChoice], { nullable: true, description: 'Terms, every one of which the article is filed under.' })
  readonly all?: readonly TermChoice[] | null;
}

@InputType('CreditFilter', { description: 'Who is credited.' })
export class CreditFilter {
  @Field(() => String, { description: 'The name, like `Anne Morel`; case, accents and punctuation do not matter.' })
  readonly name!: string;

  @Field(() => CreditRoleType, { nullable: true, description: 'As what; as anything without it.' })
  readonly role?: CreditRole | null;
}

@InputType('ReuseFilter', { description: 'What the page’s rules say of a use, as `Article.reuse` tells it.' })
export class ReuseFilter {
  @Field(() => ReuseActionType, { description: 'What you want to do.' })
  readonly action!: ReuseAction;

  @Field(() => MediumType, { description: 'Where you want to do it.' })
  readonly medium!: Medium;

  @Field(() => ReuseEffectType, { defaultValue: 'PERMIT', description: 'What is said of it.' })
  readonly effect!: ReuseEffect | 'UNSPECIFIED';
}
