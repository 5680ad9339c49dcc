/** By what this tab is known to the server. */
export type Credential =
  | {
      readonly kind: 'SESSION';
      readonly secret: string;
      readonly sessionId: string;
      /** When its secret was got, in milliseconds since 1970 by this machine's clock. */
      readonly since: number;
      /** When it will be over, however much it is used. */
      readonly expiresAt: string;
    }
  | { readonly kind: 'TOKEN'; readonly secret: string };

export type SessionCredential = Extract<Credential, { kind: 'SESSION' }>;

const CREDENTIAL_KEY = 'colophon.credential';
const VERIFIER_KEY = 'colophon.verifier';

/** What the tab had before it was loaded again; null where it had nothing. */
export function keptCredential(): Credential | null {
  const text = storage()?.getItem(CREDENTIAL_KEY) ?? null;
  try {
    return text === null ? null : (JSON.parse(text) as Credential);
  } catch {
    return null;
  }
}

/** Keeps it for as long as the tab is open; null forgets it. */
export function keepCredential(credential: Credential | null): void {
  if (credential === null) storage()?.removeItem(CREDENTIAL_KEY);
  else storage()?.setItem(CREDENTIAL_KEY, JSON.stringify(credential));
}

/** Keeps what proves, on the way back from the provider, that this tab has begun. */
export function keepVerifier(verifier: string): void {
  storage()?.setItem(VERIFIER_KEY, verifier);
}

/** Gives it once. */
export function takeVerifier(): string | null {
  const verifier = storage()?.getItem(VERIFIER_KEY) ?? null;
  storage()?.removeItem(VERIFIER_KEY);
  return verifier;
}

/** A browser that keeps nothing at all throws when it is asked: then the page's memory has to do. */
function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
