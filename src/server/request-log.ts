import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the GraphQL operation that the request asked for; null when it has none. */
    operationName: string | null;
  }
}

/** Addresses that are asked so often, or say so little, that they are logged for who debugs only. */
const QUIET_PATHS = /^\/(?:health|graphql\/assets)\//;

/** Logs one line for each request when it has been answered: never a body, a query string or a header. */
export function logRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('operationName', null);
  fastify.addHook('onResponse', (request, reply, done) => {
    const path = request.url.split('?', 1)[0]?.slice(0, 200) ?? '';
    const { statusCode: status } = reply;
    const line = {
      method: request.method,
      path,
      status,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.operationName === null ? {} : { operation: request.operationName.slice(0, 100) }),
    };
    const level = status >= 500 ? 'warn' : QUIET_PATHS.test(path) ? 'debug' : 'info';
    request.log[level](line, 'request');
    done();
  });
}
