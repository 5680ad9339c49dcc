import { type LanguageTag } from '../common/language-tag.js';

/** What somebody is at the desk; one account may have several roles. */
export const ROLES = ['READER', 'CONTRIBUTOR', 'TRANSLATOR', 'EDITOR', 'RIGHTS_MANAGER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What a personal API token may be used for, of all that its account may do. */
export const SCOPES = ['READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN'] as const;
export type Scope = (typeof SCOPES)[number];

/** A role that an account has; a translator has it for some languages. */
export interface RoleGrant {
  readonly role: Role;
  readonly languages: readonly LanguageTag[];
}

/** Yes, no, or in the languages that the role was given for. */
type May = 'yes' | ' – ' | 'own';

/** Which tokens will do: those with a scope, any, or none: a person has to be signed in. ANYONE: nobody need be. */
type Wanted = Scope | 'ANY' | 'NONE' | 'ANYONE';

/** Who may do what: the one table. A new operation begins with its line here. */
// prettier-ignore
const TABLE = {
  // permission              token        READER CONTRIB. TRANSL. EDITOR RIGHTS_M. ADMIN
  'sign-in':              ['ANYONE',     'yes', 'yes',   'yes',  'yes', 'yes',   'yes'],
  'account.own':          ['ANY',        'yes', 'yes',   'yes',  'yes', 'yes',   'yes'],
  'account.secure':       ['NONE',       'yes', 'yes',   'yes',  'yes', 'yes',   'yes'],
  'account.administer':   ['ADMIN',      ' – ', ' – ',   ' – ',  ' – ', ' – ',   'yes'],
  'audit.read':           ['ADMIN',      ' – ', ' – ',   ' – ',  ' – ', ' – ',   'yes'],

  'desk.read':            ['READ_DESK',  'yes', 'yes',   'yes',  'yes', 'yes',   'yes'],
  'note.write':           ['WRITE',      ' – ', 'yes',   'yes',  'yes', 'yes',   'yes'],

  'article.create':       ['WRITE',      ' – ', 'yes',   ' – ',  'yes', ' – ',   'yes'],
  'article.edit':         ['WRITE',      ' – ', 'yes',   ' – ',  'yes', ' – ',   'yes'],
  'rights.edit':          ['WRITE',      ' – ', ' – ',   ' – ',  ' – ', 'yes',   'yes'],

  'translation.start':    ['WRITE',      ' – ', ' – ',   'own',  'yes', ' – ',   'yes'],
  'translation.edit':     ['WRITE',      ' – ', ' – ',   'own',  'yes', ' – ',   'yes'],
  'translation.translate':['WRITE',      ' – ', ' – ',   'own',  'yes', ' – ',   'yes'],
  'translation.review':   ['WRITE',      ' – ', ' – ',   'own',  'yes', ' – ',   'yes'],
  'translation.approve':  ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', ' – ',   'yes'],
  'translation.assign':   ['WRITE',      ' – ', ' – ',   ' – ',  'yes', ' – ',   'yes'],

  'article.publish':      ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', ' – ',   'yes'],
  'article.schedule':     ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', ' – ',   'yes'],
  'article.unpublish':    ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', ' – ',   'yes'],
  'article.correct':      ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', ' – ',   'yes'],
  'article.withdraw':     ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', 'yes',   'yes'],
  'article.reinstate':    ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', 'yes',   'yes'],
  'finding.waive':        ['PUBLISH',    ' – ', ' – ',   ' – ',  'yes', 'yes',   'yes'],
} as const satisfies Record<string, readonly [Wanted, May, May, May, May, May, May]>;

export type Permission = keyof typeof TABLE;

/** Every permission there is, in the table's order. */
export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[];

/** What everybody may who has an account, whatever their roles. */
const FOR_EVERY_ACCOUNT: ReadonlySet<Permission> = new Set(['sign-in', 'account.own', 'account.secure']);

/** Whether nobody need be signed in for it. */
export function isForAnyone(permission: Permission): boolean {
  return TABLE[permission][0] === 'ANYONE';
}

/** Whether a token with these scopes will do; what is for signed-in people alone, no token does. */
export function isInScope(permission: Permission, scopes: readonly Scope[]): boolean {
  const [wanted] = TABLE[permission];
  return wanted === 'ANY' || wanted === 'ANYONE' || (wanted !== 'NONE' && scopes.includes(wanted));
}

/**
 * In which languages these roles let somebody do something: ALL, some, or none at all.
 * A language stands for its regions too: who may in `fr` may in `fr-CA`.
 */
export function languagesOf(permission: Permission, grants: readonly RoleGrant[]): 'ALL' | readonly LanguageTag[] {
  if (FOR_EVERY_ACCOUNT.has(permission)) return 'ALL';
  const languages = new Set<LanguageTag>();
  for (const { role, languages: own } of grants) {
    const may = TABLE[permission][ROLES.indexOf(role) + 1];
    if (may === 'yes') return 'ALL';
    if (may === 'own') for (const language of own) languages.add(language);
  }
  return [...languages];
}

/** Which roles let somebody do something: in all languages, and in the languages that they were given for. */
export function rolesFor(permission: Permission): { readonly inAll: readonly Role[]; readonly inOwn: readonly Role[] } {
  const rolesThat = (wanted: May): readonly Role[] => ROLES.filter((_, i) => TABLE[permission][i + 1] === wanted);
  return { inAll: rolesThat('yes'), inOwn: rolesThat('own') };
}

/** Whether roles let somebody do something; in a language where one is named, else in any. */
export function isPermitted(permission: Permission, grants: readonly RoleGrant[], language?: LanguageTag): boolean {
  const languages = languagesOf(permission, grants);
  if (languages === 'ALL') return true;
  if (language === undefined) return languages.length > 0;
  return languages.some((own) => language === own || language.startsWith(`${own}-`));
}
