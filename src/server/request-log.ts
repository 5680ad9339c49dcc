import type { FastifyInstance } from 'fastify';
import type { BaseLogger } from 'pino';

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
    const { method, url, operationName } = request;
    logAnswered(request.log, { method, url, status: reply.statusCode, ms: reply.elapsedTime, operationName });
    done();
  });
}

/** What is told of a request that was answered. */
export interface AnsweredLine {
  /** Left out where the logger tells it by itself. */
  readonly requestId?: string;
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly status: number;
  readonly ms: number;
  readonly operationName: string | null;
}

/** Writes the line of a request that was answered. */
export function logAnswered(logger: Pick<BaseLogger, 'warn' | 'info' | 'debug'>, answered: AnsweredLine): void {
  const { requestId, method, url = '', status, ms, operationName } = answered;
  const path = url.split('?', 1)[0]?.slice(0, 200) ?? '';
  const line = {
    ...(requestId === undefined ? {} : { requestId }),
    method,
    path,
    status,
    ms: Math.round(ms * 10) / 10,
    ...(operationName === null ? {} : { operation: operationName.slice(0, 100) }),
  };
  const level = status >= 500 ? 'warn' : QUIET_PATHS.test(path) ? 'debug' : 'info';
  logger[level](line, 'request');
}
