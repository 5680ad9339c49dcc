import { Args, Context, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { askedLanguages, type RequestContext } from '../common/asked-languages.js';
import { type Connection, pageRequest, toConnection } from '../common/connection.js';
import { isDay, isUuid, type PagedList } from '../common/cursor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { selectedFields, selectedValues } from '../common/selected-fields.js';
import type { ContactPurpose, CreditRole } from '../common/vocabulary.js';
import { ContactPurposeType, CreditRoleType } from '../common/vocabulary.type.js';
import { Config } from '../config.js';
import { ContactPoint } from '../contacts/contact-point.type.js';
import { ReuseDecision, ReuseUse } from '../rights/rights.type.js';
import { ArticlesArgs, type ArticleOrder, LanguageArgs } from './article.inputs.js';
import { Credit, Evidence } from './article-parts.type.js';
import { Article, ArticleConnection, type ArticleEdge } from './article.type.js';
import { type ArticleSelection, EditionsQueries, type Wanted } from './editions.queries.js';
import { DEFAULT_BODY_FORMAT } from './text.resolver.js';
import { BODY_FORMATS } from './text.type.js';
import { Wrapper } from './wrapper.type.js';

/** What a query selects of an article that is fetched only then. */
export function wantedOf(info: GraphQLResolveInfo): Wanted {
  return {
    bodies: selectedValues(info, 'body', 'format', BODY_FORMATS, DEFAULT_BODY_FORMAT),
    evidence: selectedFields(info).has('evidence'),
  };
}

function articleList(orderBy: ArticleOrder): PagedList {
  return { name: `articles:${orderBy}`, key: [isDay, isUuid] };
}

@Resolver(() => Article)
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
    const asked = askedLanguages(languages, context);
    const found = await this.editions.findArticleBySlug(slug, wantedOf(info), asked, fallback);
    return found === null ? null : new Article(found, asked);
  }

  @Query(() => ArticleConnection, { description: 'What is published, the newest first.' })
  async articles(
    @Args() args: ArticlesArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ArticleEdge>> {
    const asked = askedLanguages(args.languages, context);
    const list = articleList(args.orderBy);
    const page = pageRequest(list, args, this.config.pageSizeMax);
    const selection: ArticleSelection = { filter: args.filter, asked, fallback: args.fallback };
    const rows = await this.editions.listArticles(selection, args.orderBy, page, wantedOf(info));
    return toConnection(
      list,
      page,
      rows,
      (row) => [row.publishedOn, row.articleId],
      (row, cursor) => ({ cursor, node: new Article(row, asked) }),
      () => this.editions.countArticles(selection),
    );
  }

  @ResolveField(() => [Credit], { description: 'Who did what for it, in the page’s order.' })
  credits(
    @Parent() article: Article,
    @Args('role', { type: () => CreditRoleType, nullable: true, description: 'Only who did this.' })
    role: CreditRole | null,
  ): readonly Credit[] {
    return article.creditsIn(role ?? null);
  }

  @ResolveField(() => [ContactPoint], { description: 'The addresses on the page, in its order.' })
  contactPoints(
    @Parent() article: Article,
    @Args('purpose', { type: () => ContactPurposeType, nullable: true, description: 'Only those for this.' })
    purpose: ContactPurpose | null,
  ): readonly ContactPoint[] {
    return article.contactPointsFor(purpose ?? null);
  }

  @ResolveField(() => Wrapper, { description: 'The publisher’s page around the text, with its lines and legal texts.' })
  wrapper(
    @Parent() article: Article,
    @Args('language', {
      type: () => LanguageTagScalar,
      nullable: true,
      description: 'The language of the lines; without it, or where the publisher has none in it, the best there is.',
    })
    language: LanguageTag | null,
  ): Wrapper {
    return article.wrapperIn(language ?? null);
  }

  @ResolveField(() => ReuseDecision, { description: 'What the page’s rules say of a use that you have in mind.' })
  reuse(
    @Parent() article: Article,
    @Args('use', { type: () => ReuseUse, description: 'What you want to do, and where.' }) use: ReuseUse,
  ): ReuseDecision {
    return article.decide(use);
  }

  @ResolveField(() => [Evidence], {
    description: 'Which characters of the publisher’s page gave each value, in the page’s order of reading.',
  })
  evidence(
    @Parent() article: Article,
    @Args('path', {
      type: () => String,
      nullable: true,
      description: 'Only the evidence of this value and of what is below it, like `origin` or `links[3].url`.',
    })
    path: string | null,
  ): readonly Evidence[] {
    return article.evidenceOf(path ?? null);
  }
}
