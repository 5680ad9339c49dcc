import { Args, ArgsType, Context, Field, ResolveField, Resolver } from '@nestjs/graphql';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { PageArgs } from '../../accounts/accounts.inputs.js';
import { Desk } from '../../accounts/desk.type.js';
import { Permits } from '../../accounts/permits.js';
import { pageRequest, toConnection } from '../../common/connection.js';
import { languagePreference, type RequestContext } from '../../common/language-preference.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import type { TermScheme } from '../../common/vocabulary.js';
import { TermSchemeType } from '../../common/vocabulary.type.js';
import { Config } from '../../config.js';
import { Source } from '../../sources/source.type.js';
import { Term } from '../../taxonomy/term.type.js';
import { searchedName } from './containing.js';
import {
  deskAgentList,
  deskSourceList,
  deskTermList,
  listAgents,
  listPublishers,
  listSources,
  listTerms,
} from './desk-choices.js';
import {
  DeskAgentConnection,
  DeskAgentEdge,
  DeskPublisher,
  DeskSourceConnection,
  DeskSourceEdge,
  DeskTermConnection,
  DeskTermEdge,
} from './desk-choices.type.js';

@ArgsType()
class NamesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only whose name has this within, in whatever case.' })
  readonly search?: string | null;
}

@ArgsType()
class DeskTermsArgs extends PageArgs {
  @Field(() => TermSchemeType, { description: 'The list.' })
  readonly scheme!: TermScheme;

  @Field(() => String, {
    nullable: true,
    description: 'Only what pages may write with this within, in any language, in whatever case and accents.',
  })
  readonly search?: string | null;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages for labels, best first; without them, what `Accept-Language` asks for.',
  })
  readonly languages?: readonly LanguageTag[] | null;
}

/** What somebody chooses from who writes an article: of drafts, too, so that it is for who reads the desk alone. */
@Resolver(() => Desk)
export class DeskChoicesResolver {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  @Permits('desk.read')
  @ResolveField('publishers', () => [DeskPublisher], {
    description: 'Everybody for whom articles can be written, by name: those who carry nothing yet, too.',
  })
  async listPublishers(): Promise<readonly DeskPublisher[]> {
    return (await listPublishers(this.dataSource)).map((facts) => new DeskPublisher(facts));
  }

  @Permits('desk.read')
  @ResolveField('sources', () => DeskSourceConnection, {
    description: 'Everybody who published something first, by name: the sources of drafts, too.',
  })
  async listSources(@Args() args: NamesArgs): Promise<DeskSourceConnection> {
    const search = searchedName(args.search);
    const list = deskSourceList(search);
    const request = pageRequest(list, args, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await listSources(this.dataSource, search, request),
      ({ name }) => [name],
      (facts, place) => new DeskSourceEdge(new Source(facts), place),
    );
  }

  @Permits('desk.read')
  @ResolveField('agents', () => DeskAgentConnection, {
    description: 'Everybody who is credited with something, or was, by name: in drafts, too.',
  })
  async listAgents(@Args() args: NamesArgs): Promise<DeskAgentConnection> {
    const search = searchedName(args.search);
    const list = deskAgentList(search);
    const request = pageRequest(list, args, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await listAgents(this.dataSource, search, request),
      ({ name }) => [name],
      (agent, place) => new DeskAgentEdge(agent, place),
    );
  }

  @Permits('desk.read')
  @ResolveField('terms', () => DeskTermConnection, {
    description: 'The terms of a list, by slug: those under which nothing is published, too.',
  })
  async listTerms(@Args() args: DeskTermsArgs, @Context() context: RequestContext): Promise<DeskTermConnection> {
    const { scheme, languages } = args;
    const search = searchedName(args.search);
    const preference = languagePreference(languages, context);
    const list = deskTermList(scheme, search);
    const request = pageRequest(list, args, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await listTerms(this.dataSource, scheme, search, request),
      ({ slug }) => [slug],
      (facts, place) => new DeskTermEdge(new Term(facts, preference), place, facts.isListed),
    );
  }
}
