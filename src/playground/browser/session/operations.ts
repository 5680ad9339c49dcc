/** Who is signed in, as the panel shows it. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly { readonly role: string; readonly languages: readonly string[] }[];
  /** Null languages: in all of them, or not a matter of language. */
  readonly permissions: readonly { readonly permission: string; readonly languages: readonly string[] | null }[];
}

/** A session that was opened or refreshed. */
export interface SignedIn {
  readonly secret: string;
  readonly session: { readonly id: string; readonly expiresAt: string };
}

/** Why none was. */
export interface SignInProblem {
  readonly secret?: undefined;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

export type SignInAnswer = SignedIn | SignInProblem;

const ANSWER = `{
  ... on SignedIn { secret session { id expiresAt } }
  ... on Problem { code message }
`;

export const WHO_AM_I = `query WhoAmI {
  desk { me { id name email roles { role languages } permissions { permission languages } } }
}`;

export const SIGN_IN = `mutation SignIn($email: String!, $password: String!) {
  result: signIn(input: { email: $email, password: $password }) ${ANSWER} ... on TooManyAttempts { retryAfterSeconds } }
}`;

export const EXCHANGE_CODE = `mutation ExchangeSignInCode($code: String!, $verifier: String!) {
  result: exchangeSignInCode(input: { code: $code, verifier: $verifier }) ${ANSWER}
    ... on TooManyAttempts { retryAfterSeconds } }
}`;

export const REFRESH = `mutation RefreshSession($secret: String!) {
  result: refreshSession(input: { secret: $secret }) ${ANSWER} }
}`;

export const SIGN_OUT = `mutation SignOut {
  result: signOut { __typename ... on Problem { message } }
}`;

/** Why somebody came back from the provider without a code. */
const PROVIDER_PROBLEMS: Readonly<Record<string, string>> = {
  SIGN_IN_REFUSED: 'The provider has not signed you in, or your account may not sign in here. Begin again.',
  EMAIL_NOT_VERIFIED: 'The provider has not verified your e-mail address, so nobody knows which account is yours.',
  NO_ACCOUNT: 'Nobody has an account here with your e-mail address. An admin can make one.',
  PROVIDER_AWAY: 'The provider does not answer. Try again in a moment, or sign in with your password.',
  TOO_MANY_ATTEMPTS: 'There were too many attempts to sign in. Try again later.',
};

/** A problem of signing in, in words. */
export function inWords({ message, retryAfterSeconds }: SignInProblem): string {
  if (retryAfterSeconds === undefined) return message;
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return `There were too many attempts to sign in. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
}

/** What the provider's way back says went wrong, in words. */
export function providerProblem(code: string): string {
  return PROVIDER_PROBLEMS[code] ?? 'The provider has not signed you in. Begin again.';
}
