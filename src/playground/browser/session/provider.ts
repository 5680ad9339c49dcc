import { keepVerifier, takeVerifier } from './credential.js';

/** What the server tells whoever opens the page. */
interface SignInFacts {
  readonly providerReturnUrl: string | null;
  readonly idleMinutes: number;
}

const facts = JSON.parse(
  document.querySelector<HTMLMetaElement>('meta[name="colophon-sign-in"]')?.content ?? '',
) as SignInFacts;

/** How long a session lasts that is not used, in milliseconds. */
export const IDLE_MS = facts.idleMinutes * 60_000;

/** Whether the server has a provider of OpenID Connect that leads back to this very page. */
export const HAS_PROVIDER = facts.providerReturnUrl === `${location.origin}${location.pathname}`;

/** How somebody has come back from the provider. */
export type ComeBack = { readonly code: string; readonly verifier: string | null } | { readonly problem: string };

/** Leads to the provider. Throws where the browser does not let pages reckon hashes: over http, from another machine. */
export async function goToProvider(): Promise<void> {
  const verifier = base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  keepVerifier(verifier);
  location.assign(new URL(`sign-in/oidc?challenge=${base64Url(new Uint8Array(hash))}`, location.href));
}

/** Takes what the provider sent along out of the address and its history; null where nobody has come back. */
export function takeComeBack(): ComeBack | null {
  const said = new URLSearchParams(location.hash.slice(1));
  const [code, problem] = [said.get('sign-in-code'), said.get('sign-in-problem')];
  if (code === null && problem === null) return null;
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  const verifier = takeVerifier();
  return code === null ? { problem: problem ?? '' } : { code, verifier };
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
