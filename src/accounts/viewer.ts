import { GraphQLError } from 'graphql';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { isInScope, isPermitted, type Permission, type RoleGrant, type Scope } from './permissions.js';

/** By what somebody is known: a session of their own, or a token that they gave to a program. */
export type Credential =
  | { readonly kind: 'SESSION'; readonly id: string }
  | { readonly kind: 'TOKEN'; readonly id: string; readonly scopes: readonly Scope[] };

/** From where something is asked. */
export interface AskedFrom {
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string | null;
}

/** Whose account it is. */
export interface AccountFacts {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Who is signed in for one request, and what they may do. */
export class Viewer {
  constructor(
    readonly account: AccountFacts,
    readonly grants: readonly RoleGrant[],
    readonly credential: Credential,
    readonly from: AskedFrom,
  ) {}

  /** How the audit trail names them. */
  get actor(): Actor {
    const { account, credential, from } = this;
    return {
      kind: credential.kind === 'SESSION' ? 'ACCOUNT' : 'TOKEN',
      accountId: account.id,
      name: account.name,
      email: account.email,
      sessionId: credential.kind === 'SESSION' ? credential.id : null,
      tokenId: credential.kind === 'TOKEN' ? credential.id : null,
      requestId: from.requestId,
      address: from.address,
    };
  }

  /** Whether they may do something by this credential; in a language where one is named, else in any. */
  may(permission: Permission, language?: LanguageTag): boolean {
    const { credential } = this;
    if (credential.kind === 'TOKEN' && !isInScope(permission, credential.scopes)) return false;
    return isPermitted(permission, this.grants, language);
  }

  /** Throws FORBIDDEN unless they may. What is done in one language is asked with the language. */
  demand(permission: Permission, language?: LanguageTag): void {
    if (this.may(permission, language)) return;
    throw new GraphQLError(
      language === undefined ? 'You may not do this.' : `You may not do this in the language ${language}.`,
      { extensions: { code: 'FORBIDDEN', permission, ...(language === undefined ? {} : { language }) } },
    );
  }
}

/** Whoever works at the desk: who they are, and whether they may do something. */
export type Worker = Pick<Viewer, 'actor' | 'demand'>;

/** Nobody is signed in, or no longer: which of them is not told to strangers. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('Sign in first: these credentials are missing, wrong or no longer good.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}

/** What operations of the desk need of a request. */
export interface DeskContext {
  readonly req: DeskRequest;
}

/** A request, and who asks it. */
export interface DeskRequest {
  readonly id: string;
  readonly ip: string;
  readonly headers: { readonly authorization?: string | undefined; readonly 'user-agent'?: string | undefined };
  /** Found out when it is first asked, once for each request. Null without credentials; throws UNAUTHENTICATED for those that do not hold. */
  viewer(): Promise<Viewer | null>;
  /** Set where there were too many attempts to sign in: then HTTP tells it, too. */
  retryAfterSeconds: number | null;
}

/** Tells who asks a request. */
export interface ViewerSource {
  viewerOf(request: Omit<DeskRequest, 'viewer' | 'retryAfterSeconds'>): Promise<Viewer | null>;
}

/** Whoever is signed in. Throws UNAUTHENTICATED when nobody is. */
export async function signedIn({ req }: DeskContext): Promise<Viewer> {
  const viewer = await req.viewer();
  if (viewer === null) throw unauthenticated();
  return viewer;
}

/** From where a request comes. */
export function askedFrom({ id, ip, headers }: Omit<DeskRequest, 'viewer' | 'retryAfterSeconds'>): AskedFrom {
  return { requestId: id, address: ip, userAgent: headers['user-agent']?.slice(0, 300) ?? null };
}
