import type { FastifyRequest } from 'fastify';
import type { Outcomes } from '../answers/compile-operation.js';
import type { Asker } from '../common/asker.js';
import type { Shown } from '../common/shown.js';

/** What every resolver of one request may know of it. A fresh object for each request. */
export interface GraphQLContext {
  readonly req: FastifyRequest;
  readonly requestId: string;
  readonly shown: Shown;
  /** Whoever waits for the answer. */
  readonly asker: Asker;
  /** What the fields of the first level came to, where they were asked already. */
  outcomes?: Outcomes;
}
