import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { GraphQLScalarType } from 'graphql';
import { ACTOR_KINDS, type ActorKind } from '../../common/actor.js';
import { type Connection, PageInfo, type Place } from '../../common/connection.js';
import { toGlobalId } from '../../common/global-id.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import { userInputError } from '../../common/user-input-error.js';
import { enumType } from '../../common/vocabulary.type.js';
import type { AuditedState, AuditEntryEntity } from './audit-entry.entity.js';

export const ActorKindEnum = enumType('ActorKind', 'As what somebody acted.', ACTOR_KINDS, {
  ACCOUNT: 'A person, signed in.',
  TOKEN: 'A program, with a token of somebody’s.',
  COMMAND: 'Whoever ran a command on the server’s machine.',
  IMPORT: 'Whoever ran an import, for what it brought.',
  STRANGER: 'Somebody who was not let in.',
});

export const JsonObjectScalar = new GraphQLScalarType({
  name: 'JsonObject',
  description: 'An object as JSON has it, whose fields depend on what it tells of.',
  parseValue: () => {
    throw userInputError('value', 'can not be given: such objects are only told');
  },
  parseLiteral: () => {
    throw userInputError('value', 'can not be given: such objects are only told');
  },
});

@ObjectType('AuditEntry', { description: 'Something that was done at the desk. It is never changed, and never goes.' })
export class AuditEntry {
  constructor(private readonly entity: AuditEntryEntity) {}

  @Field(() => ID, { description: 'An opaque id.' })
  get id(): string {
    return toGlobalId('AuditEntry', this.entity.id);
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was done.' })
  get at(): Date {
    return this.entity.at;
  }

  @Field(() => ActorKindEnum, { description: 'As what somebody did it.' })
  get actorKind(): ActorKind {
    return this.entity.actorKind;
  }

  @Field(() => String, {
    description: 'Who did it, as they were called then: `Ada Nord <ada@example.org>`, or a command.',
  })
  get actorName(): string {
    return this.entity.actorName;
  }

  @Field(() => ID, { nullable: true, description: 'The account that did it; null for commands and imports.' })
  get accountId(): string | null {
    return globalId('Account', this.entity.accountId);
  }

  @Field(() => ID, { nullable: true, description: 'The session that it was done with; null where it was none.' })
  get sessionId(): string | null {
    return globalId('Session', this.entity.sessionId);
  }

  @Field(() => ID, { nullable: true, description: 'The token that it was done with; null where it was none.' })
  get apiTokenId(): string | null {
    return globalId('ApiToken', this.entity.tokenId);
  }

  @Field(() => String, { nullable: true, description: 'The request’s `x-request-id`, which the logs have too.' })
  get requestId(): string | null {
    return this.entity.requestId;
  }

  @Field(() => String, { nullable: true, description: 'From which address it was asked.' })
  get address(): string | null {
    return this.entity.address;
  }

  @Field(() => String, { description: 'What was done, like `account.setRoles`.' })
  get operation(): string {
    return this.entity.operation;
  }

  @Field(() => String, { description: 'What kind of thing it was done to, like `Account`.' })
  get objectType(): string {
    return this.entity.objectType;
  }

  @Field(() => ID, { nullable: true, description: 'What it was done to; null where that has no id.' })
  get objectId(): string | null {
    return globalId(this.entity.objectType, this.entity.objectId);
  }

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'In which language; null where it is not a matter of one.',
  })
  get language(): LanguageTag | null {
    return this.entity.language;
  }

  @Field(() => JsonObjectScalar, { nullable: true, description: 'What of it was so before; null where nothing was.' })
  get before(): AuditedState | null {
    return this.entity.before;
  }

  @Field(() => JsonObjectScalar, { nullable: true, description: 'What of it is so after; null where nothing is.' })
  get after(): AuditedState | null {
    return this.entity.after;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever did it; null where they gave none.',
  })
  get reason(): string | null {
    return this.entity.reason;
  }
}

function globalId(type: string, id: string | null): string | null {
  return id === null ? null : toGlobalId(type, id);
}

@ObjectType({ description: 'An entry in the audit trail’s list.' })
export class AuditEntryEdge {
  @Field(() => AuditEntry, { description: 'The entry.' })
  readonly node: AuditEntry;

  constructor(
    node: AuditEntry,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of the audit trail.' })
export class AuditEntryConnection implements Connection<AuditEntryEdge> {
  @Field(() => [AuditEntryEdge], { description: 'The entries of the page, the newest first.' })
  readonly edges!: readonly AuditEntryEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}

@InputType({ description: 'Which entries to list. All that is given has to hold.' })
export class AuditFilter {
  @Field(() => String, { nullable: true, description: 'What was done, like `account.setRoles`.' })
  readonly operation?: string | null;

  @Field(() => ID, { nullable: true, description: 'What it was done to.' })
  readonly objectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The account that did it.' })
  readonly accountId?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'What was done in this language.' })
  readonly language?: LanguageTag | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From this moment on.' })
  readonly from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Before this moment.' })
  readonly until?: Date | null;
}
