import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../common/connection.js';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { EmailAddressScalar, LanguageTagScalar } from '../common/scalars.js';
import { enumType } from '../common/vocabulary.type.js';
import type { AccountWithRoles } from './accounts.service.js';
import { type Role, type RoleGrant, ROLES, SCOPES } from './permissions.js';

export const RoleEnum = enumType(
  'Role',
  'What somebody is at the desk. The table of what each may do stands in the documentation.',
  ROLES,
  {
    READER: 'Reads the desk, and changes nothing.',
    CONTRIBUTOR: 'Writes and edits articles; others publish them.',
    TRANSLATOR: 'Translates, into the languages of the role.',
    EDITOR: 'Writes, translates, approves and publishes, in all languages.',
    RIGHTS_MANAGER: 'Settles rights, waives findings, and withdraws what must not stand.',
    ADMIN: 'Administers accounts, reads the audit trail, and may do everything else.',
  },
);

export const ScopeEnum = enumType('TokenScope', 'What a token may be used for, as far as its account may.', SCOPES, {
  READ_DESK: 'Reading the desk.',
  WRITE: 'Writing and translating.',
  PUBLISH: 'Approving, publishing, correcting and withdrawing.',
  ADMIN: 'Administering accounts, and reading the audit trail.',
});

@ObjectType('RoleGrant', { description: 'A role that an account has.' })
export class RoleGrantType {
  @Field(() => RoleEnum, { description: 'Which role it is.' })
  readonly role!: Role;

  @Field(() => [LanguageTagScalar], {
    description: 'Of a translator: into which languages, their regions included. Empty for all other roles.',
  })
  readonly languages!: readonly LanguageTag[];
}

@ObjectType('Account', { description: 'Somebody who may work at the desk.' })
export class Account {
  constructor(private readonly found: AccountWithRoles) {}

  @Field(() => ID, { description: 'An opaque id, to be given back as it is.' })
  get id(): string {
    return toGlobalId('Account', this.found.account.id);
  }

  @Field(() => EmailAddressScalar, { description: 'What they sign in with, in small letters.' })
  get email(): string {
    return this.found.account.email;
  }

  @Field(() => String, { description: 'Their name, as others at the desk read it.' })
  get name(): string {
    return this.found.account.name;
  }

  @Field(() => [RoleGrantType], { description: 'What they are at the desk.' })
  get roles(): readonly RoleGrant[] {
    return this.found.roles;
  }

  @Field(() => Boolean, { description: 'Whether they are shut out.' })
  get isDisabled(): boolean {
    return this.disabledAt !== null;
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when they are shut out; null where they are not.',
  })
  get disabledAt(): Date | null {
    return this.found.account.disabledAt;
  }

  @Field(() => GraphQLISODateTime, { description: 'When the account was made.' })
  get createdAt(): Date {
    return this.found.account.createdAt;
  }
}

@ObjectType({ description: 'An account in a list.' })
export class AccountEdge {
  @Field(() => Account, { description: 'The account.' })
  readonly node: Account;

  constructor(
    node: Account,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of accounts.' })
export class AccountConnection implements Connection<AccountEdge> {
  @Field(() => [AccountEdge], { description: 'The accounts of the page, by their e-mail addresses.' })
  readonly edges!: readonly AccountEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
