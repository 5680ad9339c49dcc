import { Args, Context, createUnionType, Field, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { fromGlobalId } from '../common/global-id.js';
import { InvalidValue, NotFound, Problem } from '../common/problem.type.js';
import { Account } from './account.type.js';
import { AccountInput, CreateAccountInput, SetRolesInput } from './accounts.inputs.js';
import { EmailTaken, LastAdmin } from './accounts.problems.js';
import { AccountsService, type AccountWithRoles } from './accounts.service.js';
import { Permits } from './permits.js';
import { type DeskContext, signedIn } from './viewer.js';

@ObjectType({ description: 'The account, as it is now.' })
export class AccountChanged {
  @Field(() => Account, { description: 'The account, as it is now.' })
  readonly account: Account;

  constructor(found: AccountWithRoles) {
    this.account = new Account(found);
  }
}

@ObjectType({ description: 'An account whose owner has yet to choose a password.' })
export class PasswordToChoose {
  @Field(() => Account, { description: 'The account that it is for.' })
  readonly account: Account;

  @Field(() => String, {
    description:
      'By which its owner chooses a password with `setPassword`: once, within 48 hours. It is shown here and never again.',
  })
  readonly secret: string;

  constructor(found: AccountWithRoles, secret: string) {
    this.account = new Account(found);
    this.secret = secret;
  }
}

const typeOf = (value: object): string => value.constructor.name;

const CreateAccountResult = createUnionType({
  name: 'CreateAccountResult',
  description: 'The new account, or why there is none.',
  types: () => [PasswordToChoose, InvalidValue, EmailTaken] as const,
  resolveType: typeOf,
});
const SetRolesResult = createUnionType({
  name: 'SetRolesResult',
  description: 'The account with its roles, or why it has others still.',
  types: () => [AccountChanged, InvalidValue, NotFound, LastAdmin] as const,
  resolveType: typeOf,
});
const DisableAccountResult = createUnionType({
  name: 'DisableAccountResult',
  description: 'The account that is shut out, or why it is not.',
  types: () => [AccountChanged, NotFound, LastAdmin] as const,
  resolveType: typeOf,
});
const EnableAccountResult = createUnionType({
  name: 'EnableAccountResult',
  description: 'The account that is let in, or why it is not.',
  types: () => [AccountChanged, NotFound] as const,
  resolveType: typeOf,
});
const ResetPasswordResult = createUnionType({
  name: 'ResetPasswordResult',
  description: 'The account with the secret for its owner, or why nothing was done.',
  types: () => [PasswordToChoose, NotFound] as const,
  resolveType: typeOf,
});

/** The id of an account that a caller names; null for whatever names none. */
function accountIdOf(globalId: string): string | null {
  const named = fromGlobalId(globalId);
  return named?.type === 'Account' ? named.id : null;
}

function changed<Refusal extends Problem>(result: AccountWithRoles | Refusal): AccountChanged | Refusal {
  return result instanceof Problem ? result : new AccountChanged(result);
}

@Resolver()
export class AccountsResolver {
  constructor(private readonly accounts: AccountsService) {}

  @Permits('account.administer')
  @Mutation(() => CreateAccountResult, {
    description: 'Makes an account. Its owner chooses the password, by the secret in the answer.',
  })
  async createAccount(
    @Args('input', { description: 'What it is to be.' }) input: CreateAccountInput,
    @Context() context: DeskContext,
  ): Promise<typeof CreateAccountResult> {
    const { email, name, roles } = input;
    const result = await this.accounts.create((await signedIn(context)).actor, { email, name, roles });
    return result instanceof Problem ? result : new PasswordToChoose(result, result.secret ?? '');
  }

  @Permits('account.administer')
  @Mutation(() => SetRolesResult, {
    description: 'Says what an account may do, from its next request on: these roles, and no others.',
  })
  async setRoles(
    @Args('input', { description: 'Which account, and which roles.' }) input: SetRolesInput,
    @Context() context: DeskContext,
  ): Promise<typeof SetRolesResult> {
    const id = accountIdOf(input.accountId);
    if (id === null) return new NotFound('accountId');
    return changed(await this.accounts.setRoles((await signedIn(context)).actor, id, input.roles));
  }

  @Permits('account.administer')
  @Mutation(() => DisableAccountResult, {
    description: 'Shuts somebody out at once: their sessions end, and their tokens are refused.',
  })
  async disableAccount(
    @Args('input', { description: 'Which account.' }) input: AccountInput,
    @Context() context: DeskContext,
  ): Promise<typeof DisableAccountResult> {
    const id = accountIdOf(input.accountId);
    if (id === null) return new NotFound('accountId');
    return changed(await this.accounts.disable((await signedIn(context)).actor, id));
  }

  @Permits('account.administer')
  @Mutation(() => EnableAccountResult, {
    description: 'Lets somebody in again who was shut out, with the password and the tokens that they had.',
  })
  async enableAccount(
    @Args('input', { description: 'Which account.' }) input: AccountInput,
    @Context() context: DeskContext,
  ): Promise<typeof EnableAccountResult> {
    const id = accountIdOf(input.accountId);
    if (id === null) return new NotFound('accountId');
    return changed(await this.accounts.enable((await signedIn(context)).actor, id));
  }

  @Permits('account.administer')
  @Mutation(() => ResetPasswordResult, {
    description:
      'Takes the password of an account, ends its sessions and revokes its tokens. Its owner chooses another password, by ' +
      'the secret in the answer.',
  })
  async resetPassword(
    @Args('input', { description: 'Which account.' }) input: AccountInput,
    @Context() context: DeskContext,
  ): Promise<typeof ResetPasswordResult> {
    const id = accountIdOf(input.accountId);
    if (id === null) return new NotFound('accountId');
    const result = await this.accounts.resetPassword((await signedIn(context)).actor, id);
    return result instanceof Problem ? result : new PasswordToChoose(result, result.secret);
  }
}
