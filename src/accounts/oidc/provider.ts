import { Injectable } from '@nestjs/common';
import type { Configuration } from 'openid-client';
import { Config } from '../../config.js';

/** How long the provider may take for one answer. */
const TIMEOUT_SECONDS = 5;

/** Somebody on their way to the provider: what is known again when they come back. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where their browser goes. */
  readonly url: string;
}

/** Who somebody is, as the provider says. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  readonly name: string | null;
}

/** The provider of OpenID Connect that the settings name, asked by authorization code with PKCE. */
@Injectable()
export class Provider {
  #discovered: Promise<Configuration> | null = null;

  constructor(private readonly config: Config) {}

  /** Whether the settings name one. */
  get isSet(): boolean {
    return this.config.oidcIssuer !== undefined;
  }

  /** Begins to sign somebody in. Throws when the provider is away. */
  async begin(): Promise<Flow> {
    const provider = await this.#discover();
    const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
      await library();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: this.config.oidcRedirectUrl ?? '',
      scope: 'openid email profile',
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { state, nonce, verifier, url: url.href };
  }

  /**
   * Who has come back, by the query that the provider sent along. Throws for whatever is not as it should be: a code that
   * was used, a state or nonce of somebody else, an identity that the provider has not signed.
   */
  async finish(query: string, { state, nonce, verifier }: Omit<Flow, 'url'>): Promise<Identity> {
    const provider = await this.#discover();
    // The address that the provider knows, whatever a proxy made of it.
    const address = new URL(this.config.oidcRedirectUrl ?? '');
    address.search = query;
    const { authorizationCodeGrant } = await library();
    const tokens = await authorizationCodeGrant(provider, address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new TypeError('The provider has sent no identity.');
    const { iss: issuer, sub: subject, email, email_verified: isVerified, name } = claims;
    return {
      issuer,
      subject,
      email: typeof email === 'string' ? email : null,
      isEmailVerified: isVerified === true,
      name: typeof name === 'string' ? name : null,
    };
  }

  /** What the provider tells of itself, asked once; again after it was away. */
  #discover(): Promise<Configuration> {
    this.#discovered ??= this.#ask().catch((error: unknown) => {
      this.#discovered = null;
      throw error;
    });
    return this.#discovered;
  }

  async #ask(): Promise<Configuration> {
    const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await library();
    const { oidcIssuer = '', oidcClientId = '', oidcClientSecret = '' } = this.config;
    const issuer = new URL(oidcIssuer);
    return discovery(issuer, oidcClientId, oidcClientSecret, undefined, {
      timeout: TIMEOUT_SECONDS,
      // What it says of somebody has to be signed, however it came. The settings take http on this machine alone.
      execute: [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])],
    });
  }
}

/** Loaded when somebody signs in with the provider: most servers have none. */
function library(): Promise<typeof import('openid-client')> {
  return import('openid-client');
}
