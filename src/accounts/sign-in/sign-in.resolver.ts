import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Problem } from '../../common/problem.type.js';
import { TooManyAttempts } from '../accounts.problems.js';
import { OidcService } from '../oidc/oidc.service.js';
import { Permits } from '../permits.js';
import { askedFrom, type DeskContext, signedIn } from '../viewer.js';
import { SessionsService } from './sessions.service.js';
import {
  ChangePasswordInput,
  ExchangeSignInCodeInput,
  RefreshSessionInput,
  SetPasswordInput,
  SignInInput,
} from './sign-in.inputs.js';
import { SignInService } from './sign-in.service.js';
import {
  ChangePasswordResult,
  ExchangeSignInCodeResult,
  PasswordChanged,
  PasswordSet,
  RefreshSessionResult,
  SetPasswordResult,
  SignedIn,
  SignInResult,
} from './sign-in.type.js';

/** Has HTTP tell, too, that there were too many attempts: whoever stands in front of the server knows it by that. */
function told<Result>(req: DeskContext['req'], result: Result): Result {
  if (result instanceof TooManyAttempts) req.retryAfterSeconds = result.retryAfterSeconds;
  return result;
}

@Resolver()
export class SignInResolver {
  constructor(
    private readonly signing: SignInService,
    private readonly sessions: SessionsService,
    private readonly oidc: OidcService,
  ) {}

  @Permits('sign-in')
  @Mutation(() => SignInResult, { description: 'Signs in by e-mail address and password.' })
  async signIn(
    @Args('input', { description: 'Who signs in.' }) input: SignInInput,
    @Context() { req }: DeskContext,
  ): Promise<typeof SignInResult> {
    const result = told(req, await this.signing.signIn(input.email, input.password, askedFrom(req)));
    return result instanceof Problem ? result : new SignedIn(result);
  }

  @Permits('sign-in')
  @Mutation(() => ExchangeSignInCodeResult, {
    description: 'Signs in by the code with which somebody came back from a provider of OpenID Connect.',
  })
  async exchangeSignInCode(
    @Args('input', { description: 'The code, and what it was begun with.' }) input: ExchangeSignInCodeInput,
    @Context() { req }: DeskContext,
  ): Promise<typeof ExchangeSignInCodeResult> {
    const result = told(req, await this.oidc.exchange(input.code, input.verifier, askedFrom(req)));
    return result instanceof Problem ? result : new SignedIn(result);
  }

  @Permits('sign-in')
  @Mutation(() => RefreshSessionResult, {
    description:
      'Gives a session a new secret. The old one is good for 30 seconds more, for requests under way; when it is shown ' +
      'later, somebody else has it, and the session ends for both.',
  })
  async refreshSession(
    @Args('input', { description: 'Which session.' }) input: RefreshSessionInput,
    @Context() { req }: DeskContext,
  ): Promise<typeof RefreshSessionResult> {
    const result = await this.sessions.refresh(input.secret, askedFrom(req));
    return result instanceof Problem ? result : new SignedIn(result);
  }

  @Permits('sign-in')
  @Mutation(() => SetPasswordResult, {
    description: 'Chooses a password by the secret that an admin has made. It signs nobody in.',
  })
  async setPassword(
    @Args('input', { description: 'The secret, and the password.' }) input: SetPasswordInput,
    @Context() { req }: DeskContext,
  ): Promise<typeof SetPasswordResult> {
    const result = told(req, await this.signing.setPassword(input.secret, input.newPassword, askedFrom(req)));
    return result instanceof Problem ? result : new PasswordSet(result.email);
  }

  @Permits('account.secure')
  @Mutation(() => ChangePasswordResult, {
    description: 'Changes your password, and ends all your sessions but this one.',
  })
  async changePassword(
    @Args('input', { description: 'The password that you have, and the one that you want.' })
    input: ChangePasswordInput,
    @Context() context: DeskContext,
  ): Promise<typeof ChangePasswordResult> {
    const result = told(context.req, await this.signing.changePassword(await signedIn(context), input));
    return result instanceof Problem ? result : new PasswordChanged(result);
  }
}
