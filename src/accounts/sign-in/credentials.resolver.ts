import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { fromGlobalId } from '../../common/global-id.js';
import { NotFound, Problem } from '../../common/problem.type.js';
import { Permits } from '../permits.js';
import { type DeskContext, signedIn } from '../viewer.js';
import { ApiTokensService } from './api-tokens.service.js';
import { SessionsService } from './sessions.service.js';
import { CreateApiTokenInput, RevokeApiTokenInput, RevokeSessionInput, RevokeSessionsInput } from './sign-in.inputs.js';
import {
  ApiTokenCreated,
  ApiTokenRevoked,
  CreateApiTokenResult,
  RevokeApiTokenResult,
  RevokeSessionResult,
  RevokeSessionsResult,
  SessionRevoked,
  SessionsRevoked,
} from './sign-in.type.js';

@Resolver()
export class CredentialsResolver {
  constructor(
    private readonly sessions: SessionsService,
    private readonly tokens: ApiTokensService,
  ) {}

  @Permits('account.secure')
  @Mutation(() => RevokeSessionResult, { description: 'Ends the session by which you ask.' })
  async signOut(@Context() context: DeskContext): Promise<typeof RevokeSessionResult> {
    const viewer = await signedIn(context);
    const result = await this.sessions.signOut(viewer);
    return result instanceof Problem ? result : new SessionRevoked(result, viewer.credential.id);
  }

  @Permits('account.secure')
  @Mutation(() => RevokeSessionResult, { description: 'Ends one of your sessions, wherever it is.' })
  async revokeSession(
    @Args('input', { description: 'Which one.' }) input: RevokeSessionInput,
    @Context() context: DeskContext,
  ): Promise<typeof RevokeSessionResult> {
    const { account, actor, credential } = await signedIn(context);
    const named = fromGlobalId(input.sessionId);
    if (named?.type !== 'Session') return new NotFound('sessionId');
    const result = await this.sessions.revoke(account.id, named.id, actor);
    return result instanceof Problem ? result : new SessionRevoked(result, credential.id);
  }

  @Permits('account.secure')
  @Mutation(() => RevokeSessionsResult, { description: 'Ends all your sessions, but this one unless you say so.' })
  async revokeSessions(
    @Args('input', { description: 'Whether this one stays.' }) input: RevokeSessionsInput,
    @Context() context: DeskContext,
  ): Promise<typeof RevokeSessionsResult> {
    const { account, actor, credential } = await signedIn(context);
    const count = await this.sessions.revokeAll(actor, account.id, input.keepCurrent ? credential.id : null);
    return new SessionsRevoked(count);
  }

  @Permits('account.secure')
  @Mutation(() => CreateApiTokenResult, { description: 'Makes a token for a program of yours.' })
  async createApiToken(
    @Args('input', { description: 'What it is to be.' }) input: CreateApiTokenInput,
    @Context() context: DeskContext,
  ): Promise<typeof CreateApiTokenResult> {
    const result = await this.tokens.create(await signedIn(context), input);
    return result instanceof Problem ? result : new ApiTokenCreated(result);
  }

  @Permits('account.secure')
  @Mutation(() => RevokeApiTokenResult, {
    description: 'Revokes one of your tokens: programs that have it are refused.',
  })
  async revokeApiToken(
    @Args('input', { description: 'Which one.' }) input: RevokeApiTokenInput,
    @Context() context: DeskContext,
  ): Promise<typeof RevokeApiTokenResult> {
    const viewer = await signedIn(context);
    const named = fromGlobalId(input.apiTokenId);
    if (named?.type !== 'ApiToken') return new NotFound('apiTokenId');
    const result = await this.tokens.revoke(viewer, named.id);
    return result instanceof Problem ? result : new ApiTokenRevoked(result);
  }
}
