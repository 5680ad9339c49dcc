import { userInputError } from '../../common/user-input-error.js';

/** Names are no longer. */
const SEARCHED_LENGTH_MAX = 300;

/** A pattern for what has a text anywhere within: none of its own characters stands for others. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** A part of a name to look for; null where nothing is. Throws BAD_USER_INPUT for what is no part of any. */
export function searchedName(search: string | null | undefined): string | null {
  if (search == null) return null;
  const name = search.trim();
  if (name === '' || name.length > SEARCHED_LENGTH_MAX) {
    throw userInputError('search', `must have 1 to ${SEARCHED_LENGTH_MAX} characters`);
  }
  return name;
}
