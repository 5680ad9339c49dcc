import { createHash, randomBytes } from 'node:crypto';

/** What secrets begin with, so that people and scanners of repositories know them. */
const PREFIXES = {
  session: 'colophon_session_',
  apiToken: 'colophon_pat_',
  password: 'colophon_once_',
  signInCode: 'colophon_code_',
} as const;

export type SecretKind = keyof typeof PREFIXES;

/** 256 random bits, and what is stored of them. */
export interface Secret {
  /** To be shown once, and never stored. */
  readonly text: string;
  readonly hash: Buffer;
}

/** Makes a secret that nobody guesses. */
export function newSecret(kind: SecretKind): Secret {
  const text = `${PREFIXES[kind]}${randomBytes(32).toString('base64url')}`;
  return { text, hash: hashSecret(text) };
}

/**
 * What is stored of a secret: as it is random, one round of SHA-256 hides it. It is looked up by this hash, so that no
 * comparison tells by its time how much of a guess was right.
 */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The kind of secret that a text claims to be; null for what this server never gave out. */
export function secretKindOf(text: string): SecretKind | null {
  const kinds = Object.keys(PREFIXES) as SecretKind[];
  const kind = kinds.find((one) => text.startsWith(PREFIXES[one]));
  return kind !== undefined && /^[\w-]{43}$/.test(text.slice(PREFIXES[kind].length)) ? kind : null;
}
