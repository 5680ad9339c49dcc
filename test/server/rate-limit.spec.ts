import { afterEach, describe, expect, it } from '@jest/globals';
import { LibraryServer } from './library-server.js';

let server: LibraryServer;
afterEach(async () => {
  await server.stop();
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const hello = (headers: Record<string, string>) => server.post({ query: '{ echo }' }, headers);

describe('the rate limit', () => {
  it('refuses a client that has asked for too much, and says when to come again', async () => {
    server = await LibraryServer.start({ COLOPHON_RATE_LIMIT: '1000', COLOPHON_TRUST_PROXY: 'loopback' });
    const answer = await hello(from('203.0.113.7'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit-limit')).toBe('1000');
    expect(Number(answer.headers.get('ratelimit-remaining'))).toBeLessThanOrEqual(900);
    expect(Number(answer.headers.get('ratelimit-reset'))).toBeGreaterThan(5);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await hello(from('203.0.113.7'))).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    const refused = await hello(from('203.0.113.7'));
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.text)).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect((await hello(from('203.0.113.8'))).status).toBe(200);
    expect((await server.fetch('/health/live', { headers: from('203.0.113.7') })).status).toBe(200);
  });

  it('counts what is asked for, not only how often', async () => {
    server = await LibraryServer.start({ COLOPHON_RATE_LIMIT: '10000', COLOPHON_TRUST_PROXY: '127.0.0.1' });
    const dear = `{ books(first: 100) { edges { node { related(first: 100) { edges { node { id } } } } } } }`;
    // Twice: the first is checked and compiled, the second is known.
    for (const client of ['203.0.113.7', '203.0.113.8']) {
      expect((await server.post({ query: dear }, from(client))).status).toBe(200);
      expect((await server.post({ query: dear }, from(client))).status).toBe(429);
    }
    for (let i = 0; i < 20; i++) expect((await hello(from('203.0.113.9'))).status).toBe(200);
  });

  it('believes nobody’s word for an address unless a proxy is trusted, and does not count this machine', async () => {
    server = await LibraryServer.start({ COLOPHON_RATE_LIMIT: '300' });
    for (let i = 0; i < 10; i++) {
      const answer = await hello(from('203.0.113.7'));
      expect([answer.status, answer.headers.get('ratelimit-limit')]).toEqual([200, null]);
    }
  });

  it('may be off', async () => {
    server = await LibraryServer.start({ COLOPHON_RATE_LIMIT: '0', COLOPHON_TRUST_PROXY: 'loopback' });
    for (let i = 0; i < 10; i++) expect((await hello(from('203.0.113.7'))).status).toBe(200);
  });
});
