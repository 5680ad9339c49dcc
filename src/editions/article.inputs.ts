import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { LanguageTagScalar, PartialDateScalar } from '../common/scalars.js';
import type { ArticleKind, OriginRelation } from '../common/vocabulary.js';
import { ArticleKindType, enumType, OriginRelationType } from '../common/vocabulary.type.js';
import { CreditFilter, ReuseFilter, TermsFilter } from './filter.inputs.js';

export const ARTICLE_ORDERS = [
  'PUBLISHED_ON_DESC',
  'PUBLISHED_ON_ASC',
  'ORIGIN_PUBLISHED_ON_DESC',
  'ORIGIN_PUBLISHED_ON_ASC',
  'HEADLINE_ASC',
  'HEADLINE_DESC',
] as const;
export type ArticleOrder = (typeof ARTICLE_ORDERS)[number];

export const ArticleOrderType = enumType('ArticleOrder', 'The order of a list of articles.', ARTICLE_ORDERS, {
  PUBLISHED_ON_DESC: 'The newest first, by the day of publication.',
  PUBLISHED_ON_ASC: 'The oldest first, by the day of publication.',
  ORIGIN_PUBLISHED_ON_DESC: 'The newest at their sources first; articles whose origin has no date come last.',
  ORIGIN_PUBLISHED_ON_ASC: 'The oldest at their sources first; articles whose origin has no date come last.',
  HEADLINE_ASC: 'By the headlines of the texts served, from A to Z, whatever their case and accents.',
  HEADLINE_DESC: 'By the headlines of the texts served, from Z to A.',
});

export const FALLBACKS = ['ORIGINAL', 'NONE'] as const;
export type Fallback = (typeof FALLBACKS)[number];

export const FallbackType = enumType(
  'Fallback',
  'What to serve where none of the languages asked for is published.',
  FALLBACKS,
  {
    ORIGINAL:
      'The text that the article’s page came with: the original or, of a translation, what it was translated into. ' +
      '`text.isFallback` tells.',
    NONE: 'Nothing: articles without any of the languages asked for are left out.',
  },
);

@InputType('ArticleFilter', {
  description: 'Which articles to list. All that is given has to hold; at most 50 conditions, 5 levels deep.',
})
export class ArticleFilter {
  @Field(() => String, { nullable: true, description: 'The publisher’s slug, like `mondialisation-ca`.' })
  readonly publisher?: string | null;

  @Field(() => String, { nullable: true, description: 'The source’s slug, like `south-front`.' })
  readonly source?: string | null;

  @Field(() => String, { nullable: true, description: 'A region’s slug, like `europe`.' })
  readonly region?: string | null;

  @Field(() => String, { nullable: true, description: 'A theme’s slug, like `terrorism`.' })
  readonly theme?: string | null;

  @Field(() => String, { nullable: true, description: 'An in-depth report’s slug, like `syria`.' })
  readonly report?: string | null;

  @Field(() => [ArticleKindType], {
    nullable: true,
    description: 'Kinds, of which any will do; an empty list fits nothing.',
  })
  readonly kinds?: readonly ArticleKind[] | null;

  @Field(() => OriginRelationType, { nullable: true, description: 'How the article is tied to its source.' })
  readonly originRelation?: OriginRelation | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'A language in which the article is published, like `en`.',
  })
  readonly availableIn?: LanguageTag | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'A language in which the article is not published, like `en`.',
  })
  readonly lacking?: LanguageTag | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the original has been published anew since one of its translations was made. Only for who is signed in.',
  })
  readonly hasOutdatedTranslation?: boolean | null;

  @Field(() => PartialDateScalar, { nullable: true, description: 'Published on this date or later, like `2016-03`.' })
  readonly publishedFrom?: PartialDate | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Published before this date, like `2017`; the date itself is left out.',
  })
  readonly publishedBefore?: PartialDate | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Published by its source on this date or later; articles whose origin has no date are left out.',
  })
  readonly originPublishedFrom?: PartialDate | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Published by its source before this date; articles whose origin has no date are left out.',
  })
  readonly originPublishedBefore?: PartialDate | null;

  @Field(() => TermsFilter, { nullable: true, description: 'Several terms at once.' })
  readonly terms?: TermsFilter | null;

  @Field(() => CreditFilter, { nullable: true, description: 'Who is credited.' })
  readonly credit?: CreditFilter | null;

  @Field(() => ReuseFilter, {
    nullable: true,
    description: 'What the page’s rules say of a use: only what may be reproduced on the web, say.',
  })
  readonly reuse?: ReuseFilter | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words that are found in any of its texts, as `search` finds them.',
  })
  readonly text?: string | null;

  @Field(() => [ArticleFilter], { nullable: true, description: 'Filters, every one of which has to hold.' })
  readonly and?: readonly ArticleFilter[] | null;

  @Field(() => [ArticleFilter], {
    nullable: true,
    description: 'Filters, of which any will do; an empty list fits nothing.',
  })
  readonly or?: readonly ArticleFilter[] | null;

  @Field(() => ArticleFilter, { nullable: true, description: 'A filter that must not hold.' })
  readonly not?: ArticleFilter | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'How many from the beginning. Not together with `last`.' })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end. Not together with `first`.' })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  readonly before?: string | null;
}

const LANGUAGES = {
  nullable: true,
  description:
    'The languages that you want, best first, like `["fr", "en"]`. Without them: what the request’s ' +
    '`Accept-Language` asks for, else the publisher’s language.',
} as const;

const FALLBACK = {
  defaultValue: 'ORIGINAL',
  description: 'What to serve where none of these languages is published.',
} as const;

@ArgsType()
export class WantedLanguagesArgs {
  @Field(() => [LanguageTagScalar], LANGUAGES)
  readonly languages?: readonly LanguageTag[] | null;
}

@ArgsType()
export class LanguageArgs extends WantedLanguagesArgs {
  @Field(() => FallbackType, FALLBACK)
  readonly fallback: Fallback = 'ORIGINAL';
}

/** A page of a list in some languages. Put together by hand: Nest's IntersectionType loads a validation library for it. */
@ArgsType()
export class ArticlesArgs extends PageArgs implements LanguageArgs {
  @Field(() => [LanguageTagScalar], LANGUAGES)
  readonly languages?: readonly LanguageTag[] | null;

  @Field(() => FallbackType, FALLBACK)
  readonly fallback: Fallback = 'ORIGINAL';

  @Field(() => ArticleFilter, { nullable: true, description: 'Which articles to list; all of them without it.' })
  readonly filter?: ArticleFilter | null;

  @Field(() => ArticleOrderType, { defaultValue: 'PUBLISHED_ON_DESC', description: 'The order of the list.' })
  readonly orderBy: ArticleOrder = 'PUBLISHED_ON_DESC';
}
