import { canonicalLanguageTag } from '../common/language-tag.js';
import { InvalidValue } from '../common/problem.type.js';
import type { RoleGrant } from './permissions.js';

const EMAIL_LENGTH_MAX = 254;
const NAME_LENGTH_MAX = 200;

/** NIST SP 800-63B wants eight at least, and says that length is what counts. */
const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 1024;

/** Signs that no name is written with: controls, and those that turn the direction of what stands behind them. */
const UNWRITTEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** The one form of an e-mail address by which an account is found. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** The e-mail address of a new account, in that form. */
export function readEmail(email: string): string | InvalidValue {
  const folded = foldEmail(email);
  const isAddress = /^[^\s@<>",;:\\()[\]\p{C}]{1,64}@[^\s@<>",;:\\()[\]\p{C}]{1,190}$/u.test(folded);
  if (!isAddress || folded.length > EMAIL_LENGTH_MAX) return new InvalidValue('email', 'must be an e-mail address');
  return folded;
}

/** The name of an account or a token, as it is stored. */
export function readName(name: string): string | InvalidValue {
  const trimmed = name.trim().normalize('NFC');
  if (trimmed.length < 1 || trimmed.length > NAME_LENGTH_MAX) {
    return new InvalidValue('name', `must have 1 to ${NAME_LENGTH_MAX} characters`);
  }
  if (UNWRITTEN.test(trimmed) || !trimmed.isWellFormed()) return new InvalidValue('name', 'must be plain text');
  return trimmed;
}

/** A password that may be chosen, in the one form in which it is hashed. */
export function readPassword(password: string, field: string, email: string): string | InvalidValue {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX) {
    return new InvalidValue(field, `must have ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters`);
  }
  if (new Set(password).size < 4) return new InvalidValue(field, 'must have more than three different characters');
  if (foldEmail(password) === email) return new InvalidValue(field, 'must not be the e-mail address');
  if (!password.isWellFormed() || password.includes('\0')) return new InvalidValue(field, 'must be text');
  return password;
}

/** The roles of an account, each once; only translators have languages. */
export function readRoles(roles: readonly RoleGrant[]): readonly RoleGrant[] | InvalidValue {
  const byRole = new Map(roles.map((grant) => [grant.role, grant]));
  if (byRole.size < roles.length) return new InvalidValue('roles', 'must name each role once');
  for (const { role, languages } of roles) {
    if ((role === 'TRANSLATOR') !== languages.length > 0) {
      return new InvalidValue('roles', 'must have languages for TRANSLATOR, and for no other role');
    }
    if (languages.some((language) => canonicalLanguageTag(language) !== language)) {
      return new InvalidValue('roles', 'must have languages like fr or fr-CA');
    }
  }
  return roles.map(({ role, languages }) => ({ role, languages: [...new Set(languages)].sort() }));
}
