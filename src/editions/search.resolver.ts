import { Args, ArgsType, Context, Field, Info, Int, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { DeskContext } from '../accounts/viewer.js';
import { languagePreference, type RequestContext } from '../common/language-preference.js';
import { isCounted, pageRequest, toConnection } from '../common/connection.js';
import { isUuid, type PagedList } from '../common/cursor.js';
import { LanguagePreference, type LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { selectedFields } from '../common/selected-fields.js';
import { Config } from '../config.js';
import { ArticleFilter, type Fallback, FallbackType } from './article.inputs.js';
import { wantedWithShelf } from './article-row.js';
import { Article } from './article.type.js';
import { checkDeskFilters } from './desk-filters.js';
import { readFacets } from './search-facets.js';
import { SearchQueries } from './search.queries.js';
import { BEST_SCORE } from './search-statement.js';
import { SearchConnection, SearchEdge } from './search.type.js';
import { WrittenArticles } from './written-articles.js';

@ArgsType()
class SearchArgs {
  @Field(() => String, {
    description:
      'The words, in any language; `"a phrase"`, `-without` and `or` are understood. Case, accents and endings do not ' +
      'matter, and words that every text has are passed over, as is what goes beyond 1,000 characters.',
  })
  readonly text!: string;

  @Field(() => Int, { nullable: true, description: 'How many of the best.' })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  readonly after?: string | null;

  @Field(() => ArticleFilter, { nullable: true, description: 'Which articles to search; all of them without it.' })
  readonly filter?: ArticleFilter | null;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description:
      'The languages that you want, best first. Each article is searched in the text that you would be served; ' +
      'without them, in all its texts.',
  })
  readonly languages?: readonly LanguageTag[] | null;

  @Field(() => FallbackType, {
    defaultValue: 'ORIGINAL',
    description: 'What to search of articles that are published in none of these languages.',
  })
  readonly fallback: Fallback = 'ORIGINAL';
}

const isScore = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= BEST_SCORE;

/** What is found for a text is a list of its own: a cursor of another search means nothing in it. */
function listFor(text: string): PagedList {
  return { name: `search:${text}`, key: [isScore, isUuid] };
}

@Resolver()
export class SearchResolver {
  constructor(
    private readonly queries: SearchQueries,
    private readonly written: WrittenArticles,
    private readonly config: Config,
  ) {}

  @Query(() => SearchConnection, {
    description: 'Articles in which the words are found: in headlines, summaries, texts, names and labels.',
  })
  async search(
    @Args() { text, filter, languages, fallback, ...page }: SearchArgs,
    @Context() context: RequestContext & DeskContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchConnection> {
    await checkDeskFilters(filter, context);
    const shown = languagePreference(languages, context);
    const list = listFor(text);
    const { size, after, ...rest } = pageRequest(list, page, this.config.pageSizeMax);
    const fields = selectedFields(info);
    const found = await this.queries.search(
      { text, filter, fallback, preference: new LanguagePreference(languages ?? []) },
      {
        size,
        after,
        shown,
        wanted: wantedWithShelf(info, shown, this.written),
        hasMatches: fields.has('matches'),
        hasFacets: fields.has('facets'),
        isCounted: isCounted(fields),
      },
      context.asker,
    );
    const connection = toConnection(
      list,
      { size, after, ...rest },
      found.articles,
      (row) => [row.score, row.place],
      (row, place) => new SearchEdge(place, row, new Article(row, shown, context.shown)),
    );
    return {
      ...connection,
      totalCount: found.totalCount,
      totalCountIsCapped: found.isCapped,
      correctedText: found.correctedText,
      facets: found.facets === null ? null : readFacets(found.facets, found.isCapped ?? false, shown),
    };
  }
}
