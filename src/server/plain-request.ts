import type { AskedHead } from './answer-key.js';

/**
 * Whether a request may be answered as it is. A GET changes nothing, and without credentials it is answered with what
 * everybody may read; but one with credentials, or from a page of another origin, has to prove that its reader wants it, by
 * a header that no page can send unasked. A POST of JSON is such a proof itself.
 */
export function isPlain({ method, headers }: AskedHead, allowedOrigins: readonly string[]): boolean {
  if (method !== 'GET') return true;
  const { authorization, cookie, origin } = headers;
  if (authorization !== undefined || cookie !== undefined) return false;
  if (origin !== undefined) return allowedOrigins.includes(origin);
  // Scripts and images of other pages are asked for without an origin. Source: W3C, Fetch Metadata Request Headers.
  return headers['sec-fetch-site'] !== 'cross-site';
}
