import { Field, Float, ObjectType } from '@nestjs/graphql';
import { IS_CAPPED, PageInfo, type Place, TOTAL_COUNT } from '../common/connection.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { enumType } from '../common/vocabulary.type.js';
import { Article } from './article.type.js';
import { SearchFacets } from './search-facets.type.js';

export const SEARCH_FIELDS = ['HEADLINE', 'DEK', 'NAMES', 'BODY'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

export const SearchFieldType = enumType('SearchField', 'Where in an article a search found something.', SEARCH_FIELDS, {
  HEADLINE: 'In the headline.',
  DEK: 'In the paragraph that sums it up.',
  NAMES: 'In the names of authors and source, or in the labels of regions, themes and reports.',
  BODY: 'In the text.',
});

@ObjectType('SearchMatch', { description: 'Where a search found something in an article.' })
export class SearchMatch {
  @Field(() => LanguageTagScalar, { description: 'The language of the text in which it was found.' })
  readonly language!: LanguageTag;

  @Field(() => SearchFieldType, { description: 'The part of the article in which it was found.' })
  readonly field!: SearchField;

  @Field(() => String, {
    description: 'The words around it as HTML: the words found are in `<mark>`, everything else is escaped.',
  })
  readonly snippet!: string;
}

@ObjectType('SearchEdge', { description: 'An article that a search found.' })
export class SearchEdge {
  constructor(
    private readonly place: Place,
    { score, matches }: { readonly score: number; readonly matches: readonly SearchMatch[] },
    article: Article,
  ) {
    this.score = score;
    this.matches = matches;
    this.node = article;
  }

  @Field(() => String, { description: 'The article’s place among those found, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }

  @Field(() => Float, {
    description:
      'How well it fits: 3 where the headline has the words, 2 where headline, dek and names have them, or words that ' +
      'the text repeats, 1 where the text does. Of what fits alike, the newest comes first.',
  })
  readonly score: number;

  @Field(() => [SearchMatch], { description: 'Where the words were found.' })
  readonly matches: readonly SearchMatch[];

  @Field(() => Article, { description: 'The article.' })
  readonly node: Article;
}

@ObjectType('SearchConnection', { description: 'A page of the articles that a search found, the best first.' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The articles of this page.' })
  readonly edges!: readonly SearchEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands among all that was found.' })
  readonly pageInfo!: PageInfo;

  @Field(TOTAL_COUNT.type, { description: TOTAL_COUNT.description })
  readonly totalCount!: number | null;

  @Field(IS_CAPPED.type, { description: IS_CAPPED.description })
  readonly totalCountIsCapped!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What was searched for instead, like `Palmyra` for `Palmira`: some words were in no text, and headlines or names ' +
      'have others like them. Null where your own words were searched for.',
  })
  readonly correctedText!: string | null;

  @Field(() => SearchFacets, { description: 'What all that was found has in common. Counted only when asked for.' })
  readonly facets!: SearchFacets | null;
}
