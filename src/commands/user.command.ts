import type { INestApplicationContext } from '@nestjs/common';
import { type Command, InvalidArgumentError } from 'commander';
import { AccountsQueries } from '../accounts/accounts.queries.js';
import { AccountsService, type AccountWithRoles } from '../accounts/accounts.service.js';
import { type RoleGrant, ROLES } from '../accounts/permissions.js';
import { type Actor, commandActor } from '../common/actor.js';
import { canonicalLanguageTag } from '../common/language-tag.js';
import { Problem } from '../common/problem.type.js';
import { loadConfig } from '../config.js';
import { askPassword } from './ask-password.js';
import { addCommand, type CommonOptions, type House, printResult, RefusedError } from './command-line.js';
import { withDatabase } from './with-database.js';
import { bold, dim, green, red, yellow } from './terminal.js';

const ROLE_HELP =
  '\nROLE is reader, contributor, editor, rights-manager, admin, or translator with its languages: translator:fr,en.\n';

interface AddOptions extends CommonOptions {
  readonly name: string;
  readonly role: readonly RoleGrant[];
  readonly password: boolean;
}

/** `user`: who may work at the desk. The first admin is made here. */
export function userCommand(program: Command, house: House): void {
  const user = addCommand(program, 'user', 'say who may work at the desk: add, list, role, reset, disable, enable');
  addCommand(user, 'add EMAIL', 'make an account; its password is asked for, or read from standard input')
    .requiredOption('--name <NAME>', 'the name that others at the desk read')
    .option('--role <ROLE>', 'what they are at the desk; may be given again', collectRole, [])
    .option('--no-password', 'ask for none: print a secret by which its owner chooses one')
    .addHelpText('after', ROLE_HELP)
    .action(async (email: string, options: AddOptions) => {
      const password = options.password ? await askPassword() : undefined;
      const { name, role: roles } = options;
      await change(house, options, (app) =>
        app
          .get(AccountsService)
          .create(commandActor('user add'), { email, name, roles, ...(password === undefined ? {} : { password }) }),
      );
    });
  addCommand(user, 'list', 'list all accounts').action(async (options: CommonOptions) => {
    await withDatabase(house, loadConfig(), async (app) => {
      const accounts = await app.get(AccountsQueries).listAll();
      const text = accounts.map(accountText).join('\n');
      printResult(options, { accounts: accounts.map(told) }, text === '' ? 'There is no account yet.' : text);
    });
  });
  addCommand(user, 'role EMAIL', 'give an account these roles and no others; without any, it has none')
    .argument('[ROLE...]', 'what somebody is at the desk', collectRole, [])
    .addHelpText('after', ROLE_HELP)
    .action(async (email: string, grants: readonly RoleGrant[], options: CommonOptions) => {
      await changeFound(house, options, 'role', email, (accounts, actor, id) => accounts.setRoles(actor, id, grants));
    });
  addCommand(
    user,
    'reset EMAIL',
    'take the password, end all sessions and tokens; print a secret to choose another by',
  ).action(async (email: string, options: CommonOptions) => {
    await changeFound(house, options, 'reset', email, (accounts, actor, id) => accounts.resetPassword(actor, id));
  });
  addCommand(user, 'disable EMAIL', 'shut somebody out at once').action(
    async (email: string, options: CommonOptions) => {
      await changeFound(house, options, 'disable', email, (accounts, actor, id) => accounts.disable(actor, id));
    },
  );
  addCommand(user, 'enable EMAIL', 'let somebody in again').action(async (email: string, options: CommonOptions) => {
    await changeFound(house, options, 'enable', email, (accounts, actor, id) => accounts.enable(actor, id));
  });
}

/** Commands name accounts by their address. */
class NoAccount extends Problem {
  constructor(email: string) {
    super('NOT_FOUND', `No account has the address ${email}.`, ['input', 'email']);
  }
}

type Changed = (AccountWithRoles & { readonly secret?: string | null }) | Problem;

async function changeFound(
  house: House,
  options: CommonOptions,
  name: string,
  email: string,
  work: (accounts: AccountsService, actor: Actor, accountId: string) => Promise<Changed>,
): Promise<void> {
  await change(house, options, async (app) => {
    const found = await app.get(AccountsQueries).findByEmail(email);
    if (found === null) return new NoAccount(email);
    return work(app.get(AccountsService), commandActor(`user ${name}`), found.id);
  });
}

/** Does it, and tells what came of it; a problem ends with exit status 1. */
async function change(
  house: House,
  options: CommonOptions,
  work: (app: INestApplicationContext) => Promise<Changed>,
): Promise<void> {
  const result = await withDatabase(house, loadConfig(), work);
  if (result instanceof Problem) {
    const { code, message, path } = result;
    printResult(options, { problem: { code, message, path } }, `${red('✘')} ${message}`);
    throw new RefusedError();
  }
  const secret = result.secret ?? null;
  printResult(options, { account: told(result), ...(secret === null ? {} : { secret }) }, resultText(result, secret));
}

function resultText(result: AccountWithRoles, secret: string | null): string {
  if (secret === null) return `${green('✔')} ${accountText(result)}`;
  return [
    `${green('✔')} ${accountText(result)}`,
    `  ${bold(secret)}`,
    `  ${dim('It is shown this once, and good for 48 hours: with it, the mutation setPassword takes a password.')}`,
  ].join('\n');
}

function told({ account, roles }: AccountWithRoles): Readonly<Record<string, unknown>> {
  const { id, email, name, disabledAt, createdAt } = account;
  return { id, email, name, roles, disabledAt, createdAt };
}

function accountText({ account: { email, name, disabledAt }, roles }: AccountWithRoles): string {
  const state = disabledAt === null ? '' : `  ${yellow(`disabled ${disabledAt.toISOString().slice(0, 10)}`)}`;
  return `${bold(email)}  ${name}  ${dim(roles.length === 0 ? 'no role' : roles.map(roleText).join(' '))}${state}`;
}

function roleText({ role, languages }: RoleGrant): string {
  const name = role.toLowerCase().replace('_', '-');
  return languages.length === 0 ? name : `${name}:${languages.join(',')}`;
}

function collectRole(text: string, before: readonly RoleGrant[]): readonly RoleGrant[] {
  const [name = '', languages] = text.split(':', 2);
  const role = ROLES.find((one) => one === name.toUpperCase().replace('-', '_'));
  if (role === undefined) throw new InvalidArgumentError(`There is no role ${JSON.stringify(name)}.`);
  if ((role === 'TRANSLATOR') !== (languages !== undefined)) {
    throw new InvalidArgumentError('translator has languages, translator:fr,en; no other role has.');
  }
  const tags = (languages?.split(',') ?? []).map((language) => {
    const tag = canonicalLanguageTag(language);
    if (tag === null)
      throw new InvalidArgumentError(`${JSON.stringify(language)} is no language tag, like fr or fr-CA.`);
    return tag;
  });
  return [...before, { role, languages: tags }];
}
