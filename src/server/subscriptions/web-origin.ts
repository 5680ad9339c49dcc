import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page in a browser may keep a connection open here: one of this server, or of an origin that the settings
 * name. Web sockets know no other protection from pages of strangers. Programs send no origin.
 */
export function isOriginAllowed({ origin, host }: IncomingHttpHeaders, corsOrigins: readonly string[]): boolean {
  if (origin === undefined || corsOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
