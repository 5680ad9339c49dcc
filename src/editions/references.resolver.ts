import { Args, ArgsType, Context, Field, Info, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { languagePreference, type RequestContext } from '../common/language-preference.js';
import {
  cappedCount,
  COUNT_MAX,
  IS_CAPPED,
  isCounted,
  PageInfo,
  pageRequest,
  type Place,
  toConnection,
  TOTAL_COUNT,
} from '../common/connection.js';
import { isName, isUuid, type PagedList } from '../common/cursor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { selectedFields } from '../common/selected-fields.js';
import type { TermScheme } from '../common/vocabulary.js';
import { TermSchemeType } from '../common/vocabulary.type.js';
import { Config } from '../config.js';
import { Publisher, type PublisherFacts } from '../publishers/publisher.type.js';
import { Source, type SourceFacts } from '../sources/source.type.js';
import { Term, type TermFacts } from '../taxonomy/term.type.js';
import { PageArgs } from './article.inputs.js';
import { ReferencesQueries } from './references.queries.js';

@ObjectType('SourceEdge', { description: 'A source in a list.' })
export class SourceEdge {
  constructor(
    private readonly place: Place,
    source: Source,
  ) {
    this.node = source;
  }

  @Field(() => String, { description: 'The source’s place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }

  @Field(() => Source, { description: 'The source.' })
  readonly node: Source;
}

@ObjectType('SourceConnection', { description: 'A page of a list of sources.' })
export class SourceConnection {
  @Field(() => [SourceEdge], { description: 'The sources of this page, by name.' })
  readonly edges!: readonly SourceEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  readonly pageInfo!: PageInfo;

  @Field(TOTAL_COUNT.type, { description: TOTAL_COUNT.description })
  readonly totalCount!: number | null;

  @Field(IS_CAPPED.type, { description: IS_CAPPED.description })
  readonly totalCountIsCapped!: boolean | null;
}

@ArgsType()
class TermsArgs {
  @Field(() => TermSchemeType, { description: 'The list.' })
  readonly scheme!: TermScheme;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages for labels, best first; without them, what `Accept-Language` asks for.',
  })
  readonly languages?: readonly LanguageTag[] | null;
}

const SOURCE_LIST: PagedList = { name: 'sources:NAME_ASC', key: [isName, isUuid] };

@Resolver()
export class ReferencesResolver {
  constructor(
    private readonly references: ReferencesQueries,
    private readonly config: Config,
  ) {}

  @Query(() => Publisher, {
    nullable: true,
    description: 'The publisher of this slug; null where nothing published is carried by one.',
  })
  async publisher(
    @Args('slug', { type: () => String, description: 'Its name in addresses, like `mondialisation-ca`.' }) slug: string,
    @Context() { asker }: RequestContext,
  ): Promise<Publisher | null> {
    const found = await this.references.findBySlug<PublisherFacts>('PUBLISHER', slug, asker);
    return found === null ? null : new Publisher(found.content);
  }

  @Query(() => [Publisher], { description: 'Everybody who carries a published article, by name.' })
  async publishers(@Context() { asker }: RequestContext): Promise<Publisher[]> {
    const found = await this.references.listAll<PublisherFacts>('PUBLISHER', asker);
    return found.map(({ content }) => new Publisher(content));
  }

  @Query(() => Source, {
    nullable: true,
    description: 'The source of this slug; null where nothing published comes from one.',
  })
  async source(
    @Args('slug', { type: () => String, description: 'Its name in addresses, like `south-front`.' }) slug: string,
    @Context() { asker }: RequestContext,
  ): Promise<Source | null> {
    const found = await this.references.findBySlug<SourceFacts>('SOURCE', slug, asker);
    return found === null ? null : new Source(found.content);
  }

  @Query(() => SourceConnection, {
    description: 'Everybody who published something first that is carried here, by name.',
  })
  async sources(
    @Args() args: PageArgs,
    @Context() { asker }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SourceConnection> {
    const page = pageRequest(SOURCE_LIST, args, this.config.pageSizeMax);
    const countMax = isCounted(selectedFields(info)) ? COUNT_MAX : null;
    const { references, totalCount } = await this.references.listPage<SourceFacts>('SOURCE', page, countMax, asker);
    const connection = toConnection(
      SOURCE_LIST,
      page,
      references,
      (row) => [row.name, row.id],
      (row, place) => new SourceEdge(place, new Source(row.content)),
    );
    return { ...connection, ...cappedCount(totalCount) };
  }

  @Query(() => [Term], { description: 'The terms of a list under which something published is filed, by slug.' })
  async terms(@Args() { scheme, languages }: TermsArgs, @Context() context: RequestContext): Promise<Term[]> {
    const preference = languagePreference(languages, context);
    const found = await this.references.listAll<TermFacts>(scheme, context.asker);
    return found.map(({ content }) => new Term(content, preference));
  }
}
