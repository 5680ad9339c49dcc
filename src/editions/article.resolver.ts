import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { DeskContext } from '../accounts/viewer.js';
import { cappedCount, COUNT_MAX, isCounted, pageRequest, toConnection } from '../common/connection.js';
import { languagePreference, type RequestContext } from '../common/language-preference.js';
import { selectedFields } from '../common/selected-fields.js';
import { Config } from '../config.js';
import { ArticlesArgs, LanguageArgs } from './article.inputs.js';
import { articleList, keyOf } from './article-orders.js';
import { wantedWithShelf } from './article-row.js';
import { Article, ArticleConnection, ArticleEdge } from './article.type.js';
import { checkDeskFilters } from './desk-filters.js';
import { EditionsQueries } from './editions.queries.js';
import { WrittenArticles } from './written-articles.js';

@Resolver()
export class ArticleResolver {
  constructor(
    private readonly editions: EditionsQueries,
    private readonly written: WrittenArticles,
    private readonly config: Config,
  ) {}

  @Query(() => Article, {
    nullable: true,
    description:
      'The article of this name in addresses, in any language, now or formerly; null where nothing published has it.',
  })
  async article(
    @Args('slug', {
      type: () => String,
      description: 'The article’s name in addresses, like `the-liberation-of-palmyra`.',
    })
    slug: string,
    @Args() { languages, fallback }: LanguageArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Article | null> {
    const preference = languagePreference(languages, context);
    const wanted = wantedWithShelf(info, preference, this.written);
    const found = await this.editions.findArticleBySlug(slug, wanted, preference, fallback, context.asker);
    return found === null ? null : new Article(found, preference, context.shown);
  }

  @Query(() => ArticleConnection, { description: 'What is published, the newest first.' })
  async articles(
    @Args() args: ArticlesArgs,
    @Context() context: RequestContext & DeskContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ArticleConnection> {
    await checkDeskFilters(args.filter, context);
    const preference = languagePreference(args.languages, context);
    const { filter, fallback, orderBy } = args;
    const list = articleList(orderBy, preference);
    const page = pageRequest(list, args, this.config.pageSizeMax);
    const { articles, totalCount } = await this.editions.listArticles(
      {
        selection: { filter, preference, fallback },
        orderBy,
        page,
        wanted: wantedWithShelf(info, preference, this.written),
        countMax: isCounted(selectedFields(info)) ? COUNT_MAX : null,
      },
      context.asker,
    );
    const connection = toConnection(
      list,
      page,
      articles,
      keyOf,
      (row, place) => new ArticleEdge(place, new Article(row, preference, context.shown)),
    );
    return { ...connection, ...cappedCount(totalCount) };
  }
}
