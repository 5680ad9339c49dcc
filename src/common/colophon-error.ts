/**
 * A failure that a person can mend, said in one line: commands print the message without a stack.
 * The message names no SQL, no stack and no secret.
 */
export class ColophonError extends Error {
  override readonly name: string = 'ColophonError';
}
