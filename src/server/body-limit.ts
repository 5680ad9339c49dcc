import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Config } from '../config.js';
import { isUnavailable } from './error-formatting.js';
import { HttpProblem } from './http-problem.js';

type Limits = Pick<Config, 'bodyLimitBytes' | 'deskBodyLimitBytes'>;

/** The largest body that anybody may send. */
export function largestBodyBytes({ bodyLimitBytes, deskBodyLimitBytes }: Limits): number {
  return Math.max(bodyLimitBytes, deskBodyLimitBytes);
}

/**
 * Lets nobody send more than questions take, but who is signed in: those write whole articles. Who it is, is asked before
 * a large body is read. A body that does not tell its size beforehand is taken for a question.
 */
export function limitBodies(fastify: FastifyInstance, { bodyLimitBytes, deskBodyLimitBytes }: Limits): void {
  const tooLarge = (): HttpProblem => new HttpProblem(413, `The body is larger than ${bodyLimitBytes} bytes.`);
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const announced = request.headers['content-length'];
    if (announced === undefined) {
      let received = 0;
      const counted = new Transform({
        transform: (chunk: Buffer, _encoding, next) => {
          received += chunk.length;
          if (received > bodyLimitBytes) next(tooLarge());
          else next(null, chunk);
        },
      });
      payload.once('error', (error) => counted.destroy(error));
      done(null, payload.pipe(counted));
    } else if (Number(announced) <= bodyLimitBytes) {
      done(null, payload);
    } else if (Number(announced) > deskBodyLimitBytes || request.headers.authorization === undefined) {
      done(tooLarge());
    } else {
      isSignedIn(request).then(
        (isAllowed) => {
          done(isAllowed ? null : tooLarge(), payload);
        },
        (error: unknown) => {
          done(refusalOf(error));
        },
      );
    }
  });
}

async function isSignedIn(request: FastifyRequest): Promise<boolean> {
  return (await request.viewer()) !== null;
}

/** What becomes of a large body of whom nobody knows who sends it. */
function refusalOf(error: unknown): Error {
  if (error instanceof GraphQLError) return new HttpProblem(401, error.message);
  if (isUnavailable(error)) {
    return new HttpProblem(503, 'The server can not answer right now. Try again in a moment.', { 'retry-after': '1' });
  }
  return error instanceof Error ? error : new TypeError(String(error));
}
