import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { InvalidValue, NotFound } from '../../common/problem.type.js';
import { SecretRefused, SecretReplaced, SessionEnded, SignInRefused, TooManyAttempts } from '../accounts.problems.js';
import type { NewApiToken } from './api-tokens.service.js';
import type { ApiTokenEntity, SessionEntity } from './credential.entity.js';
import { ApiToken, Session } from './credential.type.js';
import type { OpenSession } from './sessions.service.js';

@ObjectType({ description: 'Somebody is signed in.' })
export class SignedIn {
  @Field(() => String, {
    description: 'To be sent as `Authorization: Bearer` from now on. It is shown here and never again.',
  })
  readonly secret: string;

  @Field(() => Session, { description: 'The session that is open now.' })
  readonly session: Session;

  constructor({ secret, session }: OpenSession) {
    this.secret = secret;
    this.session = new Session(session, session.id);
  }
}

@ObjectType({ description: 'A session is over.' })
export class SessionRevoked {
  @Field(() => Session, { description: 'The session as it was left.' })
  readonly session: Session;

  constructor(session: SessionEntity, askingId: string) {
    this.session = new Session(session, askingId);
  }
}

@ObjectType({ description: 'Sessions are over.' })
export class SessionsRevoked {
  @Field(() => Int, { description: 'How many of them.' })
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }
}

@ObjectType({ description: 'The password is changed, and no other session is left.' })
export class PasswordChanged {
  @Field(() => Int, { description: 'How many sessions have ended with it.' })
  readonly endedSessions: number;

  constructor(endedSessions: number) {
    this.endedSessions = endedSessions;
  }
}

@ObjectType({ description: 'The password is chosen: sign in with it.' })
export class PasswordSet {
  @Field(() => String, { description: 'The e-mail address to sign in with.' })
  readonly email: string;

  constructor(email: string) {
    this.email = email;
  }
}

@ObjectType({ description: 'There is a new token.' })
export class ApiTokenCreated {
  @Field(() => String, {
    description: 'To be sent as `Authorization: Bearer`. It is shown here and never again.',
  })
  readonly secret: string;

  @Field(() => ApiToken, { description: 'The token.' })
  readonly apiToken: ApiToken;

  constructor({ secret, token }: NewApiToken) {
    this.secret = secret;
    this.apiToken = new ApiToken(token);
  }
}

@ObjectType({ description: 'A token is revoked.' })
export class ApiTokenRevoked {
  @Field(() => ApiToken, { description: 'The token.' })
  readonly apiToken: ApiToken;

  constructor(token: ApiTokenEntity) {
    this.apiToken = new ApiToken(token);
  }
}

const typeOf = (value: object): string => value.constructor.name;

export const SignInResult = createUnionType({
  name: 'SignInResult',
  description: 'The session that was opened, or why there is none.',
  types: () => [SignedIn, SignInRefused, TooManyAttempts] as const,
  resolveType: typeOf,
});
export const ExchangeSignInCodeResult = createUnionType({
  name: 'ExchangeSignInCodeResult',
  description: 'The session that was opened, or why there is none.',
  types: () => [SignedIn, SecretRefused, TooManyAttempts] as const,
  resolveType: typeOf,
});
export const RefreshSessionResult = createUnionType({
  name: 'RefreshSessionResult',
  description: 'The session with its new secret, or why it has none.',
  types: () => [SignedIn, SessionEnded, SecretReplaced] as const,
  resolveType: typeOf,
});
export const SetPasswordResult = createUnionType({
  name: 'SetPasswordResult',
  description: 'That the password is chosen, or why it is not.',
  types: () => [PasswordSet, SecretRefused, InvalidValue, TooManyAttempts] as const,
  resolveType: typeOf,
});
export const ChangePasswordResult = createUnionType({
  name: 'ChangePasswordResult',
  description: 'That the password is changed, or why it is not.',
  types: () => [PasswordChanged, SignInRefused, InvalidValue, TooManyAttempts] as const,
  resolveType: typeOf,
});
export const RevokeSessionResult = createUnionType({
  name: 'RevokeSessionResult',
  description: 'The session that is over, or why none is.',
  types: () => [SessionRevoked, NotFound] as const,
  resolveType: typeOf,
});
export const RevokeSessionsResult = createUnionType({
  name: 'RevokeSessionsResult',
  description: 'How many sessions are over.',
  types: () => [SessionsRevoked] as const,
  resolveType: typeOf,
});
export const CreateApiTokenResult = createUnionType({
  name: 'CreateApiTokenResult',
  description: 'The new token, or why there is none.',
  types: () => [ApiTokenCreated, InvalidValue] as const,
  resolveType: typeOf,
});
export const RevokeApiTokenResult = createUnionType({
  name: 'RevokeApiTokenResult',
  description: 'The token that is revoked, or why none is.',
  types: () => [ApiTokenRevoked, NotFound] as const,
  resolveType: typeOf,
});
