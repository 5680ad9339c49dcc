import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ScopeEnum } from '../account.type.js';
import type { Scope } from '../permissions.js';

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The account’s e-mail address, in small or capital letters.' })
  readonly email!: string;

  @Field(() => String, { description: 'Its password.' })
  readonly password!: string;
}

@InputType({ description: 'Which session is to have a new secret.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The secret that it has.' })
  readonly secret!: string;
}

@InputType({ description: 'What a page got behind the `#` after somebody signed in with a provider.' })
export class ExchangeSignInCodeInput {
  @Field(() => String, { description: 'The code: good once, for a minute.' })
  readonly code!: string;

  @Field(() => String, {
    description:
      'The text that the page began with: its SHA-256, in base64url, was the `challenge` at `/sign-in/oidc`.',
  })
  readonly verifier!: string;
}

@InputType({ description: 'A password to choose for the first time, or after it was reset.' })
export class SetPasswordInput {
  @Field(() => String, { description: 'The secret that an admin has made: good once, for 48 hours.' })
  readonly secret!: string;

  @Field(() => String, { description: 'The password, of 12 to 1024 characters.' })
  readonly newPassword!: string;
}

@InputType({ description: 'A password to take the place of another.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password that you have.' })
  readonly currentPassword!: string;

  @Field(() => String, { description: 'The password that you want, of 12 to 1024 characters.' })
  readonly newPassword!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether your tokens are revoked, too.' })
  readonly revokeApiTokens!: boolean;
}

@InputType({ description: 'Which of your sessions is to end.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'The session’s id.' })
  readonly sessionId!: string;
}

@InputType({ description: 'Which of your sessions are to end.' })
export class RevokeSessionsInput {
  @Field(() => Boolean, { defaultValue: true, description: 'Whether the one stays by which you ask.' })
  readonly keepCurrent!: boolean;
}

@InputType({ description: 'What a new token is to be.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What to call it, in 1 to 200 characters: where it is used.' })
  readonly name!: string;

  @Field(() => [ScopeEnum], { description: 'What it may be used for; nothing beyond what you may do yourself.' })
  readonly scopes!: readonly Scope[];

  @Field(() => Int, { defaultValue: 90, description: 'How many days it is good.' })
  readonly days!: number;
}

@InputType({ description: 'Which of your tokens is to be revoked.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'The token’s id.' })
  readonly apiTokenId!: string;
}
