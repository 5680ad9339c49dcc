import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientOf } from '../common/client-address.js';
import type { CostBuckets } from './cost-buckets.js';
import { HttpProblem, sendProblem } from './http-problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** In how many seconds whoever tries to sign in may try again; null where nothing is against it. */
    retryAfterSeconds: number | null;
    /** Who is counted for the request; null where nobody is. */
    client: string | null;
  }
}

/** What a request costs beside what it asks for: reading it, and answering it out of the cache. */
export const REQUEST_POINTS = 100;

/** Counts every request to the path when it arrives, and refuses it while its client has asked for too much. */
export function limitRates(fastify: FastifyInstance, path: string, buckets: CostBuckets): void {
  fastify.decorateRequest('client', null);
  fastify.decorateRequest('retryAfterSeconds', null);
  if (buckets.pointsPerMinute === 0) return;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url === path) request.client = clientOf(request.ip);
    const problem = chargeRequest(request, REQUEST_POINTS, buckets);
    if (problem === null) done();
    else sendProblem(request, reply, problem);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // What shared caches keep is for everybody; how much one client has left is not.
    if (request.client !== null && request.method !== 'GET') void reply.headers(roomHeaders(request.client, buckets));
    done(null, payload);
  });
}

/** Counts what a request asks for, in points of cost; null, or the problem to answer with when it is too much. */
export function chargeRequest(request: FastifyRequest, points: number, buckets: CostBuckets): HttpProblem | null {
  const { client } = request;
  if (client === null) return null;
  const waitMs = buckets.take(client, points, performance.now());
  if (waitMs === 0) return null;
  const seconds = String(Math.ceil(waitMs / 1000));
  return new HttpProblem(429, 'You have asked for too much of late. Try again in a moment.', {
    'retry-after': seconds,
    'ratelimit-limit': String(buckets.pointsPerMinute),
    'ratelimit-remaining': '0',
    'ratelimit-reset': seconds,
  });
}

/** What a client is told of how much it may still ask for. */
export function roomHeaders(client: string, buckets: CostBuckets): Record<string, string> {
  const { points, resetMs } = buckets.roomOf(client, performance.now());
  return {
    'ratelimit-limit': String(buckets.pointsPerMinute),
    'ratelimit-remaining': String(points),
    'ratelimit-reset': String(Math.ceil(resetMs / 1000)),
  };
}
