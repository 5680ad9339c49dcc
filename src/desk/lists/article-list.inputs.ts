import { Field, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import type { ArticleKind, TranslationState } from '../../common/vocabulary.js';
import { ArticleKindType, enumType, TranslationStateType } from '../../common/vocabulary.type.js';

export const DESK_ARTICLE_ORDERS = [
  'CHANGED_DESC',
  'CHANGED_ASC',
  'CREATED_DESC',
  'CREATED_ASC',
  'PUBLISHED_ON_DESC',
  'PUBLISHED_ON_ASC',
  'HEADLINE_ASC',
  'HEADLINE_DESC',
] as const;
export type DeskArticleOrder = (typeof DESK_ARTICLE_ORDERS)[number];

export const DeskArticleOrderEnum = enumType(
  'DeskArticleOrder',
  'In which order articles of the desk are listed.',
  DESK_ARTICLE_ORDERS,
  {
    CHANGED_DESC: 'What was changed last first.',
    CHANGED_ASC: 'What nobody has changed for the longest time first.',
    CREATED_DESC: 'What came to the desk last first.',
    CREATED_ASC: 'What came to the desk first first.',
    PUBLISHED_ON_DESC: 'By the day on which the publisher carried it, the newest first.',
    PUBLISHED_ON_ASC: 'By the day on which the publisher carried it, the oldest first.',
    HEADLINE_ASC:
      'By headline, from A to Z: by that of the text in the language that `filter.text` asks for, or else of the original, as ' +
      'it is written now.',
    HEADLINE_DESC: 'By headline, from Z to A, alike.',
  },
);

export const PUBLIC_STANDINGS = ['PUBLISHED', 'NOT_PUBLISHED', 'SCHEDULED', 'WITHDRAWN'] as const;
export type PublicStanding = (typeof PUBLIC_STANDINGS)[number];

export const PublicStandingEnum = enumType('PublicStanding', 'How an article stands with readers.', PUBLIC_STANDINGS, {
  PUBLISHED: 'They get it, in one language at least.',
  NOT_PUBLISHED: 'They do not get it, and it was not withdrawn.',
  SCHEDULED: 'One of its languages is to be published by itself.',
  WITHDRAWN: 'It was withdrawn.',
});

@InputType({
  description: 'What has to be so of one text of an article. All that is given has to hold of the same text.',
})
export class TextFilter {
  @Field(() => LanguageTagScalar, { nullable: true, description: 'The language that it is in.' })
  readonly language?: LanguageTag | null;

  @Field(() => [TranslationStateType], {
    nullable: true,
    description: 'States, of which any will do. Without it, those that were given up do not.',
  })
  readonly states?: readonly TranslationState[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its source reads otherwise than it knows it.' })
  readonly isOutdated?: boolean | null;
}

@InputType({ description: 'Which articles of the desk to list. All that is given has to hold.' })
export class DeskArticleFilter {
  @Field(() => String, { nullable: true, description: 'The publisher’s slug, like `mondialisation-ca`.' })
  readonly publisher?: string | null;

  @Field(() => String, { nullable: true, description: 'The source’s slug, like `south-front`.' })
  readonly source?: string | null;

  @Field(() => [ArticleKindType], { nullable: true, description: 'Kinds, of which any will do.' })
  readonly kinds?: readonly ArticleKind[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Three characters or more that stand in a headline, in any language, whatever their case.',
  })
  readonly headline?: string | null;

  @Field(() => TextFilter, { nullable: true, description: 'What has to be so of one of its texts.' })
  readonly text?: TextFilter | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'A language that nobody has begun a text in.' })
  readonly lacking?: LanguageTag | null;

  @Field(() => PublicStandingEnum, { nullable: true, description: 'How it stands with readers.' })
  readonly standing?: PublicStanding | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a finding that nobody has waived keeps it from being published in some language.',
  })
  readonly isBlocked?: boolean | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Only what was changed at this moment or later.' })
  readonly changedSince?: Date | null;
}
