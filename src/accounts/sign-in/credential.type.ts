import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../../common/global-id.js';
import { ScopeEnum } from '../account.type.js';
import type { Scope } from '../permissions.js';
import type { ApiTokenEntity, SessionEntity } from './credential.entity.js';

@ObjectType('Session', { description: 'Somebody is signed in at one place.' })
export class Session {
  constructor(
    private readonly entity: SessionEntity,
    private readonly askingId: string | null,
  ) {}

  @Field(() => ID, { description: 'An opaque id, to be given back as it is. It is no secret.' })
  get id(): string {
    return toGlobalId('Session', this.entity.id);
  }

  @Field(() => Boolean, { description: 'Whether this very request is asked with it.' })
  get isCurrent(): boolean {
    return this.entity.id === this.askingId;
  }

  @Field(() => String, { nullable: true, description: 'From which address it was opened.' })
  get address(): string | null {
    return this.entity.address;
  }

  @Field(() => String, { nullable: true, description: 'By which program it was opened, as that names itself.' })
  get userAgent(): string | null {
    return this.entity.userAgent;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was opened.' })
  get createdAt(): Date {
    return this.entity.createdAt;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was used last, to the minute.' })
  get lastUsedAt(): Date {
    return this.entity.lastUsedAt;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it will be over, however much it is used.' })
  get expiresAt(): Date {
    return this.entity.expiresAt;
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was ended before its time; null where it was not.',
  })
  get endedAt(): Date | null {
    return this.entity.endedAt;
  }
}

@ObjectType('ApiToken', { description: 'A personal token, by which a program does what its owner lets it.' })
export class ApiToken {
  constructor(private readonly entity: ApiTokenEntity) {}

  @Field(() => ID, { description: 'An opaque id, to be given back as it is. It is no secret.' })
  get id(): string {
    return toGlobalId('ApiToken', this.entity.id);
  }

  @Field(() => String, { description: 'What its owner calls it.' })
  get name(): string {
    return this.entity.name;
  }

  @Field(() => [ScopeEnum], { description: 'What it may be used for.' })
  get scopes(): readonly Scope[] {
    return this.entity.scopes;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was made.' })
  get createdAt(): Date {
    return this.entity.createdAt;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it will be over.' })
  get expiresAt(): Date {
    return this.entity.expiresAt;
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was used last, to the minute; null before the first time.',
  })
  get lastUsedAt(): Date | null {
    return this.entity.lastUsedAt;
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was revoked; null where it was not.' })
  get revokedAt(): Date | null {
    return this.entity.revokedAt;
  }
}
