import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { pageRequest, toConnection } from '../common/connection.js';
import { filteredList } from '../common/cursor.js';
import { fromGlobalId } from '../common/global-id.js';
import { userInputError } from '../common/user-input-error.js';
import { Config } from '../config.js';
import { Account, AccountConnection, AccountEdge } from './account.type.js';
import { PageArgs } from './accounts.inputs.js';
import { ACCOUNTS_BY_EMAIL, AccountsQueries } from './accounts.queries.js';
import { AUDIT_TRAIL, AuditQueries } from './audit/audit.queries.js';
import { AuditEntry, AuditEntryConnection, AuditEntryEdge, AuditFilter } from './audit/audit.type.js';
import { Desk, Me } from './desk.type.js';
import { Permits, Personal } from './permits.js';
import { ApiToken, Session } from './sign-in/credential.type.js';
import type { DeskContext } from './viewer.js';

@Resolver(() => Desk)
export class DeskResolver {
  constructor(
    private readonly accounts: AccountsQueries,
    private readonly trail: AuditQueries,
    private readonly config: Config,
  ) {}

  @Personal()
  @Query(() => Desk, { nullable: true, description: 'The desk, where people write; null for who has not signed in.' })
  async desk(@Context() { req }: DeskContext): Promise<Desk | null> {
    const viewer = await req.viewer();
    return viewer === null ? null : new Desk(viewer);
  }

  @Permits('account.own')
  @ResolveField('me', () => Me, { description: 'You, as you are signed in.' })
  me(@Parent() { viewer }: Desk): Me {
    return new Me(viewer);
  }

  @Permits('account.administer')
  @ResolveField('accounts', () => AccountConnection, {
    nullable: true,
    description: 'Everybody who has an account, by e-mail address; null, with an error, for who may not know.',
  })
  async listAccounts(@Args() page: PageArgs): Promise<AccountConnection> {
    const request = pageRequest(ACCOUNTS_BY_EMAIL, page, this.config.pageSizeMax);
    return toConnection(
      ACCOUNTS_BY_EMAIL,
      request,
      await this.accounts.list(request),
      ({ account: { email, id } }) => [email, id],
      (row, place) => new AccountEdge(new Account(row), place),
    );
  }

  @Permits('audit.read')
  @ResolveField('auditTrail', () => AuditEntryConnection, {
    nullable: true,
    description:
      'Who did what at the desk, the newest first; null, with an error, for who may not know. What is in it never changes.',
  })
  async listAuditTrail(
    @Args() page: PageArgs,
    @Args('filter', { type: () => AuditFilter, nullable: true, description: 'Which entries; all of them without it.' })
    filter: AuditFilter | null,
  ): Promise<AuditEntryConnection> {
    const wish = auditWish(filter ?? {});
    const list = filteredList(AUDIT_TRAIL, wish);
    const request = pageRequest(list, page, this.config.pageSizeMax);
    return toConnection(
      list,
      request,
      await this.trail.list(request, wish),
      ({ id }) => [id],
      (row, place) => new AuditEntryEdge(new AuditEntry(row), place),
    );
  }
}

/** What a filter asks for. Throws BAD_USER_INPUT for ids and moments that are none. */
function auditWish({
  operation,
  objectId,
  accountId,
  language,
  from,
  until,
}: AuditFilter): Parameters<AuditQueries['list']>[1] {
  const object = objectId == null ? null : fromGlobalId(objectId);
  const account = accountId == null ? null : fromGlobalId(accountId);
  if (objectId != null && object === null)
    throw userInputError('filter.objectId', 'must be an id that this server gave out');
  if (accountId != null && account?.type !== 'Account')
    throw userInputError('filter.accountId', 'must be the id of an account');
  for (const [name, moment] of Object.entries({ from, until })) {
    if (moment != null && Number.isNaN(moment.getTime()))
      throw userInputError(`filter.${name}`, 'must be a moment in time');
  }
  return {
    operation: operation ?? null,
    objectType: object?.type ?? null,
    objectId: object?.id ?? null,
    accountId: account?.id ?? null,
    language: language ?? null,
    from: from ?? null,
    until: until ?? null,
  };
}

@Resolver(() => Me)
export class MeResolver {
  constructor(
    private readonly accounts: AccountsQueries,
    private readonly config: Config,
  ) {}

  @ResolveField('sessions', () => [Session], { description: 'Where you are signed in, the one last used first.' })
  async listSessions(@Parent() { viewer: { account, credential } }: Me): Promise<Session[]> {
    const sessions = await this.accounts.listSessions(account.id, this.config.sessionIdleMinutes);
    return sessions.map((session) => new Session(session, credential.id));
  }

  @ResolveField('apiTokens', () => [ApiToken], { description: 'Your tokens that are good, the newest first.' })
  async listApiTokens(@Parent() { viewer }: Me): Promise<ApiToken[]> {
    return (await this.accounts.listApiTokens(viewer.account.id)).map((token) => new ApiToken(token));
  }
}
