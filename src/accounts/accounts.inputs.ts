import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { PageArguments } from '../common/connection.js';
import type { LanguageTag } from '../common/language-tag.js';
import { EmailAddressScalar, LanguageTagScalar } from '../common/scalars.js';
import { RoleEnum } from './account.type.js';
import type { Role, RoleGrant } from './permissions.js';

@InputType({ description: 'A role to give.' })
export class RoleGrantInput implements RoleGrant {
  @Field(() => RoleEnum, { description: 'Which role.' })
  readonly role!: Role;

  @Field(() => [LanguageTagScalar], {
    defaultValue: [],
    description: 'For a translator: into which languages, like `["fr"]`. For no other role.',
  })
  readonly languages!: readonly LanguageTag[];
}

@InputType({ description: 'What a new account is to be.' })
export class CreateAccountInput {
  @Field(() => EmailAddressScalar, { description: 'What they will sign in with.' })
  readonly email!: string;

  @Field(() => String, { description: 'Their name, of 1 to 200 characters.' })
  readonly name!: string;

  @Field(() => [RoleGrantInput], { description: 'What they are at the desk.' })
  readonly roles!: readonly RoleGrantInput[];
}

@InputType({ description: 'Which account is to have which roles.' })
export class SetRolesInput {
  @Field(() => ID, { description: 'The account’s id.' })
  readonly accountId!: string;

  @Field(() => [RoleGrantInput], { description: 'All roles that it is to have; it loses others.' })
  readonly roles!: readonly RoleGrantInput[];
}

@InputType({ description: 'Which account it is about.' })
export class AccountInput {
  @Field(() => ID, { description: 'The account’s id.' })
  readonly accountId!: string;
}

@ArgsType()
export class PageArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, from the beginning or after a cursor; 20 unless you say otherwise.',
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor behind which the page begins.' })
  readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, from the end or before a cursor.' })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor before which the page ends.' })
  readonly before?: string | null;
}
