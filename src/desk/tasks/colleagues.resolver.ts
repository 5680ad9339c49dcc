import { Args, ArgsType, Context, Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { PageArgs } from '../../accounts/accounts.inputs.js';
import { Desk } from '../../accounts/desk.type.js';
import { type Permission, PERMISSIONS } from '../../accounts/permissions.js';
import { Permits } from '../../accounts/permits.js';
import type { DeskContext } from '../../accounts/viewer.js';
import { type Connection, PageInfo, pageRequest, type Place, toConnection } from '../../common/connection.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import { userInputError } from '../../common/user-input-error.js';
import { Config } from '../../config.js';
import { Schedule } from '../../publishing/publishing.type.js';
import { DeskReads } from '../desk-reads.js';
import { searchedName } from '../lists/containing.js';
import { Revision } from '../revision.type.js';
import { Translation } from '../translation.type.js';
import { colleagueList, listColleagues, listColleaguesByIds } from './colleagues.js';
import { Colleague } from './tasks.type.js';

@ObjectType({ description: 'A colleague in the desk’s list.' })
export class ColleagueEdge {
  @Field(() => Colleague, { description: 'The colleague.' })
  readonly node: Colleague;

  constructor(
    node: Colleague,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of colleagues.' })
export class ColleagueConnection implements Connection<ColleagueEdge> {
  @Field(() => [ColleagueEdge], { description: 'The colleagues of the page, by name.' })
  readonly edges!: readonly ColleagueEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}

@ArgsType()
class ColleaguesArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Only who may do this, in the words of the table of permissions, and is not shut out: `translation.edit` is what ' +
      'whoever a translation is assigned to needs, `article.edit` for an original.',
  })
  readonly mayDo?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'Only who may do it in this language.' })
  readonly language?: LanguageTag | null;

  @Field(() => String, { nullable: true, description: 'Only whose name has this within, in whatever case.' })
  readonly search?: string | null;
}

/** Tells who works here: names and ids, to assign to and to filter by. Addresses are the admins' alone. */
@Resolver(() => Desk)
export class ColleaguesResolver {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  @Permits('desk.read')
  @ResolveField('colleagues', () => ColleagueConnection, {
    description:
      'Everybody who has an account, by name: those who are shut out, too, unless you ask who may do something.',
  })
  async listColleagues(@Args() args: ColleaguesArgs): Promise<ColleagueConnection> {
    const { mayDo, language } = args;
    if (language != null && mayDo == null) throw userInputError('language', 'can only be given together with "mayDo"');
    const wish = { mayDo: permissionOf(mayDo), language: language ?? null, search: searchedName(args.search) };
    const list = colleagueList(wish);
    const request = pageRequest(list, args, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await listColleagues(this.dataSource, wish, request),
      ({ name, id }) => [name, id],
      (facts, place) => new ColleagueEdge(new Colleague(facts), place),
    );
  }
}

/** Throws BAD_USER_INPUT for what the table of permissions does not have. */
function permissionOf(mayDo: string | null | undefined): Permission | null {
  if (mayDo == null) return null;
  const permission = PERMISSIONS.find((one) => one === mayDo);
  if (permission === undefined) throw userInputError('mayDo', 'is no permission');
  return permission;
}

/** Whoever an account's id names, as others see them. */
async function colleagueOf(reads: DeskReads, context: DeskContext, id: string | null): Promise<Colleague | null> {
  const facts = id === null ? null : await reads.of(context).find(listColleaguesByIds, id);
  return facts === null ? null : new Colleague(facts);
}

@Resolver(() => Revision)
export class RevisionMakerResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('madeByColleague', () => Colleague, {
    nullable: true,
    description: 'Who made it, as they are called now; null where none with an account here has.',
  })
  async findMaker(@Parent() { facts }: Revision, @Context() context: DeskContext): Promise<Colleague | null> {
    return colleagueOf(this.reads, context, facts.madeById);
  }
}

@Resolver(() => Translation)
export class TranslationChangerResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('changedByColleague', () => Colleague, {
    nullable: true,
    description: 'Who changed it last, as they are called now; null where none with an account here has.',
  })
  async findChanger(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<Colleague | null> {
    return colleagueOf(this.reads, context, facts.changedById);
  }
}

@Resolver(() => Schedule)
export class SchedulerResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('scheduledByColleague', () => Colleague, {
    nullable: true,
    description: 'Who scheduled it, as they are called now; null where none with an account here has.',
  })
  async findScheduler(@Parent() { entity }: Schedule, @Context() context: DeskContext): Promise<Colleague | null> {
    return colleagueOf(this.reads, context, entity.scheduledBy.accountId);
  }
}
