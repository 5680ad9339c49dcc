import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { pageRequest, toConnection } from '../common/connection.js';
import { isDay, isUuid, type PagedList } from '../common/cursor.js';
import { languagePreference, type RequestContext } from '../common/language-preference.js';
import { selectedFields } from '../common/selected-fields.js';
import { Config } from '../config.js';
import { ArticlesArgs, type ArticleOrder, LanguageArgs } from './article.inputs.js';
import { wantedOf } from './article-row.js';
import { Article, ArticleConnection, ArticleEdge } from './article.type.js';
import { type ArticleSelection, EditionsQueries } from './editions.queries.js';

function articleList(orderBy: ArticleOrder): PagedList {
  return { name: `articles:${orderBy}`, key: [isDay, isUuid] };
}

@Resolver()
export class ArticleResolver {
  constructor(
    private readonly editions: EditionsQueries,
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
    const found = await this.editions.findArticleBySlug(slug, wantedOf(info), preference, fallback);
    return found === null ? null : new Article(found, preference);
  }

  @Query(() => ArticleConnection, { description: 'What is published, the newest first.' })
  async articles(
    @Args() args: ArticlesArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ArticleConnection> {
    const preference = languagePreference(args.languages, context);
    const list = articleList(args.orderBy);
    const page = pageRequest(list, args, this.config.pageSizeMax);
    const selection: ArticleSelection = { filter: args.filter, preference, fallback: args.fallback };
    const [rows, totalCount] = await Promise.all([
      this.editions.listArticles(selection, args.orderBy, page, wantedOf(info)),
      selectedFields(info).has('totalCount') ? this.editions.countArticles(selection) : null,
    ]);
    const connection = toConnection(
      list,
      page,
      rows,
      (row) => [row.publishedOn, row.articleId],
      (row, place) => new ArticleEdge(place, new Article(row, preference)),
    );
    return { ...connection, totalCount };
  }
}
