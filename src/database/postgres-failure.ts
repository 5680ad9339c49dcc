import { ColophonError } from '../common/colophon-error.js';

/** Why the embedded Postgres could not be set up or started. */
export class PostgresFailure extends ColophonError {
  override readonly name = 'PostgresFailure';
}

const KNOWN: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/No space left on device/, () => 'The disk that holds the data folder is full: free some space and start again.'],
  [/Read-only file system/, () => 'The data folder is read-only: set COLOPHON_DATA_DIR to one that can be written.'],
  [
    /initialized by PostgreSQL version (\d+)[^]*this version (\d+)/,
    ([, theirs, ours]) =>
      `The data folder was made by Postgres ${theirs ?? '?'}, and this is Postgres ${ours ?? '?'}: dump it with the old version and restore it, or set COLOPHON_DATA_DIR to another folder.`,
  ],
  [
    /error while loading shared libraries: ([^\s:]+)|Library not loaded: \S*?([^\s/]+)$/m,
    ([, elf, mac]) =>
      `The embedded Postgres does not run on this system (no ${elf ?? mac ?? 'library'}): set DATABASE_URL.`,
  ],
  [
    /could not (?:create|map|resize)[^\n]*shared memory|Cannot allocate memory/,
    () => 'There is too little memory for Postgres: free some and start again.',
  ],
  [
    /^setpriv: |could not be run \(EPERM\)/m,
    () =>
      'Postgres does not run as root, and root may not become another user here: start Colophon as another user, or set DATABASE_URL.',
  ],
  [/Permission denied/, () => 'Postgres may not use the data folder: check who owns it and what is in it.'],
];

/** Turns what Postgres wrote before it gave up into one sentence without paths. */
export function explainPostgresFailure(output: readonly string[]): PostgresFailure {
  const text = output.join('\n');
  for (const [pattern, say] of KNOWN) {
    const match = pattern.exec(text);
    if (match !== null) return new PostgresFailure(say(match));
  }
  const last = output.findLast((line) => /^(?:\w+: )?(?:FATAL|PANIC|error):/.test(line)) ?? output.at(-1);
  const reason = last
    ?.replace(/^.*?(?:FATAL|PANIC|error):\s*/, '')
    .replace(/"?(?:[A-Z]:)?[/\\][^\s"]*"?/g, 'its data folder');
  return new PostgresFailure(`The embedded Postgres did not start: ${reason ?? 'it gave no reason'}.`);
}
