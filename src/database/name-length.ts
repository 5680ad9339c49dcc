import { ColophonError } from '../common/colophon-error.js';

/** How many characters a name, a label or an address at the desk may have: indexes hold no longer ones. */
export const LONGEST_NAME = 300;

/** A name that is too long for the desk, or none at all. */
export class NameTooLongError extends ColophonError {
  override readonly name = 'NameTooLongError';

  constructor(text: string) {
    super(
      text === ''
        ? 'A name is empty.'
        : `A name is too long: “${[...text].slice(0, 40).join('')}…” has more than ${LONGEST_NAME} characters.`,
    );
  }
}

/** The name as it is. Throws NameTooLongError where the desk can not keep it. */
export function requireStorableName(text: string): string {
  if (!isStorableName(text)) throw new NameTooLongError(text);
  return text;
}

/** Whether the desk can keep the name. Counted in code points, as Postgres counts. */
export function isStorableName(text: string): boolean {
  return text !== '' && (text.length <= LONGEST_NAME || [...text].length <= LONGEST_NAME);
}
