import type { FastifyRequest } from 'fastify';

/** What every resolver of one request may know of it. A fresh object for each request. */
export interface GraphQLContext {
  readonly req: FastifyRequest;
  readonly requestId: string;
}
