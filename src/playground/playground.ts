import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { serveAssets } from './playground-assets.js';

/** Where the page and its files stand after a build; the same folder whether this runs from `src` or from `dist`. */
const BUNDLE = fileURLToPath(new URL('../../dist/playground/bundle/', import.meta.url));

/** What the page may do: run and load what this server sends, ask this server, and nothing else. */
const PLAYGROUND_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  // The code editor positions its lines with style attributes.
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The playground as the settings want it. */
export interface PlaygroundOptions {
  readonly isOn: boolean;
  /** Where GraphQL is asked; the page is shown at the same address. */
  readonly graphqlPath: string;
  /** What the page has to know of the server to sign somebody in. */
  readonly signIn: SignInFacts;
}

/** What is told to everybody who opens the page. */
export interface SignInFacts {
  /** The page that gets whoever has signed in with the provider of OpenID Connect; null where there is no provider. */
  readonly providerReturnUrl: string | null;
  /** How long a session lasts that is not used. */
  readonly idleMinutes: number;
}

/**
 * Shows the playground to browsers that open the GraphQL address, and serves the files that it is made of.
 * Programs that ask the same address for JSON never meet it. Switched off, browsers get one plain sentence.
 */
export function registerPlayground(fastify: FastifyInstance, options: PlaygroundOptions): void {
  const page = options.isOn ? readPage(options.signIn) : null;
  if (page !== null) serveAssets(fastify, `${BUNDLE}assets`, `${options.graphqlPath}/assets`);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!wantsPage(request, options.graphqlPath)) done();
    else if (page !== null) sendPage(reply, page);
    else refusePage(reply, options.isOn);
  });
}

function readPage(facts: SignInFacts): string | null {
  const file = `${BUNDLE}index.html`;
  if (!existsSync(file)) return null;
  // A script in the page would need a hole in its policy; an attribute needs none.
  return readFileSync(file, 'utf8').replace('%SIGN_IN%', () => escapeAttribute(JSON.stringify(facts)));
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function wantsPage(request: FastifyRequest, path: string): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (request.url.split('?', 1)[0] !== path || !request.headers.accept?.includes('text/html')) return false;
  const types = ['application/json', 'application/graphql-response+json', 'text/html'];
  return new Negotiator(request.raw).mediaType(types) === 'text/html';
}

function sendPage(reply: FastifyReply, page: string): void {
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', PLAYGROUND_CSP)
    .header('cache-control', 'no-cache')
    .header('vary', 'accept')
    .send(page);
}

function refusePage(reply: FastifyReply, isOn: boolean): void {
  const reason = isOn
    ? 'The playground has not been built: npm run build.'
    : 'The playground is switched off on this server. GraphQL is asked here by POST.';
  void reply
    .code(404)
    .header('content-type', 'text/plain; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`${reason}\n`);
}
