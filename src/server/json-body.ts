import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.js';

/** Deepest nesting of a request body; an operation's variables stay well below it. */
const JSON_DEPTH_MAX = 20;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether brackets nest deeper than allowed, decided before a parser spends memory on them. */
export function isNestedTooDeeply(json: Uint8Array, depthMax: number = JSON_DEPTH_MAX): boolean {
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (isInText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) isInText = false;
    } else if (byte === QUOTE) isInText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > depthMax) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

/**
 * Makes JSON in UTF-8 the only body that the server reads.
 * What is answered already, as bytes tell, is not taken apart. Everything else is answered 415; a body that is no JSON, is nested too deeply or names a prototype is answered 400.
 */
export function acceptJsonBodies(
  fastify: FastifyInstance,
  isAnswered: (request: FastifyRequest, body: Buffer) => boolean,
): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      const problem = problemWithHeaders(request);
      if (problem) {
        done(problem);
        return;
      }
      if (isAnswered(request, body)) {
        done(null, null);
        return;
      }
      if (isNestedTooDeeply(body)) {
        done(new HttpProblem(400, `The body is nested more than ${JSON_DEPTH_MAX} levels deep.`));
        return;
      }
      if (!isUtf8(body)) {
        done(new HttpProblem(400, 'The body is not valid UTF-8.'));
        return;
      }
      void parse(request, body.toString('utf8'), (error, value: unknown) => {
        if (error) done(new HttpProblem(400, 'The body is not valid JSON.'));
        else done(null, value);
      });
    },
  );
}

function problemWithHeaders(request: FastifyRequest): HttpProblem | null {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return new HttpProblem(415, 'Send the body without content-encoding.');
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return new HttpProblem(415, 'Send the body in UTF-8.');
  return null;
}
